"""A text comes in, a reply goes out: always one, in the writing that the member can read."""

from dataclasses import replace

from bots.ask import Ask, Effect, Register, Reply, Speaker
from bots.fold import fold
from bots.menu import menu_reply
from bots.speaker import (
    PERSONAL,
    ask_who,
    in_the_name_of,
    is_shared,
    noted,
    remembered,
    who_spoke,
)
from bots.understanding import SHORT, understand
from bots.vocabulary import Vocabulary

__all__ = ["reply_to", "understand"]


def reply_to(text: str, who: Speaker, register: Register, words: Vocabulary) -> Reply:
    """The answer to `text`; every text has one, and no text is called wrong.

    Raises nothing of its own; what the register raises passes through.
    """
    ask = understand(text, words)
    speaker = replace(who, language=_language(ask, who))
    if is_shared(who):
        return _one_of_several(text, ask, speaker, register, words)
    return _answer(text, ask, speaker, register, words)


def _one_of_several(
    text: str, ask: Ask, who: Speaker, register: Register, words: Vocabulary
) -> Reply:
    """The answer to a phone that people share; the question who it is comes once."""
    spoken = who_spoke(text, ask, who, words)
    if spoken is not None and spoken.ask is None:
        return noted(spoken.fellow, who)
    if spoken is not None and spoken.ask is not None:
        ask = spoken.ask
    if ask.intent not in PERSONAL:
        return _answer(text, ask, who, register, words)
    fellow = spoken.fellow if spoken is not None else remembered(who)
    if fellow is None and not who.is_asked:
        return ask_who(ask.intent, who)
    if fellow is None:
        return _answer(text, ask, who, register, words)
    speaker = replace(who, speaking=fellow.id)
    return in_the_name_of(fellow, _answer(text, ask, speaker, register, words), who)


def _answer(text: str, ask: Ask, who: Speaker, register: Register, words: Vocabulary) -> Reply:
    keyword = words.keywords.get(ask.intent)
    if keyword is not None and not (ask.intent == "join" and _has_no_name(ask, words)):
        return keyword.answer(ask, who, register)
    if ask.intent == "greeting":
        return menu_reply(ask.intent, who, register)
    if ask.intent == "none" and _is_small(text, words):
        effect = Effect.TO_INBOX if " " in fold(text) else Effect.NONE
        return menu_reply(ask.intent, who, register, effect)
    return Reply(ask.intent, "received", who.language, effect=Effect.TO_INBOX)


def _has_no_name(ask: Ask, words: Vocabulary) -> bool:
    """Whether what stands where a name belongs speaks of danger, says no or would stop."""
    tokens = (ask.argument or "").split()
    known = (words.exact.get(token) for token in tokens)
    is_said = any(one is not None and one.intent == "no" for one in known)
    return is_said or "".join(tokens) in words.whole or not words.danger.isdisjoint(tokens)


def _language(ask: Ask, who: Speaker) -> str:
    """A registered member chose a language; a stranger is answered in the writing of the text."""
    return who.language if who.is_registered else ask.language or who.language


def _is_small(text: str, words: Vocabulary) -> bool:
    """Short and without a word of danger: the menu may help more than a person."""
    tokens = fold(text).split()
    return len(tokens) <= SHORT and words.danger.isdisjoint(tokens)
