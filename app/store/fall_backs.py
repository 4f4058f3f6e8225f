"""Texts to chats that did not get there, and the phones of the same people."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    update,
)

from app.domain.messages import Lane, State
from app.store.addresses import address
from app.store.broadcasts import broadcast
from app.store.bulk import insert_new
from app.store.chats import KIND
from app.store.outbox import outbox, stands
from app.store.people import DENIED, person_address
from app.store.routes import route

INSTEAD = "sms instead"
"""Why a text to a chat was given up."""

_to_chats = (
    select(outbox, broadcast.c.is_private)
    .join(address, address.c.id == outbox.c.address_id)
    .join(broadcast, broadcast.c.id == outbox.c.broadcast_id)
    .where(address.c.kind == KIND, outbox.c.lane != int(Lane.REPLY))
    .order_by(outbox.c.id)
)


def refused(conn: Connection, outbox_ids: Sequence[int], now: datetime) -> Sequence[Any]:
    """Those of these texts that a chat refused and that are still of use."""
    found = _to_chats.where(outbox.c.id.in_(list(outbox_ids)), stands(State.REJECTED))
    return conn.execute(_of_use(found, now)).all()


def waiting_for(conn: Connection, address_ids: Sequence[int], now: datetime) -> Sequence[Any]:
    """The texts that wait for these chats."""
    found = _to_chats.where(
        outbox.c.address_id.in_(list(address_ids)),
        or_(stands(State.QUEUED), stands(State.HELD)),
    )
    return conn.execute(_of_use(found, now)).all()


def stuck(
    conn: Connection, *, since: datetime, tries: int, now: datetime, limit: int
) -> Sequence[Any]:
    """Texts to chats that are due since that moment, or were tried so often, and did not go."""
    wires = list(
        conn.execute(select(route.c.id).where(route.c.reaches.contains(f" {KIND} "))).scalars()
    )
    if not wires:
        return ()
    found = _to_chats.where(
        outbox.c.route_id.in_(wires),
        stands(State.QUEUED),
        or_(outbox.c.due_at <= since, outbox.c.attempts >= tries),
        _has_phone(),
    )
    return conn.execute(_of_use(found, now).limit(limit)).all()


def _of_use(found: Select[Any], now: datetime) -> Select[Any]:
    return found.where(or_(outbox.c.expires_at.is_(None), outbox.c.expires_at > now))


def _has_phone() -> ColumnElement[bool]:
    """Whether somebody on the text's chat has a phone too, so that those without wait behind."""
    chat, own, other = person_address.alias(), person_address.alias(), address.alias()
    return exists(
        select(chat.c.person_id)
        .join(own, own.c.person_id == chat.c.person_id)
        .join(other, other.c.id == own.c.address_id)
        .where(
            chat.c.address_id == outbox.c.address_id,
            other.c.kind == "msisdn",
            other.c.standing.in_(("active", "alerts")),
        )
        .correlate(outbox)
    )


def phones(conn: Connection, chat_id: int, *, is_urgent: bool, is_private: bool) -> list[Any]:
    """One phone of each person on a chat that may be texted, their own first (id, reach)."""
    chat = person_address.alias("chat")
    allowed = address.c.standing == "active"
    if is_urgent:
        allowed = address.c.standing.in_(("active", "alerts"))
    statement = (
        select(address.c.id, address.c.reach, person_address.c.person_id)
        .join(person_address, person_address.c.address_id == address.c.id)
        .join(
            chat,
            and_(chat.c.person_id == person_address.c.person_id, chat.c.address_id == chat_id),
        )
        .where(
            address.c.kind == "msisdn",
            allowed,
            person_address.c.whose != DENIED,
            chat.c.whose != DENIED,
        )
        .order_by(case((person_address.c.whose == "own", 0), else_=1), address.c.id)
    )
    if is_private:
        statement = statement.where(person_address.c.is_private.is_(True))
    first: dict[int, Any] = {}
    for row in conn.execute(statement):
        first.setdefault(row.person_id, row)
    return list(first.values())


def cost_of(conn: Connection, broadcast_id: int) -> int:
    """What the texts of a broadcast cost that went out or still may, in micro-units."""
    lost = (State.CANCELLED.value, State.REJECTED.value, State.EXPIRED.value)
    statement = select(func.coalesce(func.sum(outbox.c.price_micro), 0)).where(
        outbox.c.broadcast_id == broadcast_id, outbox.c.state.not_in(lost)
    )
    return int(conn.execute(statement).scalar_one())


def put_instead(conn: Connection, first: Any, values: Mapping[str, Any]) -> bool:
    """Queue a chat's text for a phone; False when the phone got that broadcast already."""
    copied = ("network_id", "broadcast_id", "lane", "language", "body", "segments", "expires_at")
    row = {name: getattr(first, name) for name in copied}
    row |= {
        "first_id": first.id,
        "dedupe_key": f"b{first.broadcast_id}:a{values['address_id']}",
        "state": State.QUEUED.value,
        **values,
    }
    statement = insert_new(conn, outbox, ("network_id", "dedupe_key")).values(**row)
    return conn.execute(statement.returning(outbox.c.id)).first() is not None


def give_up(conn: Connection, outbox_id: int, now: datetime) -> bool:
    """Cancel a text that waits for a chat; False when a worker has it now."""
    waits = (outbox.c.id == outbox_id, or_(stands(State.QUEUED), stands(State.HELD)))
    ended = {"state": State.CANCELLED, "reason": INSTEAD, "updated_at": now}
    return bool(conn.execute(update(outbox).where(*waits).values(**ended)).rowcount)
