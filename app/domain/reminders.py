"""When the members of a body are told of its meeting: so long before, at an hour that is not quiet.

A lead of a day and more is counted on the clocks of the place, so that "7 days before" has the
meeting's own hour also when the clocks change between; a shorter one is counted in hours.
A lead that falls into quiet time goes by what is of use:

- It waits until the quiet ends, if that leaves time to come: of a lead of a day and more at
  least half, of a shorter one `NEEDED`. Two hours before 9:30 is 7:30: it goes at 9:00.
- Else one of a day and more is pulled before the quiet: the last hour in which texts may go.
- Else it is dropped, and the list says so: two hours before a meeting at 9:10 is no use any more.

Each is valid until the next one goes; the last one while there is time to come.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.domain.errors import Refusal
from app.domain.quiet_hours import QuietHours, is_quiet, next_allowed

DAY = 24 * 60
EXECUTIVE_LEADS = (7 * DAY, DAY, 120)
GENERAL_LEADS = (15 * DAY, DAY, 120)
"""Minutes before a meeting, the longest first; members of the general body live further away."""
NEEDED = timedelta(minutes=20)
"""Whoever reads of a meeting later than this does not come in time."""
MOST_LEADS = 5
LONGEST, SHORTEST = 60 * DAY, 30
_LAST_HOUR = timedelta(hours=1)
_FAR_BACK = 40


@dataclass(frozen=True, slots=True)
class Lead:
    """One reminder of a meeting: `nominal` by the plan, `due_at` by the hours there.

    `due_at` is None for one that is dropped: quiet time leaves it no useful moment.
    """

    minutes: int
    nominal: datetime
    due_at: datetime | None
    expires_at: datetime

    @property
    def is_shifted(self) -> bool:
        """Whether quiet time moved it."""
        return self.due_at is not None and self.due_at != self.nominal

    def is_useful(self, now: datetime) -> bool:
        """Whether its time has come and is not over."""
        return self.due_at is not None and self.due_at <= now < self.expires_at

    def is_over(self, now: datetime) -> bool:
        """Whether it can never go any more."""
        return self.nominal <= now if self.due_at is None else self.expires_at <= now


def usual_leads(body: str) -> tuple[int, ...]:
    """When a body is told where its network has not said otherwise."""
    return GENERAL_LEADS if body == "GB" else EXECUTIVE_LEADS


def check_leads(leads: Sequence[int]) -> tuple[int, ...]:
    """The leads of a plan, the longest first; raises Refusal for what no plan can be."""
    found = tuple(sorted(set(leads), reverse=True))
    if len(found) > MOST_LEADS:
        raise Refusal("too_many", "At most {most} reminders before a meeting.", most=MOST_LEADS)
    if any(not SHORTEST <= lead <= LONGEST for lead in found):
        raise Refusal("lead", "A reminder goes 30 minutes to 60 days before a meeting.")
    return found


def leads_of(at: datetime, leads: Sequence[int], zone: str, hours: QuietHours) -> tuple[Lead, ...]:
    """When each reminder of a meeting at that moment goes, the earliest first.

    Of two that quiet time pushes to the same moment only the nearer one goes.
    """
    found: list[Lead] = []
    until = at
    for minutes in sorted(set(leads)):
        nominal = _nominal(at, minutes, zone)
        due = _due(at, nominal, minutes, zone, hours)
        if due is not None and due >= (until if found else at - NEEDED + timedelta.resolution):
            due = None
        found.append(Lead(minutes, nominal, due, until))
        until = due or until
    return tuple(_with_room(one, at) for one in reversed(found))


def _with_room(one: Lead, at: datetime) -> Lead:
    """Whoever still has to come needs some time after the last one."""
    return replace(one, expires_at=min(one.expires_at, at - NEEDED + timedelta.resolution))


def _nominal(at: datetime, minutes: int, zone: str) -> datetime:
    days, rest = divmod(minutes, DAY)
    wall = at.astimezone(ZoneInfo(zone)) - timedelta(days=days)
    return wall.astimezone(UTC) - timedelta(minutes=rest)


def _due(
    at: datetime, nominal: datetime, minutes: int, zone: str, hours: QuietHours
) -> datetime | None:
    due = next_allowed(nominal, zone, hours)
    left = at - due
    if minutes < DAY:
        return due if left >= NEEDED else None
    if left * 2 >= at - nominal:
        return due
    return last_allowed(nominal, zone, hours)


def last_allowed(at: datetime, zone: str, hours: QuietHours) -> datetime | None:
    """An hour before the quiet in which `at` lies began, or just before it; None if never."""
    for end in _ends_before(at, zone, hours):
        for back in (_LAST_HOUR, timedelta(minutes=1)):
            if not is_quiet(end - back, zone, hours):
                return end - back
    return None


def _ends_before(at: datetime, zone: str, hours: QuietHours) -> Iterator[datetime]:
    """The moments up to `at` at which quiet may have begun, the newest first."""
    place = ZoneInfo(zone)
    today = at.astimezone(place).date()
    clocks = {time(0), hours.starts, hours.ramadan_starts or hours.starts, hours.friday_from}
    for days in range(_FAR_BACK):
        day = today - timedelta(days=days)
        moments = (_moment(day, clock, place) for clock in clocks)
        yield from sorted((one for one in moments if one <= at), reverse=True)


def _moment(day: date, clock: time, place: ZoneInfo) -> datetime:
    return datetime.combine(day, clock).replace(tzinfo=place).astimezone(UTC)
