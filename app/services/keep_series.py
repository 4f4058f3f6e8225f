"""Keep the rules by which bodies meet: make one, stop it, leave a day out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from app.domain.errors import Refusal
from app.domain.pasted import clean_line, clean_lines
from app.domain.recurrence import Rule, check_rule, days_between
from app.services._act import Deed
from app.services.call_meeting import check_meeting
from app.services.call_series import call_of, moment_of
from app.services.change_meeting import MeetingChange, change_meeting
from app.store import networks, seats, series
from app.store.database import Connection, Database

MOST_RULES = 40
MOST_YEARS = timedelta(days=2 * 366)
"""How far ahead a day can be left out, and how far back one is remembered."""


@dataclass(frozen=True, slots=True)
class NewSeries:
    """A rule to be kept; place and agenda are those of each of its meetings."""

    body: str
    rule: Rule
    clock: time
    starts_on: date
    ends_on: date | None = None
    venue: Mapping[str, str] = field(default_factory=dict)
    agenda: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DayOf:
    """One day of one rule."""

    series_id: int
    day: date


async def keep_series(
    database: Database, network_id: int, new: NewSeries, *, by: str, now: datetime
) -> int:
    """Let a body meet by this rule from now on, call its first meetings, and give the rule's id.

    Raises Refusal: rule, no_body, taken for a body that meets by the same rule, no_days for one
    that gives none, many, too_long, not_found.
    """
    check_meeting(new.venue, new.agenda, None)
    rule = check_rule(new.rule)
    last = new.ends_on or new.starts_on + MOST_YEARS
    if not days_between(rule, new.starts_on, new.starts_on, min(last, new.starts_on + MOST_YEARS)):
        raise Refusal("no_days", "By this rule they never meet: it ends before its first day.")
    made = await database.write(_keep, Deed(network_id, by, now), rule, new)
    await call_of(database, network_id, made, now=now)
    return made


def _keep(conn: Connection, deed: Deed, rule: Rule, new: NewSeries) -> int:
    networks.hold(conn, deed.network_id)
    body = seats.body_named(conn, deed.network_id, new.body)
    if body is None:
        raise Refusal("no_body", "Choose which body meets.")
    known = series.active(conn, deed.network_id)
    if len(known) >= MOST_RULES:
        raise Refusal("many", "There are {count} rules. Stop one first.", count=len(known))
    if any((one.body, one.rule) == (body.code, rule) for one in known):
        raise Refusal("taken", "{body} meets by this rule already.", body=body.code)
    values = {
        "network_id": deed.network_id,
        "body": body.code,
        "rule": rule,
        "starts_on": new.starts_on,
        "ends_on": new.ends_on,
        "clock": new.clock,
        "venue": _cleaned(new.venue, clean_line),
        "agenda": _cleaned(new.agenda, clean_lines),
        "created_by": deed.by,
        "created_at": deed.now,
    }
    made = series.add(conn, values)
    deed.note(conn, "meeting rule kept", f"{body.code} rule {made}", rule=rule)
    return made


async def stop_series(  # noqa: PLR0913 -- who stops which rule, and what of its meetings
    database: Database,
    network_id: int,
    series_id: int,
    *,
    calls_off: bool = False,
    by: str,
    now: datetime,
) -> int:
    """Call no more meetings by this rule; gives how many that it called are still to come.

    With `calls_off` these are called off too, and whoever was told of one is told so. Raises
    Refusal: not_found.
    """
    deed = Deed(network_id, by, now)
    left: list[int] = await database.write(_stop, deed, series_id)
    if calls_off:
        off = MeetingChange(state="cancelled")
        for meeting_id in left:
            await change_meeting(database, network_id, meeting_id, off, by=by, now=now)
        return 0
    return len(left)


def _stop(conn: Connection, deed: Deed, series_id: int) -> list[int]:
    networks.hold(conn, deed.network_id)
    rule = _the_rule(conn, deed.network_id, series_id)
    if rule.is_active:
        series.change(conn, series_id, {"is_active": False})
        deed.note(conn, "meeting rule stopped", f"{rule.body} rule {series_id}")
    today = networks.by_id(conn, deed.network_id).day_at(deed.now)
    return [
        one.id
        for one in series.called(conn, series_id, today - MOST_YEARS).values()
        if one.state == "planned" and one.at > deed.now
    ]


async def skip_day(
    database: Database, network_id: int, of: DayOf, *, by: str, now: datetime
) -> None:
    """Let the body not meet on a day of its rule; a meeting called for it is called off.

    Raises Refusal: not_found, no_day for one that is past or none of the rule.
    """
    meeting_id = await database.read(_called_for, network_id, of, now)
    if meeting_id is not None:
        off = MeetingChange(state="cancelled")
        await change_meeting(database, network_id, meeting_id, off, by=by, now=now)
    await database.write(_skip, Deed(network_id, by, now), of, is_skipped=True)


async def meet_again(
    database: Database, network_id: int, of: DayOf, *, by: str, now: datetime
) -> None:
    """Let the body meet on a day that was left out; raises Refusal as `skip_day`."""
    meeting_id = await database.read(_called_for, network_id, of, now)
    if meeting_id is not None:
        on = MeetingChange(state="planned")
        await change_meeting(database, network_id, meeting_id, on, by=by, now=now)
    await database.write(_skip, Deed(network_id, by, now), of, is_skipped=False)
    await call_of(database, network_id, of.series_id, now=now)


def _called_for(conn: Connection, network_id: int, of: DayOf, now: datetime) -> int | None:
    """The meeting that the rule called for that day, if it has; raises Refusal for another day."""
    rule = _the_rule(conn, network_id, of.series_id)
    network = networks.by_id(conn, network_id)
    is_near = rule.is_active and now < moment_of(rule, of.day, network.tz) < now + MOST_YEARS
    is_within = rule.ends_on is None or of.day <= rule.ends_on
    if not (is_near and is_within and days_between(rule.rule, rule.starts_on, of.day, of.day)):
        raise Refusal("no_day", "This is no day to come on which they meet by this rule.")
    found = series.called(conn, of.series_id, of.day).get(of.day)
    return int(found.id) if found is not None else None


def _skip(conn: Connection, deed: Deed, of: DayOf, *, is_skipped: bool) -> None:
    networks.hold(conn, deed.network_id)
    rule, day = _the_rule(conn, deed.network_id, of.series_id), of.day
    kept = {one for one in rule.skipped if one >= (day - MOST_YEARS).isoformat()}
    there = kept | {day.isoformat()} if is_skipped else kept - {day.isoformat()}
    if there == set(rule.skipped):
        return
    series.change(conn, of.series_id, {"skipped": sorted(there)})
    said = "meeting rule skips a day" if is_skipped else "meeting rule keeps a day"
    deed.note(conn, said, f"{rule.body} rule {of.series_id}", day=day.isoformat())


def _the_rule(conn: Connection, network_id: int, series_id: int) -> Any:
    rule = series.get(conn, network_id, series_id)
    if rule is None:
        raise Refusal("not_found", "There is no such rule. Look for it in the calendar.")
    return rule


def _cleaned(words: Mapping[str, str], clean: Any) -> dict[str, str]:
    read = {tag: clean(text) for tag, text in words.items()}
    return {tag: text for tag, text in read.items() if text}
