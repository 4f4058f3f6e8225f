"""Take back what an import did: its entries, what was used since, rows removed and restored."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, select, tuple_, update

from app.store.addresses import consent
from app.store.import_changes import TABLES, Key, is_row, key_of, stored
from app.store.imports import import_change
from app.store.schema import metadata


def newest(conn: Connection, batch_id: int, limit: int) -> Sequence[Any]:
    """The last entries of what an import did."""
    return conn.execute(
        select(import_change)
        .where(import_change.c.batch_id == batch_id)
        .order_by(import_change.c.id.desc())
        .limit(limit)
    ).all()


def seals(conn: Connection, batch_id: int) -> Mapping[str, dict[Key, int]]:
    """The seals of all rows that an import made, by table and key."""
    found: dict[str, dict[Key, int]] = {name: {} for name in TABLES}
    rows = conn.execute(
        select(import_change.c.table_name, import_change.c.key, import_change.c.after)
        .where(import_change.c.batch_id == batch_id)
        .order_by(import_change.c.id)
    )
    for row in rows:
        if "ids" in row.key:
            keys = (tuple(key) for key in row.key["ids"])
            found[row.table_name].update(zip(keys, row.after["seals"], strict=True))
    return found


def changed(
    conn: Connection, batch_id: int
) -> Mapping[tuple[str, Key], list[tuple[Mapping[str, Any], Mapping[str, Any]]]]:
    """What an import changed of each row: before and after, the newest first."""
    found: dict[tuple[str, Key], list[tuple[Mapping[str, Any], Mapping[str, Any]]]] = {}
    rows = conn.execute(
        select(import_change)
        .where(import_change.c.batch_id == batch_id)
        .order_by(import_change.c.id.desc())
    )
    for row in rows:
        if "id" in row.key:
            of = (row.table_name, tuple(row.key["id"]))
            found.setdefault(of, []).append((row.before, row.after))
    return found


def with_other_consents(
    conn: Connection, address_ids: Collection[int], ours: Collection[Key]
) -> set[int]:
    """Those of these numbers of which somebody else than the import recorded something."""
    rows = conn.execute(
        select(consent.c.address_id, consent.c.id).where(
            consent.c.address_id.in_(list(address_ids))
        )
    )
    return {row.address_id for row in rows if (row.id,) not in ours}


def forget(conn: Connection, change_ids: Iterable[int]) -> None:
    """Strike entries that were taken back."""
    conn.execute(delete(import_change).where(import_change.c.id.in_(list(change_ids))))


def rows_of(conn: Connection, table_name: str, keys: Sequence[Key]) -> Mapping[Key, Any]:
    """The rows with these keys as they are now."""
    table = TABLES[table_name]
    columns = list(table.primary_key)
    wanted = (
        columns[0].in_([key[0] for key in keys])
        if len(columns) == 1
        else tuple_(*columns).in_([tuple(key) for key in keys])
    )
    rows = conn.execute(select(table).where(wanted)).all()
    return {key_of(table, dict(row._mapping)): row for row in rows}


def referring(table_name: str) -> Sequence[tuple[Table, Any]]:
    """Every column of the database that points to a row of that table."""
    target = TABLES[table_name]
    return [
        (table, foreign.parent)
        for table in metadata.sorted_tables
        for foreign in table.foreign_keys
        if foreign.column.table is target
    ]


def used(
    conn: Connection,
    table_name: str,
    ids: Collection[int],
    ours: Mapping[str, Collection[Key]],
    changed: Collection[tuple[str, Key]] = (),
) -> set[int]:
    """Those of these rows that a row points to which the import neither made nor changed."""
    found: set[int] = set()
    for table, column in referring(table_name):
        own = ours.get(table.name, ())
        keys = list(table.primary_key)
        rows = conn.execute(select(column, *keys).where(column.in_(list(ids))))
        for row in rows:
            key = tuple(row[1:])
            if key not in own and (table.name, key) not in changed:
                found.add(row[0])
    return found


def remove(conn: Connection, table_name: str, keys: Sequence[Key]) -> None:
    """Take rows away that nothing points to."""
    table = TABLES[table_name]
    columns = list(table.primary_key)
    if len(columns) == 1:
        conn.execute(delete(table).where(columns[0].in_([key[0] for key in keys])))
        return
    conn.execute(delete(table).where(tuple_(*columns).in_([tuple(key) for key in keys])))


def restore(conn: Connection, table_name: str, key: Key, values: Mapping[str, Any]) -> None:
    """Give columns of a row back what they were."""
    table = TABLES[table_name]
    known = {name: _read(table.c[name].type, value) for name, value in values.items()}
    conn.execute(update(table).where(is_row(table, key)).values(**known))


def read_as(table_name: str, column: str, value: Any) -> Any:
    """A value of an entry as the column holds it."""
    return _read(TABLES[table_name].c[column].type, value)


def _read(kind: Any, value: Any) -> Any:
    python = kind.python_type
    if value is None or isinstance(value, python):
        return value
    return python.fromisoformat(value)


def as_kept(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """Columns of a row as the entries keep them."""
    return {name: stored(row._mapping[name]) for name in names}
