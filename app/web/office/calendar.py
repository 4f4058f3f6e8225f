"""The calendar: a month with the moon beside it, and the rules by which bodies meet."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.moon import MoonDate
from app.domain.permissions import Act
from app.domain.recurrence import read_rule, rule_in_words
from app.domain.written_dates import read_date
from app.printing.words import words_of
from app.services.keep_series import (
    DayOf,
    NewSeries,
    keep_series,
    meet_again,
    skip_day,
    stop_series,
)
from app.services.show_calendar import list_series, read_series, show_calendar
from app.web.door import Visit, go, visits
from app.web.office import _meeting_form as told_of
from app.web.office._field_ways import day_words
from app.web.office._minutes_desk import TAGS, minutes_at
from app.web.office._pasted import plain_line, plain_text
from app.web.office._post_doors import id_in
from app.web.office.today import noon

router = APIRouter(include_in_schema=False)

CALENDAR = "/office/calendar"
RULES = CALENDAR + "/rules"
FIELD_OF = {
    "no_body": "body",
    "rule": "rule",
    "which_day": "rule",
    "two_ways": "rule",
    "taken": "rule",
    "no_days": "until",
    "date": "from",
    "until": "until",
    "hour": "clock",
}
"""The field of the form that a Refusal is about, by its code."""
_month = re.compile(r"([0-9]{4})-([0-9]{2})").fullmatch
_clock = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))?").fullmatch

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Writer = Annotated[Visit, Depends(visits(Act.WRITE_MINUTES))]


@router.get(CALENDAR)
async def calendar(visit: Looker) -> Response:
    """Show a month, this one unless another is asked for."""
    asked = visit.request.query_params.get("month", "")
    database, network = visit.runtime.database, visit.network
    month = await show_calendar(database, network, _month_in(asked, visit.today), now=visit.now)
    rules = await list_series(database, network, now=visit.now)
    feed = f"/p/{network.slug}/calendar.ics"
    return visit.render("calendar.html", month=month, rules=rules, feed=feed, **_ways(visit))


@router.get(RULES + "/new")
async def blank(visit: Writer) -> Response:
    """Show the form with which a rule is kept."""
    return await _form(visit, {"from": day_words(visit.today)})


@router.post(RULES + "/new")
async def keep(visit: Writer) -> Response:
    """Keep a rule and call its first meetings, or show the form again with what is wrong."""
    try:
        made = await keep_series(
            visit.runtime.database,
            visit.network.id,
            _read(visit),
            by=visit.officer.name,
            now=visit.now,
        )
    except Refusal as fault:
        return await _form(visit, visit.fields, fault=fault)
    return go(f"{RULES}/{made}")


@router.get(RULES + "/{series_id}")
async def rule(series_id: str, visit: Looker) -> Response:
    """Show a rule with its next days."""
    line = await read_series(
        visit.runtime.database, visit.network, id_in(series_id) or 0, now=visit.now
    )
    return visit.render("calendar_rule.html", rule=line, **_ways(visit))


@router.post(RULES + "/{series_id}/days")
async def days(series_id: str, visit: Writer) -> Response:
    """Leave a day out, or let them meet on it again."""
    day = _iso(visit.fields.get("day", ""))
    act = meet_again if visit.fields.get("do") == "again" else skip_day
    await act(
        visit.runtime.database,
        visit.network.id,
        DayOf(id_in(series_id) or 0, day),
        by=visit.officer.name,
        now=visit.now,
    )
    return go(f"{RULES}/{id_in(series_id)}")


@router.post(RULES + "/{series_id}/end")
async def end(series_id: str, visit: Writer) -> Response:
    """Call no more meetings by a rule; also call off those that it called, where that is said."""
    await stop_series(
        visit.runtime.database,
        visit.network.id,
        id_in(series_id) or 0,
        calls_off=visit.fields.get("do") == "off",
        by=visit.officer.name,
        now=visit.now,
    )
    return go(CALENDAR)


async def _form(
    visit: Visit, fields: Mapping[str, str], *, fault: Refusal | None = None
) -> Response:
    bodies = await visit.runtime.database.read(told_of.bodies_with_next, visit.network.id)
    return visit.render(
        "calendar_form.html",
        status=422 if fault else 200,
        fields=fields,
        bodies=[code for code, _ in bodies],
        tag=told_of.tag_of(visit, fields.get("in", "")),
        tags=TAGS,
        fault=fault.said(visit.speech.say) if fault else "",
        fault_field=FIELD_OF.get(fault.code, "") if fault else "",
    )


def _read(visit: Visit) -> NewSeries:
    fields = visit.fields
    told = _clock(plain_line(fields.get("clock", "")))
    rule = read_rule(plain_line(fields.get("rule", "")))
    if told is None:
        raise Refusal("hour", "The hour is missing. Write it as in 10:00.")
    starts_on = _from(plain_line(fields.get("from", "")), visit.today)
    tag = told_of.tag_of(visit, fields.get("in", ""))
    place = plain_line(fields.get("place", ""))[: told_of.MOST_PLACE]
    agenda = plain_text(fields.get("agenda", ""))[: told_of.MOST_AGENDA]
    return NewSeries(
        body=fields.get("body", ""),
        rule=rule,
        clock=time(int(told[1]), int(told[2] or 0)),
        starts_on=starts_on,
        ends_on=_until(visit, starts_on),
        venue=told_of.in_words({}, tag, place),
        agenda=told_of.in_words({}, tag, agenda),
    )


def _from(told: str, today: date) -> date:
    """The day that is meant; without a year the nearest, which may be past: it counts weeks."""
    coming, past = (read_date(told, today, is_past=is_past) or today for is_past in (False, True))
    return min(past, coming, key=lambda day: abs(day - today))


def _until(visit: Visit, starts_on: date) -> date | None:
    told = plain_line(visit.fields.get("until", ""))
    try:
        return read_date(told, starts_on)
    except Refusal:
        raise Refusal(
            "until",
            "{words} is no date. Write day, month and year, as in 20 Oct 2027.",
            words=repr(told[:40]),
        ) from None


def _month_in(asked: str, today: date) -> date:
    found = _month(asked)
    if found is None:
        return today
    try:
        return date(int(found[1]), int(found[2]), 1)
    except ValueError:
        return today


def _iso(told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise Refusal("no_day", "This is no day to come on which they meet by this rule.") from None


def _ways(visit: Visit) -> dict[str, Any]:
    """How the templates say days, moons and rules."""
    speech = visit.speech
    words = words_of(speech.tag)

    def moon(when: MoonDate | None) -> str:
        return words.moon(when) if when else ""

    def on_clock(clock: time) -> Any:
        return speech.clock(datetime.combine(visit.today, clock, speech.zone))

    return {
        "noon": lambda day: noon(day, speech.zone),
        "moon": moon,
        "moon_month": lambda when: words.moon(when).partition(" ")[2],
        "said": lambda rule: rule_in_words(rule, speech.tag),
        "on_clock": on_clock,
        "minutes_at": minutes_at,
        "rules_at": RULES,
    }
