"""Answer a member: one text of an officer back to the phone that wrote, at once."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain import gsm
from app.domain.broadcast import MOST_SEGMENTS
from app.domain.errors import Refusal
from app.domain.lint import Severity, lint
from app.domain.routing import REACHES, choose
from app.domain.storable import LARGEST_ID, storable
from app.services._act import Deed
from app.services._mailboxes import answer as answer_to
from app.services._text_row import OneText, text_row
from app.services.keep_letter import keep_letter
from app.services.price_plan import offers
from app.store import answers, inbound, routes, talk, thread_desk
from app.store.database import Connection, Database

MOST_LETTERS = 2_000
"""What is longer is not counted to its end: it needs too many segments anyway."""
_key = re.compile(r"[A-Za-z0-9_-]{16,40}").fullmatch


@dataclass(frozen=True, slots=True)
class Answer:
    """What an officer wrote to a phone; `key` is the form's own, so that it is sent once.

    `until` is the newest text that the officer had read: it and earlier ones are answered by it,
    unless `settles` is False. `seen` is the newest answer of an officer that was on the page, 0
    for none: where it is given, nothing goes out when something newer was said on either side.
    """

    address_id: int
    text: str
    language: str
    key: str
    until: int = 0
    seen: int | None = None
    settles: bool = True


async def answer_member(
    database: Database, network_id: int, answer: Answer, *, by: str, now: datetime
) -> bool:
    """Queue the answer; False when that very form was sent before.

    It goes over the wire that brought the phone's last text, else over any that reaches it, at
    every hour, like all replies. Raises Refusal for a phone that may not be answered and for
    words that may not go out.
    """
    return await database.write(_answer, network_id, answer, by, now)


def _answer(conn: Connection, network_id: int, answer: Answer, by: str, now: datetime) -> bool:
    if not _key(answer.key):
        raise Refusal("key", "This form is not known here. Open the page again and write there.")
    text = checked(storable(answer.text).strip(), answer.language)
    phone = answerable(conn, network_id, answer.address_id)
    route = route_back(conn, phone)
    key = f"answer{phone.id}.{answer.key}"
    row = text_row(OneText(network_id, phone.id, key, answer.language, text), route, now)
    row["document_id"] = _letter(conn, network_id, phone, answer, now)
    desk = thread_desk.hold(conn, network_id, phone.id, now)
    outbox_id = answers.put(conn, row)
    if outbox_id is None:
        return False
    _refuse_what_is_old(conn, desk, answer)
    last = {"answer_id": outbox_id, "answered_by": by, "answered_at": now}
    thread_desk.change(conn, phone.id, last)
    until = max(0, min(answer.until, LARGEST_ID)) if answer.settles else 0
    settled = inbound.settle_phone(conn, network_id, phone.id, until=until)
    deed = Deed(network_id, by, now)
    counts = {"segments": row["segments"], "settled": settled}
    deed.note(conn, "member answered", f"phone {phone.id}", **counts)
    return True


def _refuse_what_is_old(conn: Connection, desk: Any, answer: Answer) -> None:
    """Raise a Refusal when either side said something that whoever answers has not read."""
    if answer.seen is None:
        return
    if (desk.answer_id or 0) > answer.seen:
        raise Refusal(
            "changed_meanwhile",
            "{who} answered this phone meanwhile. Read it, then send yours or leave it.",
            who=desk.answered_by,
        )
    heard = answers.last_heard(conn, answer.address_id)
    if heard is not None and heard.id > answer.until:
        raise Refusal(
            "changed_meanwhile",
            "A new text came from this phone meanwhile. Read it, then send yours or change it.",
        )


def _letter(
    conn: Connection, network_id: int, phone: Any, answer: Answer, now: datetime
) -> int | None:
    """The answer as a mail in the thread of the last one that came; None for a phone."""
    heard = answers.last_heard(conn, phone.id) if phone.kind == "email" else None
    if heard is None:
        return None
    text = storable(answer.text).strip()
    letter = answer_to(heard, text, answer.language, is_by_hand=True)
    return keep_letter(conn, network_id, letter, now)


def checked(text: str, language: str) -> str:
    """The words if they may go out."""
    if not text:
        raise Refusal("text_empty", "The answer is empty. Write what is to be sent.")
    count = gsm.count(text[:MOST_LETTERS])
    if count > MOST_SEGMENTS:
        raise Refusal(
            "text_too_long",
            "The answer needs {count} segments; {most} is the most. Shorten it.",
            count=count,
            most=MOST_SEGMENTS,
        )
    for finding in lint(text, language):
        if finding.severity is Severity.STOP:
            raise Refusal(
                "text_lint",
                'The answer cannot go out with "{words}". {why}',
                words=finding.words,
                why=finding.sentence,
            )
    return text


def answerable(conn: Connection, network_id: int, address_id: int) -> Any:
    """The address if it may be answered."""
    phone = None
    if 0 < address_id <= LARGEST_ID:
        phone = talk.phone(conn, network_id, address_id)
    if phone is None:
        raise Refusal("not_found", "There is no such phone in this network. Open it from a list.")
    if phone.standing == "stopped":
        raise Refusal(
            "stopped", "This phone has stopped all messages, and nothing goes there. Telephone."
        )
    if phone.standing == "wrong":
        raise Refusal(
            "wrong_number",
            "Whoever has this phone says that it is the wrong number. Write nothing.",
        )
    if phone.reach not in REACHES:
        raise Refusal(
            "not_textable", "This number cannot get texts, or somebody has to look at it first."
        )
    return phone


def route_back(conn: Connection, phone: Any) -> Any:
    """The wire of the phone's last text if it is open, else the cheapest that reaches it.

    Raises Refusal when nothing has come in from it, and when no wire reaches it.
    """
    heard = answers.last_heard(conn, phone.id)
    if heard is None:
        raise Refusal(
            "never_wrote", "Nothing has come in from this phone, so nothing can be answered."
        )
    route = routes.by_name(conn, heard.channel)
    if route is not None and route.is_open and phone.reach in route.reaches.split():
        return route
    offer = choose(offers(conn)).get(phone.reach)
    if offer is None:
        raise Refusal(
            "no_route", "No wire reaches this number now. Look at the wires on the first page."
        )
    return routes.by_name(conn, offer.name)
