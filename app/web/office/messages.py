"""Messages: what waits for a person, what came in and went out, one phone's talk."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.language import tag_of
from app.domain.permissions import Act
from app.services.list_sent import list_sent
from app.services.settle_inbox import settle_text
from app.services.show_joins import count_joins
from app.services.show_talk import Which, list_talk
from app.services.show_threads import WHOSE, Whose, show_threads
from app.web.door import Visit, go, visits
from app.web.office._thread import MESSAGES, act, number_in, thread_page

router = APIRouter(include_in_schema=False)

LISTS: tuple[Which, ...] = ("waiting", "all", "in", "out")

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Answerer = Annotated[Visit, Depends(visits(Act.ANSWER))]


@router.get(MESSAGES)
async def messages(visit: Looker) -> Response:
    """Show what was said, newest first; what waits for a person before all else."""
    query = visit.request.query_params
    state = query.get("state", "")
    which = _list_of(query.get("which", ""), state=state, waiting=visit.waiting)
    if which == "waiting":
        return await _inbox(visit)
    page = await list_talk(
        visit.runtime.database,
        visit.network.id,
        which=which,
        state=state,
        before=query.get("before"),
    )
    return visit.render(
        "messages.html",
        page=page,
        which=which,
        state=state,
        is_first="before" not in query,
        older=_address({"which": which, "state": state, "before": page.next or ""}),
        tag_of=tag_of,
        joins=await count_joins(visit.runtime.database, visit.network.id),
    )


async def _inbox(visit: Visit) -> Response:
    """The threads that wait for a person: danger first, then whoever waits longest."""
    query = visit.request.query_params
    whose: Whose = next((one for one in WHOSE if one == query.get("whose")), "all")
    page = await show_threads(
        visit.runtime.database,
        visit.network.id,
        whose=whose,
        account_id=visit.officer.id,
        after=query.get("after"),
    )
    return visit.render(
        "inbox.html",
        page=page,
        which="waiting",
        whose=whose,
        is_first="after" not in query,
        later=_address({"which": "waiting", "whose": whose, "after": page.next or ""}),
        tag_of=tag_of,
        joins=await count_joins(visit.runtime.database, visit.network.id),
    )


@router.post(MESSAGES)
async def settle(visit: Answerer) -> Response:
    """Note that somebody has dealt with a text of a sender that is no phone number."""
    await settle_text(
        visit.runtime.database,
        visit.network.id,
        number_in(visit.fields.get("text_id", "")),
        by=visit.officer.name,
        now=visit.now,
    )
    return go(MESSAGES)


@router.get(MESSAGES + "/{address_id}")
async def thread(address_id: int, visit: Looker) -> Response:
    """Show what was said with one phone."""
    return await thread_page(visit, address_id)


@router.post(MESSAGES + "/{address_id}")
async def answer(address_id: int, visit: Answerer) -> Response:
    """Answer, settle, take the thread, or make something of a text."""
    return await act(visit, address_id)


@router.get("/office/broadcasts")
async def broadcasts(visit: Looker) -> Response:
    """Show all that was sent."""
    before = visit.request.query_params.get("before")
    place = None if before is None else number_in(before)
    page = await list_sent(visit.runtime.database, visit.network.id, before=place)
    return visit.render("broadcasts_list.html", page=page, is_first=before is None)


def _list_of(word: str, *, state: str, waiting: int) -> Which:
    """The list that is asked for; else what waits, if anything does."""
    if state:
        return "out"
    if word in LISTS:
        return word
    return "waiting" if waiting and not word else "all"


def _address(query: Mapping[str, str]) -> str:
    return f"{MESSAGES}?{urlencode({key: value for key, value in query.items() if value})}"
