"""Bodies and posts over the API: who holds what until when, and what is vacant."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from app.domain.permissions import Act
from app.services.appoint import Appointment, appoint
from app.services.change_body import BodyChange, BodyFacts, add_body, change_body, remove_body
from app.services.end_seat import Leaving, Renewal, end_seat, renew_seat
from app.services.hand_over import Handover, hand_over
from app.services.pick_unit import pick_unit
from app.services.report_bodies import BodyReport, Ending, report_bodies, report_body
from app.services.show_posts import PostLine, list_posts
from app.store.networks import NetworkInfo
from app.web.runtime import runtime_of
from app.web.told import Id, Slug, SomeId, Told
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1", tags=["posts"])

PAGE = 500
Code = Annotated[str, Field(max_length=40)]
Name = Annotated[str, Field(max_length=500)]
Count = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
Editor = Annotated[Officer, Depends(allowed(Act.EDIT))]


class AppointmentIn(Told):
    """Who is named for what; the unit by its id, or as people call it."""

    person_id: SomeId
    unit_id: SomeId | None = None
    unit: Name = ""
    body: Code = ""
    post: Name = ""
    local_post: Name = ""
    starts_on: date | None = None
    ends_on: date | None = None
    network: Slug = ""


class LeavingIn(Told):
    """On which day somebody left: today where none is given."""

    left_on: date | None = None
    network: Slug = ""


class RenewalIn(Told):
    """The days of the new term, where they do not follow from the old one."""

    starts_on: date | None = None
    ends_on: date | None = None
    network: Slug = ""


class HandoverIn(Told):
    """To whom, from which day, until when."""

    person_id: SomeId
    on: date | None = None
    ends_on: date | None = None
    new_term: bool = False
    network: Slug = ""


class BodyFactsIn(Told):
    """What can be said of a body; only what is given is changed."""

    name: Name = ""
    local_name: Name = ""
    seats: Count = 0
    seats_per_lso: Count = 0
    term_months: Count = 24
    women_percent: Count = 0
    ends_on: date | None = None
    network: Slug = ""


class BodyIn(BodyFactsIn):
    """A body to add."""

    code: Code


class RemovalIn(Told):
    """Nothing more than whose body goes away."""

    network: Slug = ""


class PostsQuery(Told):
    """Which posts are asked for; `cursor` is how many were seen."""

    unit: Name = ""
    vacant: bool = False
    cursor: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    network: Slug = ""


async def _network(request: Request, who: Officer, asked: str) -> tuple[NetworkInfo, date]:
    """The network that is meant, and the day that it is there."""
    network = await asked_network(request, who, asked)
    return network, network.day_at(runtime_of(request).clock())


@router.get("/posts")
async def posts(
    query: Annotated[PostsQuery, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """A page of posts of the network or of one unit, or only of the vacant ones."""
    network, today = await _network(request, who, query.network)
    database = runtime_of(request).database
    unit_id = await pick_unit(database, network.id, query.unit) if query.unit else None
    lines = await list_posts(
        database, network.id, today=today, unit_id=unit_id, is_vacant=query.vacant
    )
    until = query.cursor + PAGE
    page = [line_json(line) for line in lines[query.cursor : until]]
    return {"posts": page, "next": until if until < len(lines) else None}


@router.post("/seats", status_code=201)
async def name(body: AppointmentIn, request: Request, who: Editor) -> dict[str, int]:
    """Name somebody for a post; in a body where they sit already only their office changes."""
    network, _ = await _network(request, who, body.network)
    runtime = runtime_of(request)
    told = body.model_dump(exclude={"network", "unit"})
    if body.unit and body.unit_id is None:
        told["unit_id"] = await pick_unit(runtime.database, network.id, body.unit)
    new = Appointment(**told)
    seat_id = await appoint(runtime.database, network.id, new, by=who.name, now=runtime.clock())
    return {"id": seat_id}


@router.post("/seats/{seat_id}/end")
async def end(seat_id: Id, body: LeavingIn, request: Request, who: Editor) -> dict[str, int]:
    """Write down that the holder of a seat left; the post is vacant then."""
    network, _ = await _network(request, who, body.network)
    runtime = runtime_of(request)
    leaving = Leaving(seat_id, body.left_on)
    await end_seat(runtime.database, network.id, leaving, by=who.name, now=runtime.clock())
    return {"id": seat_id}


@router.post("/seats/{seat_id}/renewal", status_code=201)
async def renewal(seat_id: Id, body: RenewalIn, request: Request, who: Editor) -> dict[str, int]:
    """Begin a new term of the same person in the same post."""
    network, _ = await _network(request, who, body.network)
    runtime = runtime_of(request)
    new = Renewal(seat_id, body.starts_on, body.ends_on)
    made = await renew_seat(runtime.database, network.id, new, by=who.name, now=runtime.clock())
    return {"id": made}


@router.post("/seats/{seat_id}/handover", status_code=201)
async def handover(seat_id: Id, body: HandoverIn, request: Request, who: Editor) -> dict[str, int]:
    """Give a post to somebody else, with the phones that are the office's."""
    network, _ = await _network(request, who, body.network)
    runtime = runtime_of(request)
    change = Handover(seat_id, body.person_id, body.on, body.ends_on, body.new_term)
    done = await hand_over(runtime.database, network.id, change, by=who.name, now=runtime.clock())
    return {"id": done.seat_id, "phones": done.phones}


