"""GALAT, WRONG NUMBER: whoever holds this phone is not whom we mean; nothing more goes there.

The office is told and takes the phone off its list. 9 or START brings messages back to the phone,
not to whoever was linked to it: that is for a person to look at.
"""

from bots.ask import Ask, Effect, Keyword, Register, Reply, Speaker


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:  # noqa: ARG001
    """One confirmation, which names the way back."""
    return Reply(ask.intent, "wrong_number", who.language, effect=Effect.WRONG_NUMBER)


KEYWORD = Keyword(
    intent="wrong_number",
    digit="",
    help_line="Wrong number",
    templates={
        "wrong_number": (
            "Thank you. No more messages will come to this number. If this was a mistake send "
            "9 or START"
        )
    },
    answer=answer,
    words={"en": ("wrong number",), "ur-Latn": ("galat number",)},
)
