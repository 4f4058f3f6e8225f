"""Reports of problems: lists, one with its history and forms, and what somebody came to tell."""

import secrets
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.institution import CABINET
from app.domain.language import tag_of
from app.domain.permissions import ALLOWED, Act
from app.services.answer_ticket import TicketAnswer, answer_ticket, close_ticket
from app.services.change_ticket import Hand, TicketChange, change_ticket, reopen_ticket
from app.services.file_ticket import WalkIn, file_walk_in
from app.services.pick_unit import pick_unit
from app.services.show_tickets import Looking, list_tickets, show_ticket
from app.web.door import Visit, go, visits
from app.web.office._post_doors import shown_days

router = APIRouter(include_in_schema=False)

PLACE = "/office/tickets"
UNKNOWN = frozenset({"not_found", "not_allowed"})

No = Annotated[int, Path(ge=1, le=2**31 - 1)]
Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Worker = Annotated[Visit, Depends(visits(Act.WORK_TICKETS))]


def looking_of(visit: Visit) -> Looking:
    """Who looks, at which network's reports, on which day."""
    return Looking(visit.network.id, visit.officer.post, visit.today)


def _hand(visit: Visit) -> Hand:
    return Hand(visit.network.id, visit.officer.name, visit.now, visit.officer.post)


@router.get(PLACE)
async def tickets(visit: Looker) -> Response:
    """Show reports, those that wait first."""
    query = visit.request.query_params
    which, before = query.get("which", "open"), query.get("before", "")
    is_number = before.isascii() and before.isdecimal() and len(before) < 10
    page = await list_tickets(
        visit.runtime.database,
        looking_of(visit),
        which=which,
        before=int(before) if is_number else None,
    )
    return visit.render(
        "tickets.html", page=page, which=which, is_first=not is_number, tag_of=tag_of
    )


@router.get(PLACE + "/new")
async def new(visit: Worker) -> Response:
    """Show the form for what somebody came to tell."""
    return _form(visit)


@router.post(PLACE + "/new")
async def file(visit: Worker) -> Response:
    """Write down what somebody came to tell."""
    fields, database = visit.fields, visit.runtime.database
    try:
        told = WalkIn(
            text=fields.get("text", ""),
            teller=fields.get("teller", ""),
            unit_id=await _unit(visit, "unit"),
            is_protected=fields.get("kind") == "protected",
            is_nameless=not fields.get("teller", "").strip(),
        )
        filed = await file_walk_in(
            database, visit.network.id, told, by=visit.officer.name, now=visit.now
        )
    except Refusal as fault:
        return _form(visit, fault)
    if told.is_protected and visit.officer.post not in ALLOWED[Act.SEE_PROTECTED]:
        return go(PLACE)
    return go(f"{PLACE}/{filed.no}?done=filed")


def _form(visit: Visit, fault: Refusal | None = None) -> Response:
    return visit.render(
        "ticket_form.html",
        status=422 if fault else 200,
        fields=visit.fields,
        fault=fault.said(visit.speech.say) if fault else "",
    )


async def _unit(visit: Visit, field: str) -> int | None:
    """The unit that a field names, None for an empty one; raises Refusal for none or several."""
    words = visit.fields.get(field, "").strip()
    return await pick_unit(visit.runtime.database, visit.network.id, words) if words else None


@router.get(PLACE + "/{ticket_no}")
async def ticket(ticket_no: No, visit: Looker) -> Response:
    """Show one report."""
    return await _page(visit, ticket_no)


@router.post(PLACE + "/{ticket_no}")
async def act(ticket_no: No, visit: Worker) -> Response:
    """Answer, assign, close, reopen or protect one report."""
    try:
        done = await _do(visit, ticket_no, visit.fields.get("do", ""))
    except Refusal as fault:
        if fault.code == "not_allowed" or (fault.code == "not_found" and not _names_unit(visit)):
            raise
        return await _page(visit, ticket_no, fault)
    visit.runtime.dispatcher.wake()
    if done == "protected" and visit.officer.post not in ALLOWED[Act.SEE_PROTECTED]:
        return go(PLACE)
    return go(f"{PLACE}/{ticket_no}?done={done}")


def _names_unit(visit: Visit) -> bool:
    return any(visit.fields.get(field, "").strip() for field in ("unit", "owner_unit"))


async def _do(visit: Visit, no: int, what: str) -> str:
    """What became of it, in one word for the page that follows."""
    database, hand = visit.runtime.database, _hand(visit)
    match what:
        case "answer" | "spoken":
            return await _answer(visit, no, hand, is_spoken=what == "spoken")
        case "close":
            words = visit.runtime.desk.catalogue
            is_told = await close_ticket(database, no, hand, catalogue=words)
            return "closed" if is_told else "closed-silent"
        case "reopen":
            await reopen_ticket(database, no, hand)
            return "reopened"
        case "protect" | "unprotect":
            change = TicketChange(is_protected=what == "protect")
            await change_ticket(database, no, change, hand)
            return "protected" if what == "protect" else "changed"
        case "change" | "hand":
            await change_ticket(database, no, await _change(visit, no, what), hand)
            return "changed"
        case _:
            raise Refusal("do", "It is not clear what to do. Press one of the buttons.")


async def _answer(visit: Visit, no: int, hand: Hand, *, is_spoken: bool) -> str:
    fields = visit.fields
    written = TicketAnswer(
        fields.get("text", ""), fields.get("key", ""), is_spoken, bool(fields.get("closes"))
    )
    await answer_ticket(visit.runtime.database, no, written, hand)
    return "spoken" if is_spoken else "answered"


async def _change(visit: Visit, no: int, what: str) -> TicketChange:
    # Looked for first, so that nobody learns from a unit's name whether a report is there.
    await show_ticket(visit.runtime.database, looking_of(visit), no)
    return TicketChange(
        owner_post=visit.fields.get("owner"),
        owner_unit_id=await _unit(visit, "owner_unit"),
        unit_id=await _unit(visit, "unit") or 0,
        is_in_hand=what == "hand",
        note=visit.fields.get("note", ""),
    )


async def _page(visit: Visit, no: int, fault: Refusal | None = None) -> Response:
    view = await show_ticket(visit.runtime.database, looking_of(visit), no)
    kept: Mapping[str, str] = visit.fields if fault else {}
    posts = list(CABINET)
    if view.line.owner_post not in posts:
        posts.append(view.line.owner_post)
    return visit.render(
        "ticket.html",
        status=422 if fault else 200,
        view=view,
        posts=posts,
        done=visit.request.query_params.get("done", ""),
        fault=fault.said(visit.speech.say) if fault else "",
        kept=kept,
        key=kept.get("key") or secrets.token_urlsafe(16),
        tag_of=tag_of,
        **shown_days(visit),
    )
