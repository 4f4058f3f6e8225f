"""File a report: from a text as it comes in, from a text in the inbox, or by hand for a walk-in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.domain.errors import Refusal
from app.domain.storable import LARGEST_ID, storable
from app.domain.tickets import MOST_LETTERS, PROTECTED_OWNER, Step, TicketState, due_on
from app.services._act import Deed
from app.services._guess_unit import guess_unit
from app.services._ticket_owner import Owner, first_owner
from app.store import inbound, networks, people, tickets, units
from app.store.database import Connection, Database

SAME_WITHIN = timedelta(hours=24)
"""The same words from the same phone within that time are one report."""
LONGEST_TELLER = 200


@dataclass(frozen=True, slots=True)
class Filed:
    """A report that was written down; `number` is what a member sends: R27."""

    ticket_id: int
    no: int
    is_new: bool = True
    owner_post: str = ""

    @property
    def number(self) -> str:
        """The number as people write it."""
        return f"R{self.no}"


@dataclass(frozen=True, slots=True)
class Report:
    """What is to be written down, and where it came from."""

    text: str
    source: str
    language: str = ""
    address_id: int | None = None
    inbound_id: int | None = None
    person_id: int | None = None
    unit_id: int | None = None
    """The unit that an officer named; else it is guessed from the words, then from the person."""
    teller: str = ""
    is_protected: bool = False
    is_nameless: bool = False


def file_report(
    conn: Connection, network_id: int, report: Report, *, by: str, now: datetime
) -> Filed:
    """Write a report down under the next number, in the caller's transaction; journals nothing.

    The same words from the same phone on the same day are the same report.
    """
    words = storable(report.text).strip()[:MOST_LETTERS]
    if report.address_id is not None:
        since = now - SAME_WITHIN
        known = tickets.same_of_phone(conn, network_id, report.address_id, words, since)
        if known is not None:
            return Filed(known.id, known.no, is_new=False, owner_post=known.owner_post)
    owner = _owner(conn, network_id, is_protected=report.is_protected)
    person_id = None if report.is_nameless else report.person_id
    values = {
        "network_id": network_id,
        "address_id": report.address_id,
        "inbound_id": report.inbound_id,
        "person_id": person_id,
        "unit_id": report.unit_id or guess_unit(conn, network_id, words, person_id),
        "text": words,
        "language": report.language,
        "source": report.source,
        "teller": "" if report.is_nameless else report.teller,
        "is_protected": report.is_protected,
        "is_nameless": report.is_nameless,
        "owner_body": owner.body,
        "owner_post": owner.post,
        "state": TicketState.OPEN.value,
        "due": due_on(networks.by_id(conn, network_id).day_at(now)),
        "opened_at": now,
    }
    ticket_id, no = tickets.add(conn, values)
    tickets.note_step(conn, {"ticket_id": ticket_id, "at": now, "by": by, "step": Step.FILED.value})
    return Filed(ticket_id, no, owner_post=owner.post)


def _owner(conn: Connection, network_id: int, *, is_protected: bool) -> Owner:
    return Owner("EC", PROTECTED_OWNER) if is_protected else first_owner(conn, network_id)


def file_from_inbox(
    conn: Connection, network_id: int, inbound_id: int, *, by: str, now: datetime
) -> Filed:
    """Turn a text that came in into a report; the same text twice gives the first one again.

    Runs in the caller's transaction, writes the journal, and lets the text wait for nobody. Sends
    nothing. Raises Refusal (`not_found`) for a text of another network or without a phone.
    """
    row = None
    if 0 < inbound_id <= LARGEST_ID:
        row = inbound.get(conn, network_id, inbound_id)
    if row is None or row.address_id is None or not row.text.strip():
        raise Refusal("not_found", "There is no such text here. Open it from the list.")
    known = tickets.of_text(conn, network_id, inbound_id)
    if known is not None:
        return Filed(known.id, known.no, is_new=False, owner_post=known.owner_post)
    person_id = row.speaker_id or tickets.person_on(conn, row.address_id)
    report = Report(
        text=row.text,
        source="inbox",
        address_id=row.address_id,
        inbound_id=row.id,
        person_id=person_id,
    )
    filed = file_report(conn, network_id, report, by=by, now=now)
    inbound.settle_one(conn, network_id, inbound_id)
    Deed(network_id, by, now).note(conn, "report filed", filed.number, source="inbox")
    return filed


@dataclass(frozen=True, slots=True)
class WalkIn:
    """What somebody told in the office; `teller` says who, in the officer's words."""

    text: str
    teller: str = ""
    unit_id: int | None = None
    person_id: int | None = None
    is_protected: bool = False
    is_nameless: bool = False


async def file_walk_in(
    database: Database, network_id: int, told: WalkIn, *, by: str, now: datetime
) -> Filed:
    """Write down what somebody came to report.

    Raises Refusal: text_empty, text_too_long, not_found for another network's unit or person.
    """
    return await database.write(_file_walk_in, Deed(network_id, by, now), told)


def _file_walk_in(conn: Connection, deed: Deed, told: WalkIn) -> Filed:
    text = checked_text(told.text)
    _check_names(conn, deed.network_id, told)
    report = Report(
        text=text,
        source="office",
        person_id=told.person_id,
        unit_id=told.unit_id,
        teller=" ".join(storable(told.teller).split())[:LONGEST_TELLER],
        is_protected=told.is_protected,
        is_nameless=told.is_nameless,
    )
    filed = file_report(conn, deed.network_id, report, by=deed.by, now=deed.now)
    deed.note(conn, "report filed", filed.number, source="office")
    return filed


def checked_text(words: str) -> str:
    """Words of a report that can be kept; raises Refusal."""
    text = storable(words).strip()
    if not text:
        raise Refusal("text_empty", "The report is empty. Write what was told.")
    if len(text) > MOST_LETTERS:
        raise Refusal(
            "text_too_long",
            "The report has {count} letters; at most {most} fit. Shorten it.",
            count=len(text),
            most=MOST_LETTERS,
        )
    return text


def _check_names(conn: Connection, network_id: int, told: WalkIn) -> None:
    if not _is_ours(conn, network_id, told.unit_id, units.get):
        raise Refusal("not_found", "There is no such unit here. Choose one from the list.")
    if not _is_ours(conn, network_id, told.person_id, people.get):
        raise Refusal("not_found", "There is no such person here. Open them from a list.")


def _is_ours(
    conn: Connection, network_id: int, one_id: int | None, get: Callable[..., Any]
) -> bool:
    if one_id is None:
        return True
    return 0 < one_id <= LARGEST_ID and get(conn, network_id, one_id) is not None
