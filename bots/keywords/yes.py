"""YES, HAN, 11: somebody comes to the next meeting of their body."""

from bots.answers import meeting_answer
from bots.ask import Keyword

KEYWORD = Keyword(
    intent="yes",
    digit="",
    help_line="Coming",
    templates={
        "comes": (
            "Noted[, {name}]: coming to the {body} meeting {at}. To change it send {other}. "
            "Need transport: 13. With a child: 14\n"
            "---\n"
            "Noted[, {name}]: coming to the {body} meeting {at}. To change it send {other}\n"
            "---\n"
            "Noted: coming to the {body} meeting {at}. To change it send {other}"
        ),
        "comes_fetched": (
            "Noted[, {name}]: coming to the {body} meeting {at}; you need transport. "
            "Without: 11. Not coming: 12\n"
            "---\n"
            "Noted: coming to the {body} meeting {at}; you need transport. "
            "To change it send 11 or 12"
        ),
        "comes_child": (
            "Noted[, {name}]: coming to the {body} meeting {at} with a child. "
            "Without: 11. Not coming: 12\n"
            "---\n"
            "Noted: coming to the {body} meeting {at} with a child. To change it send 11 or 12"
        ),
        "comes_both": (
            "Noted[, {name}]: coming to the {body} meeting {at} with a child; you need transport. "
            "Without: 11. Not coming: 12\n"
            "---\n"
            "Noted: coming to the {body} meeting {at} with a child; you need transport. "
            "To change: 11 or 12"
        ),
        "comes_late": "The {body} meeting of {on} is over. The next meeting: send 2",
    },
    answer=meeting_answer,
    words={"en": ("yes",), "ur-Latn": ("han",)},
)
