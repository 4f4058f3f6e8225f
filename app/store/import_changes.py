"""What imports made and changed in the directory, so that it can be taken back."""

import zlib
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    func,
    insert,
    select,
    text,
    update,
)

from app.store.addresses import address, consent
from app.store.bulk import insert_into
from app.store.groups import health_consent, membership, people_group
from app.store.imports import import_change
from app.store.many import insert_many, is_among, listed
from app.store.people import person, person_address
from app.store.seats import seat
from app.store.units import unit

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        unit,
        people_group,
        person,
        address,
        person_address,
        seat,
        membership,
        consent,
        health_consent,
    )
}
"""What an import may change, in the order in which rows are made."""
Key = tuple[int, ...]


def reserve(conn: Connection, table_name: str, count: int) -> list[int]:
    """So many ids that nobody else gets."""
    if not count:
        return []
    table = TABLES[table_name]
    if conn.dialect.name == "postgresql":
        sequence = text(
            "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"
        )
        return [
            int(one)
            for one in conn.execute(sequence, {"name": table.name, "count": count}).scalars()
        ]
    # SQLite has one writer, and it is us until the commit.
    last = int(conn.execute(select(func.max(table.c.id))).scalar_one() or 0)
    return list(range(last + 1, last + 1 + count))


def key_of(table: Table, row: Mapping[str, Any]) -> Key:
    """The primary key of a row."""
    return tuple([row[name] for name in _key_names(table)])


@cache
def _key_names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key)


def seal_of(table: Table, row: Mapping[str, Any]) -> int:
    """A figure over all columns of a row, by which a later change of it shows."""
    values = [row[name] for name in _names(table)]
    for at in _moments(table):
        values[at] = _plain(values[at])
    return zlib.crc32(repr(values).encode())


@cache
def _names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns)


@cache
def _moments(table: Table) -> tuple[int, ...]:
    """The places of columns whose values have several forms that mean the same."""
    return tuple(
        at for at, column in enumerate(table.columns) if issubclass(column.type.python_type, date)
    )


def _plain(value: Any) -> Any:
    """A moment or a day in one form, whatever zone a database gives it in."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value) if value is not None else None


def filled(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with every column, those not named with what their table gives them."""
    return {**_defaults(table), **row}


@cache
def _defaults(table: Table) -> Mapping[str, Any]:
    found = {}
    for one in table.columns:
        default = one.default
        found[one.name] = getattr(default, "arg", None) if default is not None else None
    return found


def make(
    conn: Connection, batch_id: int, table_name: str, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Store rows that bear their ids, and write down that the import made them."""
    if not rows:
        return
    table = TABLES[table_name]
    whole = [filled(table, row) for row in rows]
    insert_many(conn, table, whole)
    _write_made(conn, batch_id, table, whole)


def change(
    conn: Connection, batch_id: int, table_name: str, key: Key, values: Mapping[str, Any]
) -> None:
    """Change columns of a row, and write down what they were."""
    table = TABLES[table_name]
    wanted = [table.c[name] for name in values]
    row = conn.execute(select(*wanted).where(is_row(table, key)).with_for_update()).one()
    before = {name: stored(value) for name, value in row._mapping.items()}
    after = {name: stored(value) for name, value in values.items()}
    if before == after:
        return
    conn.execute(update(table).where(is_row(table, key)).values(**values))
    conn.execute(
        insert(import_change).values(
            batch_id=batch_id,
            table_name=table_name,
            key={"id": list(key)},
            before=before,
            after=after,
        )
    )


def is_row(table: Table, key: Key) -> ColumnElement[bool]:
    """Whether a row has this primary key."""
    columns = list(table.primary_key)
    return and_(*(column == value for column, value in zip(columns, key, strict=True)))


def stored(value: Any) -> Any:
    """A value as JSON keeps it."""
    return value if value is None or isinstance(value, bool | int | str) else _plain(value)


def addresses_of(conn: Connection, network_id: int, ways: Collection[str]) -> dict[str, Any]:
    """The addresses of these numbers and handles ("email:…") by them."""
    numbers = [way for way in ways if way.startswith("+")]
    handles = [way.partition(":")[2] for way in ways if not way.startswith("+")]
    mine = select(address).where(address.c.network_id == network_id)
    found: dict[str, Any] = {}
    if numbers:
        values = {"network_id": network_id, "msisdns": listed(conn, numbers)}
        for row in conn.execute(_with_numbers(conn.dialect.name), values):
            found[row.msisdn] = row
    if handles:
        for row in conn.execute(mine.where(address.c.handle.in_(handles))):
            found[f"{row.kind}:{row.handle}"] = row
    return found


@cache
def _with_numbers(dialect: str) -> Select[Any]:
    mine = address.c.network_id == bindparam("network_id")
    return select(address).where(mine, is_among(dialect, address.c.msisdn, "msisdns"))


def make_addresses(
    conn: Connection, batch_id: int, rows: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Store addresses, but for those that somebody else made meanwhile; gives what was stored."""
    if not rows:
        return []
    whole = [filled(address, row) for row in rows]
    ours = whole
    if conn.dialect.name == "sqlite":
        # It has one writer, and we looked a moment ago.
        insert_many(conn, address, whole)
    else:
        # In one order whoever makes them, so that two never wait for each other.
        ordered = sorted(whole, key=lambda row: row["msisdn"] or row["handle"])
        conn.execute(insert_into(conn.dialect.name, address).on_conflict_do_nothing(), ordered)
        ids = [row["id"] for row in whole]
        there = set(conn.execute(select(address.c.id).where(address.c.id.in_(ids))).scalars())
        ours = [row for row in whole if row["id"] in there]
    _write_made(conn, batch_id, address, ours)
    return ours


def _write_made(
    conn: Connection, batch_id: int, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    if rows:
        conn.execute(
            insert(import_change).values(
                batch_id=batch_id,
                table_name=table.name,
                key={"ids": [list(key_of(table, row)) for row in rows]},
                after={"seals": [seal_of(table, row) for row in rows]},
            )
        )
