"""Standing texts: when one is due by its rule, and what exactly a second person agrees to."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.recurrence import days_between

_LOOK_AHEAD = (timedelta(days=70), timedelta(days=800), timedelta(days=3700))
"""How far to look for the next day: first near, for most rules have one soon."""


@dataclass(frozen=True, slots=True)
class Course:
    """On which days something goes, and at what hour, by the clocks of one place."""

    rule: str
    starts_on: date
    ends_on: date | None
    clock: time
    skipped: Collection[date] = ()

    def next_day(self, first: date) -> date | None:
        """The first of its days from that one on; None when there is none any more."""
        for ahead in _LOOK_AHEAD:
            last = max(first, self.starts_on) + ahead
            if self.ends_on is not None:
                last = min(last, self.ends_on)
            found = days_between(self.rule, self.starts_on, first, last, self.skipped)
            if found:
                return found[0]
            if last == self.ends_on:
                return None
        return None

    def next_days(self, first: date, most: int) -> tuple[date, ...]:
        """The next days from that one on, so many at most."""
        found: list[date] = []
        day = self.next_day(first)
        while day is not None and len(found) < most:
            found.append(day)
            day = self.next_day(day + timedelta(days=1))
        return tuple(found)

    def moment(self, day: date, tz: str) -> datetime:
        """When it goes on that day, in UTC; an hour that the clocks leave out is the next one."""
        return datetime.combine(day, self.clock, ZoneInfo(tz)).astimezone(UTC)

    def next_after(self, moment: datetime, tz: str) -> date | None:
        """The first of its days on which its hour comes after that moment."""
        day = self.next_day(moment.astimezone(ZoneInfo(tz)).date())
        if day is not None and self.moment(day, tz) <= moment:
            day = self.next_day(day + timedelta(days=1))
        return day


def agreed_hash(
    kind: str, audience: Sequence[str], texts: Mapping[str, str], series: str, course: Course
) -> str:
    """16 hexadecimal digits over all that a second person agrees to; a day left out is no part.

    `audience` are its words with those of each saved audience that they name.
    """
    ends_on = course.ends_on.isoformat() if course.ends_on is not None else ""
    when = [course.rule, course.starts_on.isoformat(), ends_on, course.clock.isoformat()]
    shown = [kind, list(audience), sorted(texts.items()), series, when]
    words = json.dumps(shown, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def read_clock(words: str) -> time | None:
    """The hour that is written as 10:00 or 10.00; None for anything else."""
    hour, _, minute = words.strip().replace(".", ":").partition(":")
    if not (hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit()):
        return None
    if len(hour) > 2 or len(minute) != 2 or int(hour) > 23 or int(minute) > 59:
        return None
    return time(int(hour), int(minute))
