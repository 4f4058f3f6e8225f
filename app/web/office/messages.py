"""Messages: what came in and went out, one phone's talk with its answer, and all that was sent."""

import re
import secrets
from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.permissions import Act, require
from app.domain.routing import REACHES
from app.services.answer_member import Answer, answer_member
from app.services.list_sent import list_sent
from app.services.settle_inbox import settle_inbox, settle_text
from app.services.show_joins import count_joins
from app.services.show_number import show_number
from app.services.show_talk import Thread, Which, list_talk, show_thread
from app.web.door import Visit, go, visits
from app.web.office.today import is_danger

router = APIRouter(include_in_schema=False)

LISTS: tuple[Which, ...] = ("waiting", "all", "in", "out")
MESSAGES = "/office/messages"
RIGHT_TO_LEFT = frozenset({"ur", "sd", "ps"})
_arabic_letters = re.compile(r"[\u0600-\u06ff\u0750-\u077f]").search
_whole = re.compile(r"[0-9]{1,18}").fullmatch

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Writer = Annotated[Visit, Depends(visits(Act.PLAN))]


@router.get(MESSAGES)
async def messages(visit: Looker) -> Response:
    """Show what was said, newest first; what waits for a person before all else."""
    query = visit.request.query_params
    state = query.get("state", "")
    which = _list_of(query.get("which", ""), state=state, waiting=visit.waiting)
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
        is_danger=_danger_of(visit),
        joins=await count_joins(visit.runtime.database, visit.network.id),
    )


@router.post(MESSAGES)
async def settle(visit: Writer) -> Response:
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
    return await _thread_page(visit, address_id)


@router.post(MESSAGES + "/{address_id}")
async def answer(address_id: int, visit: Writer) -> Response:
    """Send an answer, or note that it was given by telephone."""
    fields = visit.fields
    until = number_in(fields.get("until", ""))
    database, network_id = visit.runtime.database, visit.network.id
    by, now = visit.officer.name, visit.now
    match fields.get("do", ""):
        case "done":
            await settle_inbox(database, network_id, address_id, until=until, by=by, now=now)
        case "answer":
            spoken = (await show_thread(database, network_id, address_id)).language
            text = fields.get("text", "")
            language = _written_in(text, spoken)
            written = Answer(address_id, text, language, fields.get("key", ""), until)
            try:
                await answer_member(database, network_id, written, by=by, now=now)
            except Refusal as fault:
                return await _thread_page(visit, address_id, fault)
            visit.runtime.dispatcher.wake()
        case "number":
            require(visit.officer.post, Act.SEE_NUMBERS)
            number = await show_number(database, network_id, address_id, by=by, now=now)
            return await _thread_page(visit, address_id, number=number)
        case _:
            raise Refusal("do", "It is not clear what to do. Press one of the buttons.")
    return go(f"{MESSAGES}/{address_id}")


@router.get("/office/broadcasts")
async def broadcasts(visit: Looker) -> Response:
    """Show all that was sent."""
    before = visit.request.query_params.get("before")
    place = None if before is None else number_in(before)
    page = await list_sent(visit.runtime.database, visit.network.id, before=place)
    return visit.render("broadcasts_list.html", page=page, is_first=before is None)


async def _thread_page(
    visit: Visit, address_id: int, fault: Refusal | None = None, *, number: str = ""
) -> Response:
    shown = await show_thread(visit.runtime.database, visit.network.id, address_id)
    heard = [line for line in shown.lines if line.kind == "in"]
    kept = visit.fields if fault else {}
    return visit.render(
        "thread.html",
        status=422 if fault else 200,
        thread=shown,
        number=number,
        waits=any(line.needs_person for line in heard),
        may_answer=_may_answer(visit, shown, has_written=bool(heard)),
        key=secrets.token_urlsafe(12) if fault is None or fault.code == "key" else kept["key"],
        # What came in since the form was shown has not been read by whoever typed into it.
        until=kept.get("until") or max((line.id for line in heard), default=0),
        typed=kept.get("text", ""),
        fault=fault.said(visit.speech.say) if fault else "",
        tag_of=tag_of,
        is_danger=_danger_of(visit),
    )


def _may_answer(visit: Visit, shown: Thread, *, has_written: bool) -> bool:
    is_open = shown.standing not in {"stopped", "wrong"} and shown.reach in REACHES
    return is_open and has_written and visit.officer.may(Act.PLAN)


def _list_of(word: str, *, state: str, waiting: int) -> Which:
    """The list that is asked for; else what waits, if anything does."""
    if state:
        return "out"
    if word in LISTS:
        return word
    return "waiting" if waiting and not word else "all"


def _address(query: Mapping[str, str]) -> str:
    return f"{MESSAGES}?{urlencode({key: value for key, value in query.items() if value})}"


def number_in(word: str) -> int:
    """The whole number that a field holds; 0, which names nothing, when it holds none."""
    return int(word) if _whole(word) else 0


def tag_of(text: str) -> str:
    """The language to show a text in that came in: Urdu by its letters, else not known."""
    return "ur" if _arabic_letters(text) else ""


def _written_in(text: str, spoken: str) -> str:
    """What a text is written in: what its reader reads, unless its letters say otherwise."""
    if (tag_of(text) == "ur") == (spoken in RIGHT_TO_LEFT):
        return spoken
    return "ur-Latn" if spoken in RIGHT_TO_LEFT else "ur"


def _danger_of(visit: Visit) -> Any:
    vocabulary = visit.runtime.desk.vocabulary
    return lambda line: line.kind == "in" and is_danger(line.text, line.intent, vocabulary)
