"""Resolutions: letters to offices outside, their diary numbers and the answers."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.services.keep_resolution import LetterFacts, keep_resolution
from app.services.show_resolutions import ResolutionLine, list_resolutions, read_resolution
from app.web.door import Visit, go, visits
from app.web.office._field_ways import day_words
from app.web.office._minutes_desk import minutes_at
from app.web.office._pasted import plain_line, plain_text
from app.web.office._post_doors import day_in, id_in, shown_days

router = APIRouter(include_in_schema=False)

RESOLUTIONS = "/office/resolutions"
MOST_REPLY = 500
MOST_NUMBER = 40
Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Writer = Annotated[Visit, Depends(visits(Act.WRITE_MINUTES))]


@router.get(RESOLUTIONS)
async def resolutions(visit: Looker) -> Response:
    """List the resolutions: what was sent, what is answered, what is overdue."""
    found = await list_resolutions(visit.runtime.database, visit.network.id, today=visit.today)
    is_late = visit.request.query_params.get("overdue", "") == "1"
    return visit.render(
        "resolutions.html",
        resolutions=[one for one in found if one.days_late or not is_late],
        counts={
            "all": len(found),
            "waiting": sum(not one.sent_on for one in found),
            "answered": sum(one.replied_on is not None for one in found),
            "late": sum(one.days_late > 0 for one in found),
        },
        is_late=is_late,
        minutes_at=minutes_at,
        **shown_days(visit),
    )


@router.get(RESOLUTIONS + "/{resolution_id}")
async def resolution(resolution_id: str, visit: Looker) -> Response:
    """Show one resolution, with the form for what became of its letter."""
    one = await _one(visit, resolution_id)
    fields = {
        "letter_no": one.letter_no,
        "sent_on": day_words(one.sent_on),
        "diary_no": one.diary_no,
        "reply_due": day_words(one.reply_due),
        "replied_on": day_words(one.replied_on),
        "reply": one.reply,
    }
    return _page(visit, one, fields)


@router.post(RESOLUTIONS + "/{resolution_id}")
async def note(resolution_id: str, visit: Writer) -> Response:
    """Note the letter, its diary number or the answer; or show the form with what is wrong."""
    one = await _one(visit, resolution_id)
    fields = visit.fields
    try:
        facts = LetterFacts(
            letter_no=plain_line(fields.get("letter_no", ""))[:MOST_NUMBER],
            sent_on=day_in(visit, "sent_on", is_past=True),
            diary_no=plain_line(fields.get("diary_no", ""))[:MOST_NUMBER],
            reply_due=day_in(visit, "reply_due"),
            replied_on=day_in(visit, "replied_on", is_past=True),
            reply=plain_text(fields.get("reply", ""))[:MOST_REPLY],
        )
        await keep_resolution(
            visit.runtime.database,
            visit.network.id,
            one.id,
            facts,
            by=visit.officer.name,
            now=visit.now,
        )
    except Refusal as fault:
        if fault.code == "not_found":
            raise
        return _page(visit, one, fields, fault)
    return go(f"{RESOLUTIONS}/{one.id}")


async def _one(visit: Visit, told: str) -> ResolutionLine:
    resolution_id = id_in(told)
    if resolution_id is None:
        raise Refusal(
            "not_found", "There is no such resolution. Open it from the list of resolutions."
        )
    return await read_resolution(
        visit.runtime.database, visit.network.id, resolution_id, today=visit.today
    )


def _page(
    visit: Visit, one: ResolutionLine, fields: object, fault: Refusal | None = None
) -> Response:
    return visit.render(
        "resolution.html",
        status=422 if fault else 200,
        one=one,
        fields=fields,
        fault=fault.said(visit.speech.say) if fault else "",
        minutes_at=minutes_at,
        **shown_days(visit),
    )
