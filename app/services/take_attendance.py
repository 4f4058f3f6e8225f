"""Take the attendance of a meeting: who belongs to its body, and who came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.minutes import Presence
from app.domain.pasted import clean_line
from app.services._act import Deed
from app.services._minutes_desk import attendees_of, day_of, subject_of, the_meeting
from app.store import attendance, networks
from app.store.database import Connection, Database

MOST_MARKS = 2_000
MOST_LETTERS = 120


@dataclass(frozen=True, slots=True)
class Mark:
    """Whether one came: a person of the body, or a guest by name (`person_id` is None)."""

    person_id: int | None
    name: str
    presence: Presence


@dataclass(frozen=True, slots=True)
class Belonging:
    """Somebody who belongs to the body or was marked; `presence` is None while not marked."""

    person_id: int | None
    name: str
    local_name: str
    sex: str
    post: str
    unit_id: int | None
    unit_name: str
    presence: Presence | None


def in_order(conn: Connection, network_id: int, meeting: Any) -> Sequence[Any]:
    """Who held a seat in the body on the day of the meeting, as the attendance sheet has them.

    The first is number 1 of the sheet: officers in the order of their offices, then by LSO and
    name. A text of the host names them by these numbers.
    """
    day = day_of(conn, network_id, meeting.at)
    return attendance.in_order(conn, network_id, meeting.body, day)


async def who_belongs(
    database: Database, network_id: int, meeting_id: int
) -> tuple[Belonging, ...]:
    """Who held a seat in the body on the day of the meeting, then others and guests marked.

    Officers come first, in the order of their offices.
    """
    return await database.read(_who, network_id, meeting_id)


async def take_attendance(  # noqa: PLR0913 -- who marks whom at which meeting
    database: Database,
    network_id: int,
    meeting_id: int,
    marks: Sequence[Mark],
    *,
    by: str,
    now: datetime,
) -> None:
    """Keep these marks in place of all that were there.

    Raises Refusal: not_found for an unknown meeting or person, marked_twice, guest_nameless.
    """
    deed = Deed(network_id, by, now)
    await database.write(lambda conn: _take(conn, deed, meeting_id, marks))


def _who(conn: Connection, network_id: int, meeting_id: int) -> tuple[Belonging, ...]:
    meeting = the_meeting(conn, network_id, meeting_id)
    marked = attendees_of(conn, meeting_id)
    by_person = {one.person_id: one for one in marked if one.person_id is not None}
    found = [
        Belonging(
            person_id=row.person_id,
            name=row.name,
            local_name=row.local_name,
            sex=row.sex,
            post=row.post,
            unit_id=row.unit_id,
            unit_name=attendance.unit_of(row),
            presence=by_person[row.person_id].presence if row.person_id in by_person else None,
        )
        for row in in_order(conn, network_id, meeting)
    ]
    known = {one.person_id for one in found}
    others = [
        Belonging(
            person_id=one.person_id,
            name=one.name,
            local_name=one.local_name,
            sex=one.sex,
            post=one.post,
            unit_id=one.unit_id,
            unit_name=one.unit_name,
            presence=one.presence,
        )
        for one in marked
        if one.person_id is None or one.person_id not in known
    ]
    return (*found, *others)


def _take(conn: Connection, deed: Deed, meeting_id: int, marks: Sequence[Mark]) -> None:
    networks.hold(conn, deed.network_id)
    meeting = the_meeting(conn, deed.network_id, meeting_id)
    if len(marks) > MOST_MARKS:
        raise Refusal("too_many_marks", "At most {most} people can be marked.", most=MOST_MARKS)
    ids = [mark.person_id for mark in marks if mark.person_id is not None]
    if len(set(ids)) < len(ids):
        raise Refusal("marked_twice", "Somebody is marked twice. Mark each person once.")
    people = attendance.people(conn, deed.network_id, ids)
    if len(people) < len(ids):
        raise Refusal(
            "not_found", "One of those marked is not in this network. Load the list again."
        )
    members = {row.person_id: row for row in in_order(conn, deed.network_id, meeting)}
    rows = [
        {
            "network_id": deed.network_id,
            "meeting_id": meeting_id,
            "presence": mark.presence.value,
            "marked_at": deed.now,
            **(
                _guest(mark) if mark.person_id is None else _person(mark.person_id, people, members)
            ),
        }
        for mark in marks
    ]
    attendance.replace(conn, meeting_id, rows)
    present = sum(one.presence is Presence.PRESENT for one in marks)
    deed.note(conn, "attendance taken", subject_of(meeting), marked=len(marks), present=present)


def _guest(mark: Mark) -> dict[str, Any]:
    name = clean_line(mark.name)
    if not name:
        raise Refusal("guest_nameless", "A guest has no name. Write it or take the line out.")
    if len(name) > MOST_LETTERS:
        raise Refusal(
            "name_too_long",
            "The name has more than {most} letters. Shorten it.",
            most=MOST_LETTERS,
        )
    return {"person_id": None, "name": name, "sex": "", "post": "", "unit_id": None}


def _person(
    person_id: int, people: Mapping[int, Any], members: Mapping[int, Any]
) -> dict[str, Any]:
    row, seat = people[person_id], members.get(person_id)
    return {
        "person_id": person_id,
        "name": row.name,
        "sex": row.sex,
        "post": seat.post if seat else "",
        "unit_id": seat.unit_id if seat else row.unit_id,
    }
