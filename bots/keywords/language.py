"""URDU, ROMAN, 8: the writing in which a member is answered."""

from bots.ask import Ask, Effect, Keyword, Register, Reply, Speaker


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:  # noqa: ARG001
    """Answer in the chosen writing already; without a choice, list the choices."""
    if ask.argument is None:
        return Reply(ask.intent, "language_list", who.language)
    return Reply(ask.intent, "language_set", ask.argument, effect=Effect.SET_LANGUAGE)


KEYWORD = Keyword(
    intent="language",
    digit="8",
    help_line="Language",
    templates={
        "language_list": "To choose your language send one of these words: {languages}",
        "language_set": "Your language is now {language}. Menu: HELP",
    },
    answer=answer,
    words={"en": ("language", "lang"), "ur-Latn": ("zuban", "boli")},
)
