"""The row by which one text enters the outbox that answers somebody and belongs to no broadcast."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.domain import gsm
from app.domain.messages import Lane, State

REPLY_IS_USEFUL_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class OneText:
    """Words for one address; a text with the same `key` goes out once."""

    network_id: int
    address_id: int
    key: str
    language: str
    body: str


def text_row(text: OneText, route: Any, now: datetime) -> dict[str, Any]:
    """The row of a text that goes at once, at every hour, over this route."""
    segments = gsm.count(text.body)
    return {
        "network_id": text.network_id,
        "address_id": text.address_id,
        "route_id": route.id,
        "dedupe_key": text.key,
        "lane": int(Lane.REPLY),
        "language": text.language,
        "body": text.body,
        "segments": segments,
        "price_micro": segments * route.price_micro,
        "currency": route.currency,
        "state": State.QUEUED.value,
        "due_at": now,
        "expires_at": now + REPLY_IS_USEFUL_FOR,
        "created_at": now,
        "updated_at": now,
    }
