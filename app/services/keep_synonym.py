"""Give a word of members a meaning: first a try, then it counts, and it can be retired.

A try reads all texts of which it is known what they mean with the new word and without it: not
one that was right may become wrong. It also counts which of the texts that nobody understood
would be understood now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.catalogue import Catalogue
from app.domain.errors import Refusal
from app.domain.storable import LARGEST_ID, storable
from app.services._act import Deed
from app.services._network_words import taught_on_top
from app.services.group_unknown import LONGEST, LOOKED_BACK, MOST_TEXTS
from app.store import networks, synonyms, unknown
from app.store.database import Connection, Database
from bots.fold import fold
from bots.trial import Row, harmed
from bots.understanding import understand
from bots.vocabulary import CLOSED, Vocabulary, with_synonyms

FEWEST_LETTERS = 3
MOST_LETTERS = 40
MOST_SYNONYMS = 500
SHOWN = 5
LANGUAGES = frozenset({"en", "ur", "ur-Latn", "sd", "ps"})


@dataclass(frozen=True, slots=True)
class Teaching:
    """Which word shall mean what; `language` is what whoever uses it is answered in."""

    word: str
    intent: str
    language: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a word would do if it counted; `word` is folded."""

    word: str
    intent: str
    language: str
    tried: int
    """Texts with a known meaning that were read."""
    harmed: tuple[str, ...]
    """Those that were right and would be wrong; it may count only when there are none."""
    helped: int
    """Texts of the last 90 days that nobody understood and that would be understood."""
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A synonym as it is listed."""

    id: int
    word: str
    intent: str
    language: str
    made_by: str
    at: datetime
    retired_by: str
    retired_at: datetime | None


def teachable(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The meanings that an office may give a word: none that changes or answers anything."""
    return tuple(sorted(set(vocabulary.keywords) - CLOSED))


async def try_synonym(
    database: Database, network_id: int, teaching: Teaching, *, words: "Words", now: datetime
) -> Trial:
    """What the word would change; raises Refusal for one that can have no such meaning."""
    taught = _checked(teaching)
    rows, texts = await database.read(
        lambda conn: (
            synonyms.in_use(conn, network_id),
            unknown.not_understood(
                conn, network_id, now - LOOKED_BACK, longest=LONGEST, limit=MOST_TEXTS
            ),
        )
    )
    before = taught_on_top(words.shipped, [(r.word, r.intent, r.language) for r in rows])
    after = _with(before, taught)
    wrong = harmed(words.trial, before, after)
    helped = [row.text for row in texts if understand(row.text, after).intent == taught.intent]
    return Trial(
        word=taught.word,
        intent=taught.intent,
        language=taught.language,
        tried=len(words.trial),
        harmed=tuple(row.text for row in wrong[:SHOWN]),
        helped=len(helped),
        samples=tuple(dict.fromkeys(fold(text) for text in helped))[:SHOWN],
    )


@dataclass(frozen=True, slots=True)
class Words:
    """The words that ship and the texts with known meanings to try others against."""

    shipped: Vocabulary
    trial: Sequence[Row]

    @classmethod
    def of(cls, catalogue: Catalogue, shipped: Vocabulary) -> "Words":
        """Those of a catalogue."""
        return cls(shipped, catalogue.trial())


async def keep_synonym(database: Database, deed: Deed, teaching: Teaching, *, words: Words) -> int:
    """Let the word count from the next text on; gives its id.

    It is tried again first. Raises Refusal when a known text would be misread, when the word has
    a meaning already, and when there are too many.
    """
    trial = await try_synonym(database, deed.network_id, teaching, words=words, now=deed.now)
    if trial.harmed:
        raise Refusal(
            "harms",
            '"{text}" would be misread with this word. Nothing was changed; choose another.',
            text=trial.harmed[0],
        )
    return await database.write(_keep, deed, trial)


def _keep(conn: Connection, deed: Deed, trial: Trial) -> int:
    networks.hold(conn, deed.network_id)
    if len(synonyms.in_use(conn, deed.network_id)) >= MOST_SYNONYMS:
        raise Refusal(
            "too_many", "There are {most} such words. Retire one first.", most=MOST_SYNONYMS
        )
    row = {"word": trial.word, "intent": trial.intent, "language": trial.language}
    told = {"network_id": deed.network_id, "made_by": deed.by, "at": deed.now}
    made = synonyms.add(conn, {**told, **row})
    if made is None:
        raise _taken(trial.word)
    deed.note(conn, "word taught", f"synonym {made}", intent=trial.intent, helped=trial.helped)
    return made


async def retire_synonym(database: Database, deed: Deed, synonym_id: int) -> None:
    """Let the word mean nothing from the next text on; raises Refusal when it is not in use."""
    await database.write(_retire, deed, synonym_id)


def _retire(conn: Connection, deed: Deed, synonym_id: int) -> None:
    networks.hold(conn, deed.network_id)
    row = None
    if 0 < synonym_id <= LARGEST_ID:
        row = synonyms.retire(conn, deed.network_id, synonym_id, deed.by, deed.now)
    if row is None:
        raise Refusal("not_found", "There is no such word in use. Look at the list.")
    deed.note(conn, "word retired", f"synonym {synonym_id}", intent=row.intent)


async def list_synonyms(database: Database, network_id: int) -> tuple[Kept, ...]:
    """The words that a network's officers gave a meaning to, newest first, also those retired."""
    rows = await database.read(synonyms.every, network_id, 2 * MOST_SYNONYMS)
    return tuple(
        Kept(
            id=row.id,
            word=row.word,
            intent=row.intent,
            language=row.language,
            made_by=row.made_by,
            at=row.at,
            retired_by=row.retired_by,
            retired_at=row.retired_at,
        )
        for row in rows
    )


def _checked(teaching: Teaching) -> Teaching:
    word = fold(storable(teaching.word)[: 4 * MOST_LETTERS])
    letters = len(word.replace(" ", ""))
    if not FEWEST_LETTERS <= letters <= MOST_LETTERS or len(word) > MOST_LETTERS:
        raise Refusal(
            "word_length",
            "A word needs {few} letters at least and {most} at most, blanks counted.",
            few=FEWEST_LETTERS,
            most=MOST_LETTERS,
        )
    if teaching.language not in LANGUAGES:
        raise Refusal("language", "Choose the language that the word belongs to.")
    return Teaching(word, teaching.intent, teaching.language)


def _with(before: Vocabulary, taught: Teaching) -> Vocabulary:
    if taught.word in before.exact:
        raise _taken(taught.word)
    try:
        return with_synonyms(before, [(taught.word, taught.intent, taught.language)])
    except ValueError:
        raise Refusal(
            "not_teachable",
            '"{word}" cannot get this meaning: words of danger, numbers, and what starts, stops '
            "or answers something stay as they are.",
            word=taught.word,
        ) from None


def _taken(word: str) -> Refusal:
    return Refusal("word_taken", '"{word}" has a meaning already. Choose another word.', word=word)
