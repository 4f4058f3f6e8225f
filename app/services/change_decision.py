"""Change where a decision stands; every step stays on record."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.institution import EXECUTIVE, GENERAL_BODY, approves
from app.domain.minutes import DecisionState
from app.domain.pasted import clean_line
from app.services._act import Deed
from app.services._minutes_desk import day_of, the_meeting
from app.services._register_rows import NEEDS_APPROVAL
from app.store import decisions, networks
from app.store.database import Connection, Database

MOST_LETTERS = 300


@dataclass(frozen=True, slots=True)
class Change:
    """Where a decision stands from now on; `due` moves its date, None leaves it.

    `approved_in` is the meeting of the Executive or General Body that approved what a committee
    recommended.
    """

    state: DecisionState
    note: str = ""
    due: date | None = None
    approved_in: int | None = None


async def change_decision(  # noqa: PLR0913 -- who changes what of which decision
    database: Database,
    network_id: int,
    decision_id: int,
    change: Change,
    *,
    by: str,
    now: datetime,
) -> None:
    """Take the step and write it into the decision's history; no change and no note is no step.

    Raises Refusal: not_found, note_too_long, due_before_meeting, not_approved for a committee's
    decision that no approving meeting is named for.
    """
    deed = Deed(network_id, by, now)
    await database.write(lambda conn: change_by(conn, deed, decision_id, change))


def change_by(conn: Connection, deed: Deed, decision_id: int, change: Change) -> None:
    """The same inside a transaction."""
    networks.hold(conn, deed.network_id)
    row = decisions.get(conn, deed.network_id, decision_id)
    if row is None:
        raise Refusal("not_found", "There is no such decision. Look for it in the list.")
    notes = [_approval(conn, deed, row, change), clean_line(change.note)]
    note = "; ".join(part for part in notes if part)
    if len(note) > MOST_LETTERS:
        raise Refusal(
            "note_too_long",
            "The note has {count} letters; at most {most} fit. Shorten it.",
            count=len(note),
            most=MOST_LETTERS,
        )
    values: dict[str, Any] = {}
    if change.state != row.status:
        values["status"] = change.state.value
    if change.due is not None and change.due != row.due:
        values["due"] = _checked_due(conn, deed, row, change.due)
        note = note or f"due {change.due.isoformat()}"
    if not values and not note:
        return
    if values:
        decisions.change(conn, decision_id, values)
    step = {"decision_id": decision_id, "status": change.state.value, "note": note}
    told = {"network_id": deed.network_id, "at": deed.now, "actor": deed.by}
    decisions.add_step(conn, {**told, **step})
    subject = f"{row.body} {row.label}/{row.no}"
    deed.note(conn, "decision changed", subject, status=change.state.value)


def _approval(conn: Connection, deed: Deed, row: Any, change: Change) -> str:
    """What the history says of the approval; raises Refusal where one is needed and missing."""
    if approves(row.body) or row.status != DecisionState.RECOMMENDED:
        return ""
    if change.state not in NEEDS_APPROVAL:
        return ""
    meeting = None
    if change.approved_in is not None:
        meeting = the_meeting(conn, deed.network_id, change.approved_in)
    fits = meeting is not None and meeting.body in (EXECUTIVE, GENERAL_BODY)
    if meeting is None or not fits or not row.at <= meeting.at <= deed.now:
        raise Refusal(
            "not_approved",
            "A committee only recommends. Name the later meeting of the Executive Committee or "
            "the General Body that approved this.",
        )
    return f"approved in {meeting.body} {meeting.label}"


def _checked_due(conn: Connection, deed: Deed, row: Any, due: date) -> date:
    held = day_of(conn, deed.network_id, row.at)
    if due < held:
        raise Refusal(
            "due_before_meeting",
            "Decision {no} is due on {due}, before the meeting of {held}. Correct the date.",
            no=row.no,
            due=due.isoformat(),
            held=held.isoformat(),
        )
    return due
