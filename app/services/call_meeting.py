"""Call a meeting: body, number, place and time, to come or already held."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.errors import Refusal
from app.store import journal, meetings, networks
from app.store.database import Connection, Database


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


async def call_meeting(
    database: Database, network: str, new: NewMeeting, *, by: str, now: datetime
) -> int:
    """Store a meeting and give its id; raises Refusal when its number is taken."""
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
