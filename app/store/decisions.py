"""Decisions as rows: written when minutes are published, changed step by step afterwards."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, insert, or_, select, update

from app.store.meetings import decision, decision_step, decision_text, meeting, minutes


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a decision and give its id."""
    statement = insert(decision).values(**values).returning(decision.c.id)
    return int(conn.execute(statement).scalar_one())


def change(conn: Connection, decision_id: int, values: Mapping[str, Any]) -> None:
    """Set these columns of a decision."""
    conn.execute(update(decision).where(decision.c.id == decision_id).values(**values))


def put_words(conn: Connection, decision_id: int, texts: Mapping[str, tuple[str, str]]) -> None:
    """Let a decision have these words (tag to sentence and short words) and no others."""
    conn.execute(delete(decision_text).where(decision_text.c.decision_id == decision_id))
    if texts:
        conn.execute(
            insert(decision_text),
            [
                {"decision_id": decision_id, "language": tag, "text": text, "short": short}
                for tag, (text, short) in texts.items()
            ],
        )


def of_minutes(conn: Connection, minutes_id: int) -> Sequence[Any]:
    """All decisions of these minutes by number, also those that later minutes took out."""
    statement = select(decision).where(decision.c.minutes_id == minutes_id)
    return conn.execute(statement.order_by(decision.c.no)).all()


def _with_meeting() -> Select[Any]:
    return (
        select(
            decision,
            meeting.c.id.label("meeting_id"),
            meeting.c.body,
            meeting.c.label,
            meeting.c.no.label("meeting_no"),
            meeting.c.at,
            minutes.c.is_restricted.label("minutes_restricted"),
        )
        .join(minutes, minutes.c.id == decision.c.minutes_id)
        .join(meeting, meeting.c.id == minutes.c.meeting_id)
    )


def get(conn: Connection, network_id: int, decision_id: int) -> Any | None:
    """One decision of a network with its meeting; None for another's."""
    statement = _with_meeting().where(
        decision.c.id == decision_id, decision.c.network_id == network_id
    )
    return conn.execute(statement).one_or_none()


def open_before(  # noqa: PLR0913 -- each narrows the same question
    conn: Connection,
    network_id: int,
    at: datetime,
    *,
    body: str,
    closed: Collection[str],
    recommended: str = "",
) -> Sequence[Any]:
    """Open decisions of the body's earlier meetings, oldest first.

    With `recommended` also those in that state of every other body: they wait for this one.
    """
    mine = meeting.c.body == body
    if recommended:
        mine = or_(mine, and_(meeting.c.body != body, decision.c.status == recommended))
    statement = _with_meeting().where(
        decision.c.network_id == network_id,
        minutes.c.published_at.is_not(None),
        meeting.c.at < at,
        decision.c.status.not_in(list(closed)),
        mine,
    )
    return conn.execute(statement.order_by(meeting.c.at, meeting.c.id, decision.c.no)).all()


def add_step(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store one step of a decision and give its id."""
    statement = insert(decision_step).values(**values).returning(decision_step.c.id)
    return int(conn.execute(statement).scalar_one())


def steps(conn: Connection, decision_id: int) -> Sequence[Any]:
    """The steps of a decision, oldest first."""
    statement = select(decision_step).where(decision_step.c.decision_id == decision_id)
    return conn.execute(statement.order_by(decision_step.c.id)).all()
