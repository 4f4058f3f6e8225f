"""Calls about a meeting: whom to call, what to read out, and what they said."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.domain.storable import storable
from app.services.meeting_calls import list_calls
from app.services.note_answer import Said, note_answer
from app.services.print_meeting import Moment, print_calls, script_for
from app.services.print_sheet import order_of
from app.services.show_answers import Answered, show_answers
from app.web.door import Visit, go, visits
from app.web.office._minutes_desk import MEETINGS, TAGS, meeting_named, minutes_at
from app.web.office._post_doors import id_in
from app.web.printing import as_sheet

router = APIRouter(include_in_schema=False)

ONE = MEETINGS + "/{body}/{label:path}"
MOST_SHOWN = 200
"""Rows of one page; the list on paper has all."""

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Caller = Annotated[Visit, Depends(visits(Act.ANSWER))]
Reader = Annotated[Visit, Depends(visits(Act.SEE_NUMBERS))]


@router.get(ONE + "/calls")
async def calls(body: str, label: str, visit: Looker) -> Response:
    """Whom to call, with what is read out on top."""
    meeting = await meeting_named(visit, body, label)
    database, network_id = visit.runtime.database, visit.network.id
    tag = visit.request.query_params.get("in", "")
    tag = tag if tag in TAGS else visit.speech.tag
    order = order_of("txt", tag)
    aloud = await script_for(database, network_id, str(meeting.id), order, _moment(visit))
    found = await list_calls(database, network_id, meeting.id)
    return visit.render(
        "meeting_calls.html",
        meeting=meeting,
        here=minutes_at(meeting.body, meeting.label),
        aloud=aloud,
        calls=found[:MOST_SHOWN],
        every=len(found),
        tag=tag,
        tags=TAGS,
    )


@router.post(ONE + "/calls")
async def take(body: str, label: str, visit: Reader) -> Response:
    """The call list on paper with the numbers that may stand there; it is written down."""
    meeting = await meeting_named(visit, body, label)
    printed = await print_calls(
        visit.runtime.database,
        visit.network.id,
        str(meeting.id),
        order_of("pdf", visit.fields.get("tag", visit.speech.tag)),
        _moment(visit),
        by=visit.officer.name,
        now=visit.now,
    )
    return as_sheet(printed, is_shown=False)


@router.get(ONE + "/answer")
async def asking(body: str, label: str, visit: Caller) -> Response:
    """The form for what one person said."""
    meeting = await meeting_named(visit, body, label)
    who = await _who(visit, meeting, visit.request.query_params.get("person", ""))
    fields = {
        "answer": who.answer,
        "transport": "1" if who.needs_transport else "",
        "child": "1" if who.with_child else "",
        "stand_in": who.stand_in,
    }
    return _form(visit, meeting, who, fields)


@router.post(ONE + "/answer")
async def answer(body: str, label: str, visit: Caller) -> Response:
    """Write down what one person said, or show the form again with what is wrong."""
    meeting = await meeting_named(visit, body, label)
    fields = visit.fields
    who = await _who(visit, meeting, fields.get("person", ""))
    said = Said(
        answer=fields.get("answer", ""),
        needs_transport=bool(fields.get("transport")),
        with_child=bool(fields.get("child")),
        stand_in=storable(fields.get("stand_in", "")),
    )
    try:
        await note_answer(
            visit.runtime.database,
            visit.network.id,
            meeting.id,
            who.person_id,
            said,
            by=visit.officer.name,
            now=visit.now,
        )
    except Refusal as fault:
        return _form(visit, meeting, who, fields, fault)
    here = minutes_at(meeting.body, meeting.label)
    return go(f"{here}/calls" if fields.get("back") == "calls" else here)


async def _who(visit: Visit, meeting: Any, told: str) -> Answered:
    """The person of the body; raises Refusal for anybody else."""
    found = await show_answers(visit.runtime.database, visit.network.id, meeting.id)
    wanted = id_in(told)
    who = next((one for one in found.people if one.person_id == wanted), None)
    if who is None:
        raise Refusal("not_found", "Nobody of that body is meant. Choose somebody from its list.")
    return who


def _form(
    visit: Visit, meeting: Any, who: Answered, fields: Any, fault: Refusal | None = None
) -> Response:
    return visit.render(
        "meeting_answer.html",
        status=422 if fault else 200,
        meeting=meeting,
        here=minutes_at(meeting.body, meeting.label),
        who=who,
        fields=fields,
        fault=fault.said(visit.speech.say) if fault else "",
    )


def _moment(visit: Visit) -> Moment:
    return Moment(visit.runtime.desk.catalogue, visit.today)
