"""Say which reminders of meetings are due: each is claimed once by meeting, revision and lead.

Nothing is claimed while it is quiet there: what fell due goes when the quiet ends, if it is of
use then. After a power cut only the nearest reminder that is still of use goes; the others are
listed as missed. Nobody is told twice in a row: a lead is covered by a text that went less than
half of it before.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from app.domain.quiet_hours import is_quiet, next_allowed
from app.domain.reminders import DAY, LONGEST, Lead, leads_of, usual_leads
from app.store import networks, notice_walk, notices
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

LISTED_FOR = timedelta(days=7)
"""So long after a meeting its missed reminders are still written down."""
FAR = timedelta(minutes=LONGEST)
ALL, SILENT, COMING, TOLD = "all", "silent", "coming", "told"


async def plan_reminders(database: Database, *, now: datetime) -> bool:
    """Claim what is due in all networks; gives whether any notice is to be made now."""
    due, is_unfinished = await database.read(_look, now)
    for network in due:
        await database.write(_claim, network, now)
    return bool(due) or is_unfinished


def _look(conn: Connection, now: datetime) -> tuple[list[NetworkInfo], bool]:
    """The networks in which something is to be claimed, and whether any notice is half made."""
    known = networks.every(conn)
    due = [network for network in known if wanted(conn, network, now)]
    return due, bool(notice_walk.making(conn))


def _claim(conn: Connection, network: NetworkInfo, now: datetime) -> None:
    networks.hold(conn, network.id)
    notice_walk.claim(conn, wanted(conn, network, now))


def wanted(conn: Connection, network: NetworkInfo, now: datetime) -> list[dict[str, Any]]:
    """The notices that are to be claimed at this moment, and those that were missed."""
    near = notice_walk.planned(conn, network.id, after=now - LISTED_FOR, until=now + FAR)
    if not near:
        return []
    own = notices.plans(conn, network.id)
    begun = [(one, leads) for one in near if (leads := _begun(network, one, own, now))]
    known = notice_walk.notices(conn, [one.id for one, _ in begun]) if begun else {}
    is_silent_now = is_quiet(now, network.tz, network.quiet)
    rows: list[dict[str, Any]] = []
    for meeting, leads in begun:
        made = [one for one in known.get(meeting.id, ()) if one.revision == meeting.revision]
        done = {one.lead for one in made}
        left = [lead for lead in leads if lead.minutes not in done]
        rows += _missed(network, meeting, left, now)
        if not is_silent_now:
            rows += _due(meeting, left, made, now)
    return rows


def _begun(
    network: NetworkInfo, meeting: Any, own: Mapping[str, Sequence[int]], now: datetime
) -> list[Lead]:
    """The leads of a meeting whose time has come or is over."""
    plan = own.get(meeting.body, usual_leads(meeting.body))
    leads = leads_of(meeting.at, plan, network.tz, network.quiet)
    return [lead for lead in leads if lead.is_useful(now) or lead.is_over(now)]


def _missed(
    network: NetworkInfo, meeting: Any, leads: Sequence[Lead], now: datetime
) -> list[dict[str, Any]]:
    """The reminders that can never go any more, once the meeting had been called."""
    return [
        _row(meeting, lead, ALL, "missed" if lead.due_at else "dropped", now)
        for lead in leads
        if lead.is_over(now) and _could_go(network, lead, meeting.set_at)
    ]


def _could_go(network: NetworkInfo, lead: Lead, set_at: datetime | None) -> bool:
    """Whether there was a moment for it since the meeting's day was set."""
    if set_at is None or lead.due_at is None:
        return set_at is not None and lead.nominal > set_at
    first = max(lead.due_at, set_at)
    return next_allowed(first, network.tz, network.quiet) < lead.expires_at


def _due(
    meeting: Any, leads: Sequence[Lead], made: Sequence[Any], now: datetime
) -> list[dict[str, Any]]:
    """The parts of the one reminder whose time has come, if none of the meeting is being made."""
    if any(one.state == notice_walk.MAKING for one in made):
        return []
    useful = [lead for lead in leads if lead.is_useful(now)]
    if not useful:
        return []
    lead = useful[-1]
    gone = [one for one in made if one.state == notice_walk.MADE]
    half = timedelta(minutes=lead.minutes) / 2
    fresh = [one for one in gone if lead.nominal - one.made_at < half]
    if any(one.lead for one in fresh):
        return [_row(meeting, lead, ALL, "covered", now)]
    # Whoever was told of a change just now is left out of what goes to all.
    parts = (ALL,) if fresh or not gone else (SILENT, COMING)
    return [_row(meeting, lead, part, notice_walk.MAKING, now) for part in parts]


def _row(meeting: Any, lead: Lead, part: str, state: str, now: datetime) -> dict[str, Any]:
    return {
        "network_id": meeting.network_id,
        "meeting_id": meeting.id,
        "revision": meeting.revision,
        "lead": lead.minutes,
        "part": part,
        "template": _template(lead.minutes, part),
        "state": state,
        "due_at": lead.due_at or lead.nominal,
        "expires_at": lead.expires_at,
        "made_at": now,
    }


def _template(minutes: int, part: str) -> str:
    if part == ALL:
        return "meeting_notice"
    if part == SILENT:
        return "meeting_again"
    return "meeting_reminder" if minutes >= DAY else "meeting_soon"
