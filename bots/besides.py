"""What an answer to a call to meet says besides yes or no: fetch me, a child comes, another comes.

- 13 is a yes that needs transport, 14 one with a child, 15 and a name a no that sends somebody.
- "11 gari chahiye", "han bachi sath", "aungi lekin gari nahi hai": the same in words beside a yes.
- "meri jagah Nasreen aayegi", "sending Nasreen": the same as 15.

Bare 13, 14 and 15 ask for minutes, unless a notice waits on that phone: see `bots.questions`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bots.ask import Ask, Certainty, Said
from bots.fold import fold, respelled
from bots.names import name_in

YES, NO, FETCHED, CHILD, SENT = "11", "12", "13", "14", "15"
CODES = frozenset({FETCHED, CHILD, SENT})
SOMEBODY = "?"

_ANSWERS = frozenset({YES, FETCHED, CHILD})
_MOST_WORDS = 16
_MOST_NAMES = 3
_FEW = 2
_LIKENESS = 0.8
_SHORTEST_LIKE = 5

Read = Callable[[list[str]], Ask | None]
"""What plain words ask."""
IsFree = Callable[[str], bool]
"""Whether a word may stand beside an answer and changes nothing."""


@dataclass(frozen=True, slots=True)
class Besides:
    """The words for it, folded; those of several words as tuples."""

    transport: frozenset[str]
    child: frozenset[str]
    along: frozenset[str]
    """Words by which a child comes along: with, bringing."""
    around: frozenset[str]
    """Words that say nothing beside either: my, a small."""
    needed: frozenset[str]
    """Words by which transport is asked for."""
    own: frozenset[str]
    """Beside these somebody has transport of their own: "apni gari", "gari se"."""
    instead: tuple[tuple[str, ...], ...]
    """ "In my place", the longest first."""
    sends: tuple[tuple[str, ...], ...]
    """ "I am sending", which count only beside a name."""
    moves: frozenset[str]
    """Words around the name of who is sent: comes, will, to."""
    nobody: frozenset[str]
    """ "Somebody": a stand-in without a name."""
    asking: frozenset[str]
    """ "Who": then it is a question."""
    roll: frozenset[str]
    """ "Present", before the numbers of those who are."""
    everyone: frozenset[str]
    but: frozenset[str]
    kin: frozenset[str]
    """Whom one sends, or speaks to: a name beside it is the one who is sent."""
    names: frozenset[str]
    """Names of people that are listed elsewhere, because they look like words."""
    heads: frozenset[str]
    """Any one of these must stand in a text that says such a thing."""


def build_besides(lexicons: Iterable[Mapping[str, Sequence[str]]]) -> Besides:
    """Index the tables of all languages."""
    tables = list(lexicons)

    def words(name: str) -> frozenset[str]:
        listed = (word for table in tables for word in table.get(name, ()))
        return frozenset(part for word in listed for part in fold(word).split())

    def phrases(name: str) -> tuple[tuple[str, ...], ...]:
        listed = {tuple(fold(w).split()) for table in tables for w in table.get(name, ())}
        return tuple(sorted(listed, key=lambda one: (-len(one), one)))

    transport, child, roll = words("transport"), words("child"), words("roll")
    instead, sends = phrases("instead"), phrases("sends")
    return Besides(
        transport=transport,
        child=child,
        along=words("along"),
        around=words("around"),
        needed=words("needed"),
        own=words("own"),
        instead=instead,
        sends=sends,
        moves=words("moves"),
        nobody=words("nobody"),
        asking=words("asking"),
        roll=roll,
        everyone=words("everyone"),
        but=words("but"),
        kin=words("kin"),
        names=words("names"),
        heads=transport | child | roll | CODES | {_head(one) for one in (*instead, *sends)},
    )


def _head(phrase: tuple[str, ...]) -> str:
    """The word of a phrase that others have least: not the "my" or "I" that it begins with."""
    first, rest = phrase[0], max(phrase[1:], key=len, default="")
    return first if len(first) > len(rest) + 1 else rest


def said_by_code(text: str, tokens: Sequence[str], known: Besides) -> Ask | None:
    """What 13, 14 and 15 say on a phone on which a notice waits; None when nothing of the kind."""
    if not tokens or "/" in text or CODES.isdisjoint(tokens) or len(tokens) > _MOST_WORDS:
        return None
    digits = [token for token in tokens if token.isdigit()]
    names = [token for token in tokens if not token.isdigit()]
    if digits in ([SENT], [NO, SENT]):
        return _sent(text, names, known) if tokens[0].isdigit() else None
    if not _ANSWERS.issuperset(digits) or len(names) > _MOST_NAMES:
        return None
    is_beside = tokens[: len(digits)] == digits or tokens[-len(digits) :] == digits
    if not is_beside:
        return None
    said = Said(transport=FETCHED in digits, child=CHILD in digits)
    return Ask("yes", " ".join(names) or None, Certainty.EXACT, "", said=said)


def read_besides(
    text: str, tokens: Sequence[str], known: Besides, is_free: IsFree, read: Read
) -> Ask | None:
    """An answer with more than a yes or a no, whatever waits on the phone.

    `is_free` tells the words that may stand beside an answer, `read` what plain words ask.
    """
    if len(tokens) > _MOST_WORDS or "?" in text or "؟" in text or not _has_head(tokens, known):
        return None
    if _is_sure_code(text, tokens):
        return said_by_code(text, tokens, known)
    return _stands_in(text, tokens, known, is_free) or _with_needs(tokens, known, read)


def code_of(ask: Ask) -> str:
    """The answer in codes that mean the same wherever they stand: "11 13", "12 15 nasreen"."""
    said = ask.said
    if ask.intent == "no":
        name = "" if said.stand_in == SOMEBODY else said.stand_in
        return f"{NO} {SENT} {name}".strip() if said.stand_in else NO
    codes = ((YES, True), (FETCHED, said.transport), (CHILD, said.child))
    return " ".join(code for code, is_said in codes if is_said)


def _has_head(tokens: Sequence[str], known: Besides) -> bool:
    if not known.heads.isdisjoint(tokens):
        return True
    return tokens[0] in (YES, NO)


def _is_sure_code(text: str, tokens: Sequence[str]) -> bool:
    """11 13, 11 14 and 12 15: the code beside a plain answer cannot be the number of minutes."""
    return tokens[0] in (YES, NO) and len(tokens) > 1 and tokens[1] in CODES and "/" not in text


def _sent(text: str, names: Sequence[str], known: Besides) -> Ask | None:
    idle = known.moves | known.nobody | known.around
    left = [token for token in names if token not in idle]
    left = [token for token in left if token not in known.kin] or left
    if len(left) > _MOST_NAMES or not known.asking.isdisjoint(names):
        return None
    said = Said(stand_in=_as_written(text, left))
    return Ask("no", None, Certainty.EXACT, "", said=said)


def _as_written(text: str, names: Sequence[str]) -> str:
    return (name_in(text, " ".join(names)) if names else "") or SOMEBODY


def _stands_in(text: str, tokens: Sequence[str], known: Besides, is_free: IsFree) -> Ask | None:
    """MERI JAGAH NASREEN AAYEGI, "sending Nasreen": somebody else comes."""
    found = _phrase(tokens, known.instead)
    is_sent = found is None
    found = found or _at_an_end(tokens, _phrase(tokens, known.sends))
    if found is None or not known.asking.isdisjoint(tokens):
        return None
    start, end = found
    rest = [*tokens[:start], *tokens[end:]]
    small = known.moves | known.nobody | {NO, SENT}
    names = [token for token in rest if token not in small and not is_free(token)]
    names = [token for token in names if token not in known.kin] or names
    if len(names) > _MOST_NAMES or not all(token.isalpha() for token in names):
        return None
    if is_sent and not names and known.nobody.isdisjoint(rest):
        return None
    return Ask("no", None, Certainty.EXACT, "", said=Said(stand_in=_as_written(text, names)))


def _phrase(tokens: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> tuple[int, int] | None:
    for phrase in phrases:
        for start in range(len(tokens) - len(phrase) + 1):
            if tuple(tokens[start : start + len(phrase)]) == phrase:
                return start, start + len(phrase)
    return None


def _at_an_end(tokens: Sequence[str], found: tuple[int, int] | None) -> tuple[int, int] | None:
    """What was found if the text begins or ends with it: not "stop sending me"."""
    return found if found is not None and (found[0] == 0 or found[1] == len(tokens)) else None


def _with_needs(tokens: Sequence[str], known: Besides, read: Read) -> Ask | None:
    """11 GARI, HAN BACHI SATH: a yes, once the words for transport and child are taken out."""
    is_coded = tokens[0] in (YES, FETCHED, CHILD)
    marks = [_mark(token, known, is_coded) for token in tokens]
    if not any(marks):
        return None
    if any(_is_own(tokens, at, known) for at, mark in enumerate(marks) if mark == "transport"):
        return None
    missing = {at for at in range(len(tokens)) if _is_missing(tokens, at, marks, known)}
    idle = known.needed | known.along | known.around
    rest = [
        token
        for at, token in enumerate(tokens)
        if not marks[at] and at not in missing and token not in idle
    ]
    is_asked = is_coded or len(rest) <= _FEW or not known.needed.isdisjoint(tokens)
    if "transport" in marks and not (is_asked or missing):
        return None
    if "child" in marks and not (is_coded or not known.along.isdisjoint(tokens)):
        return None
    lead = rest[:1]
    plain = read([YES, *rest[1:]] if lead in ([FETCHED], [CHILD]) else rest) if rest else None
    if plain is None or plain.intent != "yes":
        return None
    said = Said(
        transport="transport" in marks or lead == [FETCHED],
        child="child" in marks or lead == [CHILD],
    )
    return replace(plain, said=said)


def _is_missing(tokens: Sequence[str], at: int, marks: Sequence[str], known: Besides) -> bool:
    """Whether a no here says that there is no transport: "gari nahi hai", not "gari nahi aati"."""
    if not at or marks[at - 1] != "transport" or tokens[at] not in known.but:
        return False
    behind = tokens[at + 1 : at + 2]
    return not behind or behind[0] in known.around | known.needed


def _mark(token: str, known: Besides, is_coded: bool) -> str:
    """What a word speaks of; behind a code also where it is misspelt."""
    for name, listed in (("transport", known.transport), ("child", known.child)):
        if token in listed or (token.isascii() and respelled(token, listed)):
            return name
        if (
            is_coded
            and len(token) >= _SHORTEST_LIKE
            and process.extractOne(
                token, listed, scorer=OSA.normalized_similarity, score_cutoff=_LIKENESS
            )
        ):
            return name
    return ""


def _is_own(tokens: Sequence[str], at: int, known: Besides) -> bool:
    """Whether somebody comes by what they have: "apni gari", "gari par"; "par gari" is "but"."""
    before = [token for token in tokens[max(0, at - 1) : at] if token not in known.but]
    return not known.own.isdisjoint([*before, *tokens[at : at + 2]])
