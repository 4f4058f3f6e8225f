"""Dates and times as people say them, in the words of one language and in Western digits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """The words and the order of a language's dates.

    `parts` are (first hour, name) in rising order; `clock` is 12-hour, with minutes when there
    are some. Monday is the first weekday.
    """

    months: Sequence[str]
    weekdays: Sequence[str]
    parts: Sequence[tuple[int, str]]
    day_form: str
    moment_form: str

    def write(self, when: date) -> str:
        """A date as "12 Oct"; a datetime, in its own zone, as "Sun 12 Oct 10am"."""
        day = _put(self.day_form, day=str(when.day), month=self.months[when.month - 1])
        if not isinstance(when, datetime):
            return day
        part = [name for hour, name in self.parts if hour <= when.hour][-1]
        weekday = self.weekdays[when.weekday()]
        return _put(self.moment_form, date=day, weekday=weekday, clock=_clock(when), part=part)


def _clock(when: datetime) -> str:
    hour = str(when.hour % 12 or 12)
    return f"{hour}:{when.minute:02}" if when.minute else hour


def _put(form: str, **words: str) -> str:
    for name, word in words.items():
        form = form.replace(f"{{{name}}}", word)
    return form


ENGLISH = Calendar(
    months=["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    weekdays=["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    parts=((0, "am"), (12, "pm")),
    day_form="{day} {month}",
    moment_form="{weekday} {date} {clock}{part}",
)
"""The calendar of the source texts."""
