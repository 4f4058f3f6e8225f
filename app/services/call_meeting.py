"""Call a meeting: body, number, place and time, to come or already held."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.errors import Refusal
from app.store import journal, meetings, networks
from app.store import minutes as pages
from app.store.database import Connection, Database

MOST_PLACE, MOST_AGENDA = 2_000, 2_000
MOST_PEOPLE = 10_000


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting to come or held; `label` is its number as people write it."""

    body: str
    no: int
    label: str
    at: datetime
    venue: Mapping[str, str] = field(default_factory=dict)
    agenda: Mapping[str, str] = field(default_factory=dict)
    state: str = "planned"
    quorum: int | None = None
    """How many must be present; None means as many as at the body's newest meeting."""


async def call_meeting(
    database: Database, network: str, new: NewMeeting, *, by: str, now: datetime
) -> int:
    """Store a meeting and give its id; raises Refusal when its number is taken."""
    check_meeting(new.venue, new.agenda, new.quorum)
    return await database.write(_call, network, new, by, now)


def _call(conn: Connection, slug: str, new: NewMeeting, by: str, now: datetime) -> int:
    network = networks.named(conn, slug)
    if meetings.meeting_by_label(conn, network.id, new.body, new.label) is not None:
        raise Refusal(
            "taken", "{body} meeting {label} is there already.", body=new.body, label=new.label
        )
    meeting_id = meetings.add_meeting(
        conn,
        {
            "network_id": network.id,
            "body": new.body,
            "no": new.no,
            "label": new.label,
            "at": new.at,
            "venue": dict(new.venue),
            "agenda": dict(new.agenda),
            "state": new.state,
            "quorum": _quorum(conn, network.id, new),
            "set_at": now,
        },
    )
    journal.append(
        conn,
        {
            "network_id": network.id,
            "at": now,
            "actor": by,
            "action": "meeting called",
            "subject": f"{new.body} {new.label}",
            "detail": {"at": new.at.isoformat()},
        },
    )
    return meeting_id


def _quorum(conn: Connection, network_id: int, new: NewMeeting) -> int:
    if new.quorum is not None:
        return new.quorum
    return pages.last_quorum(conn, network_id, new.body)


def check_meeting(
    venue: Mapping[str, str] | None, agenda: Mapping[str, str] | None, quorum: int | None
) -> None:
    """Raise a Refusal for a place, agenda or quorum that no meeting has."""
    for words, most in ((venue, MOST_PLACE), (agenda, MOST_AGENDA)):
        for tag, text in (words or {}).items():
            if len(text) > most:
                raise Refusal(
                    "too_long",
                    "{place} has {count} letters; at most {most} fit. Shorten it.",
                    place=tag,
                    count=len(text),
                    most=most,
                )
    if quorum is not None and not 0 <= quorum <= MOST_PEOPLE:
        raise Refusal("quorum", "The quorum is 0 to {most}.", most=MOST_PEOPLE)
