"""Change a meeting: its day, place, agenda, quorum; postpone it, call it off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.pasted import clean_line, clean_lines
from app.services._act import Deed
from app.services._minutes_desk import subject_of, the_meeting
from app.services._tell_change import tell_change
from app.services.call_meeting import check_meeting
from app.store import meetings, networks, notice_walk
from app.store import minutes as pages
from app.store.database import Connection, Database

STATES = ("planned", "held", "adjourned", "postponed", "cancelled")
TOLD_OF = frozenset({"at", "venue", "state"})
"""What makes untrue what members were told."""


@dataclass(frozen=True, slots=True)
class MeetingChange:
    """What changes of a meeting; None leaves it as it is."""

    at: datetime | None = None
    venue: Mapping[str, str] | None = None
    agenda: Mapping[str, str] | None = None
    quorum: int | None = None
    state: str | None = None
    """`planned`, `held`, `adjourned`, `postponed`, `cancelled`."""


async def change_meeting(  # noqa: PLR0913 -- who changes what of which meeting
    database: Database,
    network_id: int,
    meeting_id: int,
    change: MeetingChange,
    *,
    by: str,
    now: datetime,
) -> None:
    """Change what is told of the meeting; a postponed one that gets a day is planned again.

    What waits of its notices is taken back in the same transaction; whoever got one is told of a
    new day or place, or that it is off, within a minute.

    Raises Refusal: not_found, published for the day, quorum or state of a meeting whose minutes
    are out, state, too_long.
    """
    check_meeting(change.venue, change.agenda, change.quorum)
    if change.state is not None and change.state not in STATES:
        raise Refusal(
            "state",
            "A meeting cannot be {state}. It may be: {states}.",
            state=change.state[:20],
            states=", ".join(STATES),
        )
    deed = Deed(network_id, by, now)
    await database.write(_change, deed, meeting_id, change)


def _change(conn: Connection, deed: Deed, meeting_id: int, change: MeetingChange) -> None:
    notice_walk.lock(conn, meeting_id)
    networks.hold(conn, deed.network_id)
    meeting = the_meeting(conn, deed.network_id, meeting_id)
    values = _values(meeting, change)
    changed = {name: value for name, value in values.items() if value != getattr(meeting, name)}
    if not changed:
        return
    written = meetings.minutes_of(conn, meeting_id)
    is_out = written is not None and written.published_at is not None
    if is_out and not changed.keys().isdisjoint({"at", "quorum", "state"}):
        raise Refusal(
            "published",
            "The minutes of {meeting} are published; its day, quorum and state stay as they are.",
            meeting=subject_of(meeting),
        )
    if not changed.keys().isdisjoint(TOLD_OF):
        changed["revision"] = meeting.revision + 1
        if "at" in changed or changed.get("state") == "planned":
            changed["set_at"] = deed.now
        tell_change(conn, meeting, changed, deed.now)
    pages.change_meeting(conn, meeting_id, changed)
    at = {"at": changed["at"].isoformat()} if "at" in changed else {}
    deed.note(
        conn, "meeting changed", subject_of(meeting), changed=sorted(values.keys() & changed), **at
    )


def _values(meeting: Any, change: MeetingChange) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if change.at is not None:
        values["at"] = change.at
        if change.state is None and meeting.state == "postponed":
            values["state"] = "planned"
    if change.venue is not None:
        values["venue"] = _told(change.venue, clean_line)
    if change.agenda is not None:
        values["agenda"] = _told(change.agenda, clean_lines)
    if change.quorum is not None:
        values["quorum"] = change.quorum
    if change.state is not None:
        values["state"] = change.state
    return values


def _told(words: Mapping[str, str], clean: Any) -> dict[str, str]:
    read = {tag: clean(text) for tag, text in words.items()}
    return {tag: text for tag, text in read.items() if text}
