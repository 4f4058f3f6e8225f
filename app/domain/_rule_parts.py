"""A rule of RFC 5545 in its parts, as far as we keep such rules."""

import re
from dataclasses import dataclass
from typing import Literal, NewType

from app.domain.errors import Refusal
from app.domain.year_days import is_year_day

Rule = NewType("Rule", str)
"""An RRULE of RFC 5545 in our way of writing it."""
Unit = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
UNITS: dict[str, Unit] = {
    "DAILY": "DAILY",
    "WEEKLY": "WEEKLY",
    "MONTHLY": "MONTHLY",
    "YEARLY": "YEARLY",
}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1
MOST: dict[str, int] = {"DAILY": 366, "WEEKLY": 52, "MONTHLY": 24, "YEARLY": 10}
"""How far apart the times of a rule may be, in days, weeks, months, years."""
MOST_WRITTEN = 200
SURE_DAY = 28
"""The last day that every month has."""
_day = re.compile(r"(-1|[1-5])?(MO|TU|WE|TH|FR|SA|SU)").fullmatch
_number = re.compile(r"-1|[1-9][0-9]?").fullmatch
_NAMES = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"})


@dataclass(frozen=True, slots=True)
class Parts:
    """What comes again: `every` so many units, on these weekdays or days of the month.

    A weekday is (which in its month, weekday from 0): 0 for each one, -1 for the last. A day of
    the month is 1 to 31, or -1 for its last; one that a short month lacks is its last day there.
    """

    unit: Unit
    every: int = 1
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()

    def written(self) -> str:
        """As an RRULE."""
        found = [f"FREQ={self.unit}"]
        if self.every != 1:
            found.append(f"INTERVAL={self.every}")
        if self.months:
            found.append(f"BYMONTH={_listed(self.months)}")
        if self.month_days:
            found += _days_written(self.month_days, self.unit)
        if self.weekdays:
            days = (f"{nth or ''}{WEEKDAYS[day]}" for nth, day in self.weekdays)
            found.append(f"BYDAY={','.join(days)}")
        return ";".join(found)


def checked(parts: Parts) -> Parts:
    """The same in order; raises Refusal for parts that do not go together."""
    if not 1 <= parts.every <= MOST[parts.unit]:
        raise Refusal(
            "rule",
            "{every} is too far apart. At most {most} fit.",
            every=parts.every,
            most=MOST[parts.unit],
        )
    weekdays = tuple(sorted(set(parts.weekdays), key=_in_order))
    days = tuple(sorted(set(parts.month_days), key=lambda day: (day % 32, day)))
    months = tuple(sorted(set(parts.months)))
    if not _fit(parts.unit, weekdays, days, months):
        raise _no_rule(parts)
    return Parts(parts.unit, parts.every, weekdays, days, months)


def parts_of(rule: str) -> Parts:
    """An RRULE in its parts; raises Refusal for one that is none or that we do not keep."""
    told = rule.strip().upper().removeprefix("RRULE:")[: MOST_WRITTEN + 1]
    named = dict.fromkeys(_NAMES, "")
    for one in told.split(";"):
        name, _, value = one.partition("=")
        if named.get(name, "known") or not value:
            raise _no_rule(rule)
        named[name] = value
    unit = named["FREQ"]
    if unit not in MOST or named["WKST"] not in ("", "MO") or len(told) > MOST_WRITTEN:
        raise _no_rule(rule)
    every = named["INTERVAL"] or "1"
    if not (every.isascii() and every.isdecimal()):
        raise _no_rule(rule)
    days, months = _numbers(named["BYMONTHDAY"]), _numbers(named["BYMONTH"])
    weekdays = [_weekday(one) for one in named["BYDAY"].split(",") if one]
    if days is None or months is None or None in weekdays:
        raise _no_rule(rule)
    if unit != "YEARLY":
        days = _clamped(days, named["BYSETPOS"])
    if bool(named["BYMONTHDAY"]) != bool(days) or (named["BYSETPOS"] and unit != "MONTHLY"):
        raise _no_rule(rule)
    counted = tuple(one for one in weekdays if one)
    return checked(Parts(UNITS[unit], int(every[:9]), counted, days, months))


def _in_order(one: tuple[int, int]) -> tuple[int, int]:
    """The last one of a month stands behind the fifth."""
    nth, day = one
    return nth % 7, day


def _fit(
    unit: Unit,
    weekdays: tuple[tuple[int, int], ...],
    days: tuple[int, ...],
    months: tuple[int, ...],
) -> bool:
    """Whether such a rule has days at all, and only those that people mean by it."""
    is_counted = {nth != 0 for nth, _ in weekdays}
    if unit in ("DAILY", "WEEKLY"):
        return not (days or months or True in is_counted or (weekdays and unit == "DAILY"))
    if bool(weekdays) == bool(days) or False in is_counted:
        return False
    if unit == "MONTHLY":
        is_late = len(days) > 1 and days[-1] > SURE_DAY
        return not months and not is_late and all(day == LAST or 1 <= day <= 31 for day in days)
    return bool(months) and all(
        1 <= month <= 12 and (day == LAST or is_year_day(month * 100 + day))
        for month in months
        for day in days or (1,)
    )


def _days_written(days: tuple[int, ...], unit: Unit) -> list[str]:
    """A day that short months lack is written as the last of the days from 28 up to it."""
    if unit == "MONTHLY" and days[-1] > SURE_DAY:
        return [f"BYMONTHDAY={_listed(tuple(range(SURE_DAY, days[-1] + 1)))}", "BYSETPOS=-1"]
    return [f"BYMONTHDAY={_listed(days)}"]


def _clamped(days: tuple[int, ...], place: str) -> tuple[int, ...]:
    """The one day that 28 up to it with BYSETPOS=-1 means; none for what we would not write."""
    if not place:
        return days if all(day <= SURE_DAY for day in days) else ()
    is_run = len(days) > 1 and days == tuple(range(SURE_DAY, SURE_DAY + len(days)))
    return days[-1:] if place == "-1" and is_run else ()


def _numbers(told: str) -> tuple[int, ...] | None:
    found = [_number(one) for one in told.split(",") if told]
    return None if None in found else tuple(int(one[0]) for one in found if one)


def _weekday(told: str) -> tuple[int, int] | None:
    found = _day(told)
    return (int(found[1] or 0), WEEKDAYS.index(found[2])) if found else None


def _listed(numbers: tuple[int, ...]) -> str:
    return ",".join(map(str, numbers))


def _no_rule(told: object) -> Refusal:
    return Refusal(
        "rule",
        "{rule} is no rule that we keep. Write it in words: second Sunday, every two weeks.",
        rule=repr(told.written() if isinstance(told, Parts) else str(told)[:60]),
    )