@router.get("/bodies")
async def bodies(request: Request, who: Looker, network: Slug = "") -> dict[str, Any]:
    """The bodies of the network, each in numbers."""
    found, today = await _network(request, who, network)
    report = await report_bodies(runtime_of(request).database, found.id, today=today)
    return {"bodies": [asdict(one) for one in report.bodies], "next": None}


@router.get("/bodies/{code}")
async def body(code: str, request: Request, who: Looker, network: Slug = "") -> dict[str, Any]:
    """One body with its seats."""
    found, today = await _network(request, who, network)
    return body_json(await report_body(runtime_of(request).database, found.id, code, today=today))


@router.post("/bodies", status_code=201)
async def add(body: BodyIn, request: Request, who: Editor) -> dict[str, str]:
    """Add a committee or another body."""
    network, _ = await _network(request, who, body.network)
    runtime = runtime_of(request)
    facts = BodyFacts(**body.model_dump(exclude={"network"}))
    code = await add_body(runtime.database, network.id, facts, by=who.name, now=runtime.clock())
    return {"code": code}


@router.post("/bodies/{code}")
async def change(code: str, body: BodyFactsIn, request: Request, who: Editor) -> dict[str, Any]:
    """Change what is named of a body."""
    network, _ = await _network(request, who, body.network)
    runtime = runtime_of(request)
    told = BodyChange(code, body.model_dump(exclude_unset=True, exclude={"network"}))
    await change_body(runtime.database, network.id, told, by=who.name, now=runtime.clock())
    return {"code": code, "changed": sorted(told.facts)}


@router.post("/bodies/{code}/removal")
async def removal(code: str, body: RemovalIn, request: Request, who: Editor) -> dict[str, str]:
    """Take away a body in which nobody sits."""
    network, _ = await _network(request, who, body.network)
    runtime = runtime_of(request)
    await remove_body(runtime.database, network.id, code, by=who.name, now=runtime.clock())
    return {"code": code}


@router.get("/reports/bodies")
async def report(request: Request, who: Looker, network: Slug = "") -> dict[str, Any]:
    """Seats, women, terms that end and overlap of leadership."""
    found, today = await _network(request, who, network)
    told = await report_bodies(runtime_of(request).database, found.id, today=today)
    return {
        "bodies": [asdict(one) for one in told.bodies],
        "ending": [ending_json(one) for one in told.ending],
        "overlaps": [asdict(one) for one in told.overlaps],
        "outside_general_body": [
            {"person_id": one[0], "name": one[1], "local_name": one[2]}
            for one in told.outside_general_body
        ],
    }


def line_json(line: PostLine) -> dict[str, Any]:
    """A post with the names that scripts rely on."""
    return {**asdict(line), "vacant": line.is_vacant}


def ending_json(one: Ending) -> dict[str, Any]:
    """A term that ends, and the text about it."""
    return {**line_json(one.line), "stage": one.stage, "ref": one.ref, "told_at": one.told_at}


def body_json(told: BodyReport) -> dict[str, Any]:
    """One body with the names that scripts rely on."""
    return {
        **asdict(told.figures),
        "posts": [line_json(line) for line in told.lines],
        "ending": [ending_json(one) for one in told.ending],
    }
