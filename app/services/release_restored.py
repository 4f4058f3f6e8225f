"""Let go what a restore holds back, or drop it: the yes of a person, network by network."""

from datetime import datetime

from app.domain.messages import State
from app.services.watch_clock import must_be_believed
from app.store import journal, networks
from app.store.database import Connection, Database
from app.store.restored import drop, outbox_restored_count, release

CHUNK = 5_000
"""Rows that change in one transaction."""


async def release_restored(  # noqa: PLR0913 -- who says what, of which network, and in what steps
    database: Database,
    *,
    is_dropped: bool = False,
    by: str,
    now: datetime,
    network_id: int | None = None,
    chunk: int = CHUNK,
) -> dict[str, int]:
    """Queue what a restore holds back, or cancel it when dropped; gives how many went where.

    Only the texts of that network, when one is given.

    What is past its valid-until expires instead, and what was called back or stopped meanwhile
    is cancelled. Safe to repeat: cut off half way, the same call does the rest.
    """
    gone = dict.fromkeys((State.QUEUED, State.EXPIRED, State.CANCELLED), 0)
    step = drop if is_dropped else release
    for one in await database.write(_note, network_id, is_dropped, by, now):
        while moved := await database.write(step, one, now, limit=chunk):
            for state, n in moved.items():
                gone[state] += n
    return {state.value: n for state, n in gone.items()}


def _note(
    conn: Connection, network_id: int | None, is_dropped: bool, by: str, now: datetime
) -> list[int]:
    """Write the decision into the journal of every network with texts held back; gives them."""
    must_be_believed(conn, now)
    found = []
    for network in networks.every(conn, network_id):
        if held := outbox_restored_count(conn, network.id):
            found.append(network.id)
            journal.append(
                conn,
                {
                    "network_id": network.id,
                    "at": now,
                    "actor": by,
                    "action": "restored texts dropped" if is_dropped else "restored texts let go",
                    "subject": f"{held} texts",
                    "detail": {"held": held},
                },
            )
    return found
