"""Answer a report by text, or write down what was answered by word of mouth; close it."""

import re
from dataclasses import dataclass
from typing import Any

from app.catalogue import Catalogue
from app.domain.errors import Refusal
from app.domain.language import RIGHT_TO_LEFT, chain, written_in
from app.domain.storable import storable
from app.domain.tickets import Step, TicketState
from app.services._tell_reporter import Words, tell_reporter
from app.services.answer_member import checked
from app.services.change_ticket import Hand, Line, clean_note, held, move, write_line
from app.store import addresses, networks, tickets
from app.store.database import Connection, Database

_key = re.compile(r"[A-Za-z0-9_-]{16,40}").fullmatch


@dataclass(frozen=True, slots=True)
class TicketAnswer:
    """What an officer answers; `key` is the form's own, so that it is sent once.

    `is_spoken`: it was given by word of mouth, and no text goes out. `closes`: nothing is left to
    do; the answer is then the one text that says so.
    """

    text: str
    key: str = ""
    is_spoken: bool = False
    closes: bool = False


async def answer_ticket(database: Database, no: int, answer: TicketAnswer, hand: Hand) -> bool:
    """Answer a report; gives whether a text goes out: not by word of mouth, nor a form sent twice.

    The text begins with the number of the report. Raises Refusal: not_found, not_allowed, state,
    no_phone, and what `answer_member` raises of words and phones.
    """
    return await database.write(_answer, no, answer, hand)


def _answer(conn: Connection, no: int, answer: TicketAnswer, hand: Hand) -> bool:
    row = held(conn, hand, no)
    is_told = False
    if answer.is_spoken:
        text = clean_note(answer.text)
        if not text:
            raise Refusal("text_empty", "The answer is empty. Write what was said.")
    else:
        text = storable(answer.text).strip()
        is_told = _send(conn, hand, row, answer, text)
        if not is_told:
            return False
    move(conn, row, TicketState.ANSWERED)
    tickets.change(conn, row.id, answer=text, answered_at=hand.now)
    write_line(conn, hand, row.id, Line(Step.ANSWERED, text, is_told))
    if answer.closes:
        tickets.change(conn, row.id, state=TicketState.CLOSED.value, closed_at=hand.now)
        write_line(conn, hand, row.id, Line(Step.CLOSED))
    hand.note(conn, "report answered", f"R{row.no}", told=is_told, closed=answer.closes)
    return is_told


def _send(conn: Connection, hand: Hand, row: Any, answer: TicketAnswer, text: str) -> bool:
    if not _key(answer.key):
        raise Refusal("key", "This form is not known here. Open the page again and write there.")
    language = written_in(text, reads(conn, hand.network_id, row))
    if text:
        # A phone takes the direction of a text from its first letter.
        before = "نمبر " if language in RIGHT_TO_LEFT else ""
        text = f"{before}R{row.no}: {text}"
    words = Words(checked(text, language), language, answer.key)
    return tell_reporter(conn, hand, row, words)


def reads(conn: Connection, network_id: int, row: Any) -> str:
    """What whoever reported reads: as their phone chose, else as they wrote."""
    phone = addresses.get(conn, network_id, row.address_id) if row.address_id else None
    chosen = phone.language if phone is not None else ""
    return str(chosen or row.language or networks.by_id(conn, network_id).language)


async def close_ticket(
    database: Database, no: int, hand: Hand, *, catalogue: Catalogue, note: str = ""
) -> bool:
    """Close a report; gives whether a text that says so goes out, which it does once.

    Raises Refusal: not_found, not_allowed, closed.
    """
    return await database.write(_close, no, hand, catalogue, note)


def _close(conn: Connection, no: int, hand: Hand, catalogue: Catalogue, note: str) -> bool:
    row = held(conn, hand, no)
    if row.state == TicketState.CLOSED:
        raise Refusal("closed", "R{no} is closed already.", no=row.no)
    move(conn, row, TicketState.CLOSED)
    tickets.change(conn, row.id, closed_at=hand.now)
    is_told = _tell_closed(conn, hand, row, catalogue)
    write_line(conn, hand, row.id, Line(Step.CLOSED, clean_note(note), is_told))
    hand.note(conn, "report closed", f"R{row.no}", told=is_told)
    return is_told


def _tell_closed(conn: Connection, hand: Hand, row: Any, catalogue: Catalogue) -> bool:
    """Once for each run of the clock; False for a phone that gets no texts."""
    network = networks.by_id(conn, hand.network_id)
    language = reads(conn, hand.network_id, row)
    short = network.short_name(chain(language, catalogue.languages, network.language))
    text = catalogue.render("ticket_closed", {"network": short, "no": row.no}, language)
    key = f"closed.{row.due.isoformat()}"
    try:
        return tell_reporter(conn, hand, row, Words(text.text, text.language, key, False))
    except Refusal:
        return False
