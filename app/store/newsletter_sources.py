"""What may stand in a newsletter: public decisions, approved stories, meetings to come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, func, or_, select

from app.store.meetings import decision, meeting, minutes
from app.store.newsletters import newsletter_item
from app.store.stories import story
from app.store.unit_tree import below


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: of that choice, in that time, at most so many of a kind."""

    network_id: int
    choice: str
    topics: tuple[str, ...]
    unit_id: int | None
    since: datetime
    until: datetime
    limit: int


def is_public_decision() -> ColumnElement[bool]:
    """Whether anybody may read a decision."""
    return and_(
        minutes.c.published_at.is_not(None),
        minutes.c.is_restricted.is_(False),
        decision.c.is_restricted.is_(False),
    )


def decisions(conn: Connection, wanted: Wanted) -> Sequence[Any]:
    """Public decisions that no newsletter of this choice had, oldest meeting first."""
    statement = (
        select(decision, meeting.c.body, meeting.c.label, meeting.c.at)
        .join(minutes, minutes.c.id == decision.c.minutes_id)
        .join(meeting, meeting.c.id == minutes.c.meeting_id)
        .where(
            decision.c.network_id == wanted.network_id,
            is_public_decision(),
            minutes.c.published_at >= wanted.since,
            minutes.c.published_at <= wanted.until,
            _not_sent(wanted, "decision", decision),
            *_about(wanted, decision.c.topics, decision.c.owner_unit_id),
        )
        .order_by(meeting.c.at, meeting.c.id, decision.c.no)
        .limit(wanted.limit)
    )
    return conn.execute(statement).all()


def stories(conn: Connection, wanted: Wanted) -> Sequence[Any]:
    """Approved stories that no newsletter of this choice had, oldest first."""
    statement = (
        select(story)
        .where(
            story.c.network_id == wanted.network_id,
            story.c.state == "approved",
            story.c.approved_at >= wanted.since,
            story.c.approved_at <= wanted.until,
            _not_sent(wanted, "story", story),
            *_about(wanted, story.c.topics, story.c.unit_id),
        )
        .order_by(story.c.approved_at, story.c.id)
        .limit(wanted.limit)
    )
    return conn.execute(statement).all()


def meetings_to_come(
    conn: Connection, wanted: Wanted, after: datetime, until: datetime
) -> Sequence[Any]:
    """Planned meetings in that time that no newsletter of this choice had, soonest first."""
    statement = (
        select(meeting)
        .where(
            meeting.c.network_id == wanted.network_id,
            meeting.c.state == "planned",
            meeting.c.at > after,
            meeting.c.at <= until,
            _not_sent(wanted, "meeting", meeting),
        )
        .order_by(meeting.c.at, meeting.c.id)
        .limit(wanted.limit)
    )
    return conn.execute(statement).all()


def open_sources(conn: Connection, kind: str, ids: Collection[int]) -> frozenset[int]:
    """Those of these decisions, stories or meetings that anybody may read now."""
    if not ids:
        return frozenset()
    if kind == "decision":
        statement = (
            select(decision.c.id)
            .join(minutes, minutes.c.id == decision.c.minutes_id)
            .where(decision.c.id.in_(ids), is_public_decision())
        )
    elif kind == "story":
        statement = select(story.c.id).where(story.c.id.in_(ids), story.c.state == "approved")
    else:
        statement = select(meeting.c.id).where(
            meeting.c.id.in_(ids), meeting.c.state.not_in(("cancelled", "postponed"))
        )
    return frozenset(conn.execute(statement).scalars())


def _not_sent(wanted: Wanted, kind: str, source: Table) -> ColumnElement[bool]:
    taken = select(newsletter_item.c.id).where(
        newsletter_item.c.network_id == wanted.network_id,
        newsletter_item.c.choice == wanted.choice,
        newsletter_item.c.kind == kind,
        newsletter_item.c.source_id == source.c.id,
    )
    return ~taken.correlate(source).exists()


def _about(
    wanted: Wanted, topics: ColumnElement[str], unit_id: ColumnElement[int | None]
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.topics:
        small = func.lower(topics)
        found.append(or_(*(small.contains(f" {one} ", autoescape=True) for one in wanted.topics)))
    if wanted.unit_id is not None:
        found.append(unit_id.in_(select(below(wanted.unit_id).c.id)))
    return found
