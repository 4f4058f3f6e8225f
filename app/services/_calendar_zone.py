"""A zone as a calendar tells it (VTIMEZONE): each change of the clocks between two moments."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

_DAY = timedelta(days=1)
_NONE = timedelta(0)


def zone_told(name: str, first: datetime, last: datetime) -> "Timezone":
    """The zone of that name from the day before the first moment to the day after the last."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    zone = ZoneInfo(name)
    start = _dawn(first) - _DAY
    told = Timezone()
    told.add("tzid", name)
    for moment in (start, *_changes(start, _dawn(last) + 2 * _DAY, zone)):
        local = moment.astimezone(zone)
        before = (moment - timedelta(seconds=1)).astimezone(zone).utcoffset() or _NONE
        part = TimezoneDaylight() if local.dst() else TimezoneStandard()
        # The standard counts a change by the clocks as they stood before it.
        part.add("dtstart", (moment + before).replace(tzinfo=None))
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", local.utcoffset() or _NONE)
        part.add("tzname", local.tzname() or name)
        told.add_component(part)
    return told


def _dawn(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _changes(first: datetime, last: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The moments at which the clocks are put forward or back, to the second."""
    while first < last:
        offset = first.astimezone(zone).utcoffset()
        before, after = first, first + _DAY
        first = after
        if after.astimezone(zone).utcoffset() == offset:
            continue
        while after - before > timedelta(seconds=1):
            middle = (before + (after - before) / 2).replace(microsecond=0)
            if middle.astimezone(zone).utcoffset() == offset:
                before = middle
            else:
                after = middle
        yield after
