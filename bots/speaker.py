"""Who of several people on one phone is texting: asked once, remembered, changed by a name.

Families share phones. A text that asks for what everybody may know needs no name. One whose
answer concerns a person (`PERSONAL`) does, and this is how the name is found, so that it never
meets the menu's digits or the answers 11 and 12:

- STOP, START and ALERT as whole messages are what they are, whoever sends them.
- "11 Zainab", "han Zainab", "Zainab nahi": Zainab says yes, or no.
- "1 Zainab", "Zainab 1", "Zainab": it is Zainab. The name decides, whatever the digit: the one
  of the list, or the 1 by which she means yes. What she had said before the question is hers.
- "1" alone is the first of the list only while the question "Who is it?" stands open; otherwise
  it is what a lone 1 is for everybody.
- A name that is also a command ("Sadar") is the command, unless the question stands open.

Whoever said it last is taken to be speaking until another name comes; each answer to a personal
text tells the name, so that a slip is seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bots.ask import Ask, Certainty, Effect, Fellow, Register, Reply, Speaker
from bots.names import entries, name_of, tokens_of, who_is_named
from bots.understanding import understand
from bots.values import Value
from bots.vocabulary import WHOLE_ONLY, Vocabulary

ABOUT_CHATS = frozenset({"link", "unlink"})
"""Intents that say whose a chat of a messenger is."""
PERSONAL = frozenset({"yes", "no", "status"}) | ABOUT_CHATS
"""Intents whose answer concerns one person, not the phone."""
_SPOKEN_FOR = frozenset({"yes", "no"})
MOST_PEOPLE = 6
"""More people than that have no phone of a family but an office's, whose texts people answer."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who spoke; `ask` is what they asked besides, None when they only said who they are."""

    fellow: Fellow
    ask: Ask | None


def is_shared(who: Speaker) -> bool:
    """Whether several people are on this phone, and few enough to be asked who it is."""
    return 2 <= len(who.people) <= MOST_PEOPLE


def may_read_private(who: Speaker) -> bool:
    """Whether what only one person may read can go to this phone, as an answer to `who`.

    Only where that person is known to be texting, and nobody else reads what comes to the phone.
    """
    if who.is_group:
        return False
    alone = who.people[0] if len(who.people) == 1 else remembered(who)
    return alone is not None and alone.is_private


def who_spoke(text: str, ask: Ask, who: Speaker, words: Vocabulary) -> Spoken | None:
    """Whom the text itself names, None when it names nobody of this phone."""
    if ask.intent in WHOLE_ONLY or ask.said.stand_in:
        return None
    tokens = tokens_of(text, words.courtesy)
    if who.is_asked and len(tokens) == 1 and tokens[0].isdigit():
        fellow = _numbered(tokens[0], who.people)
        return Spoken(fellow, None) if fellow else None
    fellow = _named_alone(tokens, ask, who)
    return Spoken(fellow, None) if fellow else _named_beside(tokens, ask, who, words)


def _numbered(digit: str, people: Sequence[Fellow]) -> Fellow | None:
    no = int(digit) if len(digit) == 1 else 0
    return people[no - 1] if 1 <= no <= len(people) else None


def _named_alone(tokens: Sequence[str], ask: Ask, who: Speaker) -> Fellow | None:
    """The name and at most one digit of a list, in any order."""
    digits = [token for token in tokens if token.isdigit()]
    name = [token for token in tokens if not token.isdigit()]
    if len(digits) > 1 or any(_numbered(digit, who.people) is None for digit in digits):
        return None
    is_command = ask.intent != "none" and ask.certainty in (Certainty.EXACT, Certainty.FOLDED)
    if not digits and not who.is_asked and is_command:
        return None
    return who_is_named(name, who.people)


def _named_beside(
    tokens: Sequence[str], ask: Ask, who: Speaker, words: Vocabulary
) -> Spoken | None:
    """A name before or after a yes or a no."""
    if ask.intent not in PERSONAL | {"none"} or len(tokens) > 2 * MOST_PEOPLE:
        return None
    for at in range(1, len(tokens)):
        for name, rest in ((tokens[at:], tokens[:at]), (tokens[:at], tokens[at:])):
            fellow = who_is_named(name, who.people)
            said = understand(" ".join(rest), words) if fellow else None
            if fellow and said and said.intent in PERSONAL:
                return Spoken(fellow, said)
    return None


def named_in(ask: Ask, who: Speaker) -> Spoken | None:
    """Whom a yes or a no names that says more: "13 Zainab", "11 Zainab gari chahiye"."""
    if ask.intent not in _SPOKEN_FOR or not ask.argument:
        return None
    fellow = who_is_named(ask.argument.split(), who.people)
    return Spoken(fellow, ask) if fellow else None


def remembered(who: Speaker) -> Fellow | None:
    """Who said last that it is they, if they are still on this phone."""
    return next((one for one in who.people if one.id == who.speaking), None)


def concerned(ask: Ask, who: Speaker, register: Register) -> Fellow | None:
    """Whom of several people a text concerns that names nobody; None when that is not known."""
    said = remembered(who)
    if ask.intent == "status" or ask.intent in ABOUT_CHATS:
        return said
    ids = [one.id for one in who.people]
    note = register.meeting_for(ids, who.language, about=ask.about)
    called = [one for one in who.people if note is not None and one.id in note.called]
    return called[0] if len(called) == 1 else (said if said in called else None)


def ask_who(intent: str, who: Speaker) -> Reply:
    """The question, with the list that never changes its order."""
    people = entries(who.people, who.language)
    values: dict[str, Value] = {"people": people, "example": people[:1]}
    return Reply(intent, "who_is_it", who.language, values, Effect.ASK_WHO)


def noted(fellow: Fellow, who: Speaker) -> Reply:
    """It is remembered who speaks."""
    values = _named(fellow, who)
    return Reply("speaker", "speaker_set", who.language, values, speaker_id=fellow.id)


def in_the_name_of(fellow: Fellow, reply: Reply, who: Speaker) -> Reply:
    """The answer to a personal text, as this person's; a bare receipt tells the name too."""
    if reply.template != "received":
        return replace(reply, speaker_id=fellow.id)
    values = _named(fellow, who)
    return replace(reply, template="received_from", values=values, speaker_id=fellow.id)


def _named(fellow: Fellow, who: Speaker) -> dict[str, Value]:
    """The name of who spoke, and how to say that it was somebody else."""
    listed = entries(who.people, who.language)
    both = zip(who.people, listed, strict=True)
    others = tuple(entry for one, entry in both if one.id != fellow.id)
    return {"name": name_of(fellow, who.language), "others": others}
