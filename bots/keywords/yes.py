"""YES, HAN, 11: somebody comes to the next meeting of their body."""

from bots.answers import meeting_answer
from bots.ask import Keyword

KEYWORD = Keyword(
    intent="yes",
    digit="",
    help_line="Coming",
    templates={
        "comes": (
            "Noted[, {name}]: coming to the {body} meeting {at}. To change it send {other}\n"
            "---\n"
            "Noted: coming to the {body} meeting {at}. To change it send {other}"
        ),
        "comes_late": "The {body} meeting of {on} is over. The next meeting: send 2",
    },
    answer=meeting_answer,
    words={"en": ("yes",), "ur-Latn": ("han",)},
)
