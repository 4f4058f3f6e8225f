"""Standing texts and awareness items over the API."""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from app.catalogue import read_starters
from app.domain.permissions import Act
from app.services.keep_awareness import (
    STARTERS,
    ItemWords,
    Reviewer,
    add_starters,
    keep_item,
    retire_item,
    review_item,
)
from app.services.keep_standing import (
    Consenter,
    Wish,
    approve_standing,
    keep_standing,
    leave_out_next,
    stop_standing,
)
from app.services.keep_story import Writer
from app.services.show_standing import (
    StandingText,
    list_items,
    list_standing,
    read_item,
    read_standing,
)
from app.store.networks import NetworkInfo
from app.web.runtime import Runtime, runtime_of
from app.web.told import Id, NetworkIn, Told
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1", tags=["standing texts"])

Line = Annotated[str, Field(max_length=200)]
Texts = Annotated[
    dict[Annotated[str, Field(max_length=20)], Annotated[str, Field(max_length=5000)]],
    Field(max_length=20),
]
Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
Planner = Annotated[Officer, Depends(allowed(Act.PLAN))]
Approver = Annotated[Officer, Depends(allowed(Act.APPROVE))]
Canceller = Annotated[Officer, Depends(allowed(Act.CANCEL))]


class StandingIn(NetworkIn):
    """A text that goes again by a rule in people's words; either `texts` or a `series`."""

    name: Line
    audience: Annotated[str, Field(max_length=500)]
    rule: Line
    clock: Annotated[str, Field(max_length=10)]
    texts: Texts = Field(default_factory=dict)
    series: Annotated[str, Field(max_length=40)] = ""
    kind: Annotated[str, Field(max_length=10)] = "notice"
    starts_on: date | None = None
    ends_on: date | None = None


class ConsentIn(NetworkIn):
    """A yes to exactly the text with this hash."""

    hash: Annotated[str, Field(max_length=64)]


class DayIn(NetworkIn):
    """The next day, as it was shown."""

    on: date


class ItemIn(NetworkIn):
    """An awareness item."""

    key: Annotated[str, Field(max_length=80)]
    texts: Texts
    source: Line
    series: Annotated[str, Field(max_length=80)] = STARTERS


class ReviewIn(Told):
    """What was read: `seen` as the item had it."""

    seen: Annotated[str, Field(max_length=40)]
    network: Annotated[str, Field(max_length=40)] = ""


