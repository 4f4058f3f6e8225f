"""What waits in the outbox, told together by broadcast, and what was never sent at all."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, case, func, literal, select, update

from app.domain.messages import State
from app.store.addresses import address
from app.store.broadcasts import broadcast
from app.store.meetings import meeting
from app.store.notices import meeting_notice
from app.store.outbox import outbox, stands
from app.store.routes import route, route_day
from app.store.schema import of_network, unindexed

_NEVER_SENT = ("missed", "dropped", "dear", "nobody")


def waiting(conn: Connection, network_id: int) -> Sequence[Any]:
    """Texts that wait, as many together as wait for the same: `n`, `first_at`, `last_at`.

    `broadcast_id` is None for answers to members. `expires_at` is the first valid-until of them.
    """
    # One state at a time, and not in the order of broadcasts, or SQLite walks the whole outbox.
    each = (_waiting(state, network_id) for state in (State.QUEUED, State.HELD))
    return [row for statement in each for row in conn.execute(statement)]


def _waiting(state: State, network_id: int) -> Select[Any]:
    parts = (outbox.c.state, outbox.c.reason, outbox.c.route_id)
    due = outbox.c.due_at.type
    return (
        select(
            outbox.c.broadcast_id,
            *parts,
            func.count().label("n"),
            func.min(outbox.c.due_at, type_=due).label("first_at"),
            func.max(outbox.c.due_at, type_=due).label("last_at"),
            func.min(outbox.c.expires_at, type_=due).label("expires_at"),
        )
        .where(stands(state), of_network(outbox, network_id))
        .group_by(unindexed(outbox.c.broadcast_id), *parts)
    )


def held_count(conn: Connection, network_id: int) -> tuple[int, datetime | None]:
    """How many texts of a network are held, and when the first of them goes on."""
    statement = select(func.count(), func.min(outbox.c.due_at, type_=outbox.c.due_at.type)).where(
        stands(State.HELD), of_network(outbox, network_id)
    )
    n, first = conn.execute(statement).one()
    return int(n), first


def open_count(conn: Connection, network_id: int, now: datetime) -> int:
    """How many texts of a network are queued and due: what a doubted clock stops."""
    statement = (
        select(func.count())
        .select_from(outbox)
        .where(stands(State.QUEUED), of_network(outbox, network_id), outbox.c.due_at <= now)
    )
    return int(conn.execute(statement).scalar_one())


def broadcasts_named(conn: Connection, ids: Sequence[int]) -> Mapping[int, Any]:
    """The broadcasts with these ids."""
    if not ids:
        return {}
    rows = conn.execute(select(broadcast).where(broadcast.c.id.in_(list(ids))))
    return {row.id: row for row in rows}


def wires(conn: Connection, day: date) -> Mapping[int, Any]:
    """All wires by id: `name`, `is_open`, `trouble`, and `is_full` when the day's measure is."""
    used = (
        select(func.coalesce(func.sum(route_day.c.used), 0))
        .where(route_day.c.route_id == route.c.id, route_day.c.day == day)
        .scalar_subquery()
    )
    is_full = case((route.c.per_day > 0, used >= route.c.per_day), else_=literal(value=False))
    rows = conn.execute(select(route, is_full.label("is_full")))
    return {row.id: row for row in rows}


def doubtful_numbers(conn: Connection, network_id: int) -> int:
    """How many numbers are not texted before somebody has looked at them."""
    statement = (
        select(func.count())
        .select_from(address)
        .where(address.c.network_id == network_id, address.c.reach == "held")
    )
    return int(conn.execute(statement).scalar_one())


def never_sent(conn: Connection, network_id: int, since: datetime, *, limit: int) -> Sequence[Any]:
    """Notices of meetings that did not go out since then, newest first, with their meeting."""
    statement = (
        select(meeting_notice, meeting.c.body, meeting.c.label, meeting.c.at)
        .join(meeting, meeting.c.id == meeting_notice.c.meeting_id)
        .where(
            meeting_notice.c.network_id == network_id,
            meeting_notice.c.state.in_(_NEVER_SENT),
            meeting_notice.c.due_at >= since,
        )
        .order_by(meeting_notice.c.due_at.desc(), meeting_notice.c.id.desc())
    )
    return conn.execute(statement.limit(limit)).all()


def quiet_broadcasts(conn: Connection, network_id: int) -> Sequence[Any]:
    """The broadcasts of which texts are held for quiet hours, with the time they were meant for."""
    ids = (
        select(outbox.c.broadcast_id)
        .where(stands(State.HELD), outbox.c.reason == "quiet", of_network(outbox, network_id))
        .distinct()
    )
    statement = select(broadcast.c.id, broadcast.c.due_at).where(broadcast.c.id.in_(ids))
    return conn.execute(statement.order_by(broadcast.c.id)).all()


def hold_until(
    conn: Connection, broadcast_id: int, until: datetime, now: datetime, *, limit: int
) -> int:
    """Let texts of a broadcast that quiet hours hold wait until then; gives how many changed."""
    other = (
        select(outbox.c.id)
        .where(
            stands(State.HELD),
            outbox.c.reason == "quiet",
            outbox.c.broadcast_id == literal(broadcast_id, BigInteger),
            outbox.c.due_at != until,
        )
        .limit(limit)
    )
    return conn.execute(
        update(outbox)
        .where(outbox.c.id.in_(other.scalar_subquery()))
        .values(due_at=until, updated_at=now)
    ).rowcount
