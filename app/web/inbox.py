"""The human inbox over the API: threads that wait, whose they are, answers, what texts become."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from app.domain.language import written_in
from app.domain.permissions import Act
from app.domain.storable import LARGEST_ID
from app.services._act import Deed
from app.services.answer_member import Answer, answer_member
from app.services.assign_thread import assign_thread, show_answerers
from app.services.keep_story import Writer
from app.services.settle_inbox import settle_inbox
from app.services.show_talk import show_thread
from app.services.show_threads import Whose, show_threads
from app.services.turn_text import (
    Turned,
    turn_into_follow_up,
    turn_into_story,
    turn_into_ticket,
)
from app.web.runtime import runtime_of
from app.web.told import Id, NetworkIn, Slug, SomeId, Told
from app.web.who import Officer, allowed, asked_network

router = APIRouter(prefix="/api/v1/inbox", tags=["inbox"])

Looker = Annotated[Officer, Depends(allowed(Act.LOOK))]
Answerer = Annotated[Officer, Depends(allowed(Act.ANSWER))]
Seen = Annotated[int, Field(ge=0, le=LARGEST_ID)]


class ThreadsQuery(Told):
    """Which threads; `cursor` is the `next` of the page before."""

    whose: Whose = "all"
    cursor: str | None = Field(default=None, max_length=30)
    limit: int = Field(default=50, ge=1, le=200)
    network: Slug = ""


class DeskIn(NetworkIn):
    """On whose desk a thread is put: one's own, another officer's, or nobody's."""

    mine: bool = False
    account_id: SomeId | None = None


class AnswerIn(NetworkIn):
    """An answer; `key` names it, so that it goes out once however often it is sent here.

    `until` is the newest text that was read and `seen` the newest answer of an officer: where
    `seen` is given, nothing goes out when something newer was said.
    """

    text: str = Field(max_length=5_000)
    key: str = Field(max_length=40)
    until: Seen = 0
    seen: Seen | None = None
    settles: bool = True


class SettlementIn(NetworkIn):
    """Up to which text a phone's texts wait for nobody any more."""

    until: Seen


class FollowUpIn(NetworkIn):
    """Which decision a text is noted on, and the words, where not its own."""

    code: str = Field(max_length=40)
    note: str = Field(default="", max_length=300)


@router.get("/threads")
async def threads(
    query: Annotated[ThreadsQuery, Query()], request: Request, who: Looker
) -> dict[str, Any]:
    """Threads that wait, danger first, then the longest wait; numbers are masked."""
    database = runtime_of(request).database
    network = await asked_network(request, who, query.network)
    page = await show_threads(
        database,
        network.id,
        whose=query.whose,
        account_id=who.id,
        after=query.cursor,
        limit=query.limit,
    )
    officers = await show_answerers(database, network.id)
    return {
        "items": [asdict(one) for one in page.threads],
        "next": page.next,
        "counts": dict(page.counts),
        "officers": [asdict(one) for one in officers],
    }


@router.post("/threads/{address_id}/desk")
async def assign(address_id: Id, body: DeskIn, request: Request, who: Answerer) -> dict[str, Any]:
    """Put a thread on an officer's desk; without one, on nobody's."""
    account_id = who.id if body.mine else body.account_id
    deed = await _deed(request, who, body.network)
    await assign_thread(runtime_of(request).database, deed, address_id, account_id)
    return {"address_id": address_id, "account_id": account_id}


@router.post("/threads/{address_id}/answers")
async def answer(address_id: Id, body: AnswerIn, request: Request, who: Answerer) -> dict[str, Any]:
    """Send an answer back over the wire of the phone's last text."""
    runtime = runtime_of(request)
    deed = await _deed(request, who, body.network)
    spoken = (await show_thread(runtime.database, deed.network_id, address_id)).language
    language = written_in(body.text, spoken)
    written = Answer(address_id, body.text, language, body.key, body.until, body.seen, body.settles)
    is_new = await answer_member(
        runtime.database, deed.network_id, written, by=deed.by, now=deed.now
    )
    runtime.dispatcher.wake()
    return {"address_id": address_id, "language": language, "new": is_new}


@router.post("/threads/{address_id}/settlement")
async def settle(
    address_id: Id, body: SettlementIn, request: Request, who: Answerer
) -> dict[str, Any]:
    """Let a phone's texts wait for nobody: somebody has dealt with them in another way."""
    deed = await _deed(request, who, body.network)
    database = runtime_of(request).database
    await show_thread(database, deed.network_id, address_id, limit=1)
    settled = await settle_inbox(
        database, deed.network_id, address_id, until=body.until, by=deed.by, now=deed.now
    )
    return {"address_id": address_id, "settled": settled}


@router.post("/texts/{text_id}/ticket")
async def into_ticket(
    text_id: Id, body: NetworkIn, request: Request, who: Answerer
) -> dict[str, Any]:
    """Make a report of a text."""
    deed = await _deed(request, who, body.network)
    return _told(await turn_into_ticket(runtime_of(request).database, deed, text_id))


@router.post("/texts/{text_id}/story")
async def into_story(
    text_id: Id, body: NetworkIn, request: Request, who: Answerer
) -> dict[str, Any]:
    """Make the draft of a story of a text, without names and numbers."""
    runtime = runtime_of(request)
    deed = await _deed(request, who, body.network)
    languages = runtime.desk.catalogue.languages
    by = Writer(who.name, who.id)
    return _told(await turn_into_story(runtime.database, deed, text_id, languages=languages, by=by))


@router.post("/texts/{text_id}/decision")
async def into_follow_up(
    text_id: Id, body: FollowUpIn, request: Request, who: Answerer
) -> dict[str, Any]:
    """Note a text in the history of a decision."""
    deed = await _deed(request, who, body.network)
    database = runtime_of(request).database
    return _told(await turn_into_follow_up(database, deed, text_id, body.code, body.note))


async def _deed(request: Request, who: Officer, network: str) -> Deed:
    asked = await asked_network(request, who, network)
    return Deed(asked.id, who.name, runtime_of(request).clock())


def _told(turned: Turned) -> dict[str, Any]:
    return {
        "kind": turned.kind,
        "id": turned.id,
        "code": turned.code,
        "new": turned.is_new,
    }
