"""Pick the meeting that a body and a number name."""

from typing import Any

from app.domain.errors import Refusal
from app.store import meetings
from app.store.database import Database


async def pick_meeting(database: Database, network_id: int, body: str, label: str) -> Any:
    """The meeting of that body and number (`EC`, `14`); raises Refusal when there is none."""
    row = await database.read(meetings.meeting_by_label, network_id, body, label)
    if row is None:
        raise Refusal("not_found", "There is no such meeting. Look for it in the list of meetings.")
    return row
