"""A text comes in, a reply goes out: always one, in the writing that the member can read."""

from dataclasses import replace

from bots.ask import Ask, Effect, Register, Reply, Speaker
from bots.fold import fold
from bots.menu import menu_reply
from bots.names import tokens_of
from bots.private_words import guarded
from bots.questions import WHO, comes, comes_with, meant_with, said_before, who_said
from bots.speaker import (
    ABOUT_CHATS,
    PERSONAL,
    Spoken,
    ask_who,
    concerned,
    in_the_name_of,
    is_shared,
    named_in,
    noted,
    who_spoke,
)
from bots.tongue import tongue
from bots.understanding import SHORT, understand
from bots.vocabulary import Vocabulary

__all__ = ["reply_to", "understand"]

_HELPS_IN_DANGER = frozenset({"report", "emergency"})
"""Intents whose own answer serves better in danger than an acknowledgement."""
_NO_MENU = frozenset({"greeting", "none"})


def reply_to(text: str, who: Speaker, register: Register, words: Vocabulary) -> Reply:
    """The answer to `text`; every text has one, and no text is called wrong.

    Only a bare greeting to somebody who has the menu may be met with silence. Raises nothing of
    its own; what the register raises passes through.
    """
    ask = understand(text, words)
    speaker = replace(_among_others(who), language=_language(text, ask, who, register, words))
    if is_shared(speaker):
        reply = _one_of_several(text, ask, speaker, register, words)
    else:
        reply = _answer(text, ask, speaker, register, words)
    reply = reply if who.is_group else guarded(text, reply, words)
    return replace(reply, is_danger=True) if ask.is_danger else reply


def _among_others(who: Speaker) -> Speaker:
    """Where others read along, nobody in particular speaks, and only what is public is told."""
    if not who.is_group:
        return who
    return replace(who, is_registered=False, people=(), speaking=None, has_chosen=True)


def _one_of_several(
    text: str, ask: Ask, who: Speaker, register: Register, words: Vocabulary
) -> Reply:
    """The answer to a phone that people share; the question who it is comes once."""
    spoken = who_spoke(text, ask, who, words)
    if spoken is None and not who.is_asked:
        tokens = tokens_of(text, words.courtesy)
        meant = comes(tokens, who, register) or comes_with(text, ask, who, register, words)
        ask = meant or ask
    spoken = spoken or named_in(ask, who)
    if spoken is not None and spoken.ask is None:
        return _by_name(text, spoken, who, register, words)
    if spoken is not None and spoken.ask is not None:
        ask = spoken.ask
    if ask.intent not in PERSONAL or ask.is_danger:
        return _answer(text, ask, who, register, words)
    fellow = spoken.fellow if spoken else concerned(ask, who, register)
    if fellow is None:
        if not _matters(ask, who, register):
            return _answer(text, ask, who, register, words)
        again = who.is_asked
        reply = _answer(text, ask, who, register, words) if again else ask_who(ask.intent, who)
        return replace(reply, opens=who_said(text, ask, who))
    speaker = replace(who, speaking=fellow.id)
    return in_the_name_of(fellow, _answer(text, ask, speaker, register, words), who)


def _by_name(
    text: str, spoken: Spoken, who: Speaker, register: Register, words: Vocabulary
) -> Reply:
    """The answer to a name: what was said before it counts as this person's now."""
    fellow = spoken.fellow
    speaker = replace(who, speaking=fellow.id)
    if who.is_asked:
        before = said_before(who, register, words)
        if before is not None:
            reply = _answer(*before, speaker, register, words)
            return replace(in_the_name_of(fellow, reply, who), closes=(*reply.closes, WHO))
        return noted(fellow, who)
    digits = [token for token in tokens_of(text, words.courtesy) if token.isdigit()]
    said = comes(digits, who, register) if digits else None
    if said is None:
        return noted(fellow, who)
    return in_the_name_of(fellow, _answer(text, said, speaker, register, words), who)


def _matters(ask: Ask, who: Speaker, register: Register) -> bool:
    """Whether it makes a difference who of several people says this."""
    if ask.intent in ABOUT_CHATS:
        return True
    if ask.intent == "status":
        return any(one.is_private for one in who.people)
    ids = [one.id for one in who.people]
    return register.meeting_for(ids, who.language, about=ask.about) is not None


def _answer(text: str, ask: Ask, who: Speaker, register: Register, words: Vocabulary) -> Reply:
    meant = meant_with(text, ask, who, register, words)
    is_place = meant.ask.answers == "place"
    if ask.is_danger and (is_place or meant.ask.intent not in _HELPS_IN_DANGER):
        return Reply(ask.intent, "danger", who.language, effect=Effect.TO_INBOX)
    keyword = words.keywords.get(meant.ask.intent)
    if keyword is None or (meant.ask.intent == "join" and _has_no_name(meant.ask, words)):
        return _without_keyword(text, ask, who, register, words)
    reply = keyword.answer(meant.ask, who, register)
    return replace(reply, closes=(*reply.closes, *meant.closes)) if meant.closes else reply


def _without_keyword(
    text: str, ask: Ask, who: Speaker, register: Register, words: Vocabulary
) -> Reply:
    """The menu to a greeting and to a few unknown words, once a day; else people read it."""
    is_wordy = " " in fold(text)
    if ask.intent not in _NO_MENU or (ask.intent == "none" and not _is_small(text, words)):
        return Reply(ask.intent, "received", who.language, effect=Effect.TO_INBOX)
    if not (who.phone and register.was_shown_menu(who.phone)):
        to_people = ask.intent == "none" and is_wordy
        effect = Effect.TO_INBOX if to_people else Effect.NONE
        return menu_reply(ask.intent, who, register, effect)
    if ask.intent == "greeting":
        return Reply(ask.intent, "thanks", who.language)
    return Reply(ask.intent, "received", who.language, effect=Effect.TO_INBOX)


def _has_no_name(ask: Ask, words: Vocabulary) -> bool:
    """Whether what stands where a name belongs speaks of danger, says no or would stop."""
    tokens = (ask.argument or "").split()
    known = (words.exact.get(token) for token in tokens)
    is_said = any(one is not None and one.intent == "no" for one in known)
    is_sentence = bool(ask.answers) and not words.beside.isdisjoint(tokens)
    is_other = "".join(tokens) in words.whole or not words.danger.isdisjoint(tokens)
    return is_said or is_sentence or is_other


def _language(text: str, ask: Ask, who: Speaker, register: Register, words: Vocabulary) -> str:
    """A phone or a member chose a language; a stranger is answered in the writing of the text.

    A code has no writing, nor has STOP: they are answered as the last text was.
    """
    if who.has_chosen or who.is_registered:
        return who.language
    told = tongue(text, ask, words)
    if not told and who.phone and not who.is_group:
        told = register.last_language(who.phone)
    return told or who.language


def _is_small(text: str, words: Vocabulary) -> bool:
    """Short and without a word of danger: the menu may help more than a person."""
    tokens = fold(text).split()
    return len(tokens) <= SHORT and words.danger.isdisjoint(tokens)
