"""Instalments: who pays back what when, a list to bring in, what was paid."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.services._instalment_list import Line
from app.services.keep_instalments import (
    LONGEST,
    TakenList,
    drop_instalment,
    mark_paid,
    take_instalments,
    write_down,
)
from app.services.show_instalments import list_instalments
from app.web.door import Visit, go, visits
from app.web.office._pasted import plain_line
from app.web.office._post_doors import shown_days
from app.web.told import Id

router = APIRouter(include_in_schema=False)

PLACE = "/office/instalments"
MOST_LETTERS = 200_000
FIELD_OF = {
    "nobody": "who",
    "several": "who",
    "number_unread": "who",
    "date": "due",
    "day_missing": "due",
    "day_far": "due",
    "label_empty": "label",
    "label_long": "label",
    "label_amount": "label",
}
"""The field that a Refusal is about, by its code."""
Lender = Annotated[Visit, Depends(visits(Act.INSTALMENTS))]


@router.get(PLACE)
async def instalments(visit: Lender) -> Response:
    """Show what is due, with the forms for one more and for a list."""
    return await _page(visit)


@router.post(PLACE)
async def add(visit: Lender) -> Response:
    """Write one down, or show the form again with what is wrong."""
    told = {name: plain_line(visit.fields.get(name, "")) for name in ("who", "due", "label")}
    line = Line(1, name=told["who"], due=told["due"], label=told["label"])
    try:
        await write_down(
            visit.runtime.database, visit.network.id, line, by=visit.officer.name, now=visit.now
        )
    except Refusal as fault:
        return await _page(visit, one=fault)
    return go(PLACE)


@router.post(PLACE + "/list")
async def take(visit: Lender) -> Response:
    """Take a pasted list, and show the rows that were not taken."""
    text = visit.fields.get("rows", "")[:MOST_LETTERS]
    try:
        taken = await take_instalments(
            visit.runtime.database,
            visit.network.id,
            text.encode(),
            "list.csv",
            by=visit.officer.name,
            now=visit.now,
        )
    except Refusal as fault:
        return await _page(visit, many=fault)
    return await _page(visit, taken=taken)


@router.post(PLACE + "/{instalment_id}")
async def act(instalment_id: Id, visit: Lender) -> Response:
    """Note that one was paid, that it was not, or take it out."""
    do = visit.fields.get("do", "")
    database, network_id = visit.runtime.database, visit.network.id
    by, now = visit.officer.name, visit.now
    if do == "remove":
        await drop_instalment(database, network_id, instalment_id, by=by, now=now)
    elif do in ("paid", "unpaid"):
        await mark_paid(database, network_id, instalment_id, paid=do == "paid", by=by, now=now)
    else:
        raise Refusal("do", "Choose one of the buttons on the page.")
    return go(PLACE)


async def _page(
    visit: Visit,
    *,
    one: Refusal | None = None,
    many: Refusal | None = None,
    taken: TakenList | None = None,
) -> Response:
    found = await list_instalments(visit.runtime.database, visit.network.id, today=visit.today)
    say = visit.speech.say
    return visit.render(
        "instalments.html",
        status=422 if one or many else 200,
        found=found,
        fields=visit.fields,
        most=LONGEST,
        fault=one.said(say) if one else "",
        at=FIELD_OF.get(one.code, "") if one else "",
        list_fault=many.said(say) if many else "",
        taken=taken,
        faults=[(each.row, each.refusal.said(say)) for each in taken.faults] if taken else [],
        **shown_days(visit),
    )
