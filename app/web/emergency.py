"""Emergency cards over the API: which there are, their numbers, that somebody tried one."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from app.domain.permissions import Act
from app.services.keep_card import LineFacts, add_line, change_line, check_line, remove_line
from app.services.pick_unit import pick_unit
from app.services.show_cards import show_cards
from app.store.networks import NetworkInfo
from app.web.runtime import Runtime, runtime_of
from app.web.told import Id, NetworkIn, SomeId
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1", tags=["emergency"])

Words = Annotated[str, Field(max_length=200)]
Tag = Annotated[str, Field(max_length=20)]
Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
Answerer = Annotated[Officer, Depends(allowed(Act.ANSWER))]
Editor = Annotated[Officer, Depends(allowed(Act.EDIT))]


class LineIn(NetworkIn):
    """A number of a card; its unit by its id, or as people call it; none for the network's."""

    kind: Annotated[str, Field(max_length=20)]
    number: Words = ""
    unit_id: SomeId | None = None
    unit: Words = ""
    words: dict[Tag, Words] = Field(default_factory=dict, max_length=10)
    person_id: SomeId | None = None
    may_be_given: bool = False
    position: Annotated[int, Field(ge=0, le=1000)] = 0


@router.get("/emergency")
async def cards(
    query: Annotated[NetworkIn, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """Every card with its numbers."""
    runtime, network = await _at(request, who, query.network)
    today = network.day_at(runtime.clock())
    found = await show_cards(runtime.database, network.id, today=today)
    return {**asdict(found), "stale": found.stale}


@router.post("/emergency")
async def add(body: LineIn, request: Request, who: Editor) -> dict[str, Any]:
    """Put a number on a card."""
    runtime, network = await _at(request, who, body.network)
    facts = await _facts(runtime, network, body)
    made = await add_line(runtime.database, network.id, facts, by=who.name, now=runtime.clock())
    return {"id": made}


@router.post("/emergency/{line_id}")
async def change(line_id: Id, body: LineIn, request: Request, who: Editor) -> dict[str, Any]:
    """Let a number be as told."""
    runtime, network = await _at(request, who, body.network)
    facts = await _facts(runtime, network, body)
    await change_line(
        runtime.database, network.id, line_id, facts, by=who.name, now=runtime.clock()
    )
    return {"id": line_id}


@router.post("/emergency/{line_id}/check")
async def check(line_id: Id, body: NetworkIn, request: Request, who: Answerer) -> dict[str, Any]:
    """Write down that somebody called the number today and it works."""
    runtime, network = await _at(request, who, body.network)
    await check_line(runtime.database, network.id, line_id, by=who.name, now=runtime.clock())
    return {"id": line_id}


@router.post("/emergency/{line_id}/removal")
async def remove(line_id: Id, body: NetworkIn, request: Request, who: Editor) -> dict[str, Any]:
    """Take a number off its card."""
    runtime, network = await _at(request, who, body.network)
    await remove_line(runtime.database, network.id, line_id, by=who.name, now=runtime.clock())
    return {"id": line_id}


async def _at(request: Request, who: Officer, asked: str) -> tuple[Runtime, NetworkInfo]:
    return runtime_of(request), await asked_network(request, who, asked)


async def _facts(runtime: Runtime, network: NetworkInfo, body: LineIn) -> LineFacts:
    unit_id = body.unit_id
    if body.unit.strip():
        unit_id = await pick_unit(runtime.database, network.id, body.unit)
    return LineFacts(
        body.kind,
        body.number,
        unit_id,
        body.words,
        body.person_id,
        body.may_be_given,
        body.position,
    )
