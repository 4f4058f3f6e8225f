"""Why a text waits, in one word, so that pages can say it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.domain.quiet_hours import QuietHours
from app.domain.special_days import DayKind, SpecialDays

_FRIDAY = 4
_BEFORE = timedelta(microseconds=1)


class Why(StrEnum):
    """What a text waits for; the first five are quiet hours, which nobody can push it through."""

    NIGHT = "night"
    FRIDAY = "friday"
    RAMADAN = "ramadan"
    FESTIVAL = "festival"
    MOURNING = "mourning"
    CLOCK = "clock"
    RESTORED = "restored"
    APPROVAL = "approval"
    BUDGET = "budget"
    NUMBER = "number"
    WIRE = "wire"
    """The wire that it goes over is stopped."""
    MEASURE = "measure"
    """That wire has sent as many as it may on one day."""
    LATER = "later"
    """It was approved to go at a later time."""
    OTHER = "other"


def why_quiet(
    since: datetime, until: datetime, zone: str, hours: QuietHours, days: Iterable[SpecialDays]
) -> tuple[Why, str]:
    """What keeps a text from `since` to `until`, and the name of the day where it has one.

    A festival or mourning between the two is named before the night that ends the waiting.
    """
    place = ZoneInfo(zone)
    first, end = since.astimezone(place), until.astimezone(place)
    last = (until - _BEFORE).astimezone(place)
    for one in days:
        if (
            one.kind is not DayKind.RAMADAN
            and first.date() <= one.last
            and one.first <= last.date()
        ):
            return Why(one.kind.value), one.name
    has_gap = hours.friday_from < hours.friday_until
    if has_gap and end.weekday() == _FRIDAY and end.time() == hours.friday_until:
        return Why.FRIDAY, ""
    if any(start <= end.date() <= finish for start, finish in hours.ramadan):
        is_other = hours.ramadan_starts is not None or hours.ramadan_ends is not None
        return (Why.RAMADAN, "") if is_other else (Why.NIGHT, "")
    return Why.NIGHT, ""
