"""Who said that they come to a meeting, or do not: the newest answer of each person counts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Index,
    UniqueConstraint,
    and_,
    bindparam,
    delete,
    or_,
    select,
    update,
)
from sqlmodel import Field

from app.store.bulk import insert_into
from app.store.meetings import meeting
from app.store.people import person
from app.store.schema import Row, link, loose_link, new_id, table_of
from app.store.seats import seat

COMING = "coming"
NOT_COMING = "not"
SOMEBODY = "?"
"""Stands for who comes instead, where the name was not told."""
LONGEST_STAND_IN = 80


class MeetingAnswer(Row, table=True):
    """What one person said of one meeting."""

    __tablename__ = "meeting_answer"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        Index("ix_meeting_answer_person_id", "person_id"),
        Index("ix_meeting_answer_address_id", "address_id"),
        Index("ix_meeting_answer_inbound_id", "inbound_id"),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    meeting_id: int = link("meeting.id")
    person_id: int = link("person.id")
    address_id: int | None = loose_link("address.id")
    """The phone that it came from; empty when the office wrote it down."""
    inbound_id: int | None = loose_link("inbound.id")
    answer: str = Field(max_length=8)
    """`coming` or `not`."""
    needs_transport: bool = False
    with_child: bool = False
    stand_in: str = Field(default="", max_length=LONGEST_STAND_IN)
    """Who comes for somebody who does not; `?` when the name was not told."""
    at: datetime


meeting_answer = table_of(MeetingAnswer)
_CHANGED = (
    *("answer", "needs_transport", "with_child", "stand_in"),
    *("address_id", "inbound_id", "at"),
)
_SAID = [meeting_answer.c[name] for name in _CHANGED]
_said_by = select(meeting_answer).where(
    meeting_answer.c.meeting_id == bindparam("meeting_id"),
    meeting_answer.c.person_id.in_(bindparam("people", expanding=True)),
)


def put(conn: Connection, values: Mapping[str, Any]) -> None:
    """Store an answer; an older one of the same person to the same meeting gives way."""
    new = insert_into(conn.dialect.name, meeting_answer).values(**values)
    changed = {name: new.excluded[name] for name in _CHANGED}
    conn.execute(
        new.on_conflict_do_update(
            index_elements=["meeting_id", "person_id"],
            set_=changed,
            where=new.excluded.at >= meeting_answer.c.at,
        )
    )


def of_meeting(conn: Connection, meeting_id: int) -> Mapping[int, str]:
    """The answer of each person who gave one."""
    mine = select(meeting_answer.c.person_id, meeting_answer.c.answer)
    rows = conn.execute(mine.where(meeting_answer.c.meeting_id == meeting_id))
    return {row.person_id: row.answer for row in rows}


def given(conn: Connection, network_id: int, meeting_id: int, body: str) -> Sequence[Any]:
    """Everybody who belongs to the body of a meeting, with their `sex` and what they said.

    What they said of a day that the meeting has no more counts as nothing.
    """
    set_at = select(meeting.c.set_at).where(meeting.c.id == meeting_id).scalar_subquery()
    mine = and_(
        meeting_answer.c.meeting_id == meeting_id,
        meeting_answer.c.person_id == person.c.id,
        or_(set_at.is_(None), meeting_answer.c.at >= set_at),
    )
    belongs = person.c.id.in_(
        select(seat.c.person_id).where(
            seat.c.network_id == network_id, seat.c.body == body, seat.c.left_on.is_(None)
        )
    )
    statement = (
        select(person.c.id, person.c.sex, *_SAID)
        .select_from(person)
        .outerjoin(meeting_answer, mine)
        .where(person.c.network_id == network_id, belongs)
    )
    return conn.execute(statement.order_by(person.c.id)).all()


def said_by(conn: Connection, meeting_id: int, people: Collection[int]) -> Mapping[int, Any]:
    """What each of these people said of a meeting, who said anything."""
    asked = {"meeting_id": meeting_id, "people": list(people)}
    return {row.person_id: row for row in conn.execute(_said_by, asked)}


def said_of(conn: Connection, people: Collection[int], meeting_ids: Collection[int]) -> set[int]:
    """Which of these meetings some of these people answered."""
    mine = select(meeting_answer.c.meeting_id).where(
        meeting_answer.c.person_id.in_(list(people)),
        meeting_answer.c.meeting_id.in_(list(meeting_ids)),
    )
    return set(conn.execute(mine).scalars())


def take_back(conn: Connection, meeting_id: int, person_id: int) -> None:
    """Let somebody have said nothing of a meeting."""
    conn.execute(
        delete(meeting_answer).where(
            meeting_answer.c.meeting_id == meeting_id, meeting_answer.c.person_id == person_id
        )
    )


def drop(conn: Connection, *, person_id: int) -> None:
    """Take out the answers of a person."""
    conn.execute(delete(meeting_answer).where(meeting_answer.c.person_id == person_id))


def move(conn: Connection, from_id: int, to_id: int) -> None:
    """Let the answers of one person be another's, where that one gave none to the same meeting."""
    given = select(meeting_answer.c.meeting_id).where(meeting_answer.c.person_id == to_id)
    mine = meeting_answer.c.person_id == from_id
    kept = update(meeting_answer).where(mine, meeting_answer.c.meeting_id.not_in(given))
    conn.execute(kept.values(person_id=to_id))
    drop(conn, person_id=from_id)
