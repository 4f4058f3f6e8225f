"""Open questions: what a bare text means while the network waits for an answer from its phone.

A question is opened by `Reply.opens` and closed by the text that answers it. A text that means
something by itself (a keyword, a code, STOP) never answers one: it is what it always is.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from bots.ask import Ask, Certainty, Question, Register, Speaker
from bots.besides import CODES, code_of, said_by_code
from bots.fold import fold
from bots.names import tokens_of, who_is_named
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
_SAID = frozenset({"yes", "no"})


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
    if ask.intent in ("minutes", "meeting", "decision") or _may_be_code(text, ask):
        tokens = tokens_of(text, words.courtesy)
        meant = comes(tokens, who, register) or comes_with(text, ask, who, register, words)
        if meant is not None:
            return Meant(meant)
        if ask.intent != "none":
            return Meant(ask)
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


def _may_be_code(text: str, ask: Ask) -> bool:
    """Whether a text that nobody understands may begin with 13, 14 or 15."""
    return ask.intent == "none" and not ask.is_danger and not CODES.isdisjoint(fold(text).split())


def comes_with(
    text: str, ask: Ask, who: Speaker, register: Register, words: Vocabulary
) -> Ask | None:
    """What 13, 14 or 15 says of the meeting to come that this phone was called to, if it was."""
    if not who.people or not who.phone or "?" in text or "؟" in text:
        return None
    tokens = tokens_of(text, words.courtesy)
    said = said_by_code(text, tokens, words.besides)
    if said is not None and not _fits(said, ask, tokens, who, words):
        return None
    called = register.called(who.phone, [one.id for one in who.people]) if said else ()
    return replace(said, about=called[0]) if said is not None and called else None


def _fits(said: Ask, ask: Ask, tokens: list[str], who: Speaker, words: Vocabulary) -> bool:
    """Whether the words beside the code can be a name: of the phone, or of who is sent.

    "Karwai 14" and "14 tareekh ko" are what they always are.
    """
    if all(token.isdigit() for token in tokens):
        return True
    if ask.intent != "none":
        return False
    if said.intent == "yes":
        return who_is_named((said.argument or "").split(), who.people) is not None
    sent = fold(said.said.stand_in).split()
    people = words.besides.kin | words.besides.child | words.besides.names
    return not any(token in words.spelling.known and token not in people for token in sent)


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
    note = code_of(ask) if ask.intent in _SAID else text.strip()
    return Question(WHO, who.now + STANDS, ask.about, note)


def said_before(who: Speaker, register: Register, words: Vocabulary) -> tuple[str, Ask] | None:
    """What was said before it was asked who says it, if that question stands open."""
    if not who.phone:
        return None
    for one in reversed(register.questions(who.phone)):
        if one.kind == WHO and one.note:
            return one.note, replace(understand(one.note, words), about=one.about)
    return None
