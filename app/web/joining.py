"""Requests to join over the API: what waits, and the decision of the General Secretary."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from app.domain.permissions import Act
from app.domain.storable import LARGEST_ID
from app.services.answer_join import Approval, Decision, approve_join, refuse_join
from app.services.show_joins import show_joins
from app.web.runtime import runtime_of
from app.web.told import Id, Slug, Told
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1", tags=["joining"])

MaybeId = Annotated[int | None, Field(ge=1, le=LARGEST_ID)]


class JoinsQuery(Told):
    """Which page of the list; `cursor` is the `next` of the page before."""

    cursor: MaybeId = None
    limit: int = Field(default=50, ge=1, le=200)
    network: Slug = ""


class ApprovalIn(Told):
    """How somebody is let in: another name, a unit, or who on the list it is."""

    name: str = Field(default="", max_length=200)
    unit_id: MaybeId = None
    person_id: MaybeId = None
    network: Slug = ""


class RefusalIn(Told):
    """Whose request is refused, where an officer looks after several networks."""

    network: Slug = ""


@router.get("/joins")
async def joins(
    query: Annotated[JoinsQuery, Query()],
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.LOOK))],
) -> dict[str, Any]:
    """Requests that wait, oldest first, with masked numbers and people of the same name."""
    network_id = await _network_id(request, who, query.network)
    found = await show_joins(
        runtime_of(request).database, network_id, after=query.cursor, limit=query.limit
    )
    following = found[-1].id if len(found) == query.limit else None
    return {"items": [asdict(line) for line in found], "next": following}


@router.post("/joins/{request_id}/approval")
async def approve(
    request_id: Id,
    body: ApprovalIn,
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.ADMIT))],
) -> dict[str, Any]:
    """Let somebody in; `told` says whether a text about it goes out."""
    runtime = runtime_of(request)
    admitted = await approve_join(
        runtime.database,
        await _network_id(request, who, body.network),
        Decision(request_id, who.name, runtime.clock()),
        Approval(body.name, body.unit_id, body.person_id),
        catalogue=runtime.desk.catalogue,
    )
    runtime.dispatcher.wake()
    return {"id": request_id, "person_id": admitted.person_id, "told": admitted.is_told}


@router.post("/joins/{request_id}/refusal")
async def refuse(
    request_id: Id,
    body: RefusalIn,
    request: Request,
    who: Annotated[Officer, Depends(allowed(Act.ADMIT))],
) -> dict[str, Any]:
    """Do not let somebody in; `told` says whether a text about it goes out."""
    runtime = runtime_of(request)
    is_told = await refuse_join(
        runtime.database,
        await _network_id(request, who, body.network),
        Decision(request_id, who.name, runtime.clock()),
        catalogue=runtime.desk.catalogue,
    )
    runtime.dispatcher.wake()
    return {"id": request_id, "told": is_told}


async def _network_id(request: Request, who: Officer, asked: str) -> int:
    return (await asked_network(request, who, asked)).id
