"""Stretches of time where a network is: a month, or the days between two."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.errors import Refusal
from app.store.month_figures import Stretch
from app.store.networks import NetworkInfo

EARLIEST = 2000
_month = re.compile(r"(\d{4})-(\d{1,2})").fullmatch


def month_called(words: str, today: date) -> date:
    """The first day of a month written as 2026-10; nothing written means this one.

    Raises Refusal for what is no month, or one that has not begun.
    """
    if not words.strip():
        return today.replace(day=1)
    found = _month(words.strip())
    if found is None or not 1 <= int(found[2]) <= 12 or int(found[1]) < EARLIEST:
        raise Refusal(
            "no_month", "“{words}” is no month. Write it as 2026-10.", words=words.strip()[:20]
        )
    first = date(int(found[1]), int(found[2]), 1)
    if first > today:
        raise Refusal("month_to_come", "This month has not begun yet. Choose one before it.")
    return first


def month_after(first: date) -> date:
    """The first day of the next month."""
    return (first + timedelta(days=31)).replace(day=1)


def stretch(network: NetworkInfo, first: date, last: date) -> Stretch:
    """From the beginning of one day to the end of another, where the network is."""
    zone = ZoneInfo(network.tz)
    start = datetime.combine(first, time(0), zone)
    end = datetime.combine(last + timedelta(days=1), time(0), zone)
    return Stretch(network.id, start, end, first, last)
