"""Call the meetings of every rule some weeks ahead, each once by rule and day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.catalogue import Catalogue
from app.domain.recurrence import days_between
from app.services._act import Deed
from app.services._notice import BY
from app.store import meetings, networks, series
from app.store import minutes as pages
from app.store.database import Connection, Database

DAYS_AHEAD = 60


async def call_series(database: Database, *, catalogue: Catalogue | None, now: datetime) -> int:
    """Call what no rule has called yet, in every network; gives how many meetings.

    A day that a rule called is never called again, wherever the meeting was moved since; one for
    which the body was called by hand belongs to its rule from then on. No words are needed.
    """
    del catalogue
    made = 0
    for row in await database.read(series.active):
        made += await call_of(database, row.network_id, row.id, now=now)
    return made


async def call_of(database: Database, network_id: int, series_id: int, *, now: datetime) -> int:
    """The same for one rule."""
    return await database.write(_call, network_id, series_id, now)


def _call(conn: Connection, network_id: int, series_id: int, now: datetime) -> int:
    networks.hold(conn, network_id)
    rule = series.get(conn, network_id, series_id)
    if rule is None or not rule.is_active:
        return 0
    network = networks.by_id(conn, network_id)
    today = network.day_at(now)
    there = series.called(conn, series_id, today)
    made = 0
    for day in days_ahead(rule, today):
        at = moment_of(rule, day, network.tz)
        if day in there or at <= now:
            continue
        made += _call_on(conn, rule, day, at, now)
        there[day] = rule
    if made:
        deed = Deed(network_id, BY, now)
        deed.note(conn, "meetings called by their rule", rule.body, count=made)
    return made


def days_ahead(rule: Any, today: date, ahead: int = DAYS_AHEAD) -> tuple[date, ...]:
    """The days of a rule from today on that are to be called now."""
    last = min(today + timedelta(days=ahead), rule.ends_on or date.max)
    skipped = {date.fromisoformat(day) for day in rule.skipped}
    return days_between(rule.rule, rule.starts_on, today, last, skipped)


def moment_of(rule: Any, day: date, tz: str) -> datetime:
    """When the meeting of that day begins; an hour that the clocks leave out is the one after."""
    return datetime.combine(day, rule.clock, ZoneInfo(tz)).astimezone(UTC)


def _call_on(conn: Connection, rule: Any, day: date, at: datetime, now: datetime) -> int:
    """Gives 1 for a meeting that was made, 0 where the body meets at that hour anyway."""
    zone = ZoneInfo(networks.by_id(conn, rule.network_id).tz)
    dawn, end = (
        datetime.combine(one, datetime.min.time(), zone).astimezone(UTC)
        for one in (day, day + timedelta(days=1))
    )
    known = series.called_by_hand(conn, rule.network_id, rule.body, dawn, end)
    if known is not None:
        series.give(conn, known.id, rule.id, day)
        return 0
    if series.is_called_at(conn, rule.network_id, rule.body, at):
        return 0
    no = _next_no(conn, rule.network_id, rule.body)
    meetings.add_meeting(
        conn,
        {
            "network_id": rule.network_id,
            "body": rule.body,
            "no": no,
            "label": str(no),
            "at": at,
            "venue": dict(rule.venue),
            "agenda": dict(rule.agenda),
            "state": "planned",
            "quorum": pages.last_quorum(conn, rule.network_id, rule.body),
            "series_id": rule.id,
            "series_on": day,
            "set_at": now,
        },
    )
    return 1


def _next_no(conn: Connection, network_id: int, body: str) -> int:
    """The next number that no meeting bears as its label, which people may have written apart."""
    no = meetings.highest_no(conn, network_id, body) + 1
    while meetings.meeting_by_label(conn, network_id, body, str(no)) is not None:
        no += 1
    return no
