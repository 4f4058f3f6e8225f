"""List the numbers that may be texted by their form; that somebody read them is written down."""

from datetime import datetime

from app.store import addresses, journal, networks
from app.store.database import Connection, Database


async def list_numbers(
    database: Database, *, by: str, now: datetime, network_id: int | None = None
) -> list[str]:
    """Every such number of one network, or of all, in E.164, in order, whatever its consent."""
    return await database.write(_list, by, now, network_id)


def _list(conn: Connection, by: str, now: datetime, network_id: int | None) -> list[str]:
    for network in networks.every(conn, network_id):
        journal.append(
            conn,
            {
                "network_id": network.id,
                "at": now,
                "actor": by,
                "action": "numbers listed",
                "subject": "",
                "detail": {},
            },
        )
    return addresses.numbers(conn, network_id)
