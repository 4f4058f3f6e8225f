"""A missed call: the next meeting that all may know of, the newest decision, and how to ask.

Nobody can be asked who called, so it tells what is public only, whoever is on the phone.
"""

from bots.ask import Ask, Keyword, Register, Reply, Speaker
from bots.values import Entry, Value

ASKS = ("1", "2", "3", "6")
"""What it says to send next, in the order in which it says so."""


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:
    """One text for whoever has no balance to ask by text."""
    language = who.language
    meeting = register.next_meeting(language, registered=False)
    newest = register.recent_decisions(language, registered=False, limit=1)
    values: dict[str, Value] = {
        "network": register.network_name(language),
        "body": meeting.body if meeting else "",
        "at": meeting.at if meeting else "",
        "venue": meeting.venue if meeting else "",
        "example": tuple(Entry(f"D{one.meeting_no}/{one.no}", one.short) for one in newest[:1]),
    }
    buttons = tuple(Entry(digit) for digit in ASKS)
    return Reply(ask.intent, "today", language, values, buttons=buttons)


KEYWORD = Keyword(
    intent="today",
    digit="",
    help_line="",
    templates={
        "today": (
            "{network}.[ {body} meeting {at}, {venue}.][ Decided: {example}.]"
            " Send 1 minutes, 2 meeting, 3 decisions, 6 problem, 0 stop\n"
            "---\n"
            "{network}.[ {body} meeting {at}.][ Decided: {example}.]"
            " Send 1 minutes, 2 meeting, 3 decisions, 6 problem, 0 stop\n"
            "---\n"
            "{network}.[ {body} meeting {at}.] Send 1 minutes, 2 meeting, 3 decisions, 0 stop"
        ),
    },
    answer=answer,
)
