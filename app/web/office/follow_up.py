"""Following up decisions: what is late, and what owners said of it by text."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.services.confirm_report import MOST_LETTERS, Ruling, confirm_report, refuse_report
from app.services.show_follow_up import MOST_REPORTS, show_follow_up
from app.web.door import Visit, go, visits
from app.web.office._post_doors import id_in, shown_days
from app.web.told import Id

router = APIRouter(include_in_schema=False)

PLACE = "/office/follow-up"

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Writer = Annotated[Visit, Depends(visits(Act.WRITE_MINUTES))]


@router.get(PLACE)
async def follow_up(visit: Looker) -> Response:
    """Show reports that wait, then what is late, who owes it, and what is due soon."""
    return await _page(visit)


@router.post(PLACE + "/{report_id}")
async def rule(report_id: Id, visit: Writer) -> Response:
    """Confirm what an owner reported, or refuse it."""
    try:
        done = await _rule(visit, Ruling(report_id, visit.fields.get("note", "")))
    except Refusal as fault:
        if fault.code == "not_found":
            raise
        return await _page(visit, report_id, fault)
    visit.runtime.dispatcher.wake()
    return go(f"{PLACE}?done={done}")


async def _rule(visit: Visit, ruling: Ruling) -> str:
    """What became of it, in one word for the page that follows."""
    database, network_id = visit.runtime.database, visit.network.id
    by, now = visit.officer.name, visit.now
    match visit.fields.get("do", ""):
        case "confirm":
            await confirm_report(database, network_id, ruling, by=by, now=now)
            return "confirmed"
        case "refuse":
            words = visit.runtime.desk.catalogue
            is_told = await refuse_report(
                database, network_id, ruling, catalogue=words, by=by, now=now
            )
            return "refused" if is_told else "refused-silent"
        case _:
            raise Refusal("do", "It is not clear what to do. Press one of the buttons.")


async def _page(
    visit: Visit, report_id: int | None = None, fault: Refusal | None = None
) -> Response:
    query = visit.request.query_params
    after = id_in(query.get("after", "")) or 0
    found = await show_follow_up(
        visit.runtime.database, visit.network.id, today=visit.today, after=after
    )
    context: dict[str, Any] = {
        "found": found,
        "is_first": not after,
        "next": found.reports[-1].id if len(found.reports) == MOST_REPORTS else None,
        "done": query.get("done", ""),
        "wrong": report_id,
        "fault": fault.said(visit.speech.say) if fault else "",
        "kept": visit.fields if fault else {},
        "most": MOST_LETTERS,
        **shown_days(visit),
    }
    return visit.render("follow_up.html", status=422 if fault else 200, **context)
