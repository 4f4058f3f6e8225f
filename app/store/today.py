"""What the first page of the office asks, each question answered from an index."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    text,
    true,
    union_all,
)

from app.domain.messages import State
from app.domain.minutes import CLOSED
from app.store.accounts import account
from app.store.broadcasts import broadcast, broadcast_text
from app.store.inbound import inbound
from app.store.meetings import decision, meeting, minutes
from app.store.outbox import attempt, outbox, stands
from app.store.routes import route, route_day
from app.store.schema import db_now_us, of_network
from app.store.seats import HELD_NOW, seat
from app.store.settle import RESTORED

MOST_PLANS = 50
REMEMBERED = 200
"""So many of the newest texts tell when a wire was last used; beyond them only the day is known."""
OPEN = (State.QUEUED, State.HELD, State.SENDING)
WENT_OUT = (State.SENT, State.DELIVERED, State.UNDELIVERED)
NOTICE = timedelta(days=60)
"""So long before its end a term is spoken of."""


def _among(states: Sequence[State]) -> Any:
    """Whether a text stands in one of these states, so that the index of broadcasts is used."""
    return outbox.c.state.in_([literal_column(f"'{state.value}'") for state in states])


def plans(conn: Connection, network_id: int) -> Sequence[Any]:
    """The newest broadcasts that wait for a second person, with the author's name."""
    statement = (
        select(broadcast, account.c.name.label("author"))
        .outerjoin(account, account.c.id == broadcast.c.author_id)
        .where(broadcast.c.state == "planned", broadcast.c.network_id == network_id)
        .order_by(broadcast.c.id.desc())
    )
    return conn.execute(statement.limit(MOST_PLANS)).all()


def under_way(conn: Connection, network_id: int, since: datetime) -> Sequence[Any]:
    """Approved broadcasts with texts that still wait (`is_open`), and all approved since then."""
    waits = select(outbox.c.id).where(outbox.c.broadcast_id == broadcast.c.id, _among(OPEN))
    is_open = or_(broadcast.c.state == "fanning", waits.exists())
    statement = (
        select(broadcast, is_open.label("is_open"))
        .where(
            broadcast.c.state.in_(("fanning", "running")),
            broadcast.c.network_id == network_id,
            or_(broadcast.c.approved_at >= since, is_open),
        )
        .order_by(broadcast.c.approved_at.desc(), broadcast.c.id.desc())
    )
    return conn.execute(statement).all()


_state = (
    union_all(*(select(literal_column(f"'{state.value}'").label("state")) for state in State))
).subquery("any_state")
_standing = (
    select(func.count())
    .select_from(outbox)
    .where(outbox.c.broadcast_id == broadcast.c.id, outbox.c.state == _state.c.state)
    .correlate(broadcast, _state)
    .scalar_subquery()
)
_states_of = (
    select(broadcast.c.id, _state.c.state, _standing.label("n"))
    .select_from(broadcast.join(_state, true()))
    .where(broadcast.c.id.in_(bindparam("ids", expanding=True)))
)


