"""One phone's thread: what was said, whose it is, its answer, and what its texts become."""

import re
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.responses import Response

from app.domain.errors import Refusal
from app.domain.language import tag_of, written_in
from app.domain.permissions import Act, require
from app.domain.routing import REACHES
from app.services._act import Deed
from app.services.answer_member import Answer, answer_member
from app.services.assign_thread import assign_thread, show_answerers
from app.services.keep_story import Writer
from app.services.settle_inbox import settle_inbox
from app.services.show_desk import count_answer, show_desk
from app.services.show_number import show_number
from app.services.show_talk import Thread, show_thread
from app.services.turn_text import (
    Turned,
    turn_into_follow_up,
    turn_into_story,
    turn_into_ticket,
)
from app.store import turned_texts
from app.web.door import Visit, go

MESSAGES = "/office/messages"
READY = ("ready_call", "ready_reached", "ready_not_known")
"""The answers that can be picked, by the names of their templates."""
TURNABLE = 8
"""So many of the newest texts of a phone can be made something of on its page."""

_whole = re.compile(r"[0-9]{1,18}").fullmatch

Doing = Callable[[Visit, int], Awaitable[Response]]


async def thread_page(
    visit: Visit, address_id: int, fault: Refusal | None = None, **shown: Any
) -> Response:
    """The page of one phone; with a fault, what was typed stands in it again."""
    database, network_id = visit.runtime.database, visit.network.id
    thread = await show_thread(database, network_id, address_id)
    heard = [line for line in thread.lines if line.kind == "in"]
    desk = await show_desk(database, network_id, address_id, [line.id for line in heard])
    is_kept = fault is not None or "counted" in shown
    kept = visit.fields if is_kept else {}
    spoken = _spoken(thread)
    typed = kept["text"] if "text" in kept else _ready(visit, spoken)
    has_key = is_kept and (fault is None or fault.code != "key") and "key" in kept
    is_old = fault is not None and fault.code == "changed_meanwhile"
    return visit.render(
        "thread.html",
        status=422 if fault else 200,
        thread=thread,
        desk=desk,
        number=shown.get("number", ""),
        waits=any(line.needs_person for line in heard),
        may_answer=_may_answer(visit, thread, has_written=bool(heard)),
        answerers=await show_answerers(database, network_id),
        key=kept["key"] if has_key else secrets.token_urlsafe(12),
        # What came in since the form was shown has not been read by whoever typed into it; a
        # form that is refused for that very reason is shown with all of it.
        until=_seen(kept, "until", is_old) or max((line.id for line in heard), default=0),
        seen=_seen(kept, "seen", is_old) or str(desk.answer_id),
        turnable=[line for line in heard[::-1] if line.text.strip()][:TURNABLE],
        ready=READY,
        typed=typed,
        kept=kept,
        cost=count_answer(typed, desk.way),
        fault=fault.said(visit.speech.say) if fault else "",
        fault_at="turn" if visit.fields.get("do") in TURNS else "answer",
        tag_of=tag_of,
        language=written_in(typed, spoken) if typed.strip() else spoken,
    )


def number_in(word: str) -> int:
    """The whole number that a field holds; 0, which names nothing, when it holds none."""
    return int(word) if _whole(word) else 0


def _seen(kept: Mapping[str, str], name: str, is_old: bool) -> str:
    return "" if is_old else kept.get(name, "")


def _may_answer(visit: Visit, shown: Thread, *, has_written: bool) -> bool:
    is_open = shown.standing not in {"stopped", "wrong"} and shown.reach in REACHES
    return is_open and has_written and visit.officer.may(Act.ANSWER)


def _spoken(thread: Thread) -> str:
    """What the phone reads; of a stranger only what the last text is written in is known."""
    said = [line.text for line in thread.lines if line.kind == "in" and line.text.strip()]
    return thread.language if thread.holders or not said else written_in(said[-1], thread.language)


def _ready(visit: Visit, language: str) -> str:
    """The ready answer that the address asks for, in that language."""
    name = visit.request.query_params.get("ready", "")
    if f"ready_{name}" not in READY:
        return ""
    return visit.runtime.desk.catalogue.render(f"ready_{name}", {}, language).text


async def sources_of(visit: Visit, kind: str, thing_id: int) -> Sequence[Any]:
    """The texts that a thing was made of, for its own page."""
    database = visit.runtime.database
    return await database.read(turned_texts.sources, visit.network.id, kind, thing_id)


