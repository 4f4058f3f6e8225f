"""Show messages: what went out and what came in, newest first, page by page."""

from dataclasses import dataclass
from typing import Any

from app.store import inbound, talk
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages; `before` is the id from which the next page goes on."""

    incoming: bool = False
    state: str = ""
    provider_id: str = ""
    before: int | None = None
    limit: int = 100


async def show_messages(
    database: Database, wanted: Wanted, *, network_id: int | None = None
) -> list[dict[str, Any]]:
    """Messages as scripts read them: id, direction, channel, provider_id, msisdn, state, at.

    Those of one network, or of all.
    """
    return await database.read(_show, wanted, network_id)


def _show(conn: Connection, wanted: Wanted, network_id: int | None) -> list[dict[str, Any]]:
    if wanted.incoming:
        rows = inbound.listing(
            conn,
            network_id,
            external_id=wanted.provider_id,
            before=wanted.before,
            limit=wanted.limit,
        )
        return [_line(row, "in", "received") for row in rows]
    rows = talk.listing(
        conn,
        network_id,
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


async def show_inbox(
    database: Database, *, network_id: int | None = None, limit: int = 100
) -> list[dict[str, Any]]:
    """Texts that wait for a person of one network, or of any, newest first, with who sent them."""
    return await database.read(_inbox, network_id, limit)


def _inbox(conn: Connection, network_id: int | None, limit: int) -> list[dict[str, Any]]:
    return [
        {
            "id": row.id,
            "channel": row.channel,
            # What belongs to a protected report is read where that report stands.
            "msisdn": "" if row.is_hidden else row.sender,
            "text": "" if row.is_hidden else row.text,
            "is_danger": row.is_danger,
            "intent": row.intent,
            "at": row.received_at.isoformat(),
        }
        for row in inbound.waiting(conn, network_id, limit=limit)
    ]
