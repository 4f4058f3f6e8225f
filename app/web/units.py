"""Units over the API: the tree, one unit, adding, changing, moving."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from app.domain.permissions import Act
from app.domain.year_days import read_year_day, year_day_words
from app.services.add_units import NewUnit, add_unit
from app.services.change_unit import change_unit, remove_unit
from app.services.move_unit import move_unit
from app.services.pick_unit import pick_unit
from app.services.show_tree import Asked, UnitLine, UnitPage, find_units, show_children
from app.services.show_unit import ShownUnit, show_unit
from app.store.networks import NetworkInfo
from app.web.runtime import runtime_of
from app.web.told import Id, Slug, SomeId, Told
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1/units", tags=["units"])

Name = Annotated[str, Field(max_length=120)]
YearDay = Annotated[str, Field(max_length=40)]
"""A day of every year, as in "1 Dec"; "" for none."""


class UnitFacts(Told):
    """What can be said of a unit and changed later; only what is given is changed."""

    name: Name = ""
    local_name: Name = ""
    place: Name = ""
    local_place: Name = ""
    members: Annotated[str, Field(max_length=8)] = "mixed"
    status: Annotated[str, Field(max_length=10)] = "member"
    formed_on: date | None = None
    households: Annotated[int, Field(ge=0)] = 0
    cut_from: YearDay = ""
    cut_until: YearDay = ""
    verified_on: date | None = None

    def told(self) -> dict[str, Any]:
        """Only what was said, with the days of the year as they are stored."""
        said = self.model_dump(exclude_unset=True, exclude={"network", "kind", "under"})
        for day in ("cut_from", "cut_until"):
            if day in said:
                said[day] = read_year_day(said[day])
        return said


class UnitIn(UnitFacts):
    """A unit to add; `under` is the id of the one it stands under."""

    kind: Annotated[str, Field(max_length=12)]
    under: SomeId | None = None
    network: Slug = ""


class ChangeIn(UnitFacts):
    """What is to be different."""

    network: Slug = ""


class MoveIn(Told):
    """Where a unit goes."""

    under: SomeId
    network: Slug = ""


class RemovalIn(Told):
    """Nothing more than whose unit goes away."""

    network: Slug = ""


class ListQuery(Told):
    """Which units are asked for: those under `parent`, else found by `q`, else those at the top."""

    parent: SomeId | None = None
    q: Annotated[str, Field(max_length=200)] = ""
    kind: Annotated[str, Field(max_length=12)] = ""
    cursor: Annotated[str, Field(max_length=200)] = ""
    network: Slug = ""


class WhichQuery(Told):
    """The words that a person uses for one unit."""

    name: Annotated[str, Field(min_length=1, max_length=500)]
    under: Annotated[str, Field(max_length=200)] = ""
    network: Slug = ""


Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
Editor = Annotated[Officer, Depends(allowed(Act.EDIT))]


async def _network(request: Request, who: Officer, asked: str) -> tuple[NetworkInfo, date]:
    """The network that is meant, and today there."""
    network = await asked_network(request, who, asked)
    return network, network.day_at(runtime_of(request).clock())


@router.get("")
async def listing(
    query: Annotated[ListQuery, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """A page of units by name, with what is counted in each."""
    database = runtime_of(request).database
    network, today = await _network(request, who, query.network)
    if query.q and query.parent is None:
        page = await find_units(database, network.id, query.q, today=today, after=query.cursor)
        return page_json(page)
    kinds = (query.kind,) if query.kind else ()
    asked = Asked(query.parent, kinds, query.cursor)
    return page_json(await show_children(database, network.id, asked, today=today))


@router.get("/which")
async def which(
    query: Annotated[WhichQuery, Query()], request: Request, who: Looker
) -> dict[str, int]:
    """The id of the one unit called so; refused with the way of each when there are several."""
    network, _ = await _network(request, who, query.network)
    database = runtime_of(request).database
    return {"id": await pick_unit(database, network.id, query.name, under=query.under)}


@router.get("/{unit_id}")
async def show(
    unit_id: Id, request: Request, who: Looker, network: Slug = "", cursor: str = ""
) -> dict[str, Any]:
    """One unit: its facts, the way up, what is under it, its people with masked numbers."""
    found, today = await _network(request, who, network)
    database = runtime_of(request).database
    return unit_json(await show_unit(database, found.id, unit_id, today=today, after=cursor))


@router.post("", status_code=201)
async def add(body: UnitIn, request: Request, who: Editor) -> dict[str, int]:
    """Add a unit; an LSO stands under the network when nothing else is said."""
    network, _ = await _network(request, who, body.network)
    runtime = runtime_of(request)
    new = NewUnit(**{"kind": body.kind, "name": "", "parent": body.under, **body.told()})
    added = await add_unit(runtime.database, network.slug, new, by=who.name, now=runtime.clock())
    return {"id": added}


@router.patch("/{unit_id}")
async def change(unit_id: Id, body: ChangeIn, request: Request, who: Editor) -> dict[str, Any]:
    """Give a unit other facts; gives the names of what is different now."""
    network, _ = await _network(request, who, body.network)
    runtime = runtime_of(request)
    changed = await change_unit(
        runtime.database, network.slug, unit_id, body.told(), by=who.name, now=runtime.clock()
    )
    return {"id": unit_id, "changed": list(changed)}


@router.post("/{unit_id}/move")
async def move(unit_id: Id, body: MoveIn, request: Request, who: Editor) -> dict[str, int]:
    """Put a unit under another one, with all that is under it."""
    network, _ = await _network(request, who, body.network)
    runtime = runtime_of(request)
    await move_unit(
        runtime.database, network.slug, unit_id, body.under, by=who.name, now=runtime.clock()
    )
    return {"id": unit_id, "under": body.under}


@router.post("/{unit_id}/removal")
async def removal(unit_id: Id, body: RemovalIn, request: Request, who: Editor) -> dict[str, int]:
    """Take away a unit that nothing hangs on."""
    network, _ = await _network(request, who, body.network)
    runtime = runtime_of(request)
    await remove_unit(runtime.database, network.slug, unit_id, by=who.name, now=runtime.clock())
    return {"id": unit_id}


def page_json(page: UnitPage) -> dict[str, Any]:
    """A page of units with the names that scripts rely on."""
    return {"units": [line_json(line) for line in page.lines], "next": page.next}


def line_json(line: UnitLine) -> dict[str, Any]:
    """One line of it."""
    return {**asdict(line), "units": dict(line.units), "way": [asdict(one) for one in line.way]}


def unit_json(unit: ShownUnit) -> dict[str, Any]:
    """One unit with the names that scripts rely on."""
    told: Mapping[str, Any] = asdict(unit)
    days = {key: year_day_words(told[key]) for key in ("cut_from", "cut_until")}
    dates = {
        key: told[key].isoformat() if told[key] else None for key in ("formed_on", "verified_on")
    }
    return {**told, **days, **dates, "children": page_json(unit.children)}
