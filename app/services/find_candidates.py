"""Find candidates: whom a form may name for a post, and what the post is called."""

from dataclasses import dataclass

from app.domain.errors import Refusal
from app.domain.institution import OUTSIDE_BODY, TIERS
from app.domain.names import name_key
from app.domain.offices import body_for
from app.domain.unit_names import called
from app.store import posts, seats, units
from app.store.database import Connection, Database

MOST_FOUND = 20
"""So many people are offered to choose from."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be named for a post."""

    person_id: int
    name: str
    local_name: str
    unit_name: str = ""


@dataclass(frozen=True, slots=True)
class PostPlace:
    """Where a post is: a unit (None for the network itself) and a body.

    `body_name` is empty where the body is that of the unit's own officers.
    """

    unit_id: int | None
    unit_name: str
    local_unit: str
    code: str
    body_name: str
    local_body: str


async def find_candidates(database: Database, network_id: int, words: str) -> tuple[Candidate, ...]:
    """People whose name has a word that begins so, the first ones by name."""
    key = name_key(words)[:200]
    if not key:
        return ()
    rows = await database.read(posts.people_named, network_id, key, MOST_FOUND)
    return tuple(
        Candidate(
            row.id, row.name, row.local_name, called(row.kind, row.unit_name) if row.kind else ""
        )
        for row in rows
    )


async def show_candidate(database: Database, network_id: int, person_id: int) -> Candidate:
    """Somebody of this network; raises Refusal when there is nobody."""
    row = await database.read(seats.holder, network_id, person_id)
    if row is None:
        raise Refusal("not_found", "There is no such person in this network.")
    return Candidate(row.id, row.name, row.local_name)


async def show_place(
    database: Database, network_id: int, unit_id: int | None, code: str
) -> PostPlace:
    """What a unit and a body are called; raises Refusal for those of nobody."""
    return await database.read(_place, network_id, unit_id, code)


def _place(conn: Connection, network_id: int, unit_id: int | None, code: str) -> PostPlace:
    unit = units.get(conn, network_id, unit_id) if unit_id is not None else None
    if unit_id is not None and unit is None:
        raise Refusal("not_found", "There is no such unit in this network.")
    told = code.strip().upper() or (body_for(unit.kind) if unit is not None else "")
    body = seats.body_named(conn, network_id, told[:40]) if told else None
    if told and body is None and told not in (*TIERS, OUTSIDE_BODY):
        raise Refusal("not_found", "There is no body {code} in this network.", code=told[:40])
    return PostPlace(
        unit_id=unit_id,
        unit_name=called(unit.kind, unit.name) if unit is not None else "",
        local_unit=unit.local_name if unit is not None else "",
        code=told,
        body_name=body.name if body is not None else "",
        local_body=body.local_name if body is not None else "",
    )
