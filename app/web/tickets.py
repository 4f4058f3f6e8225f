"""Reports of problems over the API: lists, one with its history, and what is done to it."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import Field

from app.domain.permissions import Act
from app.domain.storable import LARGEST_ID
from app.services.answer_ticket import TicketAnswer, answer_ticket, close_ticket
from app.services.change_ticket import Hand, TicketChange, change_ticket, reopen_ticket
from app.services.file_ticket import WalkIn, file_walk_in
from app.services.pick_unit import pick_unit
from app.services.show_tickets import Looking, TicketView, list_tickets, show_ticket
from app.web.runtime import runtime_of
from app.web.told import NetworkIn, Slug, Told
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1", tags=["tickets"])

No = Annotated[int, Path(ge=1, le=2**31 - 1)]
Worker = Annotated[Officer, Depends(allowed(Act.WORK_TICKETS))]
Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
MaybeId = Annotated[int | None, Field(ge=1, le=LARGEST_ID)]


class TicketsQuery(Told):
    """Which list, and below which number its page begins."""

    which: str = Field(default="open", max_length=12)
    cursor: int | None = Field(default=None, ge=1, le=2**31 - 1)
    network: Slug = ""


class WalkInIn(NetworkIn):
    """What somebody told in the office; the unit by id or as people call it."""

    text: str = Field(max_length=5_000)
    teller: str = Field(default="", max_length=200)
    unit_id: MaybeId = None
    unit: str = Field(default="", max_length=200)
    person_id: MaybeId = None
    is_protected: bool = False
    is_nameless: bool = False


class ChangeIn(NetworkIn):
    """What is changed of a report; what is left out stays. `unit_id` 0 takes the unit away."""

    owner_post: str | None = Field(default=None, max_length=60)
    owner_unit_id: MaybeId = None
    unit_id: int | None = Field(default=None, ge=0, le=LARGEST_ID)
    is_in_hand: bool = False
    is_protected: bool | None = None
    note: str = Field(default="", max_length=5_000)


class AnswerIn(NetworkIn):
    """An answer; `key` lets it go out once, `is_spoken` sends nothing, `closes` ends it."""

    text: str = Field(max_length=5_000)
    key: str = Field(default="", max_length=40)
    is_spoken: bool = False
    closes: bool = False


class CloseIn(NetworkIn):
    """What stays in the history of a report that is closed."""

    note: str = Field(default="", max_length=5_000)


async def _looking(request: Request, who: Officer, asked: str) -> Looking:
    network = await asked_network(request, who, asked)
    return Looking(network.id, who.post, network.day_at(runtime_of(request).clock()))


async def _hand(request: Request, who: Officer, asked: str) -> Hand:
    network = await asked_network(request, who, asked)
    return Hand(network.id, who.name, runtime_of(request).clock(), who.post)


def told(view: TicketView) -> dict[str, Any]:
    """One report as the API tells it."""
    found = asdict(view)
    return {**found.pop("line"), "number": view.line.number, **found}


@router.get("/tickets")
async def tickets(
    query: Annotated[TicketsQuery, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """A page of reports, newest first; protected ones in the list `protected` alone."""
    page = await list_tickets(
        runtime_of(request).database,
        await _looking(request, who, query.network),
        which=query.which,
        before=query.cursor,
    )
    return {
        "items": [{**asdict(one), "number": one.number} for one in page.lines],
        "next": page.next,
        "open": page.open,
        "overdue": page.overdue,
        "protected": page.protected,
    }


@router.get("/tickets/{ticket_no}")
async def ticket(
    ticket_no: No, request: Request, who: Looker, network: Slug = ""
) -> dict[str, Any]:
    """One report with its history."""
    looking = await _looking(request, who, network)
    return told(await show_ticket(runtime_of(request).database, looking, ticket_no))


@router.post("/tickets", status_code=201)
async def file(body: WalkInIn, request: Request, who: Worker) -> dict[str, Any]:
    """Write down what somebody came to report."""
    runtime = runtime_of(request)
    network = await asked_network(request, who, body.network)
    unit_id = body.unit_id
    if unit_id is None and body.unit.strip():
        unit_id = await pick_unit(runtime.database, network.id, body.unit)
    walk_in = WalkIn(
        text=body.text,
        teller=body.teller,
        unit_id=unit_id,
        person_id=body.person_id,
        is_protected=body.is_protected,
        is_nameless=body.is_nameless,
    )
    filed = await file_walk_in(
        runtime.database, network.id, walk_in, by=who.name, now=runtime.clock()
    )
    return {"no": filed.no, "number": filed.number, "owner_post": filed.owner_post}


@router.post("/tickets/{ticket_no}")
async def change(ticket_no: No, body: ChangeIn, request: Request, who: Worker) -> dict[str, Any]:
    """Change the owner, the unit, or that it is in hand."""
    wanted = TicketChange(
        owner_post=body.owner_post,
        owner_unit_id=body.owner_unit_id,
        unit_id=body.unit_id,
        is_in_hand=body.is_in_hand,
        is_protected=body.is_protected,
        note=body.note,
    )
    hand = await _hand(request, who, body.network)
    await change_ticket(runtime_of(request).database, ticket_no, wanted, hand)
    return {"no": ticket_no}


@router.post("/tickets/{ticket_no}/answer")
async def answer(ticket_no: No, body: AnswerIn, request: Request, who: Worker) -> dict[str, Any]:
    """Answer a report; `told` says whether a text goes out."""
    runtime = runtime_of(request)
    written = TicketAnswer(body.text, body.key, body.is_spoken, body.closes)
    hand = await _hand(request, who, body.network)
    is_told = await answer_ticket(runtime.database, ticket_no, written, hand)
    runtime.dispatcher.wake()
    return {"no": ticket_no, "told": is_told}


@router.post("/tickets/{ticket_no}/closing")
async def close(ticket_no: No, body: CloseIn, request: Request, who: Worker) -> dict[str, Any]:
    """Close a report; the member is told once."""
    runtime = runtime_of(request)
    hand = await _hand(request, who, body.network)
    words = runtime.desk.catalogue
    is_told = await close_ticket(runtime.database, ticket_no, hand, catalogue=words, note=body.note)
    runtime.dispatcher.wake()
    return {"no": ticket_no, "told": is_told}


@router.post("/tickets/{ticket_no}/reopening")
async def reopen(ticket_no: No, body: NetworkIn, request: Request, who: Worker) -> dict[str, Any]:
    """Let the seven days begin again."""
    hand = await _hand(request, who, body.network)
    await reopen_ticket(runtime_of(request).database, ticket_no, hand)
    return {"no": ticket_no}
