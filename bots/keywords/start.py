"""START, SHURU KARO, 9: texts again."""

from bots.ask import Ask, Effect, Keyword, Register, Reply, Speaker


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:  # noqa: ARG001
    """One confirmation, which names the way out."""
    return Reply(ask.intent, "started", who.language, effect=Effect.OPT_IN)


KEYWORD = Keyword(
    intent="start",
    digit="9",
    help_line="Start",
    templates={"started": "Messages will come again. To stop send 0 or STOP. Menu: HELP"},
    answer=answer,
    words={
        "en": ("start", "unstop"),
        "ur-Latn": ("shuru", "shuru karo", "shuru karen", "shuru kar do", "chalu"),
    },
)
