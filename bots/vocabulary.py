"""Every word that a member may use, folded and indexed once; a clash is an error at the start."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from bots.ask import Ask, Certainty, Keyword
from bots.fold import fold, key
from bots.menu import ANSWERS, DIGITS, LETTERS

WHOLE_ONLY = frozenset({"stop", "start", "alerts"})
"""Intents that only a whole message may mean: "sarak band hai" says that a road is closed."""

_NEVER_GUESSED = WHOLE_ONLY | {
    *("language", "yes", "no", "poll", "blood", "join", "wrong_number", "greeting", "more"),
}
_SHORTEST_GUESS = 4
_SHORTEST_KEY = 3
_SCORE = 85


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language, as its translators wrote them."""

    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By intent. `{name}` in a word stands for each of `forms[name]`."""
    forms: Mapping[str, Sequence[str]] = field(default_factory=dict)
    topics: Mapping[str, Sequence[str]] = field(default_factory=dict)
    deeds: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What was done, by intent; counts only beside the number of a decision or a sheet."""
    names: Sequence[str] = ()
    """What people call this language when they ask for it."""
    courtesy: Sequence[str] = ()
    about: Sequence[str] = ()
    """Words for "messages", which may stand beside STOP."""
    fillers: Sequence[str] = ()
    numbers: Sequence[str] = ()
    """Words for "number", which may stand before one."""
    danger: Sequence[str] = ()
    ordinary: Sequence[str] = ()
    """Everyday words that look like a keyword and are none."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The index that `bots.conversation` reads; built by `build_vocabulary`."""

    keywords: Mapping[str, Keyword]
    exact: Mapping[str, Ask]
    whole: Mapping[str, Ask]
    """STOP, START and ALERT without blanks: "bandkaro" is "band karo"."""
    keys: Mapping[str, Ask]
    guessable: tuple[str, ...]
    topics: Mapping[str, str]
    deeds: Mapping[str, Ask]
    """By folded words; `question` and `sheet` are the words that may stand beside them."""
    tongues: Mapping[str, str]
    courtesy: frozenset[str]
    about: frozenset[str]
    fillers: frozenset[str]
    numbers: frozenset[str]
    danger: frozenset[str]
    ordinary: frozenset[str]
    arabic: str
    """The first language written in Arabic letters, for texts of which no word is known."""

    def guess(self, word: str) -> Ask | None:
        """The one intent that a misspelt folded word can mean, by consonants, then by likeness."""
        if len(word) < _SHORTEST_GUESS or word in self.ordinary:
            return None
        return self.keys.get(key(word)) or self._nearest(word)

    def _nearest(self, word: str) -> Ask | None:
        near = process.extract(
            word, self.guessable, scorer=fuzz.ratio, score_cutoff=_SCORE, limit=None
        )
        asks = [self.exact[found] for found, _, _ in near]
        if len({ask.intent for ask in asks}) != 1:
            return None
        return Ask(asks[0].intent, None, Certainty.FUZZY, asks[0].language)


def build_vocabulary(lexicons: Mapping[str, Lexicon], keywords: Iterable[Keyword]) -> Vocabulary:
    """Index the words of `lexicons` (by language tag) and of the keywords themselves.

    A word shared by languages belongs to the first of them. Raises ValueError, naming both sides,
    when a word, a topic, a language name or a digit would mean two things.
    """
    by_intent = {keyword.intent: keyword for keyword in keywords}
    whole: dict[str, Ask] = {}
    exact: dict[str, Ask] = {}
    for intent, word, tag in _all_words(lexicons, by_intent.values()):
        ask = Ask(intent, None, Certainty.EXACT, tag)
        _claim(exact, fold(word), ask)
        if intent in WHOLE_ONLY:
            _claim(whole, fold(word).replace(" ", ""), ask)
    for tag, lexicon in lexicons.items():
        for name in lexicon.names:
            _claim(exact, fold(name), Ask("language", tag, Certainty.EXACT, tag))
    _claim_numbers(exact, _digits(by_intent.values()))
    guessable = tuple(word for word, ask in exact.items() if _is_guessable(word, ask))
    return Vocabulary(
        keywords=by_intent,
        exact=exact,
        whole=whole,
        keys=_keys(guessable, exact),
        guessable=guessable,
        deeds=_deeds(lexicons),
        topics=_tags("topic", ((t, w) for lex in lexicons.values() for t, w in lex.topics.items())),
        tongues=_tags("language", ((tag, [tag, *lex.names]) for tag, lex in lexicons.items())),
        courtesy=_set(lex.courtesy for lex in lexicons.values()),
        about=_set(lex.about for lex in lexicons.values()),
        fillers=_set(lex.fillers for lex in lexicons.values()),
        numbers=_set(lex.numbers for lex in lexicons.values()),
        danger=_set(lex.danger for lex in lexicons.values()),
        ordinary=_set(lex.ordinary for lex in lexicons.values()),
        arabic=next((ask.language for word, ask in exact.items() if not word.isascii()), ""),
    )


