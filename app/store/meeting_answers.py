"""Who said that they come to a meeting, or do not: the newest answer of each person counts."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Index,
    UniqueConstraint,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlmodel import Field

from app.domain.broadcast import Kind
from app.domain.messages import State
from app.store.broadcasts import broadcast, broadcast_text
from app.store.bulk import insert_into
from app.store.meetings import meeting
from app.store.outbox import outbox
from app.store.people import person
from app.store.schema import Row, link, loose_link, new_id, table_of
from app.store.seats import seat
from bots.notes import QuestionNote

COMING = "coming"
NOT_COMING = "not"
NOTICE_STANDS = timedelta(hours=48)
"""So long a bare 1 or 2 answers the notice of a meeting."""
_SENT = (State.SENT.value, State.DELIVERED.value, State.UNCERTAIN.value)
_asks = re.compile(r"(?<!\d)11?\s?=|(?<!\d)11(?!\d).*(?<!\d)12(?!\d)", re.DOTALL).search


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
    at: datetime


meeting_answer = table_of(MeetingAnswer)


def put(conn: Connection, values: Mapping[str, Any]) -> None:
    """Store an answer; an older one of the same person to the same meeting gives way."""
    new = insert_into(conn.dialect.name, meeting_answer).values(**values)
    names = ("answer", "address_id", "inbound_id", "at")
    changed = {name: new.excluded[name] for name in names}
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


def coming(
    conn: Connection, network_id: int, people: Sequence[int], now: datetime
) -> Sequence[tuple[Any, tuple[int, ...]]]:
    """The meetings to come of bodies in which these people have seats, each with who has one."""
    return _called(
        conn, network_id, people, (meeting.c.state == "planned", meeting.c.at > now), is_past=False
    )


def last_held(
    conn: Connection, network_id: int, people: Sequence[int], now: datetime
) -> Any | None:
    """The newest meeting that is over of a body in which one of these people has a seat."""
    over = (meeting.c.state != "cancelled", meeting.c.at <= now)
    rows = _called(conn, network_id, people, over, is_past=True)
    return rows[0][0] if rows else None


# Built once: it is asked with each bare 1 and 2.
_seats_of = select(seat.c.body, seat.c.person_id).where(
    seat.c.network_id == bindparam("network_id"),
    seat.c.person_id.in_(bindparam("people", expanding=True)),
    seat.c.left_on.is_(None),
)


def _called(
    conn: Connection,
    network_id: int,
    people: Sequence[int],
    wanted: Sequence[Any],
    *,
    is_past: bool,
) -> Sequence[tuple[Any, tuple[int, ...]]]:
    if not people:
        return ()
    members: dict[str, set[int]] = {}
    wanted_people = {"network_id": network_id, "people": list(people)}
    for row in conn.execute(_seats_of, wanted_people):
        members.setdefault(row.body, set()).add(row.person_id)
    if not members:
        return ()
    mine = select(meeting).where(
        meeting.c.network_id == network_id, meeting.c.body.in_(sorted(members)), *wanted
    )
    order = meeting.c.at.desc() if is_past else meeting.c.at
    rows = conn.execute(mine.order_by(order, meeting.c.id).limit(1 if is_past else 20)).all()
    return [(row, tuple(one for one in people if one in members[row.body])) for row in rows]


def calls(
    conn: Connection, network_id: int, address_id: int, people: Sequence[int], now: datetime
) -> Sequence[QuestionNote]:
    """The meetings for which a notice on this phone waits for a yes or a no, soonest first."""
    meetings = coming(conn, network_id, people, now)
    notices = _notices(conn, address_id, now) if meetings else ()
    open_ones: dict[int, QuestionNote] = {}
    for notice in notices:
        named = [row for row, _ in meetings if _names(notice.body, row.body)]
        for row in named or [row for row, _ in meetings]:
            until = min(notice.sent_at + NOTICE_STANDS, row.at)
            open_ones[row.id] = QuestionNote("meeting", row.id, "", notice.sent_at, until)
    if not open_ones:
        return ()
    answered = _answered(conn, address_id, sorted(open_ones))
    return [
        open_ones[row.id]
        for row, _ in meetings
        if row.id in open_ones
        and (row.id not in answered or answered[row.id] < open_ones[row.id].asked_at)
    ]


def _notices(conn: Connection, address_id: int, now: datetime) -> Sequence[Any]:
    """The notices of the last two days that asked this phone for an answer, oldest first."""
    body = func.coalesce(outbox.c.body, broadcast_text.c.body)
    kind = outbox.c.updated_at.type
    sent_at = func.coalesce(outbox.c.started_at, outbox.c.updated_at, type_=kind)
    mine = (
        select(body.label("body"), sent_at.label("sent_at"))
        .join(broadcast, broadcast.c.id == outbox.c.broadcast_id)
        .outerjoin(
            broadcast_text,
            and_(
                broadcast_text.c.broadcast_id == outbox.c.broadcast_id,
                broadcast_text.c.language == outbox.c.language,
            ),
        )
        .where(
            outbox.c.address_id == address_id,
            outbox.c.state.in_(_SENT),
            broadcast.c.kind == Kind.NOTICE.value,
            sent_at > now - NOTICE_STANDS,
        )
        .order_by(outbox.c.id)
    )
    return [row for row in conn.execute(mine) if _asks(row.body or "")]


def _names(body: str, code: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(code)}(?!\w)", body) is not None


def _answered(
    conn: Connection, address_id: int, meeting_ids: Sequence[int]
) -> Mapping[int, datetime]:
    newest = func.max(meeting_answer.c.at, type_=meeting_answer.c.at.type)
    mine = (
        select(meeting_answer.c.meeting_id, newest.label("at"))
        .where(
            meeting_answer.c.address_id == address_id,
            meeting_answer.c.meeting_id.in_(meeting_ids),
        )
        .group_by(meeting_answer.c.meeting_id)
    )
    return {row.meeting_id: row.at for row in conn.execute(mine)}


def given(conn: Connection, network_id: int, meeting_id: int, body: str) -> Sequence[Any]:
    """Everybody who belongs to the body of a meeting or answered, with `answer` and `sex`."""
    mine = and_(
        meeting_answer.c.meeting_id == meeting_id, meeting_answer.c.person_id == person.c.id
    )
    belongs = person.c.id.in_(
        select(seat.c.person_id).where(
            seat.c.network_id == network_id, seat.c.body == body, seat.c.left_on.is_(None)
        )
    )
    statement = (
        select(person.c.id, person.c.sex, meeting_answer.c.answer)
        .select_from(person)
        .outerjoin(meeting_answer, mine)
        .where(person.c.network_id == network_id, or_(belongs, meeting_answer.c.id.is_not(None)))
    )
    return conn.execute(statement.order_by(person.c.id)).all()


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
