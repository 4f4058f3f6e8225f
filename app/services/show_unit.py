"""Show one unit: its facts, where it stands, what is under it, and its people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.institution import TIERS
from app.domain.msisdn import mask
from app.domain.year_days import is_within
from app.services.change_unit import the_unit
from app.services.show_tree import Asked, Step, UnitPage, page_of, steps_of
from app.store import unit_people, unit_tree, units
from app.store.database import Connection, Database
from app.store.unit_tree import Below

PEOPLE_SHOWN = 25


@dataclass(frozen=True, slots=True)
class UnitPerson:
    """Somebody of a unit; the number is masked, "" for none."""

    id: int
    name: str
    local_name: str
    sex: str
    number: str
    whose: str


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """One unit with all that its page says.

    `below` counts all under it by kind; `people` are its own, `people_below` also theirs.
    """

    id: int
    kind: str
    name: str
    local_name: str
    place: str
    local_place: str
    members: str
    status: str
    formed_on: date | None
    households: int
    cut_from: int
    cut_until: int
    verified_on: date | None
    is_cut_off: bool
    way: tuple[Step, ...]
    below: Mapping[str, int]
    people: int
    people_below: int
    women_below: int
    first_people: tuple[UnitPerson, ...]
    children: UnitPage


_PLAIN = (
    "id",
    "kind",
    "name",
    "local_name",
    "place",
    "local_place",
    "members",
    "status",
    "formed_on",
    "households",
    "cut_from",
    "cut_until",
    "verified_on",
)


async def show_unit(
    database: Database, network_id: int, unit_id: int, *, today: date, after: str = ""
) -> ShownUnit:
    """A unit of this network; raises Refusal when it is not there or another's."""
    return await database.read(_show, network_id, unit_id, today, after)


def _show(conn: Connection, network_id: int, unit_id: int, today: date, after: str) -> ShownUnit:
    row: Any = the_unit(conn, network_id, unit_id)
    branch = _counts(conn, row)
    return ShownUnit(
        **{name: getattr(row, name) for name in _PLAIN},
        is_cut_off=is_within(today, row.cut_from, row.cut_until),
        way=steps_of(unit_tree.way(conn, unit_id)[:-1]),
        below=branch.kinds,
        people=unit_tree.people_in(conn, [unit_id]).get(unit_id, 0),
        people_below=branch.people,
        women_below=branch.women,
        first_people=_people(conn, unit_id),
        children=page_of(conn, network_id, Asked(unit_id, (), after), today),
    )


def _counts(conn: Connection, row: Any) -> Below:
    """What is under a unit; under the root that is the whole tree, unless some stand loose."""
    is_root = row.kind == TIERS[0] and row.parent_id is None
    if is_root and not units.without_parent(conn, row.network_id):
        return unit_tree.counts_of_tree(conn, row.network_id)
    return unit_tree.counts_below(conn, row.id)


def _people(conn: Connection, unit_id: int) -> tuple[UnitPerson, ...]:
    rows = unit_people.first_people(conn, unit_id, PEOPLE_SHOWN)
    numbers = unit_people.first_numbers(conn, [row.id for row in rows])
    return tuple(
        UnitPerson(
            id=row.id,
            name=row.name,
            local_name=row.local_name,
            sex=row.sex,
            number=mask(numbers[row.id].msisdn) if row.id in numbers else "",
            whose=numbers[row.id].whose if row.id in numbers else "",
        )
        for row in rows
    )
