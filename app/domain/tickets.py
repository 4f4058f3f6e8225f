"""Reports of problems: how each stands, its clock of seven days, and who owns it."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from app.domain.offices import WORDS

ANSWER_DAYS = 7
"""So long the owner of a report has for an answer."""
RSP_DAYS = 7
"""So many days after that date the report is named to the support programme."""
MOST_LETTERS = 1_600
"""Of one report."""
OWNERS = ("Vice President", "General Secretary", "President")
"""Offices of the Executive Committee that own a report, the first that somebody holds."""
PROTECTED_OWNER = "President"
"""Who owns what only few may read."""


class TicketState(StrEnum):
    """How a report stands."""

    OPEN = "open"
    IN_HAND = "in hand"
    ANSWERED = "answered"
    CLOSED = "closed"


class Step(StrEnum):
    """What was done to a report, one line of its history each."""

    FILED = "filed"
    ADDED = "added"
    """The member wrote more."""
    REOPENED = "reopened"
    ASSIGNED = "assigned"
    PLACED = "placed"
    """Its unit was named."""
    IN_HAND = "in hand"
    ANSWERED = "answered"
    CLOSED = "closed"
    NOTED = "noted"
    """Something was written down that nobody outside the office reads."""
    PROTECTED = "protected"
    UNPROTECTED = "unprotected"
    TO_PRESIDENT = "to the president"
    TO_RSP = "to the rsp"


WAITING = frozenset({TicketState.OPEN, TicketState.IN_HAND})
"""While it stands so the clock runs."""
_MOVES: Mapping[TicketState, frozenset[TicketState]] = {
    TicketState.OPEN: frozenset(TicketState) - {TicketState.OPEN},
    TicketState.IN_HAND: frozenset(TicketState) - {TicketState.IN_HAND},
    TicketState.ANSWERED: frozenset(TicketState),
    TicketState.CLOSED: frozenset({TicketState.OPEN}),
}


def may_become(now: TicketState, then: TicketState) -> bool:
    """Whether a report that stands so may stand like that next; an answer may follow another."""
    return then in _MOVES[now]


def due_on(filed: date) -> date:
    """By when it is to be answered."""
    return filed + timedelta(days=ANSWER_DAYS)


def days_late(state: str, due: date, today: date) -> int:
    """How many days past its date it waits; 0 when it is answered, closed or in time."""
    return max(0, (today - due).days) if state in WAITING else 0


def is_for_rsp(state: str, due: date, today: date) -> bool:
    """Whether it waits so long that the support programme is told of it."""
    return days_late(state, due, today) > RSP_DAYS


def owner_called(post: str, *languages: str) -> str:
    """What an office is called in the first of these languages; Sindhi and Pashto take the Urdu."""
    for tag in languages:
        known = WORDS.get("ur" if tag in ("sd", "ps") else tag)
        if known is not None or tag == "en":
            return (known or {}).get(post, post)
    return post


def ticket_no(words: str) -> int | None:
    """The number in "R27", "r 27" or "27"; None for what is none."""
    bare = words.strip().removeprefix("R").removeprefix("r").strip()
    is_number = bare.isascii() and bare.isdecimal() and len(bare) <= 9
    return int(bare) if is_number else None
