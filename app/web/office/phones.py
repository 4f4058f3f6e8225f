"""Phones that are not real: anyone of the office types on them and sees what comes back."""

import asyncio
import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.responses import Response

from app.domain.errors import Phrase, Refusal
from app.domain.language import tag_of
from app.domain.msisdn import is_demo, read_number
from app.domain.permissions import Act
from app.services.show_phones import Screen, phone_screens, suggest_phones
from app.web.door import Visit, go, visits
from app.web.say import MOST_LETTERS, hear

router = APIRouter(include_in_schema=False)

PHONES = "/office/phones"
MOST = 3
PLAIN_SEATS = ("GB Member", "EC Member", "LSO Member")
KEYS = "123456789*0#"
CALL = "call"
"""The key that gives a missed call."""
ANSWER_TRIES = 10
ANSWER_PAUSE_S = 0.05
_separators = re.compile(r"[\s,]+")
_form = re.compile(r"[A-Za-z0-9_-]{8,40}").fullmatch

Looker = Annotated[Visit, Depends(visits(Act.LOOK))]
Typist = Annotated[Visit, Depends(visits(Act.PLAN))]


@router.get(PHONES)
async def phones(visit: Looker) -> Response:
    """Show up to three phones: those asked for, else some that this network has."""
    return await _page(visit)


@router.get(PHONES + "/screens")
async def screens(visit: Looker) -> Response:
    """Show only what may change while the page stands open."""
    chosen = await _choose(visit, visit.request.query_params.getlist("phone"))
    return visit.render("phones_screens.html", screens=chosen.screens, tag_of=tag_of)


@router.post(PHONES)
async def send(visit: Typist) -> Response:
    """Send what was typed on a phone, or the digit of its key."""
    fields = visit.fields
    shown = _separators.split(fields.get("shown", "").strip())[:MOST]
    try:
        sender = await _sender(visit, fields.get("phone", ""))
        back = _place(shown, sender)
        if fields.get("look"):
            return go(back)
        text = _typed(fields)
        external_id = _once(sender, text, fields.get("once", ""))
    except Refusal as fault:
        return await _page(visit, shown=shown, fault=fault)
    home = visit.network.slug
    words = None if text == CALL and fields.get("key") else text
    received = await hear(visit.runtime, sender, words, external_id=external_id, home=home)
    if received.reply:
        await _wait_for_answer(visit, sender)
    return go(back)


@dataclass(frozen=True, slots=True)
class _Choice:
    screens: tuple[Screen, ...]
    fault: Refusal | None


async def _page(
    visit: Visit, *, shown: Sequence[str] | None = None, fault: Refusal | None = None
) -> Response:
    query = visit.request.query_params
    other = query.get("other", "").strip()
    asked = [*query.getlist("phone"), *([other] if other else [])]
    chosen = await _choose(visit, asked if shown is None else shown)
    wrong = fault or chosen.fault
    numbers = [one.msisdn for one in chosen.screens]
    return visit.render(
        "phones.html",
        status=422 if wrong else 200,
        screens=chosen.screens,
        numbers=numbers,
        address=_address(numbers),
        live=_address(numbers, PHONES + "/screens"),
        keys=KEYS,
        plain_seats=PLAIN_SEATS,
        most_letters=MOST_LETTERS,
        new_key=lambda: secrets.token_urlsafe(12),
        tag_of=tag_of,
        other=other if chosen.fault else "",
        other_fault=_said(visit, chosen.fault),
        fault=_said(visit, fault),
        kept=visit.fields,
    )


async def _choose(visit: Visit, asked: Sequence[str]) -> _Choice:
    """The last three phones that were asked for, and what is wrong with the first that is none."""
    numbers: list[str] = []
    fault: Refusal | None = None
    for raw in filter(None, asked):
        try:
            numbers.append(_demo_number(raw))
        except Refusal as wrong:
            fault = fault or wrong
    numbers = list(dict.fromkeys(reversed(numbers)))[:MOST][::-1]
    found = await _listed(visit, numbers)
    if len(found) < len(numbers):
        fault = fault or _not_listed()
    if not found:
        suggested = await suggest_phones(visit.runtime.database, visit.network.id)
        found = await _listed(visit, suggested)
    return _Choice(found, fault)


async def _listed(visit: Visit, numbers: Sequence[str]) -> tuple[Screen, ...]:
    if not numbers:
        return ()
    found = await phone_screens(visit.runtime.database, visit.network.id, numbers=numbers)
    return tuple(one for one in found if one.address_id is not None)


async def _sender(visit: Visit, raw: str) -> str:
    """The number if it is a phone of this page; raises Refusal."""
    number = _demo_number(raw)
    if not await _listed(visit, [number]):
        raise _not_listed()
    return number


def _demo_number(raw: str) -> str:
    """The demo number that was written there; raises Refusal that says what is wrong with it."""
    number = read_number(raw)
    if number.msisdn is None:
        problem = Phrase(number.problem or "This is no telephone number.")
        raise Refusal("number", "{problem}", problem=problem)
    if not is_demo(number.msisdn):
        raise Refusal(
            "not_demo",
            "This is no demo number: real people are never texted from this page. "
            "Write one that begins with 0390 to 0399.",
        )
    return number.msisdn


def _not_listed() -> Refusal:
    return Refusal(
        "not_listed",
        "No one with this number is on the list. Write the demo number of somebody who is.",
    )


def _typed(fields: Mapping[str, str]) -> str:
    """The key that was pressed, else the text; raises Refusal for nothing."""
    key = fields.get("key", "")
    if key:
        if key != CALL and (len(key) > 1 or key not in KEYS):
            raise Refusal("key", "A phone has no such key. Press one that it has.")
        return key
    text = fields.get("text", "").strip()
    if not text:
        raise Refusal("empty", "Nothing was typed. Type a text, or press a digit.")
    if len(text) > MOST_LETTERS:
        raise Refusal("too_long", "This text is too long for a phone. Make it shorter.")
    return text


def _once(sender: str, text: str, form: str) -> str:
    """The name of this text, which is taken once however often the form comes."""
    if not _form(form):
        raise Refusal("once", "This form is not whole. Type the text once more.")
    # With the text in it: a form that came back by the back button may send another one.
    seal = hashlib.sha256(f"{sender} {text}".encode()).hexdigest()[:16]
    return f"phone-{form}-{seal}"


async def _wait_for_answer(visit: Visit, sender: str) -> None:
    """Wait a moment, so that the next page shows the answer also without script."""
    for _ in range(ANSWER_TRIES):
        (screen,) = await _listed(visit, [sender])
        if screen.answer is not None:
            return
        await asyncio.sleep(ANSWER_PAUSE_S)


def _place(shown: Sequence[str], sender: str) -> str:
    """Where the page shows that phone among the others."""
    numbers = [one for one in shown if is_demo(one)] or [sender]
    return f"{_address(numbers)}#p{sender[1:]}"


def _address(numbers: Sequence[str], path: str = PHONES) -> str:
    return f"{path}?{urlencode([('phone', number) for number in numbers])}"


def _said(visit: Visit, fault: Refusal | None) -> str:
    return fault.said(visit.speech.say) if fault else ""
