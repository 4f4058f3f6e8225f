"""When the members of each body are told of its meetings."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.domain.reminders import DAY
from app.services.approve_broadcast import Approver
from app.services.hurry_change import agree_to_hurry, ask_to_hurry
from app.services.keep_reminder_plan import keep_reminder_plan, reminder_plans
from app.web.door import Visit, go, visits
from app.web.office._minutes_desk import MEETINGS, meeting_named, minutes_at
from app.web.office._post_doors import id_in

router = APIRouter(include_in_schema=False)

PLACE = "/office/reminders"
ONE = MEETINGS + "/{body}/{label:path}"
OFFERED = (30 * DAY, 15 * DAY, 10 * DAY, 7 * DAY, 3 * DAY, 2 * DAY, DAY, 12 * 60, 240, 120, 60)
"""Minutes before a meeting that can be ticked; others that a plan has stand among them."""

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Writer = Annotated[Visit, Depends(visits(Act.WRITE_MINUTES))]
Asker = Annotated[Visit, Depends(visits(Act.PLAN))]
Approving = Annotated[Visit, Depends(visits(Act.APPROVE))]


@router.get(PLACE)
async def plans(visit: Looker) -> Response:
    """The plan of each body, and a form for one of them."""
    return await _page(visit, visit.request.query_params.get("body", ""))


@router.post(PLACE)
async def keep(visit: Writer) -> Response:
    """Keep the plan of a body, or show the form again with what is wrong."""
    body = visit.fields.get("body", "")
    is_usual = visit.fields.get("do") == "usual"
    ticked = [id_in(name.removeprefix("lead")) for name in visit.fields if name.startswith("lead")]
    leads = [lead for lead in ticked if lead]
    try:
        await keep_reminder_plan(
            visit.runtime.database,
            visit.network.id,
            body,
            None if is_usual else leads,
            by=visit.officer.name,
            now=visit.now,
        )
    except Refusal as fault:
        if fault.code == "not_found":
            raise
        return await _page(visit, body, leads, fault)
    return go(PLACE)


@router.post(ONE + "/hurry")
async def ask(body: str, label: str, visit: Asker) -> Response:
    """Ask that the news of a changed meeting go now, though it is quiet."""
    meeting = await meeting_named(visit, body, label)
    database, by = visit.runtime.database, _approver(visit)
    await ask_to_hurry(database, visit.network.id, meeting.id, by=by, now=visit.now)
    return go(minutes_at(meeting.body, meeting.label) + "#told")


@router.post(ONE + "/hurry/approval")
async def agree(body: str, label: str, visit: Approving) -> Response:
    """Agree that it goes now."""
    meeting = await meeting_named(visit, body, label)
    database, by = visit.runtime.database, _approver(visit)
    await agree_to_hurry(database, visit.network.id, meeting.id, by=by, now=visit.now)
    visit.runtime.dispatcher.wake()
    return go(minutes_at(meeting.body, meeting.label) + "#told")


def _approver(visit: Visit) -> Approver:
    return Approver(visit.officer.name, visit.officer.id, "")


async def _page(
    visit: Visit, body: str, ticked: list[int] | None = None, fault: Refusal | None = None
) -> Response:
    found = await reminder_plans(visit.runtime.database, visit.network.id)
    chosen = next((one for one in found if one.body == body), None)
    leads = ticked if ticked is not None else list(chosen.leads) if chosen else []
    offered = sorted({*OFFERED, *(chosen.leads if chosen else ())}, reverse=True)
    return visit.render(
        "reminder_plans.html",
        status=422 if fault else 200,
        plans=sorted(found, key=lambda one: one.body != "EC"),
        chosen=chosen if visit.officer.may(Act.WRITE_MINUTES) else None,
        leads=leads,
        offered=offered,
        fault=fault.said(visit.speech.say) if fault else "",
    )
