"""Open questions: what a bare text means while the network waits for an answer from its phone.

A question is opened by `Reply.opens` and closed by the text that answers it. A text that means
something by itself (a keyword, a code, STOP) never answers one: it is what it always is.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from bots.ask import Ask, Certainty, Question, Register, Speaker
from bots.fold import fold
from bots.names import tokens_of
from bots.understanding import understand
from bots.vocabulary import Vocabulary

CONTINUES = {"report": "report", "report_place": "report", "place": "emergency", "name": "join"}
"""By kind of question: the intent that goes on with what is said while it stands open.

The keyword gets an Ask with `note` (what was said before the question; else the text itself as it
was written), `argument` (the text folded) and `answers` (the kind).
"""
WHO = "who"
"""Which of several people on the phone said `Question.note`?"""
STANDS = timedelta(hours=48)

_COMES = {"1": "yes", "2": "no"}
_SAID = {"yes": "11", "no": "12"}


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text asks, seen together with what stands open; `closes` is what it answers."""

    ask: Ask
    closes: tuple[str, ...] = ()


def meant_with(text: str, ask: Ask, who: Speaker, register: Register, words: Vocabulary) -> Meant:
    """What `text`, understood alone as `ask`, means from this phone at this moment."""
    if not who.phone:
        return Meant(ask)
    if ask.intent == "more":
        return Meant(_next_lines(ask, who, register))
    if ask.intent in ("minutes", "meeting"):
        tokens = tokens_of(text, words.courtesy)
        return Meant(comes(tokens, who, register) or ask)
    return _continued(text, ask, who, register) if ask.intent == "none" else Meant(ask)


def comes(digits: list[str], who: Speaker, register: Register) -> Ask | None:
    """Yes or no to the one meeting that waits for a bare 1 or 2 from this phone, if one does."""
    intent = _COMES.get(digits[0]) if len(digits) == 1 else None
    if intent is None or not who.people or not who.phone:
        return None
    calls = register.calls(who.phone, [one.id for one in who.people])
    if len(calls) != 1:
        return None
    return Ask(intent, None, Certainty.EXACT, "", about=calls[0].about)


def _next_lines(ask: Ask, who: Speaker, register: Register) -> Ask:
    found = register.more(who.phone)
    if found is None:
        return ask
    return Ask(
        found.intent,
        found.argument or None,
        Certainty.EXACT,
        ask.language,
        found.topic,
        told=found.told,
        after=found.last,
    )


def _continued(text: str, ask: Ask, who: Speaker, register: Register) -> Meant:
    for one in reversed(register.questions(who.phone)):
        intent = CONTINUES.get(one.kind)
        if intent is not None:
            note = one.note or text.strip()
            said = replace(ask, intent=intent, argument=fold(text) or None, note=note)
            return Meant(replace(said, about=one.about, answers=one.kind), (one.kind,))
    return Meant(ask)


def who_said(text: str, ask: Ask, who: Speaker) -> Question:
    """The question who of several people said this, which is answered in their name then."""
    note = _SAID.get(ask.intent, text.strip())
    return Question(WHO, who.now + STANDS, ask.about, note)


def said_before(who: Speaker, register: Register, words: Vocabulary) -> tuple[str, Ask] | None:
    """What was said before it was asked who says it, if that question stands open."""
    if not who.phone:
        return None
    for one in reversed(register.questions(who.phone)):
        if one.kind == WHO and one.note:
            return one.note, replace(understand(one.note, words), about=one.about)
    return None
