"""Who came to a meeting, and who belongs to its body."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, insert, or_, select, update

from app.domain.institution import CABINET
from app.domain.unit_names import called
from app.store.meetings import attendance, meeting
from app.store.people import person
from app.store.seats import seat
from app.store.units import unit


def of_meeting(conn: Connection, meeting_id: int) -> Sequence[Any]:
    """The marks of a meeting with the names that people and units have now."""
    statement = (
        select(
            attendance,
            person.c.local_name,
            unit.c.kind.label("unit_kind"),
            unit.c.name.label("unit_name"),
        )
        .outerjoin(person, person.c.id == attendance.c.person_id)
        .outerjoin(unit, unit.c.id == attendance.c.unit_id)
        .where(attendance.c.meeting_id == meeting_id)
        .order_by(attendance.c.id)
    )
    return conn.execute(statement).all()


def members_on(conn: Connection, network_id: int, body: str, day: date) -> Sequence[Any]:
    """Who holds a seat in a body on a day, oldest seat first."""
    statement = (
        select(
            seat.c.person_id,
            seat.c.post,
            seat.c.unit_id,
            person.c.name,
            person.c.local_name,
            person.c.sex,
            unit.c.kind.label("unit_kind"),
            unit.c.name.label("unit_name"),
            unit.c.local_name.label("unit_local_name"),
        )
        .join(person, person.c.id == seat.c.person_id)
        .outerjoin(unit, unit.c.id == seat.c.unit_id)
        .where(
            seat.c.network_id == network_id,
            seat.c.body == body,
            or_(seat.c.starts_on.is_(None), seat.c.starts_on <= day),
            or_(seat.c.left_on.is_(None), seat.c.left_on > day),
        )
        .order_by(seat.c.id)
    )
    return conn.execute(statement).all()


def in_order(conn: Connection, network_id: int, body: str, day: date) -> Sequence[Any]:
    """Who holds a seat in a body on a day, each once, as the attendance sheet numbers them.

    Officers stand in the order of their offices, then all by LSO and name.
    """
    found: dict[int, Any] = {}
    for row in members_on(conn, network_id, body, day):
        found.setdefault(row.person_id, row)
    return sorted(found.values(), key=_place)


def unit_of(row: Any) -> str:
    """What the unit of somebody who holds a seat is called; "" for none."""
    return called(row.unit_kind, row.unit_name) if row.unit_id else ""


def _place(row: Any) -> tuple[int, str, str]:
    place = CABINET.index(row.post) if row.post in CABINET else len(CABINET)
    return place, unit_of(row), row.name


def people(conn: Connection, network_id: int, ids: Collection[int]) -> Mapping[int, Any]:
    """These people of a network, by id, with their units."""
    statement = select(
        person.c.id,
        person.c.name,
        person.c.local_name,
        person.c.sex,
        person.c.unit_id,
    ).where(
        person.c.network_id == network_id,
        person.c.id.in_(bindparam("ids", expanding=True)),
    )
    return {row.id: row for row in conn.execute(statement, {"ids": list(ids)})}


def last_taken(
    conn: Connection, network_id: int, body: str, before: datetime, most: int
) -> Sequence[Any]:
    """The last meetings of a body whose attendance was taken, newest first."""
    was_taken = exists().where(attendance.c.meeting_id == meeting.c.id)
    statement = (
        select(meeting.c.id, meeting.c.label, meeting.c.at)
        .where(
            meeting.c.network_id == network_id,
            meeting.c.body == body,
            meeting.c.at < before,
            was_taken,
        )
        .order_by(meeting.c.at.desc(), meeting.c.id.desc())
        .limit(most)
    )
    return conn.execute(statement).all()


def marks_of(conn: Connection, meeting_ids: Collection[int]) -> Sequence[Any]:
    """Who was marked how at these meetings; guests are left out."""
    statement = select(
        attendance.c.meeting_id, attendance.c.person_id, attendance.c.presence
    ).where(
        attendance.c.meeting_id.in_(bindparam("ids", expanding=True)),
        attendance.c.person_id.is_not(None),
    )
    return conn.execute(statement, {"ids": list(meeting_ids)}).all()


def bodies_of(conn: Connection, network_id: int, person_id: int) -> Sequence[Any]:
    """The bodies at whose meetings somebody was marked."""
    statement = (
        select(meeting.c.body)
        .join(attendance, attendance.c.meeting_id == meeting.c.id)
        .where(meeting.c.network_id == network_id, attendance.c.person_id == person_id)
        .distinct()
        .order_by(meeting.c.body)
    )
    return conn.execute(statement).scalars().all()


def replace(conn: Connection, meeting_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Let a meeting have these marks and no others."""
    conn.execute(delete(attendance).where(attendance.c.meeting_id == meeting_id))
    if rows:
        conn.execute(insert(attendance), list(rows))


def move(conn: Connection, from_id: int, to_id: int) -> None:
    """Let the marks of one person be another's, where that one has none of the same meeting."""
    marked = select(attendance.c.meeting_id).where(attendance.c.person_id == to_id)
    mine = attendance.c.person_id == from_id
    conn.execute(
        update(attendance)
        .where(mine, attendance.c.meeting_id.not_in(marked))
        .values(person_id=to_id)
    )
    conn.execute(delete(attendance).where(mine))


def cut(conn: Connection, person_id: int) -> None:
    """Leave the marks of a person as those of a guest, whose name was written down then."""
    conn.execute(
        update(attendance).where(attendance.c.person_id == person_id).values(person_id=None)
    )
