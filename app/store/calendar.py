"""What lies on the days of a month: meetings, and decisions that are due."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from app.store.meetings import decision, meeting, minutes


def meetings_since(conn: Connection, network_id: int, since: datetime, limit: int) -> Sequence[Any]:
    """The newest meetings since then, to come too, in the order of their days."""
    statement = (
        select(meeting)
        .where(meeting.c.network_id == network_id, meeting.c.at >= since)
        .order_by(meeting.c.at.desc(), meeting.c.id.desc())
        .limit(limit)
    )
    return conn.execute(statement).all()[::-1]


def meetings_between(
    conn: Connection, network_id: int, first: datetime, end: datetime
) -> Sequence[Any]:
    """The meetings from then up to and without `end`, in order."""
    statement = select(meeting).where(
        meeting.c.network_id == network_id, meeting.c.at >= first, meeting.c.at < end
    )
    return conn.execute(statement.order_by(meeting.c.at, meeting.c.id)).all()


def due_between(
    conn: Connection, network_id: int, first: date, last: date, closed: Collection[str]
) -> Sequence[Any]:
    """Published decisions that are open and due on one of these days: `due`, `body`, `label`."""
    statement = (
        select(decision.c.due, decision.c.no, meeting.c.label, meeting.c.body)
        .join(minutes, minutes.c.id == decision.c.minutes_id)
        .join(meeting, meeting.c.id == minutes.c.meeting_id)
        .where(
            decision.c.network_id == network_id,
            decision.c.due >= first,
            decision.c.due <= last,
            decision.c.status.not_in(closed),
            minutes.c.published_at.is_not(None),
        )
        .order_by(decision.c.due, meeting.c.at, decision.c.no)
    )
    return conn.execute(statement).all()
