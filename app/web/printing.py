"""Sheets of paper over the API: PDF, PNG, DOCX and plain text."""

from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.responses import Response

from app.domain.permissions import Act
from app.printing.render import Printed
from app.services.print_notice import NoticeWords
from app.services.print_paper import Asked, print_paper
from app.services.print_sheet import order_of
from app.web.runtime import runtime_of
from app.web.told import Told
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1", tags=["printing"])

Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
Short = Annotated[str, Field(max_length=40)]


class PaperQuery(Told):
    """Which sheet, in which language, as what."""

    of: Short = ""
    lang: Short = "en"
    form: Short = "pdf"
    paper: Short = "a4"
    phone: Short = ""
    network: Short = ""


class NoticeIn(Told):
    """A notice in words; blank lines part its paragraphs."""

    title: Annotated[str, Field(max_length=2_000)]
    body: Annotated[str, Field(max_length=100_000)]
    no: Short = ""
    ref: Short = ""
    valid_until: date | None = None
    signer: Annotated[str, Field(max_length=500)] = ""
    lang: Short = "en"
    form: Short = "pdf"
    paper: Short = "a4"
    phone: Short = ""
    network: Short = ""


@router.get("/print/{kind}", response_class=Response)
async def paper(
    kind: str, query: Annotated[PaperQuery, Query()], request: Request, who: Looker
) -> Response:
    """A sheet as a file: minutes `of=EC 14`; notice, letter, press, newsletter by number.

    Of a meeting to come `of=EC 15`: meeting, aloud, calls (numbers masked), attendance.
    `X-Munadi-Missing` names the letters that no font has, which were left out.
    """
    order = order_of(query.form, query.lang, query.paper, query.phone)
    asked = Asked(kind, query.of, order, sees_drafts=who.may(Act.PLAN))
    return await _answer(request, who, query.network, asked)


@router.post("/print/notice", response_class=Response)
async def notice(body: NoticeIn, request: Request, who: Looker) -> Response:
    """A notice of these words as a file; nothing is kept of it."""
    told = body.model_dump(exclude={"lang", "form", "paper", "phone", "network"})
    order = order_of(body.form, body.lang, body.paper, body.phone)
    asked = Asked("notice", "", order, NoticeWords(**told))
    return await _answer(request, who, body.network, asked)


async def _answer(request: Request, who: Officer, slug: str, asked: Asked) -> Response:
    runtime = runtime_of(request)
    network = await asked_network(request, who, slug)
    printed = await print_paper(
        runtime.database,
        network.id,
        asked,
        catalogue=runtime.desk.catalogue,
        today=network.day_at(runtime.clock()),
    )
    return as_sheet(printed, is_shown=False)


def as_sheet(printed: Printed, *, is_shown: bool) -> Response:
    """The answer: to be kept under its name, or shown inside a page."""
    kept = "inline" if is_shown else "attachment"
    headers = {
        "Content-Disposition": f'{kept}; filename="{quote(printed.name, safe="")}"',
        "Cache-Control": "no-store",
    }
    if printed.missing:
        headers["X-Munadi-Missing"] = " ".join(f"U+{ord(one):04X}" for one in printed.missing)
    return Response(printed.content, media_type=printed.media_type, headers=headers)
