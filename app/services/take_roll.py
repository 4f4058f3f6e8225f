"""Take the attendance of a meeting that its host told by text: HAZIR 1 2 5 9."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.domain.minutes import Presence
from app.services._act import Deed
from app.services._minutes_desk import subject_of, the_meeting
from app.services.take_attendance import in_order
from app.store import attendance, meeting_answers, networks
from app.store.database import Connection
from app.store.meeting_answers import NOT_COMING
from bots.ask import Reply

BY_TEXT = "a text of the host"
"""Who took it, as the journal says; the text that it names tells whose phone it was."""
_KEPT = (
    *("network_id", "meeting_id", "person_id", "name", "sex", "post", "unit_id"),
    *("presence", "marked_at"),
)


def take_roll(
    conn: Connection, network_id: int, reply: Reply, inbound_id: int, now: datetime
) -> None:
    """Mark all of the body: those named are present, who had said no is excused, others absent.

    It takes the place of what was marked of them before; guests stay as they are.
    """
    (meeting_id,) = reply.about
    networks.hold(conn, network_id)
    meeting = the_meeting(conn, network_id, meeting_id)
    members = in_order(conn, network_id, meeting)
    said = meeting_answers.of_meeting(conn, meeting_id)
    present = set(reply.numbers)
    rows = [
        {
            "network_id": network_id,
            "meeting_id": meeting_id,
            "person_id": row.person_id,
            "name": row.name,
            "sex": row.sex,
            "post": row.post,
            "unit_id": row.unit_id,
            "presence": _presence(no in present, said.get(row.person_id, "")).value,
            "marked_at": now,
        }
        for no, row in enumerate(members, start=1)
    ]
    attendance.replace(conn, meeting_id, [*rows, *_others(conn, meeting_id, members)])
    Deed(network_id, BY_TEXT, now).note(
        conn,
        "attendance taken",
        subject_of(meeting),
        marked=len(rows),
        present=len(present),
        text=inbound_id,
    )


def _presence(is_present: bool, answer: str) -> Presence:
    if is_present:
        return Presence.PRESENT
    return Presence.EXCUSED if answer == NOT_COMING else Presence.ABSENT


def _others(conn: Connection, meeting_id: int, members: Sequence[Any]) -> list[dict[str, Any]]:
    """The marks of guests and of people of other bodies, which a text cannot name."""
    known = {row.person_id for row in members}
    return [
        {name: getattr(row, name) for name in _KEPT}
        for row in attendance.of_meeting(conn, meeting_id)
        if row.person_id is None or row.person_id not in known
    ]
