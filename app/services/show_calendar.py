"""Show a month: meetings, days on which meetings are due by rule, special days, deadlines."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.errors import Refusal
from app.domain.minutes import CLOSED
from app.domain.moon import MoonDate, moon_date
from app.domain.recurrence import days_between
from app.domain.special_days import DayKind, SpecialDays
from app.services.call_series import moment_of
from app.store import calendar as days
from app.store import series
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

EARLIEST, LATEST = date(1980, 1, 1), date(2099, 12, 31)
NEXT_SHOWN = 3


@dataclass(frozen=True, slots=True)
class MeetingMark:
    """A meeting on its day; `series_id` names the rule that called it."""

    body: str
    label: str
    at: datetime
    venue: dict[str, str]
    state: str
    series_id: int | None


@dataclass(frozen=True, slots=True)
class RuleMark:
    """A day of a rule for which no meeting is called: too far ahead yet, or left out."""

    series_id: int
    body: str
    is_skipped: bool


@dataclass(frozen=True, slots=True)
class DueMark:
    """A decision that is to be done by this day."""

    body: str
    code: str


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day with all that lies on it."""

    day: date
    moon: MoonDate | None
    in_month: bool = True
    is_today: bool = False
    meetings: tuple[MeetingMark, ...] = ()
    rules: tuple[RuleMark, ...] = ()
    special: tuple[SpecialDays, ...] = ()
    due: tuple[DueMark, ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether the list of the month names this day: Ramadan alone is said at its ends."""
        named = any(
            one.kind is not DayKind.RAMADAN or self.day in (one.first, one.last)
            for one in self.special
        )
        return bool(self.meetings or self.rules or self.due or named)


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """The weeks of a month from Monday to Sunday, with the days beside it that fill them."""

    first: date
    weeks: tuple[tuple[CalendarDay, ...], ...]
    before: date | None
    after: date | None

    @property
    def told(self) -> tuple[CalendarDay, ...]:
        """The days of the month on which something lies."""
        return tuple(one for week in self.weeks for one in week if one.in_month and one.is_told)

    @property
    def moons(self) -> tuple[MoonDate, ...]:
        """The first day that the grid shows of each month of the moon."""
        found: dict[int, MoonDate] = {}
        for week in self.weeks:
            for one in week:
                if one.in_month and one.moon is not None:
                    found.setdefault(one.moon.month, one.moon)
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """A rule that holds, with its next days; `skipped` are those to come that are left out."""

    id: int
    body: str
    rule: str
    clock: time
    starts_on: date
    ends_on: date | None
    venue: dict[str, str]
    next_days: tuple[date, ...]
    skipped: tuple[date, ...]


async def show_calendar(
    database: Database, network: NetworkInfo, month: date, *, now: datetime
) -> CalendarMonth:
    """The month in which that day lies; raises Refusal for one that no calendar here shows."""
    if not EARLIEST <= month <= LATEST:
        raise Refusal("month", "There is no calendar of that month here. Go back to this month.")
    return await database.read(_show, network, month.replace(day=1), now)


async def list_series(
    database: Database, network: NetworkInfo, *, now: datetime
) -> tuple[SeriesLine, ...]:
    """The rules that hold, oldest first."""
    rows = await database.read(series.active, network.id)
    return tuple(_line(row, network, now) for row in rows)


async def read_series(
    database: Database, network: NetworkInfo, series_id: int, *, now: datetime
) -> SeriesLine:
    """One rule that holds; raises Refusal: not_found."""
    row = await database.read(series.get, network.id, series_id)
    if row is None or not row.is_active:
        raise Refusal("not_found", "There is no such rule. Look for it in the calendar.")
    return _line(row, network, now)


def _line(row: Any, network: NetworkInfo, now: datetime) -> SeriesLine:
    today = network.day_at(now)
    skipped = tuple(date.fromisoformat(day) for day in row.skipped)
    last = min(today + timedelta(days=731), row.ends_on or date.max)
    found = days_between(row.rule, row.starts_on, today, last, skipped)
    coming = tuple(day for day in found[: NEXT_SHOWN + 1] if moment_of(row, day, network.tz) > now)
    return SeriesLine(
        row.id,
        row.body,
        row.rule,
        row.clock,
        row.starts_on,
        row.ends_on,
        row.venue,
        coming[:NEXT_SHOWN],
        tuple(day for day in skipped if day >= today),
    )


def _show(conn: Connection, network: NetworkInfo, first: date, now: datetime) -> CalendarMonth:
    last = first.replace(day=monthrange(first.year, first.month)[1])
    start = first - timedelta(days=first.weekday())
    length = (last - start).days + 7 - last.weekday()
    found = _Found(conn, network, first, last, now)
    every = [found.on(start + timedelta(days=n)) for n in range(length)]
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    return CalendarMonth(
        first,
        tuple(tuple(every[n : n + 7]) for n in range(0, length, 7)),
        before.replace(day=1) if before >= EARLIEST else None,
        after if after <= LATEST else None,
    )


class _Found:
    """What was found for a month, by day."""

    def __init__(
        self, conn: Connection, network: NetworkInfo, first: date, last: date, now: datetime
    ) -> None:
        self._network, self._first, self._last, self._now = network, first, last, now
        self._today = network.day_at(now)
        zone = ZoneInfo(network.tz)
        dawn, end = (
            datetime.combine(day, time(), zone).astimezone(UTC)
            for day in (first, last + timedelta(days=1))
        )
        self._meetings: dict[date, list[MeetingMark]] = {}
        for row in days.meetings_between(conn, network.id, dawn, end):
            mark = MeetingMark(row.body, row.label, row.at, row.venue, row.state, row.series_id)
            self._meetings.setdefault(network.day_at(row.at), []).append(mark)
        self._due: dict[date, list[DueMark]] = {}
        for row in days.due_between(conn, network.id, first, last, CLOSED):
            self._due.setdefault(row.due, []).append(DueMark(row.body, f"{row.label}/{row.no}"))
        self._rules: dict[date, list[RuleMark]] = {}
        for rule in series.active(conn, network.id):
            self._add_days(rule, series.called(conn, rule.id, first))

    def _add_days(self, rule: Any, called: dict[date, Any]) -> None:
        last = min(self._last, rule.ends_on or date.max)
        first = max(self._first, self._today)
        for day in days_between(rule.rule, rule.starts_on, first, last):
            is_past = moment_of(rule, day, self._network.tz) <= self._now
            if day not in called and not is_past:
                mark = RuleMark(rule.id, rule.body, day.isoformat() in rule.skipped)
                self._rules.setdefault(day, []).append(mark)

    def on(self, day: date) -> CalendarDay:
        """That day; one of another month is empty."""
        moon = moon_date(day, self._network.hijri_offset)
        if not self._first <= day <= self._last:
            return CalendarDay(day, moon, in_month=False)
        special: Sequence[SpecialDays] = self._network.special_days
        return CalendarDay(
            day,
            moon,
            is_today=day == self._today,
            meetings=tuple(self._meetings.get(day, ())),
            rules=tuple(self._rules.get(day, ())),
            special=tuple(one for one in special if one.first <= day <= one.last),
            due=tuple(self._due.get(day, ())),
        )
