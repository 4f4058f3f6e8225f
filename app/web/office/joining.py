"""Those who asked by text to join: each is put on the list, or told kindly that it cannot be."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.language import tag_of
from app.domain.permissions import Act
from app.services.answer_join import Approval, Decision, approve_join, refuse_join
from app.services.pick_unit import pick_unit
from app.services.show_joins import count_joins, show_joins
from app.web.door import Visit, go, visits
from app.web.office._thread import number_in

router = APIRouter(include_in_schema=False)

JOINS = "/office/joins"
A_PAGE = 20
NOT_ON_THE_LIST = "new"

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Admitter = Annotated[Visit, Depends(visits(Act.ADMIT))]


@router.get(JOINS)
async def joins(visit: Looker) -> Response:
    """Show who waits, oldest first."""
    return await _page(visit)


@router.post(JOINS + "/{request_id}")
async def decide(request_id: int, visit: Admitter) -> Response:
    """Put somebody on the list, or do not."""
    try:
        done = await _decide(visit, request_id)
    except Refusal as fault:
        if fault.code == "not_found" and not visit.fields.get("unit", "").strip():
            raise
        return await _page(visit, request_id, fault)
    visit.runtime.dispatcher.wake()
    return go(f"{JOINS}?done={done}")


async def _decide(visit: Visit, request_id: int) -> str:
    """What became of it, in one word for the page that follows."""
    database, network_id = visit.runtime.database, visit.network.id
    decision = Decision(request_id, visit.officer.name, visit.now)
    catalogue = visit.runtime.desk.catalogue
    match visit.fields.get("do", ""):
        case "approve":
            approval = await _approval(visit)
            admitted = await approve_join(
                database, network_id, decision, approval, catalogue=catalogue
            )
            return "approved" if admitted.is_told else "approved-silent"
        case "refuse":
            is_told = await refuse_join(database, network_id, decision, catalogue=catalogue)
            return "refused" if is_told else "refused-silent"
        case _:
            raise Refusal("do", "It is not clear what to do. Press one of the buttons.")


async def _approval(visit: Visit) -> Approval:
    fields = visit.fields
    who = fields.get("who", NOT_ON_THE_LIST)
    if who != NOT_ON_THE_LIST:
        return Approval(person_id=number_in(who))
    unit = fields.get("unit", "").strip()
    unit_id = None
    if unit:
        unit_id = await pick_unit(visit.runtime.database, visit.network.id, unit)
    return Approval(name=fields.get("name", ""), unit_id=unit_id)


async def _page(
    visit: Visit, request_id: int | None = None, fault: Refusal | None = None
) -> Response:
    query = visit.request.query_params
    database, network_id = visit.runtime.database, visit.network.id
    after = number_in(query.get("after", "")) or None
    lines = await show_joins(database, network_id, after=after, limit=A_PAGE)
    kept: Mapping[str, str] = visit.fields if fault else {}
    context: dict[str, Any] = {
        "lines": lines,
        "count": await count_joins(database, network_id),
        "is_first": after is None,
        "next": lines[-1].id if len(lines) == A_PAGE else None,
        "done": query.get("done", ""),
        "wrong": request_id,
        "fault": fault.said(visit.speech.say) if fault else "",
        "kept": kept,
        "tag_of": tag_of,
    }
    return visit.render("joins.html", status=422 if fault else 200, **context)