def _all_words(
    lexicons: Mapping[str, Lexicon], keywords: Iterable[Keyword]
) -> Iterator[tuple[str, str, str]]:
    for keyword in keywords:
        for tag, own in keyword.words.items():
            yield from ((keyword.intent, word, tag) for word in own)
    for tag, lexicon in lexicons.items():
        for intent, words in lexicon.words.items():
            for word in words:
                yield from ((intent, form, tag) for form in _spread(word, lexicon.forms))


def _deeds(lexicons: Mapping[str, Lexicon]) -> dict[str, Ask]:
    deeds: dict[str, Ask] = {}
    for tag, lexicon in lexicons.items():
        for intent, words in lexicon.deeds.items():
            for word in words:
                for form in _spread(word, lexicon.forms):
                    _claim(deeds, fold(form), Ask(intent, None, Certainty.EXACT, tag))
    return deeds


def _spread(word: str, forms: Mapping[str, Sequence[str]]) -> Iterator[str]:
    name = word.partition("{")[2].partition("}")[0]
    if not name:
        yield word
        return
    if name not in forms:
        raise ValueError(f"'{word}' names the forms '{name}', which the language does not list")
    yield from (word.replace(f"{{{name}}}", form) for form in forms[name])


def _claim(index: dict[str, Ask], word: str, ask: Ask) -> None:
    if not word:
        raise ValueError(f"a word for {ask.intent} ({ask.language}) has no letter")
    holder = index.setdefault(word, ask)
    if holder.intent != ask.intent:
        raise ValueError(
            f"'{word}' cannot mean both {holder.intent} ({holder.language or 'number'}) "
            f"and {ask.intent} ({ask.language or 'number'})"
        )


def _digits(keywords: Iterable[Keyword]) -> dict[str, str]:
    digits = dict(DIGITS)
    for keyword in keywords:
        if keyword.digit and digits.setdefault(keyword.digit, keyword.intent) != keyword.intent:
            raise ValueError(
                f"digit {keyword.digit} cannot mean both {digits[keyword.digit]} "
                f"and {keyword.intent}"
            )
    return digits


def _claim_numbers(exact: dict[str, Ask], digits: Mapping[str, str]) -> None:
    for digit, intent in digits.items():
        _claim(exact, digit, Ask(intent, None, Certainty.EXACT, ""))
    for number, (intent, argument) in ANSWERS.items():
        _claim(exact, number, Ask(intent, argument, Certainty.EXACT, ""))
    for letter, option in LETTERS.items():
        _claim(exact, letter, Ask("poll", option, Certainty.EXACT, ""))


def _is_guessable(word: str, ask: Ask) -> bool:
    return ask.intent not in _NEVER_GUESSED and len(word) >= _SHORTEST_GUESS and " " not in word


def _keys(words: Iterable[str], exact: Mapping[str, Ask]) -> dict[str, Ask]:
    keys: dict[str, Ask] = {}
    shared = set()
    for word in words:
        folded, ask = key(word), exact[word]
        if len(folded) < _SHORTEST_KEY:
            continue
        held = keys.setdefault(folded, Ask(ask.intent, None, Certainty.FOLDED, ask.language))
        if held.intent != ask.intent:
            shared.add(folded)
    return {folded: ask for folded, ask in keys.items() if folded not in shared}


def _tags(kind: str, pairs: Iterable[tuple[str, Sequence[str]]]) -> dict[str, str]:
    tags: dict[str, str] = {}
    for tag, words in pairs:
        for word in words:
            held = tags.setdefault(fold(word), tag)
            if held != tag:
                raise ValueError(f"'{word}' cannot be both the {kind} {held} and {tag}")
    return tags


def _set(lists: Iterable[Sequence[str]]) -> frozenset[str]:
    return frozenset(word for words in lists for entry in words for word in fold(entry).split())
