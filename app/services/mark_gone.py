"""Mark addresses that do not exist, or whose holder complained, so that nothing more goes there."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.store import addresses, outbox
from app.store.database import Connection
from app.store.settle import Result

OPEN = frozenset({"unknown", "active", "alerts"})
"""Standings that a bounce changes; whoever stopped stays stopped."""


def mark_gone(conn: Connection, results: Sequence[Result], now: datetime) -> None:
    """Let the addresses of these refused mails stand as bounced, with the reason."""
    reasons = {one.id: f"{one.code} {one.detail}".strip() for one in results}
    for outbox_id, row in _addresses(conn, list(reasons)).items():
        note_standing(conn, row, "bounced", basis=reasons[outbox_id], now=now)


def note_receipts(conn: Connection, told: Sequence[tuple[int, str, str]], now: datetime) -> None:
    """Let addresses follow what receipts say of them: (text, standing, the receipt's words)."""
    rows = _addresses(conn, [outbox_id for outbox_id, _, _ in told])
    for outbox_id, standing, words in told:
        if outbox_id in rows:
            note_standing(conn, rows[outbox_id], standing, basis=words, now=now)


def note_standing(conn: Connection, row: Any, standing: str, *, basis: str, now: datetime) -> None:
    """Append the record of why and cancel what waits for the address."""
    if row.standing not in OPEN:
        return
    source = "bounce" if standing == "bounced" else "mail"
    addresses.record_standing(
        conn, row.network_id, [row.id], standing, source=source, basis=basis[:200], at=now
    )
    outbox.cancel_for_address(conn, [row.id], keep_urgent=False, now=now)


def _addresses(conn: Connection, outbox_ids: Sequence[int]) -> Mapping[int, Any]:
    """The address behind each of these texts; each address stands once."""
    found = outbox.holders(conn, outbox_ids)
    once = {row.id: outbox_id for outbox_id, row in found.items()}
    return {outbox_id: found[outbox_id] for outbox_id in once.values()}
