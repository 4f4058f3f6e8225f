"""Approve a publication: a second officer says yes to text and mail together."""

from datetime import datetime

from app.domain.errors import Refusal
from app.services.approve_broadcast import Approver, approve_broadcast
from app.services.cancel_broadcast import cancel_broadcast
from app.services.show_publication import found
from app.store import publications
from app.store.database import Connection, Database


async def approve_publication(
    database: Database, network_id: int, publication_id: int, *, by: Approver, now: datetime
) -> int:
    """Let exactly what was shown go out over all its wires; gives the number of texts and mails.

    Raises Refusal like `approve_broadcast`: one's own plan, another plan than was shown, over
    the budget, taken back meanwhile.
    """
    first = await database.read(_first, network_id, publication_id)
    return await approve_broadcast(database, first, by=by, now=now, network_id=network_id)


async def cancel_publication(
    database: Database, network_id: int, publication_id: int, *, by: str, now: datetime
) -> int:
    """Take it back: what waits in either medium is stopped; gives how many. Safe to repeat."""
    first = await database.read(_first, network_id, publication_id)
    return await cancel_broadcast(database, first, by=by, now=now, network_id=network_id)


def _first(conn: Connection, network_id: int, publication_id: int) -> int:
    row = found(conn, network_id, publication_id)
    rows = publications.broadcasts_of(conn, row.id)
    if not rows:
        raise Refusal("not_found", "There is no publication {id}.", id=publication_id)
    return int(rows[0].id)
