"""Show one member's number to an officer who has to call; that they looked is written down."""

from datetime import datetime

from app.domain.errors import Refusal
from app.store import addresses, journal
from app.store.database import Connection, Database


async def show_number(
    database: Database, network_id: int, address_id: int, *, by: str, now: datetime
) -> str:
    """The whole number (E.164) of an address; raises Refusal when this network has none such."""
    return await database.write(_show, network_id, address_id, by, now)


def _show(conn: Connection, network_id: int, address_id: int, by: str, now: datetime) -> str:
    msisdn = addresses.number_of(conn, network_id, address_id)
    if msisdn is None:
        raise Refusal("not_found", "There is no such phone on the list.")
    journal.append(
        conn,
        {
            "network_id": network_id,
            "at": now,
            "actor": by,
            "action": "number shown",
            "subject": f"address {address_id}",
            "detail": {},
        },
    )
    return msisdn
