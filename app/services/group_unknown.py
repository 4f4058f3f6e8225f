"""Group the texts that were not understood by likeness, so that a word can be given a meaning.

Two texts are alike when they fold to the same letters, when their words have the same consonants,
or when few letters differ. Only short texts of people are looked at, never one that speaks of
danger or belongs to a protected report. Samples show no number.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from rapidfuzz import fuzz, process

from app.services.turn_text import without_numbers
from app.store import synonyms, unknown
from app.store.database import Database
from bots.fold import fold, key

LOOKED_BACK = timedelta(days=90)
MOST_TEXTS = 2_000
LONGEST = 60
"""Letters of a text that can be one word of a command."""
MOST_WORDS = 4
SAMPLES = 4
ALIKE = 84
"""Of 100: how like two folded texts must be to stand in one group."""
_FEWEST_LETTERS = 3


@dataclass(frozen=True, slots=True)
class UnknownGroup:
    """Texts that are alike; `word` is the commonest of them, folded."""

    word: str
    words: tuple[str, ...]
    """All their folded forms, the commonest first."""
    texts: int
    phones: int
    samples: tuple[str, ...]
    """As they were written, numbers left out."""
    last_at: datetime


@dataclass(slots=True)
class _Form:
    """One folded text with all that was said so."""

    word: str
    texts: int = 0
    phones: set[int] = field(default_factory=set)
    samples: dict[str, None] = field(default_factory=dict)
    last_at: datetime | None = None


async def group_unknown(
    database: Database, network_id: int, *, now: datetime
) -> tuple[UnknownGroup, ...]:
    """The groups of the last 90 days, those of most phones first."""
    rows, taught = await database.read(
        lambda conn: (
            unknown.not_understood(
                conn, network_id, now - LOOKED_BACK, longest=LONGEST, limit=MOST_TEXTS
            ),
            synonyms.in_use(conn, network_id),
        )
    )
    return alike(rows, {row.word for row in taught})


def alike(rows: Iterable[Any], taught: Collection[str] = ()) -> tuple[UnknownGroup, ...]:
    """The same of rows with `address_id`, `text` and `received_at`; without the folded `taught`."""
    forms = {word: form for word, form in _forms(rows).items() if word not in taught}
    groups = [_group([forms[word] for word in words]) for words in _near(list(forms))]
    return tuple(sorted(groups, key=lambda one: (-one.phones, -one.texts, one.word)))


def _forms(rows: Iterable[Any]) -> dict[str, _Form]:
    forms: dict[str, _Form] = {}
    for row in rows:
        folded = fold(row.text)
        tokens = folded.split()
        is_word = len(folded.replace(" ", "")) >= _FEWEST_LETTERS and len(tokens) <= MOST_WORDS
        if not is_word or any(token.isdigit() for token in tokens):
            continue
        form = forms.setdefault(folded, _Form(folded))
        form.texts += 1
        form.phones.add(row.address_id)
        form.samples.setdefault(without_numbers(row.text.strip()))
        form.last_at = max(row.received_at, form.last_at or row.received_at)
    # The commonest first: it is what the others are compared with, and what a group is called.
    common = sorted(forms.values(), key=lambda one: (-len(one.phones), -one.texts, one.word))
    return {one.word: one for one in common}


def _near(words: Sequence[str]) -> list[list[str]]:
    """The words in groups, each with the commonest first."""
    groups: list[list[str]] = []
    by_key: dict[str, int] = {}
    heads: list[str] = []
    for word in words:
        sound = " ".join(key(token) or token for token in word.split())
        place = by_key.get(sound)
        if place is None:
            found = process.extractOne(word, heads, scorer=fuzz.ratio, score_cutoff=ALIKE)
            place = int(found[2]) if found is not None else None
        if place is None:
            place = len(groups)
            groups.append([])
            heads.append(word)
        by_key.setdefault(sound, place)
        groups[place].append(word)
    return groups


def _group(forms: Sequence[_Form]) -> UnknownGroup:
    samples = dict.fromkeys(one for form in forms for one in form.samples)
    phones = set[int]().union(*(form.phones for form in forms))
    return UnknownGroup(
        word=forms[0].word,
        words=tuple(form.word for form in forms),
        texts=sum(form.texts for form in forms),
        phones=len(phones),
        samples=tuple(samples)[:SAMPLES],
        last_at=max(form.last_at for form in forms if form.last_at is not None),
    )
