"""NO, NAHI, 12: somebody cannot come to the next meeting of their body."""

from bots.answers import meeting_answer
from bots.ask import Keyword

KEYWORD = Keyword(
    intent="no",
    digit="",
    help_line="Not coming",
    templates={
        "comes_not": (
            "Noted[, {name}]: NOT coming to the {body} meeting {at}. To change it send {other}. "
            "Somebody comes for you: 15 and the name\n"
            "---\n"
            "Noted[, {name}]: NOT coming to the {body} meeting {at}. To change it send {other}\n"
            "---\n"
            "Noted: NOT coming to the {body} meeting {at}. To change it send {other}"
        ),
        "comes_instead": (
            "Noted[, {name}]: {stand_in} comes to the {body} meeting {at} instead of you. "
            "If you come yourself send 11\n"
            "---\n"
            "Noted: {stand_in} comes to the {body} meeting {at} instead of you. "
            "To come yourself send 11"
        ),
        "comes_somebody": (
            "Noted[, {name}]: somebody comes to the {body} meeting {at} instead of you. "
            "Who? Send 15 and the name\n"
            "---\n"
            "Noted: somebody comes to the {body} meeting {at} instead of you. "
            "Who? Send 15 and the name"
        ),
    },
    answer=meeting_answer,
    words={"en": ("no",), "ur-Latn": ("nahi",)},
)
