"""Show messages: what went out and what came in, newest first, page by page."""

from dataclasses import dataclass
from typing import Any

from app.store import inbound, outbox
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages; `before` is the id from which the next page goes on."""

    incoming: bool = False
    state: str = ""
    provider_id: str = ""
    before: int | None = None
    limit: int = 100


async def show_messages(database: Database, wanted: Wanted) -> list[dict[str, Any]]:
    """Messages as scripts read them: id, direction, channel, provider_id, msisdn, state, at."""
    return await database.read(_show, wanted)


def _show(conn: Connection, wanted: Wanted) -> list[dict[str, Any]]:
    if wanted.incoming:
        rows = inbound.listing(conn, wanted.provider_id, before=wanted.before, limit=wanted.limit)
        return [_line(row, "in", "received") for row in rows]
    rows = outbox.listing(
        conn,
        state=wanted.state,
        external_id=wanted.provider_id,
        before=wanted.before,
        limit=wanted.limit,
    )
    return [_line(row, "out", row.state) for row in rows]


def _line(row: Any, direction: str, state: str) -> dict[str, Any]:
    return {
        "id": row.id,
        "direction": direction,
        "channel": row.channel,
        "provider_id": row.external_id,
        "msisdn": row.msisdn,
        "state": state,
        "at": row.at.isoformat(),
    }


async def show_inbox(database: Database, *, limit: int = 100) -> list[dict[str, Any]]:
    """Texts that wait for a person, newest first, with who sent them."""
    return await database.read(_inbox, limit)


def _inbox(conn: Connection, limit: int) -> list[dict[str, Any]]:
    return [
        {
            "id": row.id,
            "channel": row.channel,
            "msisdn": row.sender,
            "text": row.text,
            "intent": row.intent,
            "at": row.received_at.isoformat(),
        }
        for row in inbound.waiting(conn, limit=limit)
    ]
