"""The fan-out: copies a broadcast's recipients into the outbox, chunk by chunk, leaders first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    and_,
    cast,
    literal,
    or_,
    select,
    tuple_,
)

from app.domain.messages import Lane, State
from app.store.broadcasts import broadcast_text, recipient
from app.store.bulk import insert_new
from app.store.outbox import outbox
from app.store.people import address
from app.store.routes import route

_COLUMNS = (
    "network_id",
    "address_id",
    "route_id",
    "broadcast_id",
    "dedupe_key",
    "lane",
    "language",
    "segments",
    "price_micro",
    "currency",
    "state",
    "reason",
    "due_at",
    "expires_at",
    "attempts",
    "created_at",
    "updated_at",
)


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


def next_chunk(
    conn: Connection, broadcast_id: int, after: tuple[int, int], limit: int
) -> tuple[int, int] | None:
    """The place (rank, address) of the last of the next `limit` recipients; None at the end."""
    place = tuple_(recipient.c.rank, recipient.c.address_id)
    statement = (
        select(recipient.c.rank, recipient.c.address_id)
        .where(recipient.c.broadcast_id == broadcast_id, place > tuple_(*map(literal, after)))
        .order_by(recipient.c.rank, recipient.c.address_id)
    )
    row = conn.execute(statement.limit(1).offset(limit - 1)).one_or_none()
    if row is not None:
        return row.rank, row.address_id
    tail = select(recipient.c.rank, recipient.c.address_id).where(
        recipient.c.broadcast_id == broadcast_id, place > tuple_(*map(literal, after))
    )
    row = conn.execute(
        tail.order_by(recipient.c.rank.desc(), recipient.c.address_id.desc()).limit(1)
    ).one_or_none()
    return (row.rank, row.address_id) if row is not None else None


def copy_chunk(
    conn: Connection, order: Order, after: tuple[int, int], until: tuple[int, int]
) -> None:
    """Put the recipients after one place and up to another into the outbox, in their order.

    An address that stopped since the plan was made gets no row; one that has its row already
    keeps it, so that a chunk may be repeated.
    """
    place = tuple_(recipient.c.rank, recipient.c.address_id)
    expires = literal(order.expires_at, type_=outbox.c.expires_at.type)
    due = literal(order.due_at, type_=outbox.c.due_at.type)
    now = literal(order.now, type_=outbox.c.created_at.type)
    key = f"b{order.broadcast_id}:a"
    chosen = (
        select(
            literal(order.network_id),
            recipient.c.address_id,
            recipient.c.route_id,
            recipient.c.broadcast_id,
            literal(key) + cast(recipient.c.address_id, String),
            literal(int(order.lane)),
            recipient.c.language,
            broadcast_text.c.segments,
            broadcast_text.c.segments * route.c.price_micro,
            route.c.currency,
            literal(order.state.value),
            literal(order.reason),
            due,
            expires,
            literal(0),
            now,
            now,
        )
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
            place > tuple_(*map(literal, after)),
            place <= tuple_(*map(literal, until)),
            may_be_texted(order.is_urgent),
        )
        .order_by(recipient.c.rank, recipient.c.address_id)
    )
    conn.execute(
        insert_new(conn, outbox, ("network_id", "dedupe_key")).from_select(_COLUMNS, chosen)
    )
