"""The days by the moon that most offices keep, reckoned ahead: about, for none is sighted yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.moon import MoonDate, day_of, moon_date
from app.domain.special_days import DayKind, SpecialDays

AHEAD = timedelta(days=385)
"""A little more than a year by the moon and the slack of the sighting."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """Days of one month of the moon; `last_day` 0 is its last, be it the 29th or the 30th."""

    kind: DayKind
    name: str
    month: int
    first_day: int
    last_day: int


_KEPT = (
    _Kept(DayKind.FESTIVAL, "Ashura", 1, 9, 10),
    _Kept(DayKind.FESTIVAL, "Eid Milad-un-Nabi", 3, 12, 12),
    _Kept(DayKind.RAMADAN, "Ramadan", 9, 1, 0),
    _Kept(DayKind.FESTIVAL, "Eid al-Fitr", 10, 1, 3),
    _Kept(DayKind.FESTIVAL, "Eid al-Adha", 12, 10, 12),
)
NAMES = tuple(one.name for one in _KEPT)


def coming_days(
    today: date, offset: int = 0, kept: Sequence[SpecialDays] = ()
) -> tuple[SpecialDays, ...]:
    """Those of the next year that are not among the `kept`, the nearest first.

    `offset` is how many days the moon is sighted here after Umm al-Qura.
    """
    found = (one for one in _reckoned(today, offset) if not any(meets(one, old) for old in kept))
    return tuple(sorted(found, key=lambda one: (one.first, one.name)))


def meets(one: SpecialDays, other: SpecialDays) -> bool:
    """Whether both are of one kind and share a day."""
    return one.kind is other.kind and one.first <= other.last and other.first <= one.last


def _reckoned(today: date, offset: int) -> Iterator[SpecialDays]:
    now = moon_date(today, offset)
    if now is None:
        return
    for year in (now.year, now.year + 1):
        for one in _KEPT:
            first = day_of(MoonDate(one.first_day, one.month, year), offset)
            last = _last(one, year, offset)
            if first and last and today <= last and first <= today + AHEAD:
                yield SpecialDays(one.kind, first, last, one.name)


def _last(one: _Kept, year: int, offset: int) -> date | None:
    if one.last_day:
        return day_of(MoonDate(one.last_day, one.month, year), offset)
    after = day_of(MoonDate(1, one.month + 1, year), offset)
    return after - timedelta(days=1) if after else None
