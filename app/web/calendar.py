"""The calendar over the API, and the network's meetings as iCalendar for everybody."""

from dataclasses import asdict
from datetime import date, time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.responses import Response

from app.domain.permissions import Act
from app.domain.recurrence import read_rule
from app.domain.written_dates import EARLIEST, LATEST
from app.services.keep_series import (
    DayOf,
    NewSeries,
    keep_series,
    meet_again,
    skip_day,
    stop_series,
)
from app.services.show_calendar import CalendarDay, list_series, read_series, show_calendar
from app.services.write_calendar import MEDIA_TYPE, CalendarPlace, write_calendar
from app.web.public import FOR_EVERYONE, Here
from app.web.runtime import Runtime, runtime_of
from app.web.told import Id, NetworkIn, Slug, Told
from app.web.who import Officer, allowed, asked_network

router = APIRouter()
doors = APIRouter(prefix="/api/v1", tags=["calendar"])

Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
Writer = Annotated[Officer, Depends(allowed(Act.WRITE_MINUTES))]
Day = Annotated[date, Field(ge=EARLIEST, le=LATEST)]
Words = dict[str, Annotated[str, Field(max_length=2000)]]


class MonthQuery(Told):
    """Any day of the month that is asked for; this month without one."""

    month: Day | None = None
    network: Slug = ""


class SeriesIn(NetworkIn):
    """A rule to be kept: in words of people, or as an RRULE."""

    body: Annotated[str, Field(max_length=12)]
    rule: Annotated[str, Field(max_length=200)]
    clock: time
    starts_on: Day | None = None
    ends_on: Day | None = None
    venue: Words = Field(default_factory=dict, max_length=20)
    agenda: Words = Field(default_factory=dict, max_length=20)


class EndIn(NetworkIn):
    """Whether the meetings that the rule called are called off too."""

    calls_off: bool = False


class DayIn(NetworkIn):
    """A day of the rule."""

    day: Day


async def _office(request: Request, who: Officer, asked: str) -> tuple[Runtime, Any]:
    return runtime_of(request), await asked_network(request, who, asked)


@doors.get("/calendar")
async def calendar(
    query: Annotated[MonthQuery, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """The days of a month on which something lies."""
    runtime, network = await _office(request, who, query.network)
    now = runtime.clock()
    month = query.month or network.day_at(now)
    found = await show_calendar(runtime.database, network, month, now=now)
    return {"month": found.first.isoformat()[:7], "days": [_day(one) for one in found.told]}


@doors.get("/meeting-rules")
async def rules(
    query: Annotated[NetworkIn, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """The rules by which bodies meet."""
    runtime, network = await _office(request, who, query.network)
    found = await list_series(runtime.database, network, now=runtime.clock())
    return {"rules": [asdict(one) for one in found]}


@doors.get("/meeting-rules/{series_id}")
async def rule(series_id: Id, request: Request, who: Looker, network: Slug = "") -> dict[str, Any]:
    """One rule with its next days."""
    runtime, theirs = await _office(request, who, network)
    return asdict(await read_series(runtime.database, theirs, series_id, now=runtime.clock()))


@doors.post("/meeting-rules", status_code=201)
async def keep(body: SeriesIn, request: Request, who: Writer) -> dict[str, int]:
    """Let a body meet by a rule, and call its first meetings."""
    runtime, network = await _office(request, who, body.network)
    now = runtime.clock()
    new = NewSeries(
        body=body.body,
        rule=read_rule(body.rule),
        clock=body.clock.replace(tzinfo=None),
        starts_on=body.starts_on or network.day_at(now),
        ends_on=body.ends_on,
        venue=body.venue,
        agenda=body.agenda,
    )
    made = await keep_series(runtime.database, network.id, new, by=who.name, now=now)
    return {"id": made}


@doors.post("/meeting-rules/{series_id}/skip")
async def skip(series_id: Id, body: DayIn, request: Request, who: Writer) -> dict[str, int]:
    """Leave a day of a rule out; a meeting called for it is called off."""
    runtime, network = await _office(request, who, body.network)
    of, now = DayOf(series_id, body.day), runtime.clock()
    await skip_day(runtime.database, network.id, of, by=who.name, now=now)
    return {"id": series_id}


@doors.post("/meeting-rules/{series_id}/again")
async def again(series_id: Id, body: DayIn, request: Request, who: Writer) -> dict[str, int]:
    """Let them meet on a day that was left out."""
    runtime, network = await _office(request, who, body.network)
    of, now = DayOf(series_id, body.day), runtime.clock()
    await meet_again(runtime.database, network.id, of, by=who.name, now=now)
    return {"id": series_id}


@doors.post("/meeting-rules/{series_id}/end")
async def end(series_id: Id, body: EndIn, request: Request, who: Writer) -> dict[str, int]:
    """Call no more meetings by a rule; `left` are still to come."""
    runtime, network = await _office(request, who, body.network)
    left = await stop_series(
        runtime.database,
        network.id,
        series_id,
        calls_off=body.calls_off,
        by=who.name,
        now=runtime.clock(),
    )
    return {"id": series_id, "left": left}


@router.get("/p/{slug}/calendar.ics", include_in_schema=False)
async def feed(here: Here) -> Response:
    """The network's meetings for anybody's calendar."""
    home = str(here.request.base_url).rstrip("/") + here.home
    content = await write_calendar(
        here.runtime.database,
        here.network,
        CalendarPlace(here.speech.tag, home),
        catalogue=here.runtime.desk.catalogue,
        now=here.now,
    )
    return Response(content, media_type=MEDIA_TYPE, headers=FOR_EVERYONE)


def _day(one: CalendarDay) -> dict[str, Any]:
    told = asdict(one)
    for name in ("in_month", "is_today"):
        del told[name]
    return told


router.include_router(doors)
