"""The accountability clock: how long after a meeting its minutes, and its members, were told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.minutes import Presence
from app.services._months import stretch
from app.store import month_figures, networks
from app.store.database import Connection, Database

LSO = "LSO"
LONGEST = timedelta(days=366)
"""So far back from the last day that is asked for."""


@dataclass(frozen=True, slots=True)
class MeetingClock:
    """How long one meeting waited for its minutes, in days."""

    id: int
    body: str
    label: str
    on: date
    published_on: date | None
    days: int
    """Until its minutes were published; while they are not, so far."""


@dataclass(frozen=True, slots=True)
class BodyClock:
    """The meetings of one body; the days are those of published minutes, None without any."""

    body: str
    meetings: int
    published: int
    median_days: float | None
    most_days: int | None
    waiting_days: int
    """Of the one without minutes that waits longest; 0 when none does."""


@dataclass(frozen=True, slots=True)
class LsoClock:
    """One LSO: at how many meetings it was, and how long until its members were told."""

    id: int
    name: str
    local_name: str
    came: int
    """Meetings at which somebody of it was present."""
    stayed_away: int
    """Meetings to which it belonged and at which nobody of it was."""
    told: int
    """Published meetings of which its members were told."""
    untold: int
    median_days: float | None
    """From the meeting until the first member was told; None while nobody was told of any."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of a network between two days; newest meeting first."""

    since: date
    until: date
    bodies: tuple[BodyClock, ...]
    lsos: tuple[LsoClock, ...]
    meetings: tuple[MeetingClock, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """The days between which meetings count, both with them; `until` is never after today."""

    since: date | None = None
    until: date | None = None


async def show_clock(
    database: Database, network_id: int, span: Span | None = None, *, now: datetime
) -> Clock:
    """The clock of the meetings held between two days; without them of the last year."""
    return await database.read(_show, network_id, span or Span(), now)


def _show(conn: Connection, network_id: int, span: Span, now: datetime) -> Clock:
    network = networks.by_id(conn, network_id)
    zone = ZoneInfo(network.tz)
    today = now.astimezone(zone).date()
    until = min(span.until or today, today)
    since = min(max(span.since or until - LONGEST, until - LONGEST), until)
    at = stretch(network, since, until)
    held = [one for one in month_figures.meetings_in(conn, at) if one.state == "held"]
    meetings = tuple(_meeting(one, zone, today) for one in held)
    return Clock(
        since=since,
        until=until,
        bodies=tuple(_bodies(meetings)),
        lsos=tuple(_lsos(conn, network_id, meetings, zone)),
        meetings=meetings[::-1],
    )


def _meeting(row: Any, zone: ZoneInfo, today: date) -> MeetingClock:
    on = row.at.astimezone(zone).date()
    published = row.first_published_at
    day = published.astimezone(zone).date() if published is not None else None
    return MeetingClock(
        id=row.id,
        body=row.body,
        label=row.label,
        on=on,
        published_on=day,
        days=((day or today) - on).days,
    )


def _bodies(meetings: Sequence[MeetingClock]) -> Iterable[BodyClock]:
    for body in sorted({one.body for one in meetings}):
        mine = [one for one in meetings if one.body == body]
        days = [one.days for one in mine if one.published_on is not None]
        waiting = (one.days for one in mine if one.published_on is None)
        yield BodyClock(
            body=body,
            meetings=len(mine),
            published=len(days),
            median_days=float(median(days)) if days else None,
            most_days=max(days, default=None),
            waiting_days=max(waiting, default=0),
        )


def _lsos(
    conn: Connection, network_id: int, meetings: Sequence[MeetingClock], zone: ZoneInfo
) -> Iterable[LsoClock]:
    units = {row.id: row for row in month_figures.units_of(conn, network_id)}
    lso_of = {unit_id: _lso_of(units, unit_id) for unit_id in units}
    came = _came(conn, meetings, lso_of)
    told = _told(conn, meetings, lso_of, zone)
    published = [one.id for one in meetings if one.published_on is not None]
    for unit in sorted(units.values(), key=lambda row: (row.name.casefold(), row.id)):
        if unit.kind != LSO:
            continue
        days = [told[unit.id, one] for one in published if (unit.id, one) in told]
        mine = [was_there for (lso, _), was_there in came.items() if lso == unit.id]
        yield LsoClock(
            id=unit.id,
            name=unit.name,
            local_name=unit.local_name,
            came=sum(mine),
            stayed_away=len(mine) - sum(mine),
            told=len(days),
            untold=len(published) - len(days),
            median_days=float(median(days)) if days else None,
        )


def _came(
    conn: Connection, meetings: Sequence[MeetingClock], lso_of: Mapping[int, int | None]
) -> Mapping[tuple[int, int], bool]:
    """Whether anybody of an LSO was at a meeting to which it belonged, by LSO and meeting."""
    found: dict[tuple[int, int], bool] = {}
    for row in month_figures.marks_of(conn, [one.id for one in meetings]):
        lso = lso_of.get(row.unit_id)
        if lso is not None:
            was_there = row.presence == Presence.PRESENT
            found[lso, row.meeting_id] = found.get((lso, row.meeting_id), False) or was_there
    return found


def _told(
    conn: Connection,
    meetings: Sequence[MeetingClock],
    lso_of: Mapping[int, int | None],
    zone: ZoneInfo,
) -> Mapping[tuple[int, int], int]:
    """After how many days the first person of an LSO had the minutes, by LSO and meeting."""
    on = {one.id: one.on for one in meetings}
    found: dict[tuple[int, int], int] = {}
    for row in month_figures.first_told(conn, list(on)):
        lso = lso_of.get(row.unit_id)
        if lso is not None:
            days = (row.first_at.astimezone(zone).date() - on[row.meeting_id]).days
            found[lso, row.meeting_id] = min(days, found.get((lso, row.meeting_id), days))
    return found


def _lso_of(units: Mapping[int, Any], unit_id: int) -> int | None:
    """The LSO that a unit is or stands under."""
    row = units.get(unit_id)
    while row is not None and row.kind != LSO:
        row = units.get(row.parent_id) if row.parent_id is not None else None
    return int(row.id) if row is not None else None
