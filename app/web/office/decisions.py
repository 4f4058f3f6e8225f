"""Decisions: found in any writing, with their history."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.institution import EXECUTIVE, GENERAL_BODY, approves
from app.domain.minutes import DecisionState
from app.domain.permissions import Act
from app.services.change_decision import Change, change_decision
from app.services.find_decisions import Question, find_decisions
from app.services.show_decision import DecisionStory, show_decision
from app.services.show_register import MeetingLine, list_meetings
from app.services.show_resolutions import find_resolutions
from app.store.turned_texts import DECISION
from app.web.door import Visit, go, visits
from app.web.office._minutes_desk import minutes_at
from app.web.office._post_doors import day_in, id_in
from app.web.office._thread import sources_of
from app.web.office.today import noon
from app.web.told import Id

router = APIRouter(include_in_schema=False)

PLACE = "/office/decisions"
SHOWN = 25
LOOKED_THROUGH = 500
"""So many of the newest decisions are looked through for those past their date."""
MEETINGS_SHOWN = 20

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Writer = Annotated[Visit, Depends(visits(Act.WRITE_MINUTES))]


@router.get(PLACE)
async def decisions(visit: Looker) -> Response:
    """Find decisions by number or by words; with `overdue` only those past their date."""
    query = visit.request.query_params
    words, is_overdue = query.get("q", ""), query.get("overdue", "") == "1"
    limit = LOOKED_THROUGH if is_overdue else SHOWN
    found = await find_decisions(
        visit.runtime.database,
        visit.network.id,
        Question(words, visit.runtime.desk.vocabulary.topics, limit),
        public=False,
        today=visit.today,
    )
    resolutions = await find_resolutions(
        visit.runtime.database, visit.network.id, words, today=visit.today
    )
    if is_overdue:
        late = (one for one in found if one.days_late)
        found = tuple(sorted(late, key=lambda one: -one.days_late))
    return visit.render(
        "decisions.html",
        decisions=found[:SHOWN],
        resolutions=resolutions,
        count=len(found),
        most=SHOWN,
        words_asked=words,
        is_overdue=is_overdue,
        place=PLACE,
        minutes_at=minutes_at,
        noon=lambda day: noon(day, visit.speech.zone),
    )


@router.get(PLACE + "/{decision_id}")
async def decision(decision_id: Id, visit: Looker) -> Response:
    """Show a decision in all its languages, and each step that it took."""
    return await _page(visit, await _story(visit, decision_id))


@router.post(PLACE + "/{decision_id}")
async def change(decision_id: Id, visit: Writer) -> Response:
    """Let a decision stand where the form says, with a note of what was done."""
    story = await _story(visit, decision_id)
    try:
        await change_decision(
            visit.runtime.database,
            visit.network.id,
            decision_id,
            _change(visit),
            by=visit.officer.name,
            now=visit.now,
        )
    except Refusal as fault:
        return await _page(visit, story, fault)
    return go(f"{PLACE}/{decision_id}")


async def _story(visit: Visit, decision_id: int) -> DecisionStory:
    return await show_decision(
        visit.runtime.database, visit.network.id, decision_id, public=False, today=visit.today
    )


def _change(visit: Visit) -> Change:
    """What the form says; raises Refusal for what is no state or no day."""
    said = visit.fields
    try:
        state = DecisionState(said.get("state", ""))
    except ValueError:
        raise Refusal("no_such_state", "Choose how the decision stands from the list.") from None
    return Change(
        state=state,
        note=said.get("note", ""),
        due=day_in(visit, "due"),
        approved_in=id_in(said.get("approved_in", "")),
    )


async def _page(visit: Visit, story: DecisionStory, fault: Refusal | None = None) -> Response:
    line = story.line
    is_advice = line.status == DecisionState.RECOMMENDED and not approves(line.body)
    context: dict[str, Any] = {
        "story": story,
        "line": line,
        "states": [state.value for state in DecisionState],
        "meetings": await _approving(visit, line.at) if is_advice else (),
        "is_advice": is_advice,
        "said": visit.fields,
        "fault": fault,
        "minutes_at": minutes_at,
        "place": PLACE,
        "sources": await sources_of(visit, DECISION, line.id),
        "noon": lambda day: noon(day, visit.speech.zone),
    }
    return visit.render("decision.html", status=422 if fault else 200, **context)


async def _approving(visit: Visit, after: datetime) -> list[MeetingLine]:
    """Later meetings of the bodies that may approve what a committee recommends."""
    page = await list_meetings(visit.runtime.database, visit.network.id, public=False)
    bodies = (EXECUTIVE, GENERAL_BODY)
    held = (one for one in page.lines if one.body in bodies and after <= one.at <= visit.now)
    return list(held)[:MEETINGS_SHOWN]
