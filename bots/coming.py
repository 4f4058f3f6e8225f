"""Answers in a person's own words: "I come" and "I cannot come", with a reason or without.

The forms of the verb are listed, never guessed by likeness: stems times endings, joined, so that
"aa sakti", "aasakti" and "aa nahi sakti" meet. Another person, the past, an if or a number make
it a message to people.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bots.ask import Ask, Certainty
from bots.fold import fold

_MOST_WORDS = 16
_SHORT = 6
_LONGEST_VERB = 4
_MOST_ALONG = 2


@dataclass(frozen=True, slots=True)
class Coming:
    """The words of answers, folded; those that come of several words without their blanks."""

    comes: Mapping[str, str]
    """ "I come" or "I can come", and the language."""
    own: Mapping[str, str]
    """Forms that say so only beside a word for "I" or "we"."""
    misses: Mapping[str, str]
    """ "I cannot come" in one."""
    persons: frozenset[str]
    denials: frozenset[str]
    reasons: frozenset[str]
    around: frozenset[str]
    """Words about a reason: whom it befell, that it is so."""
    together: frozenset[str]
    """Beside these a name may stand: "my sister comes with me"."""
    others: frozenset[str]
    """Words for another person, who may be the one that cannot come."""
    apart: frozenset[str]
    """Words that make it a message: if, why, was."""
    my: frozenset[str]
    kin: frozenset[str]
    """Words by which one speaks to somebody, too: "my" before them makes it another person."""
    hours: frozenset[str]
    """Words behind the number of an hour."""


def build_coming(lexicons: Mapping[str, Mapping[str, Sequence[str]]]) -> Coming:
    """Index the tables of all languages; forms are spread already."""

    def verbs(name: str) -> dict[str, str]:
        pairs = [(fold(w), tag) for tag, table in lexicons.items() for w in table.get(name, ())]
        return {word.replace(" ", ""): tag for word, tag in reversed(pairs)}

    def small(name: str) -> frozenset[str]:
        listed = (word for table in lexicons.values() for word in table.get(name, ()))
        return frozenset(part for word in listed for part in fold(word).split())

    return Coming(
        verbs("comes"),
        verbs("own"),
        verbs("misses"),
        *map(
            small,
            (
                "persons",
                "denials",
                "reasons",
                "around",
                "together",
                "others",
                "apart",
                "my",
                "kin",
                "hours",
            ),
        ),
    )


def coming(
    tokens: Sequence[str], text: str, known: Coming, said: Iterable[str], small: frozenset[str]
) -> Ask | None:
    """Yes or no where a text says "I come", or says no and why; None for a message to people.

    `said` are the words among the tokens that are a no for themselves, `small` those that may
    stand anywhere.
    """
    is_asked = "?" in text or "؟" in text
    if is_asked or len(tokens) > _MOST_WORDS or any(token.isdigit() for token in tokens):
        return None
    if is_kin(tokens, known):
        return None
    denials = known.denials.union(said)
    rest = [token for token in tokens if token not in denials]
    missed = _verb(tokens, known.misses)
    found = missed or _verb(rest, known.comes) or _own(rest, known)
    if found is None:
        return _excused(tokens, rest, denials, known, small)
    start, end, language = found
    spoken = tokens if missed else rest
    parts = (spoken[:start], spoken[end:])
    before, after = ([token for token in part if token not in denials] for part in parts)
    is_denied = missed is not None or len(rest) < len(tokens)
    is_meant = _misses if is_denied else _comes
    if not is_meant(before, after, small | known.persons, known):
        return None
    return Ask("no" if is_denied else "yes", None, Certainty.EXACT, language)


def is_kin(tokens: Sequence[str], known: Coming) -> bool:
    """Whether it is of "my sister"; "sister" alone may be whom one speaks to."""
    return any(one in known.my and other in known.kin for one, other in pairwise(tokens))


def without_hours(tokens: Sequence[str], known: Coming) -> list[str]:
    """The words without the times of day in them: "3 baje" is no item of the menu."""
    times = {
        at
        for at, (one, other) in enumerate(pairwise(tokens))
        if one.isdigit() and other in known.hours
    }
    return [token for at, token in enumerate(tokens) if at not in times and at - 1 not in times]


def _misses(
    before: Sequence[str], after: Sequence[str], free: frozenset[str], known: Coming
) -> bool:
    """Whether the words around "cannot come" leave it the writer's own, with a reason at most."""
    every = [*before, *after]
    if not (known.apart | known.others).isdisjoint(every):
        return False
    is_anothers = bool(before) and before[-1] in known.reasons
    return not is_anothers and _tells(before, free, known) and _tells(every, free, known)


def _comes(
    before: Sequence[str], after: Sequence[str], free: frozenset[str], known: Coming
) -> bool:
    """Whether nothing but small words stands around "I come", or who comes along."""
    every = [*before, *after]
    strange = [token for token in every if token not in free]
    is_joined = not known.together.isdisjoint(every) and len(every) <= _SHORT
    if not is_joined and not known.others.isdisjoint(every):
        return False
    return known.apart.isdisjoint(every) and len(strange) <= (_MOST_ALONG if is_joined else 0)


def _tells(words: Sequence[str], free: frozenset[str], known: Coming) -> bool:
    """Whether these words say nothing, or a reason and nothing else."""
    strange = [token for token in words if token not in free]
    if not strange:
        return True
    if known.reasons.isdisjoint(words):
        return False
    return all(token in known.reasons or token in known.around for token in strange)


def _excused(
    tokens: Sequence[str],
    rest: Sequence[str],
    denials: frozenset[str],
    known: Coming,
    small: frozenset[str],
) -> Ask | None:
    """NAHI, BACHI BIMAR HAI: a no that opens the text, and why."""
    start = next((n for n, token in enumerate(tokens) if token not in small), 0)
    first = next((token for token in tokens[: start + 1] if token in denials), "")
    strange = [token for token in rest if token not in small | known.persons]
    if not first or not known.apart.isdisjoint(tokens) or known.reasons.isdisjoint(rest):
        return None
    if not all(token in known.reasons or token in known.around for token in strange):
        return None
    return Ask("no", None, Certainty.EXACT, "")


def _own(tokens: Sequence[str], known: Coming) -> tuple[int, int, str] | None:
    """A form that others share, beside a word for "I" or "we"."""
    return None if known.persons.isdisjoint(tokens) else _verb(tokens, known.own)


def _verb(tokens: Sequence[str], verbs: Mapping[str, str]) -> tuple[int, int, str] | None:
    """Where one of the verbs stands, and its language."""
    for start in range(len(tokens)):
        for length in range(min(_LONGEST_VERB, len(tokens) - start), 0, -1):
            language = verbs.get("".join(tokens[start : start + length]))
            if language is not None:
                return start, start + length, language
    return None
