"""The fan-out: copies a broadcast's recipients into the outbox, chunk by chunk, leaders first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    cast,
    literal,
    not_,
    or_,
    select,
    tuple_,
    update,
)

from app.domain.messages import Lane, State
from app.store.addresses import address
from app.store.broadcasts import broadcast_text, recipient
from app.store.bulk import insert_new, is_one_of
from app.store.outbox import outbox, stands
from app.store.routes import route


@dataclass(frozen=True, slots=True)
class Order:
    """How the rows of one broadcast enter the outbox."""

    broadcast_id: int
    network_id: int
    lane: Lane
    is_urgent: bool
    state: State
    reason: str
    due_at: datetime
    expires_at: datetime | None
    now: datetime
    goes_first: bool = False


def may_be_texted(is_urgent: bool) -> ColumnElement[bool]:
    """Whether an address's standing allows a routine text, or an urgent one."""
    if is_urgent:
        return address.c.standing.in_(("active", "alerts"))
    return address.c.standing == "active"


def lane_allows(lane: Any, standing: Any) -> ColumnElement[bool]:
    """The same rule for a row in the outbox: replies always, urgent to alerts-only, else active."""
    return or_(
        lane == Lane.REPLY,
        standing == "active",
        and_(lane == Lane.URGENT, standing == "alerts"),
    )


def _after(broadcast_id: int, place: tuple[int, int]) -> Select[Any]:
    """The places (rank, address) of a broadcast's recipients behind this one."""
    return select(recipient.c.rank, recipient.c.address_id).where(
        recipient.c.broadcast_id == broadcast_id, _place() > tuple_(*map(literal, place))
    )


def _place() -> Any:
    return tuple_(recipient.c.rank, recipient.c.address_id)


def next_chunk(
    conn: Connection, broadcast_id: int, after: tuple[int, int], limit: int
) -> tuple[int, int] | None:
    """The place (rank, address) of the last of the next `limit` recipients; None at the end."""
    rest = _after(broadcast_id, after)
    full = rest.order_by(recipient.c.rank, recipient.c.address_id).limit(1).offset(limit - 1)
    last = rest.order_by(recipient.c.rank.desc(), recipient.c.address_id.desc()).limit(1)
    row = conn.execute(full).one_or_none() or conn.execute(last).one_or_none()
    return (row.rank, row.address_id) if row is not None else None


def copy_chunk(
    conn: Connection,
    order: Order,
    after: tuple[int, int],
    until: tuple[int, int],
    *,
    but: Sequence[int] = (),
) -> None:
    """Put the recipients after one place and up to another into the outbox, in their order.

    An address that stopped since the plan was made, or is one of `but`, gets no row; one that has
    its row already keeps it, so that a chunk may be repeated.
    """
    values = _values(order)
    chosen = (
        select(*(value.label(name) for name, value in values.items()))
        .select_from(recipient)
        .join(
            broadcast_text,
            and_(
                broadcast_text.c.broadcast_id == recipient.c.broadcast_id,
                broadcast_text.c.language == recipient.c.language,
            ),
        )
        .join(route, route.c.id == recipient.c.route_id)
        .join(address, address.c.id == recipient.c.address_id)
        .where(
            recipient.c.broadcast_id == order.broadcast_id,
            _place() > tuple_(*map(literal, after)),
            _place() <= tuple_(*map(literal, until)),
            may_be_texted(order.is_urgent),
            *([not_(is_one_of(recipient.c.address_id, but))] if but else []),
        )
        .order_by(recipient.c.rank, recipient.c.address_id)
        # A STOP under way is waited for, or waits for us and then cancels our rows.
        .with_for_update(read=True, of=address)
    )
    conn.execute(
        insert_new(conn, outbox, ("network_id", "dedupe_key")).from_select(list(values), chosen)
    )


def _values(order: Order) -> Mapping[str, ColumnElement[Any]]:
    """What each column of a new row holds."""
    now = literal(order.now, type_=outbox.c.created_at.type)
    return {
        "network_id": literal(order.network_id),
        "address_id": recipient.c.address_id,
        "route_id": recipient.c.route_id,
        "broadcast_id": recipient.c.broadcast_id,
        "dedupe_key": literal(f"b{order.broadcast_id}:a") + cast(recipient.c.address_id, String),
        "lane": literal(int(order.lane)),
        "language": recipient.c.language,
        "segments": broadcast_text.c.segments,
        "price_micro": broadcast_text.c.segments * route.c.price_micro,
        "currency": route.c.currency,
        "state": literal(order.state.value),
        "reason": literal(order.reason),
        "goes_first": literal(order.goes_first),
        "due_at": literal(order.due_at, type_=outbox.c.due_at.type),
        "expires_at": literal(order.expires_at, type_=outbox.c.expires_at.type),
        "attempts": literal(0),
        "created_at": now,
        "updated_at": now,
    }


def _waiting_for_day(broadcast_id: int) -> ColumnElement[bool]:
    return and_(
        outbox.c.broadcast_id == broadcast_id, stands(State.HELD), outbox.c.reason == "quiet"
    )


def waits_for_day(conn: Connection, broadcast_id: int) -> bool:
    """Whether texts of a broadcast wait for the end of quiet hours."""
    return (
        conn.execute(select(outbox.c.id).where(_waiting_for_day(broadcast_id))).first() is not None
    )


def hurry(conn: Connection, broadcast_id: int, now: datetime) -> int:
    """Let the texts that wait for the end of quiet hours go as urgent ones; gives how many."""
    hurried = update(outbox).where(_waiting_for_day(broadcast_id))
    values = {"state": State.QUEUED.value, "reason": "", "lane": int(Lane.URGENT), "due_at": now}
    return conn.execute(hurried.values(**values, updated_at=now)).rowcount
