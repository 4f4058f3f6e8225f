"""Units: the tree of CO, VO, LSO and LSON, and the bodies outside it that the network writes to."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    Connection,
    Index,
    UniqueConstraint,
    delete,
    insert,
    select,
    update,
)
from sqlmodel import Field

from app.domain.institution import TIERS
from app.domain.names import name_key
from app.domain.unit_names import keys_of
from app.store.schema import Row, link, maybe_link, new_id, table_of, unindexed


class Unit(Row, table=True):
    """A body in the tree (LSON, LSO, VO, CO), or one outside it, which has no parent."""

    __table_args__ = (
        UniqueConstraint("network_id", "parent_id", "kind", "name"),
        Index("ix_unit_name_key", "network_id", "name_key"),
        Index("ix_unit_local_key", "network_id", "local_key"),
        Index("ix_unit_parent", "parent_id", "name_key", "id"),
        Index("ix_unit_kind", "network_id", "kind", "parent_id", "name_key", "id"),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    parent_id: int | None = maybe_link("unit.id")
    kind: str = Field(max_length=12)
    name: str = Field(max_length=120)
    local_name: str = Field(default="", max_length=120)
    name_key: str = Field(default="", max_length=120)
    """`name_key` of the name, for search; set whenever the name is."""
    local_key: str = Field(default="", max_length=120)
    place: str = Field(default="", max_length=120)
    """Union council, village or neighbourhood."""
    local_place: str = Field(default="", max_length=120)
    members: str = Field(default="mixed", max_length=8)
    """`women`, `men` or `mixed`."""
    status: str = Field(default="member", max_length=10)
    """`candidate`, `member` or `lapsed`."""
    formed_on: date | None = None
    households: int = 0
    cut_from: int = 0
    """First day of the yearly time without a road, as month * 100 + day; 0 for none."""
    cut_until: int = 0
    """Last day of that time, which may lie in the next year."""
    verified_on: date | None = None
    """When somebody last made sure that this is still so: officers outside are transferred."""


unit = table_of(Unit)


def keyed(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the keys that its names are found by."""
    keys = {"name": "name_key", "local_name": "local_key"}
    found = {key: name_key(values[name])[:120] for name, key in keys.items() if name in values}
    return {**values, **found}


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a unit and give its id."""
    return int(conn.execute(insert(unit).values(**keyed(values)).returning(unit.c.id)).scalar_one())


def add_many(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Store units and give their ids in the same order; all rows have the same columns."""
    if not rows:
        return []
    statement = insert(unit).returning(unit.c.id, sort_by_parameter_order=True)
    return list(conn.execute(statement, [keyed(row) for row in rows]).scalars())


def get(conn: Connection, network_id: int, unit_id: int) -> Any | None:
    """One unit of a network; None for one that is not there or another's."""
    statement = select(unit).where(unit.c.id == unit_id, unit.c.network_id == network_id)
    return conn.execute(statement).one_or_none()


def change(conn: Connection, unit_id: int, values: Mapping[str, Any]) -> None:
    """Give a unit these values, and the keys that follow from its names."""
    conn.execute(update(unit).where(unit.c.id == unit_id).values(**keyed(values)))


def remove(conn: Connection, unit_id: int) -> None:
    """Take a unit away that nothing hangs on."""
    conn.execute(delete(unit).where(unit.c.id == unit_id))


def root(conn: Connection, network_id: int) -> Any | None:
    """The network's own unit, the LSON; None where none was made yet."""
    statement = select(unit).where(unit.c.network_id == network_id, unit.c.kind == TIERS[0])
    return conn.execute(statement.order_by(unit.c.id).limit(1)).one_or_none()


def without_parent(conn: Connection, network_id: int) -> Sequence[Any]:
    """The units of the tree that stand under nothing although they are not its root."""
    statement = select(unit.c.id, unit.c.kind, unit.c.name).where(
        unit.c.network_id == network_id,
        unit.c.parent_id.is_(None),
        unit.c.kind.in_(TIERS[1:]),
    )
    return conn.execute(statement.order_by(unit.c.id)).all()


def named_alike(
    conn: Connection, network_id: int, kind: str, names: Collection[str]
) -> Sequence[Any]:
    """The units of a kind with one of these names, however spelled: id, parent_id, name_key."""
    keys = {key[:120] for name in names for key in keys_of(kind, name)}
    statement = select(unit.c.id, unit.c.parent_id, unit.c.name_key).where(
        unit.c.network_id == network_id,
        unindexed(unit.c.kind) == kind,
        unit.c.name_key.in_(list(keys)),
    )
    return conn.execute(statement.order_by(unit.c.id)).all()


def places(conn: Connection, network_id: int) -> Sequence[Any]:
    """Every unit with where it stands and the keys of its names: what paths are read with."""
    statement = select(
        unit.c.id, unit.c.parent_id, unit.c.kind, unit.c.name_key, unit.c.local_key
    ).where(unit.c.network_id == network_id)
    return conn.execute(statement.order_by(unit.c.id)).all()


def is_named_elsewhere(conn: Connection, unit_id: int) -> bool:
    """Whether more than people, seats and units name a unit: minutes, decisions, boards."""
    counted = {"unit", "person", "seat"}
    columns = [
        key.parent
        for table in unit.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is unit and table.name not in counted
    ]
    return any(
        conn.execute(select(column).where(column == unit_id).limit(1)).first() is not None
        for column in columns
    )
