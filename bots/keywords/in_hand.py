"""14/2 JARI, 14/2 IN HAND: whoever owes a decision works on it (`bots.owed`)."""

from bots.ask import Keyword
from bots.owed import answer

KEYWORD = Keyword(
    intent="in_hand",
    digit="",
    help_line="A decision is in hand",
    templates={
        "report_in_hand": (
            "Noted: {code} is in hand. The General Secretary reads it. When it is done send "
            "{code} DONE"
        ),
        "in_hand_which": "Which decision is in hand? Send its number too, as in 14/2 IN HAND",
    },
    answer=answer,
)
