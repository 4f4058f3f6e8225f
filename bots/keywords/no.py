"""NO, NAHI, 12: somebody cannot come to the next meeting of their body."""

from bots.answers import meeting_answer
from bots.ask import Keyword

KEYWORD = Keyword(
    intent="no",
    digit="",
    help_line="Not coming",
    templates={
        "comes_not": (
            "Noted[, {name}]: NOT coming to the {body} meeting {at}. To change it send {other}\n"
            "---\n"
            "Noted: NOT coming to the {body} meeting {at}. To change it send {other}"
        ),
    },
    answer=meeting_answer,
    words={"en": ("no",), "ur-Latn": ("nahi",)},
)
