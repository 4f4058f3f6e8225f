"""Units: the tree of CO, VO, LSO and LSON, and the bodies outside it that the network writes to."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Index, UniqueConstraint, insert, select
from sqlmodel import Field

from app.domain.names import name_key
from app.store.schema import Row, link, maybe_link, new_id, table_of


class Unit(Row, table=True):
    """A body in the tree (LSON, LSO, VO, CO), or one outside it, which has no parent."""

    __table_args__ = (
        UniqueConstraint("network_id", "parent_id", "kind", "name"),
        Index("ix_unit_name_key", "network_id", "name_key"),
        Index("ix_unit_local_key", "network_id", "local_key"),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    parent_id: int | None = maybe_link("unit.id", index=True)
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


def by_name(conn: Connection, network_id: int) -> Mapping[str, int]:
    """The ids of a network's units by their names in lower case, Latin and local."""
    rows = conn.execute(
        select(unit.c.id, unit.c.name, unit.c.local_name).where(unit.c.network_id == network_id)
    )
    found: dict[str, int] = {}
    for row in rows:
        found[row.name.casefold()] = row.id
        if row.local_name:
            found[row.local_name.casefold()] = row.id
    return found
