"""14/2 HO GAYA, 14/2 DONE: whoever owes a decision says that it is done (`bots.owed`)."""

from bots.ask import Keyword
from bots.owed import answer

KEYWORD = Keyword(
    intent="done",
    digit="",
    help_line="A decision is done",
    templates={
        "report_done": (
            "Noted: {code} is done. The General Secretary confirms it. If it is not so send "
            "{code} IN HAND"
        ),
        "done_which": "Which decision is done? Send its number too, as in 14/2 DONE",
        "report_thanks": (
            "Thank you. Decision {code} is[ with {owner};] for the owner to report. "
            "Your text went to the office"
        ),
        "report_closed": "Thank you. Decision {code} stands as {status} already",
    },
    answer=answer,
)