@router.get("/standing")
async def standing(
    query: Annotated[NetworkIn, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """Every standing text with its next days and what came of the last."""
    runtime, network = await _at(request, who, query.network)
    found = await list_standing(runtime.database, network.id, now=runtime.clock())
    return {"standing": [_told(one) for one in found]}


@router.get("/standing/{standing_id}")
async def one_standing(
    standing_id: Id, query: Annotated[NetworkIn, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """One of them with its latest days."""
    runtime, network = await _at(request, who, query.network)
    found, runs = await read_standing(
        runtime.database, network.id, standing_id, now=runtime.clock()
    )
    return {**_told(found), "runs": [asdict(run) for run in runs]}


@router.post("/standing", status_code=201)
async def keep(body: StandingIn, request: Request, who: Planner) -> dict[str, Any]:
    """Keep one; nothing goes before somebody else agrees."""
    return await _keep(body, request, who, None)


@router.post("/standing/{standing_id}")
async def change(
    standing_id: Id, body: StandingIn, request: Request, who: Planner
) -> dict[str, Any]:
    """Let one be as the body says; it stops until somebody agrees again."""
    return await _keep(body, request, who, standing_id)


async def _keep(
    body: StandingIn, request: Request, who: Officer, standing_id: int | None
) -> dict[str, Any]:
    runtime, network = await _at(request, who, body.network)
    wish = Wish(**body.model_dump(exclude={"network"}))
    made = await keep_standing(
        runtime.database,
        network.id,
        wish,
        catalogue=runtime.desk.catalogue,
        by=Writer(who.name, who.id),
        now=runtime.clock(),
        standing_id=standing_id,
    )
    found, _ = await read_standing(runtime.database, network.id, made, now=runtime.clock())
    return _told(found)


@router.post("/standing/{standing_id}/approval")
async def approve(
    standing_id: Id, body: ConsentIn, request: Request, who: Approver
) -> dict[str, Any]:
    """Agree that it goes by itself from now on."""
    runtime, network = await _at(request, who, body.network)
    by = Consenter(who.name, who.id, body.hash)
    next_on = await approve_standing(
        runtime.database, network.id, standing_id, by=by, now=runtime.clock()
    )
    return {"id": standing_id, "next_on": next_on}


@router.post("/standing/{standing_id}/stop")
async def stop(
    standing_id: Id, body: NetworkIn, request: Request, who: Canceller
) -> dict[str, Any]:
    """Let it go no more."""
    runtime, network = await _at(request, who, body.network)
    await stop_standing(runtime.database, network.id, standing_id, by=who.name, now=runtime.clock())
    return {"id": standing_id, "state": "stopped"}


@router.post("/standing/{standing_id}/left-out")
async def leave_out(
    standing_id: Id, body: DayIn, request: Request, who: Canceller
) -> dict[str, Any]:
    """Leave the next day out."""
    runtime, network = await _at(request, who, body.network)
    now = runtime.clock()
    await leave_out_next(runtime.database, network.id, standing_id, body.on, by=who.name, now=now)
    found, _ = await read_standing(runtime.database, network.id, standing_id, now=now)
    return _told(found)


@router.get("/awareness")
async def awareness(
    query: Annotated[NetworkIn, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """Every awareness item, and whether somebody looked at it in the last twelve months."""
    runtime, network = await _at(request, who, query.network)
    found = await list_items(runtime.database, network.id, now=runtime.clock())
    return {"items": [asdict(one) for one in found]}


@router.post("/awareness", status_code=201)
async def keep_one_item(body: ItemIn, request: Request, who: Planner) -> dict[str, Any]:
    """Write an item; it goes out once somebody else reviewed it."""
    return await _keep_item(body, request, who, None)


@router.post("/awareness/starters")
async def starters(body: NetworkIn, request: Request, who: Planner) -> dict[str, Any]:
    """Bring in the items that ship with the product; none of them is reviewed."""
    runtime, network = await _at(request, who, body.network)
    added = await add_starters(
        runtime.database, network.id, read_starters(), by=who.name, now=runtime.clock()
    )
    return {"added": added}


@router.post("/awareness/{item_id}")
async def change_item(item_id: Id, body: ItemIn, request: Request, who: Planner) -> dict[str, Any]:
    """Change an item; it is to be reviewed again."""
    return await _keep_item(body, request, who, item_id)


async def _keep_item(
    body: ItemIn, request: Request, who: Officer, item_id: int | None
) -> dict[str, Any]:
    runtime, network = await _at(request, who, body.network)
    item = ItemWords(body.key, body.texts, body.source, body.series)
    made = await keep_item(
        runtime.database,
        network.id,
        item,
        catalogue=runtime.desk.catalogue,
        by=Writer(who.name, who.id),
        now=runtime.clock(),
        item_id=item_id,
    )
    return asdict(await read_item(runtime.database, network.id, made, now=runtime.clock()))


@router.post("/awareness/{item_id}/review")
async def review(item_id: Id, body: ReviewIn, request: Request, who: Approver) -> dict[str, Any]:
    """Say that the words are true today."""
    runtime, network = await _at(request, who, body.network)
    now, by = runtime.clock(), Reviewer(who.name, who.id, body.seen)
    await review_item(runtime.database, network.id, item_id, by=by, now=now)
    return asdict(await read_item(runtime.database, network.id, item_id, now=now))


@router.post("/awareness/{item_id}/retire")
async def retire(item_id: Id, body: NetworkIn, request: Request, who: Canceller) -> dict[str, Any]:
    """Let an item go out no more."""
    runtime, network = await _at(request, who, body.network)
    await retire_item(runtime.database, network.id, item_id, by=who.name, now=runtime.clock())
    return {"id": item_id, "stands": "retired"}


async def _at(request: Request, who: Officer, asked: str) -> tuple[Runtime, NetworkInfo]:
    return runtime_of(request), await asked_network(request, who, asked)


def _told(one: StandingText) -> dict[str, Any]:
    told = asdict(one)
    del told["clock_at"]
    told["clock"] = f"{one.clock:%H:%M}"
    return told
