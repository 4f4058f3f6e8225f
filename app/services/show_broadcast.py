"""Show a broadcast: its plan as it was approved, and where its texts stand."""

from typing import Any

from app.store import broadcasts, outbox
from app.store.database import Connection, Database


async def show_broadcast(
    database: Database, broadcast_id: int, *, network_id: int | None = None
) -> dict[str, Any] | None:
    """Everything an officer asks about a broadcast; None when their network has none.

    Without a network it may be anybody's.
    """
    return await database.read(_show, broadcast_id, network_id)


def _show(conn: Connection, broadcast_id: int, network_id: int | None) -> dict[str, Any] | None:
    row = broadcasts.get(conn, broadcast_id, network_id=network_id)
    if row is None:
        return None
    return {
        "id": row.id,
        "ref": row.ref,
        "kind": row.kind,
        "state": row.state,
        "audience": row.audience,
        "hash": row.plan_hash,
        "people": row.people,
        "addresses": row.addresses,
        "segments": row.segments,
        "price_micro": row.price_micro,
        "currency": row.currency,
        "seconds": row.seconds,
        "held": row.held,
        "left_out": row.left_out,
        "texts": {text.language: text.body for text in broadcasts.texts(conn, broadcast_id)},
        "states": dict(outbox.counts(conn, broadcast_id)),
        "approved_at": row.approved_at.isoformat() if row.approved_at else None,
        "send_at": row.send_at.isoformat() if row.send_at else None,
        "due_at": row.due_at.isoformat() if row.due_at else None,
    }
