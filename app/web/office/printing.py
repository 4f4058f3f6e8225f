"""Sheets of paper, to look at and to print."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.permissions import Act
from app.printing.render import Printed
from app.printing.words import languages
from app.services.print_notice import NoticeWords
from app.services.print_paper import KINDS, Asked, print_paper
from app.services.print_sheet import order_of
from app.services.show_register import list_meetings
from app.web.door import Visit, visits
from app.web.printing import as_sheet

router = APIRouter(include_in_schema=False)

PLACE = "/office/print"
TITLE = 200
TEXT = 20_000
MOST_OF = 40
Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
FIELDS = ("title", "body", "no", "ref", "valid_until", "phone", "tag", "paper")


@router.get(PLACE)
async def papers(visit: Looker) -> Response:
    """What can be printed, and a form for a notice."""
    return await _page(visit, {**dict.fromkeys(FIELDS, ""), "tag": visit.speech.tag}, None)


@router.post(PLACE)
async def notice(visit: Looker) -> Response:
    """A notice of typed words as a file; the form again with its fault when it cannot be made."""
    told = {name: visit.fields.get(name, "") for name in FIELDS}
    try:
        words = NoticeWords(
            title=told["title"],
            body=told["body"].replace("\r\n", "\n"),
            no=told["no"],
            ref=told["ref"],
            valid_until=_day(told["valid_until"]),
        )
        form, paper = visit.fields.get("form", "pdf"), told["paper"] or "a4"
        order = order_of(form, told["tag"], paper, told["phone"])
        printed = await _printed(visit, Asked("notice", "", order, words))
    except Refusal as refusal:
        return await _page(visit, told, refusal)
    return as_sheet(printed, is_shown=False)


@router.get(PLACE + "/{kind}")
async def preview(kind: str, visit: Looker) -> Response:
    """A sheet as a picture, with its files in each language."""
    asked = _asked(kind, visit)
    printed = await _printed(visit, asked)
    return visit.render(
        "print_sheet.html",
        kind=kind,
        of=asked.of,
        tag=asked.order.tag,
        paper=asked.order.paper,
        phone=asked.order.phone,
        missing=[(letter, f"U+{ord(letter):04X}") for letter in printed.missing],
        tongues=languages(),
    )


@router.get(PLACE + "/{kind}/sheet")
async def sheet(kind: str, visit: Looker) -> Response:
    """The sheet itself; a picture is shown, any other file is kept."""
    form = visit.request.query_params.get("form", "pdf")
    is_shown = form == "png" and visit.request.query_params.get("shown") == "1"
    return as_sheet(await _printed(visit, _asked(kind, visit, form)), is_shown=is_shown)


async def _page(visit: Visit, told: dict[str, str], fault: Refusal | None) -> Response:
    meetings = await list_meetings(visit.runtime.database, visit.network.id, public=False, limit=12)
    return visit.render(
        "print.html",
        status=200 if fault is None else 422,
        told=told,
        fault=fault,
        meetings=[line for line in meetings.lines if line.has_minutes],
        tongues=languages(),
        longest_title=TITLE,
        longest_text=TEXT,
    )


def _asked(kind: str, visit: Visit, form: str = "pdf") -> Asked:
    query = visit.request.query_params
    if kind not in KINDS:
        raise Refusal("not_found", "There is no such sheet. Choose one from the list.")
    tag, paper = query.get("tag", visit.speech.tag), query.get("paper", "a4")
    order = order_of(form, tag, paper, query.get("phone", ""))
    sees_drafts = visit.officer.may(Act.PLAN)
    return Asked(kind, query.get("of", "")[:MOST_OF], order, sees_drafts=sees_drafts)


async def _printed(visit: Visit, asked: Asked) -> Printed:
    return await print_paper(
        visit.runtime.database,
        visit.network.id,
        asked,
        catalogue=visit.runtime.desk.catalogue,
        today=visit.today,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal(
            "day", "{told} is no day. Write it as 2026-12-31.", told=repr(text[:20])
        ) from None
