"""Following up decisions over the API: what is late, what owners said."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from app.domain.permissions import Act
from app.domain.storable import LARGEST_ID
from app.services.confirm_report import Ruling, confirm_report, refuse_report
from app.services.show_follow_up import FollowLine, show_follow_up
from app.web.runtime import runtime_of
from app.web.told import Id, Slug, Told
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1", tags=["follow_up"])

Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
Writer = Annotated[Officer, Depends(allowed(Act.WRITE_MINUTES))]


class FollowUpQuery(Told):
    """Which page of the reports; `cursor` is the last id of the page before."""

    cursor: int = Field(default=0, ge=0, le=LARGEST_ID)
    network: Slug = ""


class RulingIn(Told):
    """What the secretary adds to a report; the sender of a refused one reads it."""

    note: str = Field(default="", max_length=300)
    network: Slug = ""


@router.get("/follow-up")
async def follow_up(
    query: Annotated[FollowUpQuery, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """Late decisions, the latest first, those due within a week, and reports that wait."""
    runtime = runtime_of(request)
    network = await asked_network(request, who, query.network)
    today = network.day_at(runtime.clock())
    found = await show_follow_up(runtime.database, network.id, today=today, after=query.cursor)
    return {
        "late": [_line(one) for one in found.late],
        "soon": [_line(one) for one in found.soon],
        "ownerless": [one.decision_id for one in found.ownerless],
        "reports": [asdict(one) for one in found.reports],
        "waiting": found.waiting,
    }


@router.post("/follow-up/{report_id}/confirmation")
async def confirm(report_id: Id, body: RulingIn, request: Request, who: Writer) -> dict[str, Any]:
    """Let the decision stand as its owner reported."""
    runtime = runtime_of(request)
    network = await asked_network(request, who, body.network)
    ruling = Ruling(report_id, body.note)
    await confirm_report(runtime.database, network.id, ruling, by=who.name, now=runtime.clock())
    return {"id": report_id, "state": "confirmed"}


@router.post("/follow-up/{report_id}/refusal")
async def refuse(report_id: Id, body: RulingIn, request: Request, who: Writer) -> dict[str, Any]:
    """Leave the decision as it stands; `told` says whether a text about it goes out."""
    runtime = runtime_of(request)
    network = await asked_network(request, who, body.network)
    is_told = await refuse_report(
        runtime.database,
        network.id,
        Ruling(report_id, body.note),
        catalogue=runtime.desk.catalogue,
        by=who.name,
        now=runtime.clock(),
    )
    runtime.dispatcher.wake()
    return {"id": report_id, "state": "refused", "told": is_told}


def _line(one: FollowLine) -> dict[str, Any]:
    return {**asdict(one), "is_vacant": one.is_vacant, "is_unreached": one.is_unreached}
