"""Emergency cards: whom a village calls, who is on duty, and when somebody tried the number."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.cards import KINDS, NATIONAL
from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.services.keep_card import add_line, change_line, check_line, remove_line
from app.services.show_cards import Card, CardLine, show_cards, show_line
from app.web.door import Visit, go, visits
from app.web.office._card_form import FIELD_OF, as_typed, line_in, of_card
from app.web.office._post_doors import Editor, Looker, id_in, shown_days
from app.web.told import Id

router = APIRouter(include_in_schema=False)

PLACE = "/office/emergency"

Answerer = Annotated[Visit, Depends(visits(Act.ANSWER))]


@router.get(PLACE)
async def cards(visit: Looker) -> Response:
    """Show every card with its numbers."""
    found = await show_cards(visit.runtime.database, visit.network.id, today=visit.today)
    return visit.render(
        "emergency.html",
        found=found,
        national=NATIONAL,
        done=visit.request.query_params.get("done", ""),
        **shown_days(visit),
    )


@router.get(PLACE + "/new")
async def blank(visit: Editor) -> Response:
    """Show the form for another number; `unit` says whose card it is for."""
    unit_id = id_in(visit.request.query_params.get("unit", ""))
    found = await show_cards(visit.runtime.database, visit.network.id, today=visit.today)
    card = next((one for one in found.cards if unit_id and one.unit_id == unit_id), None)
    return _form(visit, of_card(card) if card is not None else {})


@router.post(PLACE + "/new")
async def add(visit: Editor) -> Response:
    """Put a number on a card, or show the form again with what is wrong."""
    try:
        facts = await line_in(visit)
        await add_line(
            visit.runtime.database, visit.network.id, facts, by=visit.officer.name, now=visit.now
        )
    except Refusal as fault:
        return _form(visit, visit.fields, fault=fault)
    return go(f"{PLACE}?done=added")


@router.get(PLACE + "/{line_id}")
async def changing(line_id: Id, visit: Editor) -> Response:
    """Show the form with what is known of a number."""
    card, line = await _line(visit, line_id)
    return _form(visit, as_typed(card, line), line=line)


@router.post(PLACE + "/{line_id}")
async def change(line_id: Id, visit: Editor) -> Response:
    """Change a number, or take it off its card."""
    _, line = await _line(visit, line_id)
    database, network_id = visit.runtime.database, visit.network.id
    by, now = visit.officer.name, visit.now
    if visit.fields.get("do") == "remove":
        await remove_line(database, network_id, line_id, by=by, now=now)
        return go(f"{PLACE}?done=removed")
    try:
        facts = await line_in(visit)
        await change_line(database, network_id, line_id, facts, by=by, now=now)
    except Refusal as fault:
        return _form(visit, visit.fields, line=line, fault=fault)
    return go(f"{PLACE}?done=changed")


@router.post(PLACE + "/{line_id}/check")
async def check(line_id: Id, visit: Answerer) -> Response:
    """Write down that somebody called the number today and it works."""
    by, now = visit.officer.name, visit.now
    await check_line(visit.runtime.database, visit.network.id, line_id, by=by, now=now)
    return go(f"{PLACE}?done=checked#n{line_id}")


async def _line(visit: Visit, line_id: int) -> tuple[Card, CardLine]:
    return await show_line(visit.runtime.database, visit.network.id, line_id, today=visit.today)


def _form(
    visit: Visit,
    fields: Mapping[str, str],
    *,
    line: CardLine | None = None,
    fault: Refusal | None = None,
) -> Response:
    return visit.render(
        "emergency_form.html",
        status=422 if fault else 200,
        line=line,
        fields=fields,
        kinds=KINDS,
        said=fault.said(visit.speech.say) if fault else "",
        at=FIELD_OF.get(fault.code, "") if fault else "",
    )
