"""Spelling: what known word an unknown one can be, by its sounds, then by its letters.

A word is mended only to words that all mean one thing, and never to one that stops, starts or
answers a question: those count as they are written or not at all.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bots.ask import Certainty
from bots.fold import key, respelled, skeleton

SCORE = 0.75
"""Of optimal string alignment, where neighbours that change places are one slip. Measured on the
half of `message_templates/trial.tsv` that is tuned on, four draws of slips each: 94.4 % right, 13
texts of 2,264 wrong; a ratio of 85 gave 91.4 % and 12, a likeness of 0.70 gave 94.4 % and 17."""
SHORTEST = 4
_FARTHEST = 0.55
_SHORTEST_KEY = 3
_SHORTEST_PART = 3


@dataclass(frozen=True, slots=True)
class Spelling:
    """Known words by sound and by first letter; what they mean tells whether likeness is clear."""

    meanings: Mapping[str, str]
    """What each word stands for; "" for one that nothing may be mended to."""
    by_sound: Mapping[str, tuple[str, ...]]
    by_letter: Mapping[str, tuple[str, ...]]
    ordinary: frozenset[str]
    known: frozenset[str]
    """All words that are written rightly."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A token as it was meant: one known word, or two that were written without a blank."""

    words: tuple[str, ...]
    certainty: Certainty


def build_spelling(
    meanings: Mapping[str, str], ordinary: Collection[str], others: Collection[str] = ()
) -> Spelling:
    """Index `meanings` (word to what it stands for); `others` are written rightly too."""
    meanings = {**dict.fromkeys(ordinary, ""), **meanings}
    return Spelling(
        meanings,
        _by_sound({word: means for word, means in meanings.items() if word not in ordinary}),
        by_letter(meanings),
        frozenset(ordinary),
        frozenset(meanings) | frozenset(others),
    )


def by_letter(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The words under the letter with which they begin."""
    found: dict[str, list[str]] = {}
    for word in sorted(words):
        found.setdefault(word[0], []).append(word)
    return {letter: tuple(listed) for letter, listed in found.items()}


def sound(word: str) -> str:
    """What a word sounds like, in either writing; "" when that tells too little."""
    heard = key(word) or skeleton(word)
    return heard if len(heard) >= _SHORTEST_KEY and len(word) >= SHORTEST else ""


def _by_sound(meanings: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The words of each sound, where all of them mean the same."""
    heard: dict[str, list[str]] = {}
    for word in meanings:
        if sound(word):
            heard.setdefault(sound(word), []).append(word)
    return {
        sounds: tuple(words)
        for sounds, words in heard.items()
        if len({meanings[word] for word in words}) == 1 and meanings[words[0]]
    }


def _sounding(word: str, spelling: Spelling) -> str:
    """The known word that sounds so and is not too far in letters: sakte is no shikayat."""
    near = process.extractOne(
        word,
        spelling.by_sound.get(sound(word), ()),
        scorer=OSA.normalized_similarity,
        score_cutoff=_FARTHEST,
    )
    return near[0] if near else ""


def mend(word: str, spelling: Spelling) -> Mended | None:
    """The known word that `word` can only be; None when that is not clear."""
    if len(word) < SHORTEST or not word.isalpha() or word in spelling.ordinary:
        return None
    found = respelled(word, spelling.meanings)
    found = found if spelling.meanings.get(found) else _sounding(word, spelling)
    if found:
        return Mended((found,), Certainty.FOLDED)
    found = _nearest(word, spelling)
    if found:
        return Mended((found,), Certainty.FUZZY)
    parts = _parts(word, spelling)
    return Mended(parts, Certainty.FOLDED) if parts else None


def _nearest(word: str, spelling: Spelling) -> str:
    near = process.extract(
        word,
        spelling.by_letter.get(word[0], ()),
        scorer=OSA.normalized_similarity,
        score_cutoff=SCORE,
        limit=None,
    )
    best = [found for found, score, _ in near if score == near[0][1]]
    best = [found for found in best if found not in spelling.ordinary]
    asked = [found for found in best if not _is_small(spelling.meanings[found])]
    best = asked or best
    means = {spelling.meanings[found] for found in best}
    return best[0] if len(means) == 1 and "" not in means else ""


def _is_small(meaning: str) -> bool:
    """Whether a word adds to what is asked, and asks nothing: it gives way to one that does."""
    return meaning in ("filler", "greeting") or meaning.startswith("topic ")


def likest(word: str, spelling: Spelling) -> str:
    """The known word that is most like this one, whatever it means; "" when none is like it."""
    near = None if word in spelling.known else _most_like(word, spelling)
    return near[0] if near else ""


def likeness(word: str, spelling: Spelling) -> float:
    """How like the likest known word is; 0 when none is like it."""
    near = _most_like(word, spelling)
    return near[1] if near else 0.0


def _most_like(word: str, spelling: Spelling) -> tuple[str, float, int] | None:
    if len(word) < SHORTEST:
        return None
    return process.extractOne(
        word,
        spelling.by_letter.get(word[0], ()),
        scorer=OSA.normalized_similarity,
        score_cutoff=SCORE,
    )


def _parts(word: str, spelling: Spelling) -> tuple[str, ...]:
    """Two words, known as written or by sound, of which `word` is made; the longest first one."""
    for at in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        first, second = (_heard(part, spelling) for part in (word[:at], word[at:]))
        if first and second:
            return first, second
    return ()


def _heard(part: str, spelling: Spelling) -> str:
    return part if spelling.meanings.get(part) else _sounding(part, spelling)


def mend_all(tokens: Sequence[str], spelling: Spelling) -> tuple[list[str], Certainty] | None:
    """The tokens with every misspelt one mended, and the least certainty; None when none was."""
    mended: list[str] = []
    worst: Certainty | None = None
    for token in tokens:
        known = None if token in spelling.meanings else mend(token, spelling)
        mended.extend(known.words if known else (token,))
        if known:
            worst = _worse(worst, known.certainty)
    return (mended, worst) if worst else None


def _worse(one: Certainty | None, other: Certainty) -> Certainty:
    return Certainty.FUZZY if Certainty.FUZZY in (one, other) else Certainty.FOLDED


def meanings_of(groups: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """What each word stands for; the first group that has a word tells."""
    meanings: dict[str, str] = {}
    for meaning, words in groups:
        for word in words:
            if word:
                meanings.setdefault(word, meaning)
    return meanings
