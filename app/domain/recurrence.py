"""Days that come again, as people say them: the second Sunday, every two weeks, the last Friday.

A rule is kept as an RRULE of RFC 5545 without start, end or hour: `FREQ=MONTHLY;BYDAY=2SU`. Its
days are local days, so that no change of the clocks moves them; what it means on its own is a
small part of the standard, the one that people have words for.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from app.domain._rule_parts import Parts, Rule, parts_of
from app.domain._rule_reader import read_parts
from app.domain._rule_said import said

__all__ = ["Rule", "check_rule", "days_between", "read_rule", "rule_in_words"]


def read_rule(words: str) -> Rule:
    """The rule that somebody wrote in English, Urdu or Roman Urdu, or as an RRULE itself.

    Raises Refusal for words that are none, or that can be meant in two ways.
    """
    told = words.strip()
    if "FREQ=" in told.upper():
        return check_rule(told)
    return _ruled(read_parts(told))


def check_rule(rule: str) -> Rule:
    """The same rule as we write it; raises Refusal for one that is not an RRULE that we keep."""
    return _ruled(parts_of(rule))


def days_between(
    rule: str, starts_on: date, first: date, last: date, skipped: Collection[date] = ()
) -> tuple[date, ...]:
    """The days of a rule from `first` to `last`, both among them, without those that are skipped.

    It begins on or after `starts_on`, which also counts the weeks of "every two weeks". Raises
    Refusal for a rule that we do not keep.
    """
    parts = parts_of(rule)
    begins = datetime.combine(_near(parts, starts_on, first), time())
    found = rrulestr(parts.written(), dtstart=begins).between(
        datetime.combine(first, time()), datetime.combine(last, time()), inc=True
    )
    return tuple(moment.date() for moment in found if moment.date() not in skipped)


def _near(parts: Parts, starts_on: date, first: date) -> date:
    """A day on which the rule may as well begin, so that nobody counts through thirty years."""
    length = {"DAILY": 1, "WEEKLY": 7}.get(parts.unit, 0) * parts.every
    gone = max(0, (first - starts_on).days // length - 1) if length else 0
    return starts_on + timedelta(days=gone * length)


def rule_in_words(rule: str, language: str) -> str:
    """The rule as people say it; `ur`, `ur-Latn`, Urdu for `sd` and `ps`, English for others.

    `read_rule` reads each of them as the same rule. Raises Refusal for one that we do not keep.
    """
    return said(parts_of(rule), language)


def _ruled(parts: Parts) -> Rule:
    return Rule(parts.written())
