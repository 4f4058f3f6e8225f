"""Change a report: who owns it, where it is, that it is in hand; add words, reopen it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.institution import CABINET, EXECUTIVE
from app.domain.offices import office_named
from app.domain.permissions import Act, Post, require
from app.domain.storable import LARGEST_ID, storable
from app.domain.tickets import MOST_LETTERS, PROTECTED_OWNER, Step, TicketState, due_on, may_become
from app.services._act import Deed
from app.services.file_ticket import Filed
from app.store import inbound, networks, tickets, units
from app.store.database import Connection, Database
from bots.ask import Reply

LARGEST_NO = 2**31 - 1
MOST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Hand(Deed):
    """Who does something to a report, where and when; `post` says what they may read."""

    post: Post


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a history."""

    step: Step
    note: str = ""
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class TicketChange:
    """What is changed; None leaves it as it is. `unit_id` 0 takes the unit away.

    `owner_post` is an office of the cabinet, or with `owner_unit_id` one of that unit.
    """

    owner_post: str | None = None
    owner_unit_id: int | None = None
    unit_id: int | None = None
    is_in_hand: bool = False
    is_protected: bool | None = None
    note: str = ""


async def change_ticket(database: Database, no: int, change: TicketChange, hand: Hand) -> None:
    """Change one report, with a line in its history for each thing.

    Raises Refusal: not_found, not_allowed, state, owner, nothing.
    """
    await database.write(_change, no, change, hand)


def _change(conn: Connection, no: int, change: TicketChange, deed: Hand) -> None:
    row = held(conn, deed, no)
    note = clean_note(change.note)
    steps = [
        *_owner_step(conn, deed, row, change),
        *_unit_step(conn, deed, row, change),
        *_hand_step(conn, row, change),
        *_protection_step(conn, deed, row, change),
    ]
    if not steps and note:
        steps = [Step.NOTED]
    if not steps:
        raise Refusal("nothing", "Nothing is changed. Choose what shall be different.")
    for at, step in enumerate(steps):
        write_line(conn, deed, row.id, Line(step, note if at == 0 else ""))
    deed.note(conn, "report changed", f"R{row.no}", steps=[step.value for step in steps])


def held(conn: Connection, hand: Hand, no: int) -> Any:
    """The report, locked until the commit; raises Refusal for one that this post may not read."""
    row = tickets.hold(conn, hand.network_id, no) if 0 < no <= LARGEST_NO else None
    if row is None:
        raise Refusal("not_found", "There is no such report here. Open it from the list.")
    if row.is_protected:
        require(hand.post, Act.SEE_PROTECTED)
    return row


def write_line(conn: Connection, deed: Deed, ticket_id: int, line: Line) -> None:
    """Write one line into the history."""
    values = {"ticket_id": ticket_id, "at": deed.now, "by": deed.by, "step": line.step.value}
    tickets.note_step(conn, {**values, "note": line.note, "is_told": line.is_told})


def clean_note(words: str) -> str:
    """A note that can be kept; raises Refusal for one that is too long."""
    note = storable(words).strip()
    if len(note) > MOST_NOTE:
        raise Refusal(
            "note_too_long",
            "The note has {count} letters; at most {most} fit. Shorten it.",
            count=len(note),
            most=MOST_NOTE,
        )
    return note


def _owner_step(conn: Connection, deed: Deed, row: Any, change: TicketChange) -> list[Step]:
    if change.owner_post is None:
        return []
    post, unit_id = office_named(change.owner_post), change.owner_unit_id
    if unit_id is None and post not in CABINET:
        raise Refusal("owner", "Choose an office of the cabinet as the owner, or name a unit.")
    if unit_id is not None:
        _check_unit(conn, deed.network_id, unit_id)
    body = EXECUTIVE if unit_id is None else ""
    if (row.owner_body, row.owner_post, row.owner_unit_id) == (body, post, unit_id):
        return []
    tickets.change(conn, row.id, owner_body=body, owner_post=post, owner_unit_id=unit_id)
    return [Step.ASSIGNED]


