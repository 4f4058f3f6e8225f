"""Danger to life in a text: heard in any writing and spelling, so that a person sees it at once.

A flag costs the office a look, a missed one may cost a life: here likeness is allowed, and words
that mean danger only together ("bund" and "toot", the embankment and its breaking) are pairs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bots.fold import fold, key, skeleton
from bots.spelling import SCORE, Spelling, likeness

ALONE = frozenset(
    [
        *("flood", "fire", "quake", "slide", "hurt", "trapped", "drowned", "accident", "rescue"),
        *("danger", "blast", "faint", "shot", "snake"),
    ]
)
"""Things that are danger when one word for them stands in a text."""
TOGETHER = frozenset(
    map(
        frozenset,
        [
            *(("bund", "broken"), ("bridge", "broken"), ("house", "broken"), ("house", "water_in")),
            *(
                ("blood", "flows"),
                ("flame", "burns"),
                ("child", "lost"),
                ("broken", "trapped"),
                ("bund", "water_in"),
            ),
            *(("person", "dying"), ("child", "dying"), ("person", "lost"), ("house", "swept")),
            *(("bridge", "swept"), ("person", "swept"), ("child", "swept"), ("patient", "dying")),
        ],
    )
)
"""Things that are danger when words for both stand in a text."""

_MOST_LOOKED_AT = 40
_SHORTEST_LIKE = 5
"""Letters from which on a misspelt word is danger alone; of a pair, one less will do."""
_SHORTEST_KEY = 3
_FARTHEST = 0.5
"""How like a word must be at least that sounds like one of danger."""


@dataclass(frozen=True, slots=True)
class Alarms:
    """Folded words by what they speak of."""

    words: Mapping[str, frozenset[str]]
    keys: Mapping[str, tuple[str, ...]]
    """The words by their sounds."""
    spellings: Mapping[str, tuple[str, ...]]
    """By first letter."""


def build_alarms(lexicons: Sequence[Mapping[str, Sequence[str]]]) -> Alarms:
    """Index the words of all languages; each entry is one word."""
    words: dict[str, set[str]] = {}
    for lexicon in lexicons:
        for thing, listed in lexicon.items():
            for word in listed:
                words.setdefault(fold(word), set()).add(thing)
    keys: dict[str, list[str]] = {}
    spellings: dict[str, list[str]] = {}
    for word in words:
        sounds = key(word) or skeleton(word)
        if len(sounds) >= _SHORTEST_KEY:
            keys.setdefault(sounds, []).append(word)
        spellings.setdefault(word[:1], []).append(word)
    return Alarms(
        {word: frozenset(things) for word, things in words.items()},
        {sounds: tuple(listed) for sounds, listed in keys.items()},
        {letter: tuple(listed) for letter, listed in spellings.items()},
    )


def alarming_words(alarms: Alarms) -> frozenset[str]:
    """The words that are danger alone."""
    return frozenset(word for word, things in alarms.words.items() if things & ALONE)


def is_danger(tokens: Sequence[str], alarms: Alarms, spelling: Spelling) -> bool:
    """Whether these folded words speak of danger.

    A word that is known, or is more like one that is, is not taken for misspelt.
    """
    heard: set[str] = set()
    for token in tokens[:_MOST_LOOKED_AT]:
        heard |= _heard(token, alarms, spelling)
    return bool(heard & ALONE) or any(pair <= heard for pair in TOGETHER)


def _heard(token: str, alarms: Alarms, spelling: Spelling) -> frozenset[str]:
    things = alarms.words.get(token)
    if things is not None:
        return things
    if token in spelling.known or len(token) < _SHORTEST_LIKE - 1:
        return frozenset()
    sounding = process.extractOne(
        token,
        alarms.keys.get(key(token) or skeleton(token), ()),
        scorer=OSA.normalized_similarity,
        score_cutoff=_FARTHEST,
    )
    if sounding:
        return alarms.words[sounding[0]]
    listed = alarms.spellings.get(token[0], ())
    near = process.extractOne(token, listed, scorer=OSA.normalized_similarity, score_cutoff=SCORE)
    if near is None or likeness(token, spelling) > near[1]:
        return frozenset()
    things = alarms.words[near[0]]
    return things if len(token) >= _SHORTEST_LIKE else things - ALONE
