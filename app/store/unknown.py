"""Texts that were not understood: short ones of people, newest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from app.store.inbound import NOT_UNDERSTOOD, inbound


def not_understood(
    conn: Connection, network_id: int, since: datetime, *, longest: int, limit: int
) -> Sequence[Any]:
    """The newest such texts since then: `id`, `address_id`, `text`, `received_at`."""
    mine = select(inbound.c.id, inbound.c.address_id, inbound.c.text, inbound.c.received_at).where(
        inbound.c.network_id == network_id,
        NOT_UNDERSTOOD,
        inbound.c.received_at >= since,
        inbound.c.is_danger.is_(False),
        inbound.c.is_hidden.is_(False),
        inbound.c.address_id.is_not(None),
        func.length(inbound.c.text).between(1, longest),
    )
    return conn.execute(mine.order_by(inbound.c.id.desc()).limit(limit)).all()
