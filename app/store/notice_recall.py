"""Taking back what a changed meeting makes untrue: notices half made, texts that wait."""

from datetime import datetime

from sqlalchemy import Connection, exists, or_, select, update

from app.domain.messages import State
from app.store.broadcasts import broadcast
from app.store.notice_walk import BEING_MADE, Walk
from app.store.notices import meeting_notice, meeting_reminder
from app.store.outbox import outbox

_MAY_STILL_GO = ("queued", "held", "sending", "uncertain")


def was_any(conn: Connection, meeting_id: int, *, on_a_phone: bool = False) -> bool:
    """Whether anybody was to get anything about a meeting, or a text, where that is asked."""
    mine = select(meeting_reminder.c.person_id).where(meeting_reminder.c.meeting_id == meeting_id)
    if on_a_phone:
        mine = mine.where(meeting_reminder.c.way != "paper")
    return conn.execute(mine.limit(1)).first() is not None


def withdraw(conn: Connection, meeting_id: int) -> list[int]:
    """Stop what has not gone out of a meeting's notices; void are those that are being made.

    Gives the broadcasts whose waiting texts are to be cancelled; those that went out as a whole
    stay as they are.
    """
    mine = meeting_notice.c.meeting_id == meeting_id
    open_texts = exists().where(
        outbox.c.broadcast_id == broadcast.c.id, outbox.c.state.in_(_MAY_STILL_GO)
    )
    ids = list(
        conn.execute(
            select(broadcast.c.id)
            .where(
                broadcast.c.id.in_(select(meeting_notice.c.broadcast_id).where(mine)),
                or_(broadcast.c.state.in_(("planning", "fanning")), open_texts),
            )
            .order_by(broadcast.c.id)
        ).scalars()
    )
    conn.execute(update(meeting_notice).where(mine, BEING_MADE).values(state="void"))
    conn.execute(update(broadcast).where(broadcast.c.id.in_(ids)).values(state="cancelled"))
    return ids


def take_back(conn: Connection, walk: Walk, now: datetime, *, limit: int) -> int:
    """Cancel what still waits of the notices before this revision; gives how many texts."""
    earlier = select(meeting_notice.c.broadcast_id).where(
        meeting_notice.c.meeting_id == walk.meeting_id,
        meeting_notice.c.revision < walk.revision,
    )
    waiting = (
        select(outbox.c.id)
        .where(outbox.c.broadcast_id.in_(earlier), outbox.c.state.in_(("queued", "held")))
        .limit(limit)
    )
    return conn.execute(
        update(outbox)
        .where(outbox.c.id.in_(waiting.scalar_subquery()))
        .values(state=State.CANCELLED.value, reason="cancelled", updated_at=now)
    ).rowcount
