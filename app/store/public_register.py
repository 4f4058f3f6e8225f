"""The register as it is read: meetings, decisions found by words, and whether a Ref is real."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    func,
    or_,
    select,
)

from app.domain.messages import State
from app.store.broadcasts import broadcast
from app.store.meetings import decision, meeting, minutes
from app.store.outbox import outbox
from app.store.schema import number

MAYBE_SENT = "may have been sent"
"""Why a text was cancelled of which a person decided that it shall not be sent again."""
_LEFT = (State.SENDING, State.UNCERTAIN, State.SENT, State.DELIVERED, State.UNDELIVERED)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: a network's office, or anyone (`is_public`)."""

    network_id: int
    is_public: bool


def _readable(reader: Reader) -> ColumnElement[bool]:
    """Whether minutes are published and this reader may see them."""
    published = minutes.c.published_at.is_not(None)
    return and_(published, minutes.c.is_restricted.is_(False)) if reader.is_public else published


def _open(reader: Reader) -> ColumnElement[bool]:
    """Whether this reader may see a decision of readable minutes."""
    open_to_all = decision.c.is_restricted.is_(False)
    return and_(_readable(reader), open_to_all) if reader.is_public else _readable(reader)


def meetings_before(
    conn: Connection, reader: Reader, place: tuple[datetime, int] | None, limit: int
) -> Sequence[Any]:
    """Meetings, newest first, from behind that place (time, id): `has_minutes`, `decisions`."""
    statement = _meetings(reader).order_by(meeting.c.at.desc(), meeting.c.id.desc())
    if place is not None:
        at, meeting_id = place
        statement = statement.where(
            or_(meeting.c.at < at, and_(meeting.c.at == at, meeting.c.id < meeting_id))
        )
    return conn.execute(statement.limit(limit)).all()


def one_meeting(conn: Connection, reader: Reader, body: str, label: str) -> Any | None:
    """The meeting of that body with that number, as it stands in the list."""
    named = (meeting.c.body == body, meeting.c.label == label)
    return conn.execute(_meetings(reader).where(*named)).one_or_none()


def _meetings(reader: Reader) -> Select[Any]:
    of_it = minutes.c.meeting_id == meeting.c.id
    count = (
        select(func.count())
        .select_from(decision)
        .join(minutes, minutes.c.id == decision.c.minutes_id)
        .where(of_it, _open(reader))
        .correlate(meeting)
        .scalar_subquery()
    )
    has_minutes = select(minutes.c.id).where(of_it, _readable(reader)).correlate(meeting).exists()
    return select(meeting, has_minutes.label("has_minutes"), count.label("decisions")).where(
        meeting.c.network_id == reader.network_id
    )


def _decisions(reader: Reader) -> Select[Any]:
    return (
        select(
            decision,
            meeting.c.body,
            meeting.c.label,
            meeting.c.at,
            meeting.c.no.label("meeting_no"),
        )
        .join(minutes, minutes.c.id == decision.c.minutes_id)
        .join(meeting, meeting.c.id == minutes.c.meeting_id)
        .where(decision.c.network_id == reader.network_id)
        .order_by(meeting.c.at.desc(), meeting.c.id.desc(), decision.c.no)
    )


def _has_open(reader: Reader) -> ColumnElement[bool]:
    """Whether minutes hold a decision that this reader may see."""
    found = select(decision.c.id).where(decision.c.minutes_id == minutes.c.id, _open(reader))
    return found.correlate(minutes).exists()


def decisions_in(conn: Connection, reader: Reader, minutes_id: int) -> Sequence[Any]:
    """The decisions of these minutes by number, drafts too for the office."""
    statement = _decisions(reader).where(decision.c.minutes_id == minutes_id)
    if reader.is_public:
        statement = statement.where(_open(reader))
    return conn.execute(statement).all()


def decision_numbered(conn: Connection, reader: Reader, label: str, no: int) -> Sequence[Any]:
    """The decision with that number: one for each body that has a meeting of that label."""
    named = (func.lower(meeting.c.label) == label.lower(), decision.c.no == number(no))
    return conn.execute(_decisions(reader).where(_open(reader), *named)).all()


def newest_decisions(
    conn: Connection, reader: Reader, limit: int, among: ColumnElement[bool] | None = None
) -> Sequence[Any]:
    """Published decisions that this reader may see, newest meeting first."""
    if among is None:
        # Each of these meetings has one at least, so that no older one can come before them.
        newest = (
            select(meeting.c.id)
            .join(minutes, minutes.c.meeting_id == meeting.c.id)
            .where(meeting.c.network_id == reader.network_id, _has_open(reader))
            .order_by(meeting.c.at.desc(), meeting.c.id.desc())
            .limit(limit)
        )
        among = meeting.c.id.in_(newest)
    statement = _decisions(reader).where(_open(reader), among)
    return conn.execute(statement.limit(limit)).all()


def approved_with_ref(conn: Connection, network_id: int, ref: int) -> Any | None:
    """The approved broadcast that bears that Ref, unless it was cancelled before any text left."""
    left = select(outbox.c.id).where(
        outbox.c.broadcast_id == broadcast.c.id,
        or_(
            outbox.c.state.in_([state.value for state in _LEFT]),
            outbox.c.external_id.is_not(None),
            outbox.c.reason == MAYBE_SENT,
        ),
    )
    statement = select(broadcast).where(
        broadcast.c.network_id == network_id,
        broadcast.c.ref == ref,
        broadcast.c.approved_at.is_not(None),
        or_(broadcast.c.state != "cancelled", left.exists()),
    )
    return conn.execute(statement).one_or_none()
