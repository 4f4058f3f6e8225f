"""Confirm minutes: the next meeting heard them read and found them right."""

from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.services._act import Deed
from app.services._minutes_desk import subject_of, the_meeting
from app.store import meetings, networks
from app.store import minutes as pages
from app.store.database import Connection, Database


async def confirm_minutes(
    database: Database, network_id: int, meeting_id: int, *, by: str, now: datetime
) -> None:
    """Mark the published minutes of a meeting as confirmed.

    Raises Refusal for a draft, and until the body has met again.
    """
    await database.write(_confirm, Deed(network_id, by, now), meeting_id)


def _confirm(conn: Connection, deed: Deed, meeting_id: int) -> None:
    networks.hold(conn, deed.network_id)
    meeting = the_meeting(conn, deed.network_id, meeting_id)
    written = meetings.minutes_of(conn, meeting_id)
    if written is None or written.published_at is None:
        raise Refusal("not_published", "Only published minutes can be confirmed. Publish them.")
    if not pages.met_after(conn, meeting, deed.now):
        raise Refusal(
            "too_early",
            "{body} has not met again since its meeting {label}. Press this after the next "
            "meeting, when its attendance is taken or its minutes are published.",
            body=meeting.body,
            label=meeting.label,
        )
    confirm(conn, deed, meeting)


def confirm(conn: Connection, deed: Deed, meeting: Any) -> None:
    """Confirm the minutes of that meeting where they are published and not confirmed yet."""
    written = meetings.minutes_of(conn, meeting.id)
    if written is None or written.published_at is None or written.confirmed_at is not None:
        return
    pages.change(conn, written.id, {"confirmed_at": deed.now})
    deed.note(conn, "minutes confirmed", subject_of(meeting))
