"""Following up decisions: when an owner is reminded, and what an owner may say of one."""

from datetime import date, timedelta
from enum import StrEnum

from app.domain.minutes import DecisionState

BEFORE = 3
"""So many days before the date the owner is reminded first."""
AGAIN_EVERY = 14
"""From the day after the date on, the owner is reminded again after so many days."""
REMINDED = frozenset({DecisionState.APPROVED, DecisionState.IN_HAND})
"""A recommendation binds nobody yet, and what is closed needs nothing more."""


class Said(StrEnum):
    """What an owner says by text; the same words as the state that it would lead to."""

    DONE = "done"
    IN_HAND = "in hand"


def lead_of(due: date, today: date) -> int | None:
    """Which reminder is due: -3, 1, 15, 29, … days after the date; None while it is too early.

    It is the nearest that has been reached, so that whoever missed some makes up for one only.
    """
    late = (today - due).days
    if late < -BEFORE:
        return None
    if late < 1:
        return -BEFORE
    return 1 + (late - 1) // AGAIN_EVERY * AGAIN_EVERY


def day_of(due: date, lead: int) -> date:
    """The day on which that reminder falls due."""
    return due + timedelta(days=lead)


def reminder_key(decision_id: int, due: date, lead: int) -> str:
    """The natural key of the one reminder that a decision gets at that lead.

    A new date begins a new row of reminders.
    """
    return f"decision{decision_id}.{due.isoformat()}.{lead}"
