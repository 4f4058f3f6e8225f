"""When the network does not text people: its hours, and the days that it keeps."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.coming_days import NAMES, coming_days
from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.domain.special_days import DayKind, SpecialDays
from app.domain.written_dates import read_date
from app.services.set_hours import Hours, add_days, drop_days, hours_of, set_hours
from app.web.door import Visit, go, visits
from app.web.office._field_ways import day_words
from app.web.office._pasted import plain_line
from app.web.office.today import noon

router = APIRouter(include_in_schema=False)

PLACE = "/office/hours"
FIELD_OF = {
    "quiet": "quiet_from",
    "friday": "friday_from",
    "ramadan": "ramadan_from",
    "days_turned": "last",
    "days_long": "last",
    "days_past": "first",
    "overlap": "first",
    "name_long": "name",
    "kind": "kind",
    "first": "first",
    **{name: name for name in Hours.__slots__},
}
"""The field that a Refusal is about, by its code."""
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_clock = re.compile(r"([0-9]{1,2})(?:[:.]([0-9]{2}))?").fullmatch
_count = re.compile(r"-?[0-9]{1,3}").fullmatch

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Editor = Annotated[Visit, Depends(visits(Act.EDIT))]


@router.get(PLACE)
async def hours(visit: Looker) -> Response:
    """Show the hours and the days."""
    return _page(visit, {})


@router.post(PLACE)
async def change(visit: Editor) -> Response:
    """Keep the hours, or show the form again with what is wrong."""
    try:
        wanted = _hours(visit.fields)
        await set_hours(
            visit.runtime.database,
            visit.network.id,
            wanted,
            by=visit.officer.name,
            now=visit.now,
        )
    except Refusal as fault:
        return _page(visit, visit.fields, fault)
    visit.runtime.dispatcher.wake()
    return go(f"{PLACE}?done=kept")


@router.post(f"{PLACE}/days")
async def add(visit: Editor) -> Response:
    """Keep days, or take some away, or show the form again with what is wrong."""
    fields, database = visit.fields, visit.runtime.database
    by, now = visit.officer.name, visit.now
    try:
        days = _days(visit, fields)
        if fields.get("do") == "drop":
            await drop_days(database, visit.network.id, days.kind, days.first, by=by, now=now)
        else:
            await add_days(database, visit.network.id, days, by=by, now=now)
    except Refusal as fault:
        return _page(visit, fields, fault)
    visit.runtime.dispatcher.wake()
    return go(f"{PLACE}?done={'dropped' if fields.get('do') == 'drop' else 'added'}#days")


def _hours(fields: Mapping[str, str]) -> Hours:
    def at(name: str) -> time:
        return _time(name, fields.get(name, ""))

    def night(name: str) -> time | None:
        return at(name) if plain_line(fields.get(name, "")) else None

    return Hours(
        quiet_from=at("quiet_from"),
        quiet_until=at("quiet_until"),
        friday_from=at("friday_from"),
        friday_until=at("friday_until"),
        ramadan_from=night("ramadan_from"),
        ramadan_until=night("ramadan_until"),
        hijri_offset=_number("hijri_offset", fields),
        routine_cap=_number("routine_cap", fields),
    )


def _time(name: str, told: str) -> time:
    words = plain_line(told).translate(_DIGITS)
    found = _clock(words)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Refusal(
            f"time:{name}",
            "{words} is no time of day. Write 20:00 or 9:30.",
            words=repr(words[:20]),
        )
    return time(int(found[1]), int(found[2] or 0))


def _number(name: str, fields: Mapping[str, str]) -> int:
    words = plain_line(fields.get(name, "")).translate(_DIGITS)
    if _count(words) is None:
        raise Refusal(name, "{words} is no number. Write one, such as 4.", words=repr(words[:20]))
    return int(words)


def _days(visit: Visit, fields: Mapping[str, str]) -> SpecialDays:
    kind = fields.get("kind", "")
    if kind not in set(DayKind):
        raise Refusal("kind", "Say what these days are: choose one of the list.")
    first = read_date(plain_line(fields.get("first", "")), visit.today)
    if first is None:
        raise Refusal("first", "Write the first day, such as 8 Feb 2027.")
    last = read_date(plain_line(fields.get("last", "")), visit.today) or first
    return SpecialDays(DayKind(kind), first, last, plain_line(fields.get("name", "")))


def _page(visit: Visit, fields: Mapping[str, str], fault: Refusal | None = None) -> Response:
    network = visit.network
    place = _place(fault, visit) if fault else ""

    def at_noon(day: date) -> datetime:
        return noon(day, visit.speech.zone)

    return visit.render(
        "hours.html",
        status=422 if fault else 200,
        fields={**_shown(hours_of(network)), **fields},
        said=fault.said(visit.speech.say) if fault else "",
        at=place,
        done=visit.request.query_params.get("done", ""),
        kinds=tuple(DayKind),
        days=[one for one in network.special_days if one.last >= visit.today],
        about=coming_days(visit.today, network.hijri_offset, network.special_days),
        day_words=day_words,
        noon=at_noon,
        names=NAMES,
    )


def _place(fault: Refusal, visit: Visit) -> str:
    """The field that a fault is about; of two days the one that cannot be read."""
    code = fault.code.removeprefix("time:")
    if code != "date":
        return FIELD_OF.get(code, "")
    try:
        read_date(plain_line(visit.fields.get("first", "")), visit.today)
    except Refusal:
        return "first"
    return "last"


def _shown(hours: Hours) -> dict[str, str]:
    def clock(at: time | None) -> str:
        return f"{at:%H:%M}" if at is not None else ""

    return {
        "quiet_from": clock(hours.quiet_from),
        "quiet_until": clock(hours.quiet_until),
        "friday_from": clock(hours.friday_from),
        "friday_until": clock(hours.friday_until),
        "ramadan_from": clock(hours.ramadan_from),
        "ramadan_until": clock(hours.ramadan_until),
        "hijri_offset": str(hours.hijri_offset),
        "routine_cap": str(hours.routine_cap),
    }
