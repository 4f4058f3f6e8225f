"""Set when a network does not text people: its night, Friday's gap, Ramadan, special days."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from app.domain import special_days
from app.domain.coming_days import meets
from app.domain.errors import Phrase, Refusal
from app.domain.moon import MOST_OFFSET
from app.domain.quiet_hours import next_allowed
from app.domain.special_days import DayKind, SpecialDays
from app.services._act import Deed
from app.services.watch_clock import must_be_believed
from app.store import held, networks
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

LEAST = timedelta(hours=2)
"""So much of each day must be left for texts, or what waits piles up and grows too late."""
DAY = timedelta(days=1)
MOST_CAP = 31
MOST_DAYS = {DayKind.RAMADAN: 30, DayKind.FESTIVAL: 10, DayKind.MOURNING: 40}
MOST_SPECIAL = 100
MOST_NAME = 60
KEPT_FOR = timedelta(days=366)
"""So long special days are kept after they passed."""
CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Hours:
    """All the hours of a network, as its people's clocks show them.

    Equal times mean no quiet night, and no gap on Friday; without both times of Ramadan its nights
    are as those of the year.
    """

    quiet_from: time
    quiet_until: time
    friday_from: time
    friday_until: time
    ramadan_from: time | None = None
    ramadan_until: time | None = None
    hijri_offset: int = 0
    routine_cap: int = networks.ROUTINE_A_MONTH


def hours_of(network: NetworkInfo) -> Hours:
    """Those that a network keeps."""
    quiet = network.quiet
    return Hours(
        quiet_from=quiet.starts,
        quiet_until=quiet.ends,
        friday_from=quiet.friday_from,
        friday_until=quiet.friday_until,
        ramadan_from=quiet.ramadan_starts,
        ramadan_until=quiet.ramadan_ends,
        hijri_offset=network.hijri_offset,
        routine_cap=network.routine_cap,
    )


async def set_hours(
    database: Database, network_id: int, hours: Hours, *, by: str, now: datetime
) -> None:
    """Keep these hours; texts that wait for the old ones wait for these.

    Raises Refusal: quiet, friday, ramadan (too little of the day is left), hijri_offset,
    routine_cap, clock_wrong.
    """
    await database.write(_set, Deed(network_id, by, now), hours)
    await _wait_anew(database, network_id, now)


async def add_days(
    database: Database, network_id: int, days: SpecialDays, *, by: str, now: datetime
) -> None:
    """Keep these days as special.

    Raises Refusal: days_turned, days_long, days_past, name_long, overlap, too_many, clock_wrong.
    """
    await database.write(_add, Deed(network_id, by, now), days)
    await _wait_anew(database, network_id, now)


async def drop_days(  # noqa: PLR0913 -- which days, by whom
    database: Database,
    network_id: int,
    kind: DayKind,
    first: date,
    *,
    by: str,
    now: datetime,
) -> None:
    """No longer keep the days of a kind that begin then. Raises Refusal: not_found, clock_wrong."""
    await database.write(_drop, Deed(network_id, by, now), kind, first)
    await _wait_anew(database, network_id, now)


def _set(conn: Connection, deed: Deed, hours: Hours) -> None:
    must_be_believed(conn, deed.now)
    _check(hours)
    values = asdict(hours)
    old = asdict(hours_of(networks.by_id(conn, deed.network_id)))
    changed = sorted(name for name, value in values.items() if old[name] != value)
    networks.change(conn, deed.network_id, values)
    deed.note(conn, "hours changed", "network", set=changed)


def _check(hours: Hours) -> None:
    _check_nights(hours)
    if not -MOST_OFFSET <= hours.hijri_offset <= MOST_OFFSET:
        raise Refusal(
            "hijri_offset", "Write a number of days, from -{most} to {most}.", most=MOST_OFFSET
        )
    if not 0 <= hours.routine_cap <= MOST_CAP:
        raise Refusal(
            "routine_cap", "Write how many texts a month, from 0 to {most}.", most=MOST_CAP
        )


def _check_nights(hours: Hours) -> None:
    gap = _length(hours.friday_from, hours.friday_until)
    if hours.friday_from > hours.friday_until:
        raise Refusal("friday", "Friday's gap ends before it begins. Write the earlier time first.")
    nights = [("quiet", hours.quiet_from, hours.quiet_until)]
    if (hours.ramadan_from is None) is not (hours.ramadan_until is None):
        raise Refusal("ramadan", "Write both times of the nights in Ramadan, or neither.")
    if hours.ramadan_from is not None and hours.ramadan_until is not None:
        nights.append(("ramadan", hours.ramadan_from, hours.ramadan_until))
    for code, starts, ends in nights:
        if DAY - _length(starts, ends) < LEAST:
            raise Refusal(
                code, "This leaves less than 2 hours a day for texts. Let the quiet be shorter."
            )
        if DAY - _length(starts, ends) - gap < LEAST:
            raise Refusal(
                "friday",
                "Night and midday together leave less than 2 hours on a Friday. "
                "Let the gap be shorter.",
            )


def _length(starts: time, ends: time) -> timedelta:
    """How long it is quiet; equal times mean not at all."""
    day = date(2000, 1, 1)
    return (datetime.combine(day, ends) - datetime.combine(day, starts)) % DAY


def _add(conn: Connection, deed: Deed, days: SpecialDays) -> None:
    def added(kept: Sequence[SpecialDays], today: date) -> list[SpecialDays]:
        _check_days(days, kept, today)
        return [*kept, days]

    _change(conn, deed, added, "special days added", days)


def _check_days(days: SpecialDays, kept: Sequence[SpecialDays], today: date) -> None:
    most = MOST_DAYS[days.kind]
    if days.last < days.first:
        raise Refusal("days_turned", "The last day is before the first. Write the earlier first.")
    if (days.last - days.first).days >= most:
        raise Refusal("days_long", "These are more than {most} days. Write fewer.", most=most)
    if not today <= days.last <= today + 3 * KEPT_FOR:
        raise Refusal("days_past", "These days are over, or years ahead. Look at the year.")
    if len(days.name) > MOST_NAME:
        raise Refusal("name_long", "The name has more than {most} letters.", most=MOST_NAME)
    same = next((one for one in kept if meets(one, days)), None)
    if same is not None:
        raise Refusal(
            "overlap",
            "Some of these days are kept as {kind} already, from {first} to {last}. "
            "Take those away first.",
            kind=Phrase(same.kind.value),
            first=same.first.isoformat(),
            last=same.last.isoformat(),
        )
    if len(kept) >= MOST_SPECIAL:
        raise Refusal(
            "too_many", "There are {most} entries; take old ones away.", most=MOST_SPECIAL
        )


def _drop(conn: Connection, deed: Deed, kind: DayKind, first: date) -> None:
    found: list[SpecialDays] = []

    def left(kept: Sequence[SpecialDays], _today: date) -> list[SpecialDays]:
        found.extend(one for one in kept if one.kind is kind and one.first == first)
        if not found:
            raise Refusal("not_found", "No such days are kept. They may be taken away already.")
        return [one for one in kept if one not in found]

    _change(conn, deed, left, "special days taken away", SpecialDays(kind, first, first))


def _change(
    conn: Connection,
    deed: Deed,
    change: Callable[[Sequence[SpecialDays], date], list[SpecialDays]],
    action: str,
    days: SpecialDays,
) -> None:
    must_be_believed(conn, deed.now)
    networks.hold(conn, deed.network_id)
    network = networks.by_id(conn, deed.network_id)
    today = network.day_at(deed.now)
    kept = [one for one in network.special_days if one.last >= today - KEPT_FOR]
    values: dict[str, Any] = {"special_days": special_days.written(change(kept, today))}
    networks.change(conn, deed.network_id, values)
    deed.note(conn, action, days.kind.value, first=days.first.isoformat())


async def _wait_anew(database: Database, network_id: int, now: datetime) -> None:
    """Let what quiet hours hold wait for the new ones, some thousand texts at a time."""
    for row in await database.read(held.quiet_broadcasts, network_id):
        while await database.write(_wait_until, network_id, row.id, now):
            pass


def _wait_until(conn: Connection, network_id: int, broadcast_id: int, now: datetime) -> int:
    network = networks.by_id(conn, network_id)
    row = held.broadcasts_named(conn, [broadcast_id])[broadcast_id]
    until = next_allowed(max(row.due_at or now, now), network.tz, network.quiet)
    return held.hold_until(conn, broadcast_id, until, now, limit=CHUNK)
