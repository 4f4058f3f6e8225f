"""Turn a text that came in into work: a report, the draft of a story, a word on a decision.

The text waits for nobody afterwards, nor does what that phone sent before it, and each side leads
to the other. What goes into a story or a decision's history bears no name and no number.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from app.domain.errors import Refusal
from app.domain.language import written_in
from app.domain.minutes import DecisionState
from app.domain.pasted import clean_line, clean_lines
from app.domain.storable import LARGEST_ID
from app.services._act import Deed
from app.services.change_decision import MOST_LETTERS, Change, change_by
from app.services.file_ticket import file_from_inbox
from app.services.keep_story import StoryFacts, Writer, keep_draft_by
from app.services.settle_inbox import note_settled
from app.store import decisions, follow_up, inbound, networks, talk, threads, turned_texts
from app.store.database import Connection, Database
from app.store.turned_texts import DECISION, STORY, TICKET

MOST_TITLE = 60
_code = re.compile(r"(?:([A-Za-z]{1,12})[ -])?\s*([\w.-]{1,20})/([0-9]{1,6})").fullmatch
_digits = re.compile(r"[+(]?\d[\d\s().–-]{5,}\d").sub


@dataclass(frozen=True, slots=True)
class Turned:
    """What became of a text; `code` is `R27`, `14/2`, "" for a story."""

    kind: str
    id: int
    code: str
    is_new: bool = True


async def turn_into_ticket(database: Database, deed: Deed, inbound_id: int) -> Turned:
    """Make a report of a text; the same text twice gives the first report again.

    Raises Refusal for a text that is not there, and one of a sender that is no phone.
    """

    def turn(conn: Connection) -> Turned:
        _hold(conn, deed, inbound_id)
        filed = file_from_inbox(conn, deed.network_id, inbound_id, by=deed.by, now=deed.now)
        turned = Turned(TICKET, filed.ticket_id, filed.number, filed.is_new)
        _link(conn, deed, inbound_id, turned)
        return turned

    return await database.write(turn)


async def turn_into_story(
    database: Database, deed: Deed, inbound_id: int, *, languages: Collection[str], by: Writer
) -> Turned:
    """Make the draft of a story of a text, without its author's name or any number.

    It waits for a second officer like every story. Raises Refusal.
    """

    def turn(conn: Connection) -> Turned:
        text = _hold(conn, deed, inbound_id)
        before = _before(conn, inbound_id, STORY)
        if before is not None:
            return Turned(STORY, before.thing_id, "", is_new=False)
        words = without_numbers(clean_lines(text.text))
        tag = written_in(words, _spoken(conn, deed, text))
        title = clean_line(words)
        if len(title) > MOST_TITLE:
            title = title[:MOST_TITLE].rsplit(" ", 1)[0] + "…"
        facts = StoryFacts(titles={tag: title}, texts={tag: words})
        story_id = keep_draft_by(conn, deed, facts, languages=languages, by=by)
        turned = Turned(STORY, story_id, "")
        _link(conn, deed, inbound_id, turned)
        return turned

    return await database.write(turn)


async def turn_into_follow_up(
    database: Database, deed: Deed, inbound_id: int, code: str, note: str = ""
) -> Turned:
    """Write a text, or `note` in its place, into the history of the decision with that code.

    How the decision stands does not change. Raises Refusal for a code that names no published
    decision, or several.
    """

    def turn(conn: Connection) -> Turned:
        text = _hold(conn, deed, inbound_id)
        row = _decision(conn, deed.network_id, code)
        turned = Turned(DECISION, row.id, f"{row.label}/{row.no}")
        before = _before(conn, inbound_id, DECISION, row.id)
        if before is not None:
            return Turned(DECISION, row.id, turned.code, is_new=False)
        words = clean_line(note) or without_numbers(clean_line(text.text))[:MOST_LETTERS]
        change_by(conn, deed, row.id, Change(DecisionState(row.status), note=words))
        _link(conn, deed, inbound_id, turned)
        return turned

    return await database.write(turn)


def without_numbers(text: str) -> str:
    """The words with whatever may be a telephone number left out."""
    return _digits("…", text)


def _hold(conn: Connection, deed: Deed, inbound_id: int) -> Any:
    """The text, while nobody else of the network does the same."""
    networks.hold(conn, deed.network_id)
    row = None
    if 0 < inbound_id <= LARGEST_ID:
        row = threads.text_of(conn, deed.network_id, inbound_id)
    if row is None:
        raise Refusal("not_found", "There is no such text in this network. Open it from a list.")
    if row.is_hidden:
        raise Refusal(
            "hushed", "This text belongs to a report that only its own officers may read."
        )
    if not row.text.strip():
        raise Refusal("no_words", "This text has no words, so nothing can be made of it.")
    return row


def _before(conn: Connection, inbound_id: int, kind: str, thing_id: int | None = None) -> Any:
    """What this text became already, of that kind."""
    known = turned_texts.of_texts(conn, [inbound_id]).get(inbound_id, ())
    wanted = (one for one in known if one.kind == kind and thing_id in (None, one.thing_id))
    return next(wanted, None)


def _link(conn: Connection, deed: Deed, inbound_id: int, turned: Turned) -> None:
    """Remember what the text became, and let it and what came before it wait for nobody."""
    if _before(conn, inbound_id, turned.kind, turned.id) is None:
        row = {"network_id": deed.network_id, "inbound_id": inbound_id, "kind": turned.kind}
        made = {"thing_id": turned.id, "code": turned.code, "by": deed.by, "at": deed.now}
        turned_texts.note(conn, {**row, **made})
        deed.note(conn, "text turned", f"text in {inbound_id}", into=turned.kind, id=turned.id)
    text = threads.text_of(conn, deed.network_id, inbound_id)
    if text is None or text.address_id is None:
        settled = inbound.settle_one(conn, deed.network_id, inbound_id)
    else:
        settled = inbound.settle_phone(conn, deed.network_id, text.address_id, until=inbound_id)
    if settled:
        subject = f"text in {inbound_id}"
        note_settled(conn, deed.network_id, subject, settled, by=deed.by, at=deed.now)


def _spoken(conn: Connection, deed: Deed, text: Any) -> str:
    """What whoever wrote it reads."""
    phone = None
    if text.address_id is not None:
        phone = talk.phone(conn, deed.network_id, text.address_id)
    network = networks.by_id(conn, deed.network_id)
    return (phone.language if phone is not None else "") or network.language


def _decision(conn: Connection, network_id: int, code: str) -> Any:
    """The published decision of that code, `14/2` or `EC 14/2`."""
    read = _code(code.strip())
    if read is None:
        raise Refusal(
            "decision_code",
            "Write the number of the decision with a stroke, such as 14/2, or EC 14/2.",
        )
    body, label, no = read[1] or "", read[2], int(read[3])
    rows = [
        decisions.get(conn, network_id, one.id)
        for one in follow_up.numbered(conn, network_id, label, no)
    ]
    found = [row for row in rows if row is not None and body.upper() in ("", row.body.upper())]
    if not found:
        raise Refusal(
            "no_decision",
            "There is no published decision {code}. Look for it in the list of decisions.",
            code=code.strip()[:40],
        )
    bodies = sorted({row.body for row in found})
    if len(bodies) > 1:
        raise Refusal(
            "which_decision",
            "Several bodies have a decision {code}: {bodies}. Write the body before it.",
            code=f"{label}/{no}",
            bodies=", ".join(bodies),
        )
    return found[0]