async def act(visit: Visit, address_id: int) -> Response:
    """Do what a button of the page says."""
    doing = DOINGS.get(visit.fields.get("do", ""))
    if doing is None:
        raise Refusal("do", "It is not clear what to do. Press one of the buttons.")
    return await doing(visit, address_id)


async def _done(visit: Visit, address_id: int) -> Response:
    await settle_inbox(
        visit.runtime.database,
        visit.network.id,
        address_id,
        until=number_in(visit.fields.get("until", "")),
        by=visit.officer.name,
        now=visit.now,
    )
    return go(f"{MESSAGES}/{address_id}")


async def _count(visit: Visit, address_id: int) -> Response:
    return await thread_page(visit, address_id, counted=True)


async def _answer(visit: Visit, address_id: int) -> Response:
    fields = visit.fields
    database, network_id = visit.runtime.database, visit.network.id
    spoken = (await show_thread(database, network_id, address_id)).language
    text = fields.get("text", "")
    seen = fields.get("seen")
    written = Answer(
        address_id,
        text,
        written_in(text, spoken),
        fields.get("key", ""),
        number_in(fields.get("until", "")),
        None if seen is None else number_in(seen),
        settles="still" not in fields,
    )
    try:
        await answer_member(database, network_id, written, by=visit.officer.name, now=visit.now)
    except Refusal as fault:
        return await thread_page(visit, address_id, fault)
    visit.runtime.dispatcher.wake()
    return go(f"{MESSAGES}/{address_id}")


async def _number(visit: Visit, address_id: int) -> Response:
    require(visit.officer.post, Act.SEE_NUMBERS)
    number = await show_number(
        visit.runtime.database,
        visit.network.id,
        address_id,
        by=visit.officer.name,
        now=visit.now,
    )
    return await thread_page(visit, address_id, number=number)


async def _assign(visit: Visit, address_id: int) -> Response:
    officer = {
        "take": visit.officer.id,
        "give back": None,
        "hand over": number_in(visit.fields.get("officer", "")),
    }[visit.fields["do"]]
    if visit.fields["do"] == "take" and officer is None:
        raise Refusal("no_account", "Whoever has no account cannot take a thread.")
    await assign_thread(visit.runtime.database, _deed(visit), address_id, officer)
    return go(f"{MESSAGES}/{address_id}")


async def _turn(visit: Visit, address_id: int) -> Response:
    thread = await show_thread(visit.runtime.database, visit.network.id, address_id)
    text_id = number_in(visit.fields.get("text_id", ""))
    try:
        if text_id not in {line.id for line in thread.lines if line.kind == "in"}:
            raise Refusal("no_text", "Choose the text that something is to be made of.")
        turned = await TURNS[visit.fields["do"]](visit, text_id)
    except Refusal as fault:
        return await thread_page(visit, address_id, fault)
    if turned.kind == "story":
        return go(f"/office/stories/{turned.id}")
    return go(f"{MESSAGES}/{address_id}#text-{text_id}")


async def _ticket(visit: Visit, text_id: int) -> Turned:
    return await turn_into_ticket(visit.runtime.database, _deed(visit), text_id)


async def _story(visit: Visit, text_id: int) -> Turned:
    officer = visit.officer
    return await turn_into_story(
        visit.runtime.database,
        _deed(visit),
        text_id,
        languages=visit.runtime.desk.catalogue.languages,
        by=Writer(officer.name, officer.id),
    )


async def _follow_up(visit: Visit, text_id: int) -> Turned:
    fields = visit.fields
    code, note = fields.get("code", ""), fields.get("note", "")
    return await turn_into_follow_up(visit.runtime.database, _deed(visit), text_id, code, note)


def _deed(visit: Visit) -> Deed:
    return Deed(visit.network.id, visit.officer.name, visit.now)


TURNS: Mapping[str, Callable[[Visit, int], Awaitable[Turned]]] = {
    "ticket": _ticket,
    "story": _story,
    "decision": _follow_up,
}
DOINGS: Mapping[str, Doing] = {
    "done": _done,
    "count": _count,
    "answer": _answer,
    "number": _number,
    **dict.fromkeys(("take", "give back", "hand over"), _assign),
    **dict.fromkeys(TURNS, _turn),
}
