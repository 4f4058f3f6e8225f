"""A text comes in, a reply goes out: always one, in the writing that the member can read."""

from dataclasses import replace

from bots.ask import Ask, Effect, Register, Reply, Speaker
from bots.fold import fold
from bots.menu import menu_reply
from bots.understanding import SHORT, understand
from bots.vocabulary import Vocabulary

__all__ = ["reply_to", "understand"]


def reply_to(text: str, who: Speaker, register: Register, words: Vocabulary) -> Reply:
    """The answer to `text`; every text has one, and no text is called wrong.

    Raises nothing of its own; what the register raises passes through.
    """
    ask = understand(text, words)
    speaker = replace(who, language=_language(ask, who))
    keyword = words.keywords.get(ask.intent)
    if keyword is not None:
        return keyword.answer(ask, speaker, register)
    if ask.intent == "greeting":
        return menu_reply(ask.intent, speaker, register)
    if ask.intent == "none" and _is_small(text, words):
        effect = Effect.TO_INBOX if " " in fold(text) else Effect.NONE
        return menu_reply(ask.intent, speaker, register, effect)
    return Reply(ask.intent, "received", speaker.language, effect=Effect.TO_INBOX)


def _language(ask: Ask, who: Speaker) -> str:
    """A registered member chose a language; a stranger is answered in the writing of the text."""
    return who.language if who.is_registered else ask.language or who.language


def _is_small(text: str, words: Vocabulary) -> bool:
    """Short and without a word of danger: the menu may help more than a person."""
    tokens = fold(text).split()
    return len(tokens) <= SHORT and words.danger.isdisjoint(tokens)
