"""Record receipts: each once, stored before it is joined to its text; states only move forward."""

from collections.abc import Sequence
from datetime import datetime

from app.domain.messages import Dlr
from app.services.mark_gone import note_receipts
from app.store import receipts
from app.store.database import Connection, Database

LOOSE_AT_ONCE = 500


async def record_dlrs(database: Database, dlrs: Sequence[Dlr], *, now: datetime) -> list[bool]:
    """Store receipts and move their texts forward; True for each that was new.

    A receipt whose text is not settled yet waits for `match_loose_receipts`. Raises Busy when
    nothing could be committed.
    """
    return await database.write(_record, [receipts.kept(dlr) for dlr in dlrs], now)


def _record(conn: Connection, dlrs: Sequence[Dlr], now: datetime) -> list[bool]:
    new = receipts.record(conn, dlrs, now)
    receipts.match(conn, list(new.values()), now)
    if any(dlr.standing for dlr in dlrs):
        note_receipts(conn, receipts.about_addresses(conn, list(new.values())), now)
    fresh = set(new)
    answers = []
    for dlr in dlrs:
        key = (dlr.channel, dlr.event_key)
        answers.append(key in fresh)
        fresh.discard(key)
    return answers


async def match_loose_receipts(database: Database, *, now: datetime) -> int:
    """Join receipts that came before their text was settled; gives how many found it."""
    return await database.write(_match, now)


def _match(conn: Connection, now: datetime) -> int:
    loose = receipts.loose(conn, limit=LOOSE_AT_ONCE)
    matched = receipts.match(conn, loose, now) if loose else 0
    if matched:
        note_receipts(conn, receipts.about_addresses(conn, loose), now)
    return matched