def _unit_step(conn: Connection, deed: Deed, row: Any, change: TicketChange) -> list[Step]:
    if change.unit_id is None or (change.unit_id or None) == row.unit_id:
        return []
    if change.unit_id:
        _check_unit(conn, deed.network_id, change.unit_id)
    tickets.change(conn, row.id, unit_id=change.unit_id or None)
    return [Step.PLACED]


def _check_unit(conn: Connection, network_id: int, unit_id: int) -> None:
    if not 0 < unit_id <= LARGEST_ID or units.get(conn, network_id, unit_id) is None:
        raise Refusal("not_found", "There is no such unit here. Choose one from the list.")


def _hand_step(conn: Connection, row: Any, change: TicketChange) -> list[Step]:
    if not change.is_in_hand or row.state == TicketState.IN_HAND:
        return []
    move(conn, row, TicketState.IN_HAND)
    return [Step.IN_HAND]


def _protection_step(conn: Connection, deed: Hand, row: Any, change: TicketChange) -> list[Step]:
    """Whoever reads a report may protect it, though they may not read it afterwards."""
    if change.is_protected is None or change.is_protected == row.is_protected:
        return []
    if not change.is_protected:
        tickets.change(conn, row.id, is_protected=False)
        return [Step.UNPROTECTED]
    protect(conn, deed.network_id, row)
    return [Step.PROTECTED]


def protect(conn: Connection, network_id: int, row: Any) -> None:
    """Take a report, and the text that it came from, out of all lists; the President owns it."""
    owner = {"owner_body": EXECUTIVE, "owner_post": PROTECTED_OWNER, "owner_unit_id": None}
    tickets.change(conn, row.id, is_protected=True, **owner)
    if row.inbound_id is not None:
        inbound.hide(conn, network_id, row.inbound_id)


def move(conn: Connection, row: Any, then: TicketState) -> None:
    """Let a report stand like that; raises Refusal when it cannot from where it stands."""
    if not may_become(TicketState(row.state), then):
        raise Refusal("state", "R{no} is closed. Reopen it first.", no=row.no)
    tickets.change(conn, row.id, state=then.value)


async def reopen_ticket(database: Database, no: int, hand: Hand) -> None:
    """Let the clock run again; raises Refusal: not_found, not_allowed, open."""
    await database.write(_reopen, no, hand)


def _reopen(conn: Connection, no: int, deed: Hand) -> None:
    row = held(conn, deed, no)
    if row.state not in (TicketState.ANSWERED, TicketState.CLOSED):
        raise Refusal("open", "R{no} is open already.", no=row.no)
    start_again(conn, deed, row)
    write_line(conn, deed, row.id, Line(Step.REOPENED))
    deed.note(conn, "report reopened", f"R{row.no}")


def start_again(conn: Connection, deed: Deed, row: Any) -> None:
    """Seven days from today, as if it came in now."""
    today = networks.by_id(conn, deed.network_id).day_at(deed.now)
    tickets.change(
        conn,
        row.id,
        state=TicketState.OPEN.value,
        due=due_on(today),
        closed_at=None,
        to_president_at=None,
        to_rsp_at=None,
    )


def add_by_text(conn: Connection, network_id: int, no: int, reply: Reply, now: datetime) -> Filed:
    """Add what the member wrote behind R27; one that was answered or closed is open again.

    Who may add was judged when the text was understood. Words of abuse protect it from then on.
    """
    row = tickets.hold(conn, network_id, no) if 0 < no <= LARGEST_NO else None
    if row is None:
        raise Refusal("not_found", "There is no such report here.")
    deed = Deed(network_id, "", now)
    is_again = row.state in (TicketState.ANSWERED, TicketState.CLOSED)
    if is_again:
        start_again(conn, deed, row)
    if reply.is_protected and not row.is_protected:
        protect(conn, network_id, row)
    step = Step.REOPENED if is_again else Step.ADDED
    write_line(conn, deed, row.id, Line(step, storable(reply.note).strip()[:MOST_LETTERS]))
    return Filed(row.id, row.no, is_new=False, owner_post=row.owner_post)
