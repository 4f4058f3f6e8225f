"""Settle the inbox: a person has dealt with texts that waited, by telephone or in another way."""

from datetime import datetime

from app.domain.errors import Refusal
from app.domain.storable import LARGEST_ID
from app.store import inbound, journal
from app.store.database import Connection, Database


async def settle_inbox(  # noqa: PLR0913 -- whose texts, up to which, by whom and when
    database: Database, network_id: int, address_id: int, *, until: int, by: str, now: datetime
) -> int:
    """Let a phone's texts up to that id wait for nobody any more; gives how many waited.

    Later ones go on waiting: whoever settled them had not read them. Safe to repeat.
    """
    if not (0 < address_id <= LARGEST_ID and 0 < until <= LARGEST_ID):
        return 0
    return await database.write(_settle_phone, network_id, (address_id, until), by, now)


def _settle_phone(
    conn: Connection, network_id: int, which: tuple[int, int], by: str, now: datetime
) -> int:
    address_id, until = which
    settled = inbound.settle_phone(conn, network_id, address_id, until=until)
    if settled:
        note_settled(conn, network_id, f"phone {address_id}", settled, by=by, at=now)
    return settled


async def settle_text(
    database: Database, network_id: int, inbound_id: int, *, by: str, now: datetime
) -> None:
    """The same for one text, as of a sender that is no phone number.

    Raises Refusal when no such text waits.
    """
    await database.write(_settle_text, network_id, inbound_id, by, now)


def _settle_text(
    conn: Connection, network_id: int, inbound_id: int, by: str, now: datetime
) -> None:
    is_id = 0 < inbound_id <= LARGEST_ID
    if not (is_id and inbound.settle_one(conn, network_id, inbound_id)):
        raise Refusal("not_waiting", "This text is not waiting for anybody. Look at the list.")
    note_settled(conn, network_id, f"text in {inbound_id}", 1, by=by, at=now)


def note_settled(  # noqa: PLR0913 -- a journal entry has that many facts
    conn: Connection, network_id: int, subject: str, texts: int, *, by: str, at: datetime
) -> None:
    """Write into the journal that texts wait for nobody any more."""
    journal.append(
        conn,
        {
            "network_id": network_id,
            "at": at,
            "actor": by,
            "action": "texts settled",
            "subject": subject,
            "detail": {"texts": texts},
        },
    )
