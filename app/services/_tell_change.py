"""Take back what a changed meeting makes untrue, and tell those who got it already."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.reminders import NEEDED
from app.services.plan_reminders import TOLD
from app.store import notice_recall, notice_walk, outbox
from app.store.database import Connection

AT_ONCE = 2_000
"""Texts taken back in the transaction of the change; whoever makes the notice takes the rest."""
OFF = ("cancelled", "postponed")


def tell_change(conn: Connection, meeting: Any, changed: Mapping[str, Any], now: datetime) -> None:
    """Cancel what waits of the meeting's notices and claim the one that says what changed.

    `meeting` is as it was; `changed` holds the new values with its new revision. Whoever has not
    read of it is told by the next reminder; nobody is told of a change when it is over.
    """
    left = AT_ONCE
    for broadcast_id in notice_recall.withdraw(conn, meeting.id):
        if left > 0:
            left -= outbox.cancel_broadcast(conn, broadcast_id, now, limit=left)
    template = _template(meeting, changed, now)
    if not template or not notice_recall.was_any(conn, meeting.id):
        return
    is_off = template == "meeting_off"
    new_at = changed.get("at", meeting.at)
    row = {
        "network_id": meeting.network_id,
        "meeting_id": meeting.id,
        "revision": changed["revision"],
        "lead": 0,
        "part": TOLD,
        "template": template,
        "state": notice_walk.MAKING,
        "due_at": now,
        "expires_at": meeting.at if is_off else new_at - NEEDED,
        "was_at": meeting.at,
        "made_at": now,
    }
    notice_walk.claim(conn, [row])


def _template(meeting: Any, changed: Mapping[str, Any], now: datetime) -> str:
    """Which text says it; "" when nobody needs to know."""
    state = changed.get("state", meeting.state)
    if state in OFF:
        return "meeting_off" if meeting.state not in OFF and meeting.at > now else ""
    if state != "planned" or changed.get("at", meeting.at) <= now:
        return ""
    if "at" in changed:
        return "meeting_moved"
    if meeting.state in OFF:
        return "meeting_on"
    return "meeting_place" if changed.get("venue") else ""
