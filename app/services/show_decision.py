"""Show one decision with the steps that it took."""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.errors import Refusal
from app.services.show_register import DecisionLine, decision_lines
from app.store import decisions
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Step:
    """One step: where the decision stood from then on."""

    at: datetime
    status: str
    note: str
    by: str


@dataclass(frozen=True, slots=True)
class DecisionStory:
    """A decision and its history, oldest step first."""

    line: DecisionLine
    meeting_id: int
    reason: str
    """Why it is not for the public; empty when it is."""
    steps: tuple[Step, ...]


async def show_decision(
    database: Database, network_id: int, decision_id: int, *, public: bool, today: date
) -> DecisionStory:
    """One decision; raises Refusal (not_found), for `public` also when it is restricted."""
    return await database.read(_show, network_id, decision_id, public, today)


def _show(
    conn: Connection, network_id: int, decision_id: int, public: bool, today: date
) -> DecisionStory:
    row = decisions.get(conn, network_id, decision_id)
    is_hidden = row is not None and (row.is_restricted or row.minutes_restricted)
    if row is None or (public and is_hidden):
        raise Refusal("not_found", "There is no such decision. Look for it in the list.")
    steps = decisions.steps(conn, decision_id)
    return DecisionStory(
        line=decision_lines(conn, [row], today)[0],
        meeting_id=row.meeting_id,
        reason=row.restricted,
        steps=tuple(Step(one.at, one.status, one.note, one.actor) for one in steps),
    )
