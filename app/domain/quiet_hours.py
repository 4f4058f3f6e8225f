"""When a network does not text people: the night, Friday's midday prayer, Ramadan, closed days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class QuietHours:
    """One network's quiet times, all as its people's clocks show them.

    The night is quiet from `starts` up to and without `ends`; equal times mean no quiet night,
    and so does `friday_from` equal to `friday_until` for Friday's gap. Within the date ranges of
    `ramadan` (first and last day) the other two times replace the night's, where given. A day of
    `closed_days` (Eid, mourning) is quiet as a whole.
    """

    starts: time = time(20, 0)
    ends: time = time(9, 0)
    friday_from: time = time(12, 30)
    friday_until: time = time(14, 30)
    ramadan: tuple[tuple[date, date], ...] = ()
    ramadan_starts: time | None = None
    ramadan_ends: time | None = None
    closed_days: tuple[date, ...] = ()


def is_quiet(at: datetime, zone: str, hours: QuietHours) -> bool:
    """Whether routine texts must wait at this moment; `zone` is the network's IANA name.

    Raises ValueError for a moment without a zone of its own.
    """
    return _is_quiet_wall(_aware(at).astimezone(_zone(zone)), hours)


def next_allowed(at: datetime, zone: str, hours: QuietHours) -> datetime:
    """The first moment, in UTC, from which a routine text may go: `at` itself when not quiet.

    Raises ValueError when the hours leave no moment in a week beside the closed days.
    """
    at = _aware(at).astimezone(UTC)
    if not is_quiet(at, zone, hours):
        return at
    for moment in _borders_from(at, zone, hours):
        if moment >= at and not is_quiet(moment, zone, hours):
            return moment
    raise ValueError("these quiet hours leave no time at which a text may be sent")


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return at


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _is_quiet_wall(wall: datetime, hours: QuietHours) -> bool:
    day, clock = wall.date(), wall.time()
    if day in hours.closed_days:
        return True
    if day.weekday() == _FRIDAY and hours.friday_from <= clock < hours.friday_until:
        return True
    starts, ends = _night_of(day, hours)
    if starts <= ends:
        return starts <= clock < ends
    return clock >= starts or clock < ends


def _night_of(day: date, hours: QuietHours) -> tuple[time, time]:
    if any(first <= day <= last for first, last in hours.ramadan):
        return hours.ramadan_starts or hours.starts, hours.ramadan_ends or hours.ends
    return hours.starts, hours.ends


def _borders_from(at: datetime, zone: str, hours: QuietHours) -> Iterator[datetime]:
    """The moments at which quiet can end, in order, day by day."""
    place = _zone(zone)
    today = at.astimezone(place).date()
    for days in range(8 + len(hours.closed_days)):
        day = today + timedelta(days=days)
        clocks = (time(0), hours.friday_until, _night_of(day, hours)[1])
        yield from sorted(
            {_moment(day, clock, place, fold) for clock in clocks for fold in (0, 1)}
            | set(_jump_of(day, place))
        )


def _moment(day: date, clock: time, place: ZoneInfo, fold: int = 0) -> datetime:
    """When the clocks show this; the second time with `fold` 1, on a night when they go back."""
    return datetime.combine(day, clock).replace(tzinfo=place, fold=fold).astimezone(UTC)


def _jump_of(day: date, place: ZoneInfo) -> Iterator[datetime]:
    """The second at which clocks are put forward or back on this day, if they are."""
    before = _moment(day, time(0), place)
    after = _moment(day + timedelta(days=1), time(0), place)
    offset, later = (moment.astimezone(place).utcoffset() for moment in (before, after))
    if offset == later:
        return
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(place).utcoffset() == offset:
            before = middle
        else:
            after = middle
    yield after
