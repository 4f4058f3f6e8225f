"""Show when a body is told of its meeting: what went, what waits, what is to come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.domain.reminders import leads_of
from app.services._minutes_desk import the_meeting
from app.services.keep_reminder_plan import leads_for
from app.store import networks, notices
from app.store.database import Connection, Database

WENT = ("sent", "delivered", "undelivered", "rejected", "uncertain")
WAITS = ("queued", "sending")


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """One notice of a meeting, or one that the plan will make.

    `state` is `coming` or `dropped` (quiet time leaves it no useful hour) for one to be made,
    `held`, `going` or `went` for one with texts, else what became of it: `making`, `missed`,
    `dear`, `nobody`, `empty`, `void`, `cancelled`, `expired`.
    """

    lead: int
    """Minutes before the meeting; 0 for one that says that it was moved or is off."""
    part: str
    template: str
    state: str
    at: datetime
    """When it goes or went; when it would have gone, where it did not."""
    until: datetime | None = None
    """When the quiet ends that holds it."""
    is_shifted: bool = False
    """Whether quiet time moved it away from its lead."""
    is_void: bool = False
    """Whether the meeting was changed after it."""
    ref: int = 0
    broadcast_id: int | None = None
    asked_by: int | None = None
    """The account that asked for it to go in quiet hours; another must agree."""
    texts: Mapping[str, int] = field(default_factory=dict)

    @property
    def went(self) -> int:
        """How many texts left."""
        return sum(self.texts.get(state, 0) for state in WENT)

    @property
    def delivered(self) -> int:
        """How many phones have it."""
        return self.texts.get("delivered", 0)

    @property
    def every(self) -> int:
        """How many texts it has in all."""
        return sum(self.texts.values())


async def show_reminders(
    database: Database, network_id: int, meeting_id: int, *, now: datetime
) -> tuple[ReminderLine, ...]:
    """Every notice of a meeting in the order of time; raises Refusal: not_found."""
    return await database.read(_show, network_id, meeting_id, now)


def _show(
    conn: Connection, network_id: int, meeting_id: int, now: datetime
) -> tuple[ReminderLine, ...]:
    meeting = the_meeting(conn, network_id, meeting_id)
    rows = notices.notices_of(conn, meeting_id)
    ids = [row.broadcast_id for row in rows if row.broadcast_id is not None]
    texts, held = notices.texts_of(conn, ids), notices.held_until(conn, ids)
    made = [_made(row, meeting, texts, held) for row in rows]
    is_open = meeting.state == "planned" and meeting.at > now
    coming = _coming(conn, meeting, rows, now) if is_open else ()
    return tuple(sorted((*made, *coming), key=lambda one: (one.at, one.lead)))


def _made(
    row: Any,
    meeting: Any,
    texts: Mapping[int, Mapping[str, int]],
    held: Mapping[int, datetime],
) -> ReminderLine:
    counts = texts.get(row.broadcast_id, {})
    return ReminderLine(
        lead=row.lead,
        part=row.part,
        template=row.template,
        state=_state(row.state, counts),
        at=row.due_at,
        until=held.get(row.broadcast_id),
        is_void=row.revision < meeting.revision,
        ref=row.ref or 0,
        broadcast_id=row.broadcast_id,
        asked_by=row.author_id,
        texts=counts,
    )


def _state(state: str, counts: Mapping[str, int]) -> str:
    if state != "made" or not counts:
        return "going" if state == "made" else state
    for name, states in (("held", ("held",)), ("going", WAITS), ("went", WENT)):
        if any(counts.get(one) for one in states):
            return name
    return "expired" if counts.get("expired") else "cancelled"


def _coming(conn: Connection, meeting: Any, rows: Any, now: datetime) -> Iterator[ReminderLine]:
    network = networks.by_id(conn, meeting.network_id)
    done = {row.lead for row in rows if row.revision == meeting.revision}
    plan = leads_for(conn, network.id, meeting.body)
    for lead in leads_of(meeting.at, plan, network.tz, network.quiet):
        if lead.minutes not in done and not lead.is_over(now):
            yield ReminderLine(
                lead=lead.minutes,
                part="",
                template="",
                state="coming" if lead.due_at else "dropped",
                at=lead.due_at or lead.nominal,
                is_shifted=lead.is_shifted,
            )
