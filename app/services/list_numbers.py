"""List the numbers that may be texted by their form; that somebody read them is written down."""

from datetime import datetime

from app.store import journal, networks, people
from app.store.database import Connection, Database


async def list_numbers(database: Database, *, by: str, now: datetime) -> list[str]:
    """Every such number in E.164, in order, whatever its consent."""
    return await database.write(_list, by, now)


def _list(conn: Connection, by: str, now: datetime) -> list[str]:
    for network in networks.every(conn):
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
    return people.numbers(conn)
