"""Who came to the last meetings of a body: each person, and each LSO."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.forecast import MOST_MEETINGS
from app.domain.minutes import Presence
from app.services._forecasting import habits
from app.store import attendance, networks
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    """A meeting whose attendance was taken."""

    id: int
    label: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PersonShare:
    """How often somebody came; `marks` has a presence for each meeting, "" where not marked."""

    person_id: int
    name: str
    local_name: str
    sex: str
    post: str
    unit_id: int | None
    unit_name: str
    local_unit: str
    came: int
    asked: int
    marks: tuple[str, ...]
    """In the order of `AttendanceHistory.meetings`."""


@dataclass(frozen=True, slots=True)
class UnitShare:
    """How often the people of an LSO came, and its women among them; None has no LSO."""

    unit_id: int | None
    unit_name: str
    local_unit: str
    came: int
    asked: int
    women_came: int
    women_asked: int


@dataclass(frozen=True, slots=True)
class AttendanceHistory:
    """The last meetings of a body, newest first, and who of today's members came to them."""

    body: str
    meetings: tuple[HeldMeeting, ...]
    people: tuple[PersonShare, ...]
    units: tuple[UnitShare, ...]


@dataclass(frozen=True, slots=True)
class BodyShare:
    """How often one person came to the last meetings of one body."""

    body: str
    came: int
    asked: int


async def attendance_of_body(
    database: Database, network_id: int, body: str, *, now: datetime
) -> AttendanceHistory:
    """The last 12 meetings of a body; empty for one that never met."""
    return await database.read(_of_body, network_id, body, now)


async def attendance_of_person(
    database: Database, network_id: int, person_id: int, *, now: datetime
) -> tuple[BodyShare, ...]:
    """How often somebody came to the last 12 meetings of each body in which they were marked."""
    return await database.read(_of_person, network_id, person_id, now)


def _of_body(conn: Connection, network_id: int, body: str, now: datetime) -> AttendanceHistory:
    held = attendance.last_taken(conn, network_id, body, now, MOST_MEETINGS)
    marks = attendance.marks_of(conn, [row.id for row in held]) if held else ()
    by_person: dict[int, dict[int, str]] = {}
    for one in marks:
        by_person.setdefault(one.person_id, {})[one.meeting_id] = one.presence
    day = networks.by_id(conn, network_id).day_at(now)
    people = tuple(
        _share(row, by_person.get(row.person_id, {}), [one.id for one in held])
        for row in attendance.in_order(conn, network_id, body, day)
    )
    return AttendanceHistory(
        body=body,
        meetings=tuple(HeldMeeting(row.id, row.label, row.at) for row in held),
        people=people,
        units=_units(people),
    )


def _share(row: Any, marks: Mapping[int, str], meeting_ids: Sequence[int]) -> PersonShare:
    return PersonShare(
        person_id=row.person_id,
        name=row.name,
        local_name=row.local_name,
        sex=row.sex,
        post=row.post,
        unit_id=row.unit_id,
        unit_name=attendance.unit_of(row),
        local_unit=row.unit_local_name or "",
        came=sum(one == Presence.PRESENT for one in marks.values()),
        asked=len(marks),
        marks=tuple(marks.get(one, "") for one in meeting_ids),
    )


def _units(people: Sequence[PersonShare]) -> tuple[UnitShare, ...]:
    """Each LSO, those who came least first; people without one stand last."""
    by_unit: dict[int | None, list[PersonShare]] = {}
    for one in people:
        by_unit.setdefault(one.unit_id, []).append(one)
    shares = [
        UnitShare(
            unit_id=unit_id,
            unit_name=members[0].unit_name,
            local_unit=members[0].local_unit,
            came=sum(one.came for one in members),
            asked=sum(one.asked for one in members),
            women_came=sum(one.came for one in members if one.sex == "f"),
            women_asked=sum(one.asked for one in members if one.sex == "f"),
        )
        for unit_id, members in by_unit.items()
    ]
    return tuple(sorted(shares, key=_rarely))


def _rarely(one: UnitShare) -> tuple[bool, float, str]:
    return one.unit_id is None, one.came / one.asked if one.asked else 1.0, one.unit_name


def _of_person(
    conn: Connection, network_id: int, person_id: int, now: datetime
) -> tuple[BodyShare, ...]:
    shares = []
    for body in attendance.bodies_of(conn, network_id, person_id):
        held = attendance.last_taken(conn, network_id, body, now, MOST_MEETINGS)
        known = habits(attendance.marks_of(conn, [row.id for row in held])) if held else {}
        if person_id in known:
            came, asked = known[person_id]
            shares.append(BodyShare(body, came, asked))
    return tuple(shares)
