"""List what was sent: every approved broadcast, newest first, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.messages import State
from app.store import networks, sent, today
from app.store.database import Connection, Database

LARGEST_REF = 2**31 - 1


@dataclass(frozen=True, slots=True)
class SentLine:
    """One broadcast that was approved."""

    id: int
    ref: int
    kind: str
    text: str
    """In the network's own language where it is written in it."""
    language: str
    approver: str
    approved_at: datetime
    delivered: int
    total: int
    price_micro: int
    currency: str
    is_cancelled: bool
    is_open: bool
    """Whether some of its texts have not gone out yet."""


@dataclass(frozen=True, slots=True)
class SentPage:
    """Broadcasts, newest first; `next` is the Ref below which the next page goes on, if any."""

    lines: tuple[SentLine, ...]
    next: int | None


async def list_sent(
    database: Database, network_id: int, *, before: int | None = None, limit: int = 30
) -> SentPage:
    """What was approved, newest first; raises Refusal for a place that cannot be."""
    if before is not None and not 0 < before <= LARGEST_REF:
        raise Refusal("cursor", "This page of the list is not known. Begin at the newest.")
    return await database.read(_list, network_id, before, limit)


def _list(conn: Connection, network_id: int, before: int | None, limit: int) -> SentPage:
    rows = sent.approved(conn, network_id, before=before, limit=limit + 1)
    shown = rows[:limit]
    ids = [row.id for row in shown]
    texts, states = today.texts_of(conn, ids), today.states_of(conn, ids)
    tag = networks.by_id(conn, network_id).language
    lines = tuple(_line(row, tag, texts.get(row.id, {}), states.get(row.id, {})) for row in shown)
    return SentPage(lines, shown[-1].ref if len(rows) > limit else None)


def _line(row: Any, tag: str, texts: Mapping[str, str], states: Mapping[str, int]) -> SentLine:
    language = tag if tag in texts else min(texts, default="")
    is_fanning = row.state == "fanning"
    # A text that was sent again counts once, one that was stopped since the plan not at all.
    total = row.addresses if is_fanning else min(sum(states.values()), row.addresses)
    return SentLine(
        id=row.id,
        ref=row.ref,
        kind=row.kind,
        text=texts.get(language, ""),
        language=language,
        approver=row.approver or "",
        approved_at=row.approved_at,
        delivered=min(states.get(State.DELIVERED, 0), total),
        total=total,
        price_micro=row.price_micro,
        currency=row.currency,
        is_cancelled=row.state == "cancelled",
        is_open=is_fanning or any(states.get(state) for state in today.OPEN),
    )
