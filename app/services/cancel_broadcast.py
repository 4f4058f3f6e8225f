"""Cancel a broadcast: everything of it that still waits; what went out is said."""

from datetime import datetime
from typing import Any

from app.services.approve_broadcast import together
from app.store import broadcasts, journal, outbox, publications
from app.store.database import Connection, Database

CHUNK = 5_000


async def cancel_broadcast(  # noqa: PLR0913 -- who cancels what, of which network, in what steps
    database: Database,
    broadcast_id: int,
    *,
    by: str,
    now: datetime,
    network_id: int | None = None,
    chunk: int = CHUNK,
) -> int:
    """Stop a broadcast and cancel its waiting texts; gives how many. Safe to repeat.

    A broadcast of a publication is stopped with its others.
    Rows are cancelled by the `chunk`, so that none holds the writer for long. Raises Refusal
    when there is no such broadcast in that network, or in any when none is given.
    """
    cancelled = 0
    for one in await database.write(_cancel, broadcast_id, by, now, network_id):
        while n := await database.write(_cancel_chunk, one, chunk, now):
            cancelled += n
    return cancelled


def _cancel(
    conn: Connection, broadcast_id: int, by: str, now: datetime, network_id: int | None
) -> list[int]:
    rows = together(conn, broadcast_id, network_id)
    for row in rows:
        if row.state != "cancelled":
            take_back(conn, row, by, now)
    return [row.id for row in rows]


def take_back(conn: Connection, row: Any, by: str, now: datetime) -> None:
    """Mark a broadcast as cancelled and write down who did it."""
    broadcasts.change(conn, row.id, state="cancelled")
    if row.publication_id is not None:
        publications.change(conn, row.publication_id, state="cancelled")
    journal.append(
        conn,
        {
            "network_id": row.network_id,
            "at": now,
            "actor": by,
            "action": "broadcast cancelled",
            "subject": f"Ref {row.ref}",
            "detail": {"plan_hash": row.plan_hash},
        },
    )


def _cancel_chunk(conn: Connection, broadcast_id: int, limit: int, now: datetime) -> int:
    return outbox.cancel_broadcast(conn, broadcast_id, now, limit=limit)
