"""BLOOD, KHOON, "khoon chahiye O negative THQ": people see it at once; donors are never listed.

Who gives blood is health data: no text of ours names a donor. B7 1 answers a round of donors.
"""

from bots.ask import Ask, Effect, Keyword, Register, Reply, Speaker


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:  # noqa: ARG001
    """A request goes to the office as a matter of life; an answer to a round finds none open."""
    if _is_answer(ask.argument or ""):
        return Reply("blood", "blood_closed", who.language, effect=Effect.TO_INBOX)
    template = "blood_wanted" if (ask.argument or "").strip() else "blood"
    return Reply("blood", template, who.language, effect=Effect.TO_INBOX, is_danger=True)


def _is_answer(argument: str) -> bool:
    """Whether it is the yes or no to a round: B7 1 comes as "7/1" or as "7"."""
    numbers = argument.replace("/", " ").split()
    return bool(numbers) and all(number.isdigit() for number in numbers)


KEYWORD = Keyword(
    intent="blood",
    digit="",
    help_line="Blood",
    templates={
        "blood": (
            "For an emergency call 1122 now. The office is told. Send: BLOOD, the group, the "
            "hospital and by when, like: BLOOD O- THQ today"
        ),
        "blood_wanted": (
            "The office is told and looks for help. Call 1122 now and ask the hospital too. "
            "Keep your phone on"
        ),
        "blood_closed": (
            "Thank you. No blood is asked for just now. The office sees your text and calls when "
            "it is needed"
        ),
    },
    answer=answer,
    words={"en": ("blood",), "ur-Latn": ("khoon",)},
)
