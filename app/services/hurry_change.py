"""Let the news that a meeting was moved or is off go in quiet hours: one asks, another agrees."""

from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.services._act import Deed
from app.services._minutes_desk import the_meeting
from app.services.approve_broadcast import Approver, found
from app.services.watch_clock import must_be_believed
from app.store import broadcasts, fan_out, notices
from app.store.database import Connection, Database


async def ask_to_hurry(
    database: Database, network_id: int, meeting_id: int, *, by: Approver, now: datetime
) -> bool:
    """Ask for the news to go now, though it is quiet; nothing goes before another agrees.

    False where no news of this meeting waits for quiet hours. Raises Refusal: not_found,
    not_allowed for whoever has no account, clock_wrong.
    """
    return await database.write(_ask, Deed(network_id, by.name, now), meeting_id, by)


async def agree_to_hurry(
    database: Database, network_id: int, meeting_id: int, *, by: Approver, now: datetime
) -> int:
    """Let it go, as the second person; gives how many texts went on their way, 0 for none waiting.

    Raises Refusal: the same, not_asked before anybody asked, own_text for whoever did.
    """
    return await database.write(_agree, Deed(network_id, by.name, now), meeting_id, by)


def _ask(conn: Connection, deed: Deed, meeting_id: int, by: Approver) -> bool:
    row = _waiting(conn, deed, meeting_id, by)
    if row is not None and row.author_id is None:
        broadcasts.change(conn, row.id, author_id=by.account_id)
        deed.note(conn, "asked to send in quiet hours", f"Ref {row.ref}")
    return row is not None


def _agree(conn: Connection, deed: Deed, meeting_id: int, by: Approver) -> int:
    row = _waiting(conn, deed, meeting_id, by)
    if row is None:
        return 0
    if row.author_id is None:
        raise Refusal("not_asked", "Nobody asked for Ref {ref} to go now.", ref=row.ref)
    if row.author_id == by.account_id:
        raise Refusal("own_text", "You asked for it: another officer must agree.")
    broadcasts.change(conn, row.id, approver_id=by.account_id)
    texts = fan_out.hurry(conn, row.id, deed.now)
    deed.note(conn, "sent in quiet hours", f"Ref {row.ref}", texts=texts)
    return texts


def _waiting(conn: Connection, deed: Deed, meeting_id: int, by: Approver) -> Any | None:
    """The newest news of the meeting, locked, where quiet hours hold it."""
    if by.account_id is None:
        raise Refusal("not_allowed", "Only an officer with an account of their own can do this.")
    must_be_believed(conn, deed.now)
    meeting = the_meeting(conn, deed.network_id, meeting_id)
    for one in reversed(notices.notices_of(conn, meeting.id)):
        is_news = one.goes_first and one.revision == meeting.revision
        if is_news and fan_out.waits_for_day(conn, one.broadcast_id):
            return found(conn, one.broadcast_id, deed.network_id)
    return None
