"""When a text is to go, as people write it into a form: 20 Oct, 18:30, or only 18:30."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.errors import Refusal
from app.domain.written_dates import read_date

FARTHEST = timedelta(days=366)
"""Whoever plans further ahead does not know yet who will be there to agree."""
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_moment = re.compile(r"(?:(.*\S)(?:[\s,،]+|(?<=\d)T))?([0-9]{1,2})[:.]([0-9]{2})").fullmatch


def read_send_time(words: str, now: datetime, tz: str) -> datetime | None:
    """The moment that is meant, in UTC; None for an empty field.

    An hour without a day is the next such hour. A moment may bear its own zone, as programs
    write it (2026-11-25T18:30+05:00); else the clocks of the network count. Raises Refusal for
    what is no such moment, has passed, or is more than a year ahead.
    """
    told = " ".join(words.translate(_DIGITS).split())
    if not told:
        return None
    found = _with_zone(told) or _local(told, words, now, ZoneInfo(tz))
    if found <= now:
        raise Refusal(
            "past", "{words} has passed. Give a later day or hour.", words=repr(words[:40])
        )
    if found - now > FARTHEST:
        raise Refusal(
            "too_far", "{words} is more than a year ahead. Plan it later.", words=repr(words[:40])
        )
    return found


def _with_zone(told: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(told)
    except ValueError:
        return None
    try:
        return found.astimezone(UTC) if found.tzinfo is not None else None
    except OverflowError:
        return None


def _local(told: str, words: str, now: datetime, zone: ZoneInfo) -> datetime:
    parts = _moment(told)
    if parts is None or int(parts[2]) > 23 or int(parts[3]) > 59:
        raise Refusal(
            "hour",
            "{words} has no hour. Write the day and the hour: 9 Nov, 10:00.",
            words=repr(words[:40]),
        )
    clock, today = time(int(parts[2]), int(parts[3])), now.astimezone(zone).date()
    day = read_date((parts[1] or "").rstrip(",،"), today) if parts[1] else None
    if day is not None:
        return datetime.combine(day, clock, zone).astimezone(UTC)
    found = datetime.combine(today, clock, zone).astimezone(UTC)
    if found <= now:
        found = datetime.combine(today + timedelta(days=1), clock, zone).astimezone(UTC)
    return found


def day_has_passed(send_at: datetime | None, now: datetime, tz: str) -> bool:
    """Whether a text that was to go at that moment may no longer go.

    Somebody who agrees a little late, on the same day, still lets it go, at once.
    """
    if send_at is None:
        return False
    zone = ZoneInfo(tz)
    return send_at.astimezone(zone).date() < now.astimezone(zone).date()
