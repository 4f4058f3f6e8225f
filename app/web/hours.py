"""Hours over the API: when it is quiet, on which days, what waits, whether the clock is right."""

from dataclasses import asdict, replace
from datetime import date, time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import AwareDatetime, Field

from app.domain.coming_days import coming_days
from app.domain.permissions import Act
from app.domain.special_days import DayKind, SpecialDays
from app.services.set_hours import MOST_NAME, add_days, drop_days, hours_of, set_hours
from app.services.show_held import show_held
from app.services.watch_clock import confirm_clock, show_clock_state
from app.web.runtime import runtime_of
from app.web.told import NetworkIn, Told
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1", tags=["hours"])

Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
Planner = Annotated[Officer, Depends(allowed(Act.PLAN))]
Editor = Annotated[Officer, Depends(allowed(Act.EDIT))]
WallTime = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""As the clocks of the network show it: 09:00."""


class HoursIn(NetworkIn):
    """What is to be set; what is left out stays. Empty times of Ramadan take its own night away."""

    quiet_from: WallTime | None = None
    quiet_until: WallTime | None = None
    friday_from: WallTime | None = None
    friday_until: WallTime | None = None
    ramadan_from: WallTime | Annotated[str, Field(max_length=0)] | None = None
    ramadan_until: WallTime | Annotated[str, Field(max_length=0)] | None = None
    hijri_offset: Annotated[int, Field(ge=-9, le=9)] | None = None
    routine_cap: Annotated[int, Field(ge=0, le=999)] | None = None


class FirstDayIn(NetworkIn):
    """Days that are kept: by what they are, and their first."""

    kind: DayKind
    first: date


class DaysIn(FirstDayIn):
    """Days that are to be kept."""

    last: date
    name: Annotated[str, Field(max_length=MOST_NAME)] = ""


class ClockIn(Told):
    """The time that the person was shown, as the API wrote it."""

    shown_at: AwareDatetime


@router.get("/hours")
async def hours(
    query: Annotated[NetworkIn, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """When it is quiet, the special days, and those that come, reckoned by the moon."""
    network = await asked_network(request, who, query.network)
    today = network.day_at(runtime_of(request).clock())
    coming = coming_days(today, network.hijri_offset, network.special_days)
    return {
        "network": network.slug,
        **{name: _told(value) for name, value in asdict(hours_of(network)).items()},
        "days": [asdict(one) for one in network.special_days],
        "about": [asdict(one) for one in coming],
    }


@router.post("/hours")
async def change(body: HoursIn, request: Request, who: Editor) -> dict[str, Any]:
    """Keep what is told; texts that wait for the old hours wait for these."""
    runtime = runtime_of(request)
    network = await asked_network(request, who, body.network)
    told = body.model_dump(exclude={"network"}, exclude_none=True)
    values: dict[str, Any] = {name: _read(value) for name, value in told.items()}
    wanted = replace(hours_of(network), **values)
    await set_hours(runtime.database, network.id, wanted, by=who.name, now=runtime.clock())
    runtime.dispatcher.wake()
    return {"network": network.slug}


@router.post("/hours/days")
async def add(body: DaysIn, request: Request, who: Editor) -> dict[str, Any]:
    """Keep special days."""
    runtime = runtime_of(request)
    network = await asked_network(request, who, body.network)
    days = SpecialDays(body.kind, body.first, body.last, " ".join(body.name.split()))
    await add_days(runtime.database, network.id, days, by=who.name, now=runtime.clock())
    return {"network": network.slug}


@router.post("/hours/days/removal")
async def drop(body: FirstDayIn, request: Request, who: Editor) -> dict[str, Any]:
    """No longer keep the days of that kind that begin then."""
    runtime, now = runtime_of(request), runtime_of(request).clock()
    network = await asked_network(request, who, body.network)
    await drop_days(runtime.database, network.id, body.kind, body.first, by=who.name, now=now)
    runtime.dispatcher.wake()
    return {"network": network.slug}


@router.get("/held")
async def held(
    query: Annotated[NetworkIn, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """What waits, why and until when; what never went out in 30 days."""
    runtime = runtime_of(request)
    network = await asked_network(request, who, query.network)
    found = await show_held(runtime.database, network.id, now=runtime.clock())
    return {**asdict(found), "tz": network.tz}


@router.get("/clock", dependencies=[Depends(allowed(Act.LOOK))])
async def clock(request: Request) -> dict[str, Any]:
    """Whether the clock of this office is believed."""
    runtime = runtime_of(request)
    return asdict(await show_clock_state(runtime.database, now=runtime.clock()))


@router.post("/clock")
async def confirm(body: ClockIn, request: Request, who: Planner) -> dict[str, Any]:
    """Say that the clock is right: what waited because of it goes out."""
    runtime = runtime_of(request)
    state = await confirm_clock(
        runtime.database,
        who.network_id,
        by=who.name,
        now=runtime.clock(),
        shown_at=body.shown_at,
    )
    runtime.dispatcher.wake()
    return asdict(state)


def _read(value: str | int) -> time | int | None:
    if isinstance(value, int):
        return value
    return time.fromisoformat(value) if value else None


def _told(value: time | int | None) -> str | int | None:
    return f"{value:%H:%M}" if isinstance(value, time) else value
