"""The date by the moon beside the day, moved by as many days as the moon is sighted later here."""

from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

MOST_OFFSET = 3
"""No place sights the moon so much earlier or later than Umm al-Qura reckons."""


@dataclass(frozen=True, slots=True)
class MoonDate:
    """A day of the Hijri calendar; `month` counts from 1, Muharram."""

    day: int
    month: int
    year: int


def moon_date(when: date, offset: int = 0) -> MoonDate | None:
    """The date by the moon; the moon was sighted `offset` days after Umm al-Qura's.

    None outside the years that the tables of the moon know (1924 to 2077).
    """
    try:
        shifted = when - timedelta(days=offset)
        moon = Gregorian(shifted.year, shifted.month, shifted.day).to_hijri()
    except OverflowError:
        return None
    return MoonDate(moon.day, moon.month, moon.year)


def day_of(moon: MoonDate, offset: int = 0) -> date | None:
    """The day on which that date by the moon falls; None where the tables have none such."""
    try:
        found = Hijri(moon.year, moon.month, moon.day).to_gregorian()
        return date(found.year, found.month, found.day) + timedelta(days=offset)
    except (OverflowError, ValueError):
        return None