def states_of(conn: Connection, broadcast_ids: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
    """How many texts of each broadcast stand in each state.

    Counted state by state: twice as fast as grouping, because each is one stretch of the index.
    """
    found: dict[int, dict[str, int]] = {}
    for row in conn.execute(_states_of, {"ids": list(broadcast_ids)}) if broadcast_ids else ():
        found.setdefault(row.id, {})[row.state] = row.n
    return found


def texts_of(conn: Connection, broadcast_ids: Sequence[int]) -> Mapping[int, Mapping[str, str]]:
    """The words of each broadcast by language."""
    statement = select(broadcast_text).where(broadcast_text.c.broadcast_id.in_(list(broadcast_ids)))
    found: dict[int, dict[str, str]] = {}
    for row in conn.execute(statement) if broadcast_ids else ():
        found.setdefault(row.broadcast_id, {})[row.language] = row.body
    return found


def one_held(conn: Connection, broadcast_id: int) -> Any | None:
    """A held text of a broadcast (`reason`, `due_at`); what is held together goes on together."""
    statement = select(outbox.c.reason, outbox.c.due_at).where(
        outbox.c.broadcast_id == broadcast_id, stands(State.HELD)
    )
    return conn.execute(statement.limit(1)).one_or_none()


def uncertain(conn: Connection, network_id: int) -> Sequence[Any]:
    """Texts that may have been sent or not, with the Ref of their broadcast."""
    statement = (
        select(outbox.c.id, outbox.c.broadcast_id, broadcast.c.ref)
        .outerjoin(broadcast, broadcast.c.id == outbox.c.broadcast_id)
        .where(stands(State.UNCERTAIN), of_network(outbox, network_id))
    )
    # Ordered here: asked for an order, SQLite walks all texts by id instead of the few in doubt.
    return sorted(conn.execute(statement).all(), key=lambda row: row.id)


def restored(conn: Connection, network_id: int) -> int:
    """How many texts a restored copy holds back until a person lets them go."""
    statement = (
        select(func.count())
        .select_from(outbox)
        .where(stands(State.HELD), outbox.c.reason == RESTORED, of_network(outbox, network_id))
    )
    return int(conn.execute(statement).scalar_one())


def _inbox(network_id: int, *columns: Any) -> Select[Any]:
    return select(*columns).where(
        inbound.c.network_id == network_id, inbound.c.needs_person.is_(True)
    )


def inbox_count(conn: Connection, network_id: int) -> int:
    """How many texts wait for a person."""
    statement = _inbox(network_id, func.count()).select_from(inbound)
    return int(conn.execute(statement).scalar_one())


def inbox_newest(conn: Connection, network_id: int, limit: int) -> Sequence[Any]:
    """The newest texts that wait for a person; those that speak of danger before all others."""
    newest = _inbox(network_id, inbound).order_by(inbound.c.is_danger.desc(), inbound.c.id.desc())
    return conn.execute(newest.limit(limit)).all()


def overdue(conn: Connection, network_id: int, today: date) -> tuple[int, Any | None]:
    """How many published decisions are past their date and still open, and the oldest of them."""
    late = (
        select(decision.c.no, decision.c.due, meeting.c.body, meeting.c.label)
        .join(minutes, minutes.c.id == decision.c.minutes_id)
        .join(meeting, meeting.c.id == minutes.c.meeting_id)
        .where(
            decision.c.network_id == network_id,
            decision.c.due < today,
            decision.c.status.not_in(CLOSED),
            minutes.c.published_at.is_not(None),
        )
    )
    counted = late.add_columns(func.count().over().label("n"))
    oldest = counted.order_by(decision.c.due, meeting.c.at, decision.c.no).limit(1)
    row = conn.execute(oldest).one_or_none()
    return (row.n if row else 0), row


def terms_ending(conn: Connection, network_id: int, today: date) -> tuple[int, date | None]:
    """How many terms end within 60 days or ended and are held still, and the first such day."""
    ending = select(func.count(), func.min(seat.c.ends_on)).where(
        seat.c.network_id == network_id,
        text(HELD_NOW),
        seat.c.ends_on <= today + NOTICE,
    )
    count, first = conn.execute(ending).one()
    return int(count), first


def wires(conn: Connection) -> Sequence[Any]:
    """Every wire that is configured or in trouble, with whether it rests now (`is_paused`)."""
    statement = select(route, (route.c.paused_until_us > db_now_us()).label("is_paused")).where(
        or_(route.c.is_open.is_(True), route.c.trouble != "")
    )
    return conn.execute(statement.order_by(route.c.id)).all()


def queued(conn: Connection, network_id: int) -> Mapping[int, int]:
    """How many texts of a network are queued for each route, by its id."""
    statement = (
        select(outbox.c.route_id, func.count())
        .where(stands(State.QUEUED), of_network(outbox, network_id))
        .group_by(outbox.c.route_id)
    )
    return {row[0]: row[1] for row in conn.execute(statement)}


def last_sent(conn: Connection, network_id: int) -> Mapping[int, datetime]:
    """When the newest texts of a network went out, by route; not all routes are among them."""
    newest = (
        select(outbox.c.route_id, outbox.c.state, outbox.c.updated_at)
        .select_from(attempt)
        .join(outbox, outbox.c.id == attempt.c.outbox_id)
        .where(of_network(outbox, network_id))
        .order_by(attempt.c.outbox_id.desc())
        .limit(REMEMBERED)
        .subquery()
    )
    went = case((newest.c.state.in_([one.value for one in WENT_OUT]), newest.c.updated_at))
    at = func.max(went, type_=outbox.c.updated_at.type)
    statement = select(newest.c.route_id, at).group_by(newest.c.route_id)
    return {row[0]: row[1] for row in conn.execute(statement) if row[1] is not None}


def last_heard(conn: Connection, network_id: int) -> Mapping[str, datetime]:
    """When the newest texts to a network came in, by channel; not all channels are among them."""
    newest = (
        select(inbound.c.channel, inbound.c.received_at)
        .where(of_network(inbound, network_id))
        .order_by(inbound.c.id.desc())
        .limit(REMEMBERED)
        .subquery()
    )
    at = func.max(newest.c.received_at)
    rows = conn.execute(select(newest.c.channel, at).group_by(newest.c.channel))
    return {row[0]: row[1] for row in rows}


def last_days(conn: Connection, network_id: int) -> Mapping[int, date]:
    """The last day on which a network used each route, by its id."""
    statement = (
        select(route_day.c.route_id, func.max(route_day.c.day))
        .where(route_day.c.network_id == network_id, route_day.c.used > 0)
        .group_by(route_day.c.route_id)
    )
    return {row[0]: row[1] for row in conn.execute(statement)}
