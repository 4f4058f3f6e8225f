"""The written minutes of a meeting and the revisions in which they were published."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, insert, or_, select, update

from app.store.meetings import attendance, meeting, minutes, minutes_revision
from app.store.schema import number


def the_meeting(conn: Connection, network_id: int, meeting_id: int) -> Any | None:
    """One meeting of a network; None for one that is not there or another's."""
    statement = select(meeting).where(meeting.c.id == meeting_id)
    return conn.execute(statement.where(meeting.c.network_id == network_id)).one_or_none()


def change_meeting(conn: Connection, meeting_id: int, values: Mapping[str, Any]) -> None:
    """Set these columns of a meeting."""
    conn.execute(update(meeting).where(meeting.c.id == meeting_id).values(**values))


def met_after(conn: Connection, earlier: Any, now: datetime) -> bool:
    """Whether the body met again since: minutes say so, or its attendance was taken on the day."""
    came = select(attendance.c.id).where(attendance.c.meeting_id == meeting.c.id).exists()
    written = select(minutes.c.id).where(
        minutes.c.meeting_id == meeting.c.id, minutes.c.published_at.is_not(None)
    )
    is_open = and_(
        meeting.c.state == "planned", or_(written.exists(), and_(came, meeting.c.at <= now))
    )
    later = select(meeting.c.id).where(
        meeting.c.network_id == earlier.network_id,
        meeting.c.body == earlier.body,
        meeting.c.at > earlier.at,
        or_(meeting.c.state == "held", is_open),
    )
    return conn.execute(later.limit(1)).first() is not None


def last_quorum(conn: Connection, network_id: int, body: str) -> int:
    """The quorum of the body's newest meeting; 0 when it has none."""
    statement = (
        select(meeting.c.quorum)
        .where(meeting.c.network_id == network_id, meeting.c.body == body)
        .order_by(meeting.c.at.desc(), meeting.c.id.desc())
        .limit(1)
    )
    return int(conn.execute(statement).scalar_one_or_none() or 0)


def change(conn: Connection, minutes_id: int, values: Mapping[str, Any]) -> None:
    """Set these columns of minutes."""
    conn.execute(update(minutes).where(minutes.c.id == minutes_id).values(**values))


def add_revision(conn: Connection, values: Mapping[str, Any]) -> None:
    """Store what was published, as it stands; nothing changes it later."""
    conn.execute(insert(minutes_revision).values(**values))


def revision(conn: Connection, minutes_id: int, no: int) -> Any | None:
    """The minutes as they were published at one time."""
    statement = select(minutes_revision).where(
        minutes_revision.c.minutes_id == minutes_id, minutes_revision.c.no == number(no)
    )
    return conn.execute(statement).one_or_none()


def revisions(conn: Connection, minutes_id: int) -> Sequence[Any]:
    """When and by whom each revision was published, oldest first."""
    statement = (
        select(
            minutes_revision.c.no,
            minutes_revision.c.published_at,
            minutes_revision.c.published_by,
        )
        .where(minutes_revision.c.minutes_id == minutes_id)
        .order_by(minutes_revision.c.no)
    )
    return conn.execute(statement).all()
