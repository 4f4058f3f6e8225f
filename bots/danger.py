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
        *("danger", "blast", "faint", "shot", "snake", "labour_pain"),
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
            *(("water", "came", "house"), ("water", "came", "village"), ("river", "rises")),
            *(("water", "water_in", "village"), ("river", "water_in"), ("rock", "broken")),
            *(("labour", "car"), ("pains", "car"), ("pains", "woman"), ("labour", "worse")),
            *(("buried", "person"), ("buried", "child"), ("buried", "house"), ("buried", "broken")),
            *(("buried", "offspring"), ("offspring", "lost"), ("offspring", "swept")),
            *(("child", "gone"), ("offspring", "gone"), ("animal", "bitten"), ("lake", "broken")),
            *(("bridge", "swept"), ("person", "swept"), ("child", "swept"), ("patient", "dying")),
            *(("patient", "worse"), ("siren", "rings"), ("canal", "broken"), ("edge", "broken")),
        ],
    )
)
"""Things that are danger when words for both stand in a text."""

CALMED = {
    "denied": frozenset({"came", "rises"}),
    "belonging": frozenset({"lost", "gone"}),
    "of": frozenset({"gone"}),
}
"""What is not meant where another thing stands: no water comes, and a card is lost, no child."""

MILD = frozenset(
    [
        *("blood", "of", "belonging", "denied", "car", "woman", "labour", "offspring", "village"),
        *("canal", "edge"),
        *("water", "river", "rock", "animal", "patient", "child", "person", "house", "gone"),
    ]
)
"""Things that may stand in a request for blood: a patient, a hospital, whose it is."""

_MOST_LOOKED_AT = 40
_LONGEST_PHRASE = 3
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
    phrases: Mapping[str, frozenset[str]]
    """Words that speak of something only side by side, without their blanks."""


def build_alarms(lexicons: Sequence[Mapping[str, Sequence[str]]]) -> Alarms:
    """Index the words of all languages; an entry of several words is heard as it is written."""
    words: dict[str, set[str]] = {}
    phrases: dict[str, set[str]] = {}
    for lexicon in lexicons:
        for thing, listed in lexicon.items():
            for word in listed:
                folded = fold(word)
                index = phrases if " " in folded else words
                index.setdefault(folded.replace(" ", ""), set()).add(thing)
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
        {phrase: frozenset(things) for phrase, things in phrases.items()},
    )


def alarming_words(alarms: Alarms) -> frozenset[str]:
    """The words that are danger alone."""
    return frozenset(word for word, things in alarms.words.items() if things & ALONE)


def is_danger(tokens: Sequence[str], alarms: Alarms, spelling: Spelling) -> bool:
    """Whether these folded words speak of danger.

    A word that is known, or is more like one that is, is not taken for misspelt.
    """
    tokens = tokens[:_MOST_LOOKED_AT]
    heard: set[str] = set()
    for at, token in enumerate(tokens):
        heard |= _heard(token, alarms, spelling)
        for end in range(at + 1, min(at + _LONGEST_PHRASE, len(tokens)) + 1):
            heard |= alarms.phrases.get("".join(tokens[at:end]), frozenset())
    for other, calmed in CALMED.items():
        heard -= calmed if other in heard else frozenset()
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
