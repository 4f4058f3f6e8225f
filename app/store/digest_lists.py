"""What the digest tells: who was left out of which broadcasts of a month, and who has been told."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, select, update

from app.store.addresses import address
from app.store.broadcasts import broadcast, broadcast_text, recipient
from app.store.bulk import insert_new, is_one_of
from app.store.digests import missed_text
from app.store.outbox import outbox

_KEY = ("broadcast_id", "address_id")
_COLUMNS = (*_KEY, "language")
_OUT = ("fanning", "running")
CHUNK = 250
"""Phones that are told in one transaction."""
Span = tuple[datetime, datetime]
"""From a moment to another, without the latter."""


def leave_out(conn: Connection, broadcast_id: int, address_ids: Sequence[int]) -> None:
    """Leave recipients of a plan that had enough to the digest."""
    if not address_ids:
        return
    phones = select(recipient.c.broadcast_id, recipient.c.address_id, recipient.c.language).where(
        recipient.c.broadcast_id == broadcast_id, is_one_of(recipient.c.address_id, address_ids)
    )
    conn.execute(insert_new(conn, missed_text, _KEY).from_select(list(_COLUMNS), phones))


def take_out(conn: Connection, broadcast_id: int, address_ids: Sequence[int]) -> None:
    """The same while it is planned: they are its recipients no more."""
    if not address_ids:
        return
    leave_out(conn, broadcast_id, address_ids)
    theirs = (
        recipient.c.broadcast_id == broadcast_id,
        is_one_of(recipient.c.address_id, address_ids),
    )
    conn.execute(delete(recipient).where(*theirs))


def _untold(network_id: int, span: Span) -> Select[Any]:
    """What went out in the span without phones that nobody told of it yet."""
    since, before = span
    return (
        select(missed_text.c.broadcast_id, missed_text.c.address_id, missed_text.c.language)
        .join(broadcast, broadcast.c.id == missed_text.c.broadcast_id)
        .where(
            broadcast.c.network_id == network_id,
            broadcast.c.state.in_(_OUT),
            broadcast.c.due_at >= since,
            broadcast.c.due_at < before,
            missed_text.c.told_by.is_(None),
        )
    )


def waiting(
    conn: Connection, network_id: int, span: Span, reaches: Collection[str], digest_id: int
) -> Sequence[Any]:
    """The next phones that missed something in the span, may be texted and have not this digest.

    Rows of address_id, reach and language (what somebody chose for the phone, or "").
    """
    have_it = select(outbox.c.address_id).where(outbox.c.broadcast_id == digest_id)
    phones = _waiting(network_id, span, reaches).where(address.c.id.not_in(have_it))
    return conn.execute(phones.order_by(address.c.id).limit(CHUNK)).all()


def wait_by_reach(
    conn: Connection, network_id: int, span: Span, reaches: Collection[str]
) -> dict[str, int]:
    """How many phones wait for the digest of the span, by what reaches them."""
    phones = _waiting(network_id, span, reaches).subquery()
    counted = select(phones.c.reach, func.count()).group_by(phones.c.reach)
    return {reach: int(n) for reach, n in conn.execute(counted)}


def _waiting(network_id: int, span: Span, reaches: Collection[str]) -> Select[Any]:
    theirs = _untold(network_id, span).subquery()
    return select(address.c.id.label("address_id"), address.c.reach, address.c.language).where(
        address.c.id.in_(select(theirs.c.address_id)),
        address.c.reach.in_(list(reaches)),
        address.c.standing == "active",
    )


def missed_by(
    conn: Connection, network_id: int, span: Span, address_ids: Sequence[int]
) -> Sequence[Any]:
    """What these phones missed in the span, oldest first (address_id, broadcast_id, language)."""
    rows = _untold(network_id, span).where(is_one_of(missed_text.c.address_id, address_ids))
    ordered = rows.order_by(missed_text.c.address_id, missed_text.c.broadcast_id)
    return conn.execute(ordered).all()


def tell(conn: Connection, digest_id: int, rows: Sequence[Any]) -> None:
    """That digest names these texts to these phones (rows of address_id, broadcast_id)."""
    conn.execute(
        update(missed_text)
        .where(
            missed_text.c.told_by.is_(None),
            is_one_of(missed_text.c.address_id, [row.address_id for row in rows]),
            missed_text.c.broadcast_id.in_({row.broadcast_id for row in rows}),
        )
        .values(told_by=digest_id)
    )


def names(conn: Connection, broadcast_ids: Sequence[int]) -> Sequence[Any]:
    """Ref and words in each language of these broadcasts (id, ref, language, body)."""
    return conn.execute(
        select(broadcast.c.id, broadcast.c.ref, broadcast_text.c.language, broadcast_text.c.body)
        .join(broadcast_text, broadcast_text.c.broadcast_id == broadcast.c.id)
        .where(is_one_of(broadcast.c.id, broadcast_ids))
        .order_by(broadcast.c.id, broadcast_text.c.language)
    ).all()


def waits_for(conn: Connection, broadcast_id: int) -> tuple[int, int]:
    """How many phones a broadcast left out for the digest, and how many of them were told."""
    row = conn.execute(
        select(func.count(), func.count(missed_text.c.told_by)).where(
            missed_text.c.broadcast_id == broadcast_id
        )
    ).one()
    return int(row[0]), int(row[1])


def body_missed(conn: Connection, network_id: int, ref: int, address_id: int) -> str | None:
    """The words of the broadcast with that Ref, as that phone would have got them."""
    return conn.execute(
        select(broadcast_text.c.body)
        .join(broadcast, broadcast.c.id == broadcast_text.c.broadcast_id)
        .join(missed_text, missed_text.c.broadcast_id == broadcast.c.id)
        .where(
            broadcast.c.network_id == network_id,
            broadcast.c.ref == ref,
            broadcast.c.state.in_(_OUT),
            missed_text.c.address_id == address_id,
            missed_text.c.language == broadcast_text.c.language,
        )
    ).scalar_one_or_none()


def missed_of(conn: Connection, network_id: int, address_id: int, limit: int) -> Sequence[Any]:
    """What a phone missed, newest first (ref, due_at, told_by)."""
    return conn.execute(
        select(broadcast.c.id, broadcast.c.ref, broadcast.c.due_at, missed_text.c.told_by)
        .join(missed_text, missed_text.c.broadcast_id == broadcast.c.id)
        .where(
            missed_text.c.address_id == address_id,
            broadcast.c.network_id == network_id,
            broadcast.c.state.in_(_OUT),
        )
        .order_by(broadcast.c.id.desc())
        .limit(limit)
    ).all()
