"""Show the requests to join that wait, each with the people on the list of the same name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.msisdn import mask
from app.domain.names import name_key
from app.domain.unit_names import called
from app.store import joining
from app.store.database import Connection, Database

MOST_NAMESAKES = 5
"""So many people of one name are shown beside a request."""
_LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody on the list who is called the same."""

    person_id: int
    name: str
    local_name: str
    unit: str
    number: str
    """Masked; "" when there is none."""


@dataclass(frozen=True, slots=True)
class JoinLine:
    """One request that waits."""

    id: int
    address_id: int
    name: str
    number: str
    """Masked."""
    text: str
    """The text as it came in."""
    asked_at: datetime
    standing: str
    """How the phone stands: `stopped` gets no message when it is let in."""
    on_phone: tuple[str, ...]
    """Who is on this phone already."""
    namesakes: tuple[Namesake, ...]


async def show_joins(
    database: Database, network_id: int, *, after: int | None = None, limit: int = 50
) -> tuple[JoinLine, ...]:
    """Requests that wait, oldest first; `after` is the last id of the page before."""
    return await database.read(_show, network_id, after, limit)


async def count_joins(database: Database, network_id: int) -> int:
    """How many requests wait."""
    return await database.read(joining.waiting_count, network_id)


def _show(conn: Connection, network_id: int, after: int | None, limit: int) -> tuple[JoinLine, ...]:
    rows = joining.waiting(conn, network_id, after=after, limit=limit)
    if not rows:
        return ()
    phones = joining.names_on(conn, [row.address_id for row in rows])
    same = _namesakes(conn, network_id, [name_key(row.name) for row in rows])
    return tuple(
        JoinLine(
            id=row.id,
            address_id=row.address_id,
            name=row.name,
            number=mask(row.msisdn or ""),
            text=row.text or "",
            asked_at=row.asked_at,
            standing=row.standing,
            on_phone=tuple(phones.get(row.address_id, ())),
            namesakes=tuple(same.get(name_key(row.name), ()))[:MOST_NAMESAKES],
        )
        for row in rows
    )


def _namesakes(
    conn: Connection, network_id: int, keys: Sequence[str]
) -> Mapping[str, Sequence[Namesake]]:
    rows = joining.namesakes(conn, network_id, [key for key in keys if key], _LOOKED_AT)
    numbers = joining.numbers_of(conn, [row.id for row in rows])
    found: dict[str, list[Namesake]] = {}
    for row in rows:
        one = _namesake(row, numbers.get(row.id, ""))
        for key in {row.name_key, row.local_key} - {""}:
            found.setdefault(key, []).append(one)
    return found


def _namesake(row: Any, number: str) -> Namesake:
    unit = called(row.unit_kind, row.unit) if row.unit else ""
    return Namesake(row.id, row.name, row.local_name, unit, mask(number) if number else "")
