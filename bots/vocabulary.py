"""Every word that a member may use, folded and indexed once; a clash is an error at the start."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bots.ask import Ask, Certainty, Keyword
from bots.besides import Besides, build_besides
from bots.coming import Coming, build_coming
from bots.danger import Alarms, alarming_words, build_alarms
from bots.fold import fold
from bots.lexicon import Lexicon, spread, spread_all
from bots.menu import ANSWERS, DIGITS, LETTERS
from bots.spelling import Spelling, build_spelling, by_letter, meanings_of, sound
from bots.wishes import Wishes, build_wishes

WHOLE_ONLY = frozenset({"stop", "start", "alerts"})
"""Intents that only a whole message may mean: "sarak band hai" says that a road is closed."""

CLOSED = WHOLE_ONLY | {
    *("yes", "no", "poll", "blood", "more", "language", "wrong_number", "join", "link", "unlink"),
    *("done", "in_hand", "hung"),
}
"""Intents that an office cannot teach a word: they change something or answer a question."""

_NEVER_GUESSED = WHOLE_ONLY | {
    *("language", "yes", "no", "poll", "blood", "join", "wrong_number", "more"),
    *("link", "unlink"),
}
_SHORTEST_GREETING = 5
"""Sounds from which on a misspelt greeting is known."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The index that `bots.conversation` reads; built by `build_vocabulary`."""

    keywords: Mapping[str, Keyword]
    exact: Mapping[str, Ask]
    whole: Mapping[str, Ask]
    """STOP, START and ALERT without blanks: "bandkaro" is "band karo"."""
    spelling: Spelling
    greetings: frozenset[str]
    """The sounds of greetings written as one word."""
    topics: Mapping[str, str]
    deeds: Mapping[str, Ask]
    """By folded words; `question` and `sheet` are the words that may stand beside them."""
    deed_words: Mapping[str, tuple[str, ...]]
    """The single words of deeds, by first letter."""
    tongues: Mapping[str, str]
    courtesy: frozenset[str]
    about: frozenset[str]
    fillers: frozenset[str]
    numbers: frozenset[str]
    danger: frozenset[str]
    alarms: Alarms
    posts: Mapping[str, str]
    """Each word for an office, and how it is spelled."""
    beside: frozenset[str]
    needs: frozenset[str]
    signs: frozenset[str]
    protected: frozenset[str]
    """Folded, whole: one of several words stays together."""
    nameless: frozenset[str]
    arabic: str
    """The first language written in Arabic letters, for texts of which no word is known."""
    marks: Mapping[str, str]
    """Small Latin words that tell a language, because no other one has them: see `bots.tongue`."""
    coming: Coming
    small: frozenset[str]
    """Words that may stand beside a yes or a no: little ones, courtesy, and `beside`."""
    wishes: Wishes
    besides: Besides


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
    _claim_names(exact, lexicons)
    _claim_numbers(exact, _digits(by_intent.values()))
    deeds = _deeds(lexicons)
    deed_words = {word for phrase in deeds for word in phrase.split()}
    alarms = build_alarms([lexicon.alarms for lexicon in lexicons.values()])
    topics = _tags("topic", ((t, w) for lex in lexicons.values() for t, w in lex.topics.items()))
    return Vocabulary(
        keywords=by_intent,
        exact=exact,
        whole=whole,
        spelling=_spelling(lexicons.values(), exact, topics, deed_words),
        greetings=_greetings(exact),
        deeds=deeds,
        deed_words=by_letter(deed_words),
        topics=topics,
        tongues=_tags("language", ((tag, [tag, *lex.names]) for tag, lex in lexicons.items())),
        courtesy=_set(lex.courtesy for lex in lexicons.values()),
        about=_set(lex.about for lex in lexicons.values()),
        fillers=_set(lex.fillers for lex in lexicons.values()),
        numbers=_set(lex.numbers for lex in lexicons.values()),
        danger=_set(lex.danger for lex in lexicons.values()) | alarming_words(alarms),
        alarms=alarms,
        posts=_posts(lexicons.values()),
        beside=_set(lex.beside for lex in lexicons.values()),
        needs=_set(lex.needs for lex in lexicons.values()),
        signs=_set(lex.signs for lex in lexicons.values()),
        protected=_phrases(lex.protected for lex in lexicons.values()),
        nameless=_phrases(lex.nameless for lex in lexicons.values()),
        arabic=next((ask.language for word, ask in exact.items() if not word.isascii()), ""),
        marks=_marks(lexicons),
        coming=build_coming({t: spread_all(lex.coming, lex.forms) for t, lex in lexicons.items()}),
        small=_small(lexicons.values(), exact),
        wishes=build_wishes({tag: lex.wishes for tag, lex in lexicons.items()}),
        besides=build_besides(lex.besides for lex in lexicons.values()),
    )


def _small(lexicons: Iterable[Lexicon], exact: Mapping[str, Ask]) -> frozenset[str]:
    """Words that change no answer: those beside it, courtesy, and a yes or a no themselves."""
    said = (word for word, ask in exact.items() if ask.intent in ("yes", "no", "greeting"))
    return _set(part for lex in lexicons for part in (lex.beside, lex.courtesy)) | frozenset(said)


def _all_words(
    lexicons: Mapping[str, Lexicon], keywords: Iterable[Keyword]
) -> Iterator[tuple[str, str, str]]:
    for keyword in keywords:
        for tag, own in keyword.words.items():
            yield from ((keyword.intent, word, tag) for word in own)
    for tag, lexicon in lexicons.items():
        for intent, words in lexicon.words.items():
            for word in words:
                yield from ((intent, form, tag) for form in spread(word, lexicon.forms))


def _deeds(lexicons: Mapping[str, Lexicon]) -> dict[str, Ask]:
    deeds: dict[str, Ask] = {}
    for tag, lexicon in lexicons.items():
        for intent, words in lexicon.deeds.items():
            for word in words:
                for form in spread(word, lexicon.forms):
                    _claim(deeds, fold(form), Ask(intent, None, Certainty.EXACT, tag))
    return deeds


def _claim(index: dict[str, Ask], word: str, ask: Ask) -> None:
    if not word:
        raise ValueError(f"a word for {ask.intent} ({ask.language}) has no letter")
    holder = index.setdefault(word, ask)
    if holder.intent != ask.intent:
        raise ValueError(
            f"'{word}' cannot mean both {holder.intent} ({holder.language or 'number'}) "
            f"and {ask.intent} ({ask.language or 'number'})"
        )


def _claim_names(exact: dict[str, Ask], lexicons: Mapping[str, Lexicon]) -> None:
    """What languages and offices are called."""
    for tag, lexicon in lexicons.items():
        for name in lexicon.names:
            _claim(exact, fold(name), Ask("language", tag, Certainty.EXACT, tag))
        for post, spellings in lexicon.posts.items():
            for word in (post, *spellings):
                _claim(exact, fold(word), Ask("contact", fold(post), Certainty.EXACT, tag))


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


def _spelling(
    lexicons: Collection[Lexicon],
    exact: Mapping[str, Ask],
    topics: Mapping[str, str],
    others: Collection[str],
) -> Spelling:
    """What each single word stands for; "" for the words that must be written rightly."""
    intents = {
        word: "" if ask.intent in _NEVER_GUESSED else ask.intent
        for word, ask in exact.items()
        if " " not in word and word.isalpha()
    }
    thanks = (word for word, ask in exact.items() if ask.intent == "greeting" and " " in word)
    small = {"filler": _set(lex.fillers for lex in lexicons)}
    small["greeting"] = _set(lex.courtesy for lex in lexicons)
    meanings = meanings_of(
        [
            *((intent, [word]) for word, intent in intents.items()),
            *((f"topic {tag}", [word]) for word, tag in topics.items() if " " not in word),
            ("contact", _posts(lexicons)),
            *small.items(),
            ("greeting", [part for word in thanks for part in word.split()]),
        ]
    )
    return build_spelling(meanings, _set(lex.ordinary for lex in lexicons), others)


def _posts(lexicons: Iterable[Lexicon]) -> dict[str, str]:
    """Each single word of an office: as it is spelled first, or itself as one of several."""
    words: dict[str, str] = {}
    for lexicon in lexicons:
        for post, spellings in lexicon.posts.items():
            for word in map(fold, (post, *spellings)):
                for part in word.split():
                    words.setdefault(part, fold(post) if part == word else part)
    return words


def _greetings(exact: Mapping[str, Ask]) -> frozenset[str]:
    joined = (word.replace(" ", "") for word, ask in exact.items() if ask.intent == "greeting")
    heard = (sound(word) for word in joined)
    return frozenset(sounds for sounds in heard if len(sounds) >= _SHORTEST_GREETING)


def _tags(kind: str, pairs: Iterable[tuple[str, Sequence[str]]]) -> dict[str, str]:
    tags: dict[str, str] = {}
    for tag, words in pairs:
        for word in words:
            held = tags.setdefault(fold(word), tag)
            if held != tag:
                raise ValueError(f"'{word}' cannot be both the {kind} {held} and {tag}")
    return tags


def _marks(lexicons: Mapping[str, Lexicon]) -> dict[str, str]:
    """Words of the first language alone, and words that it does not have."""
    tags: dict[str, list[str]] = {}
    for tag, lex in lexicons.items():
        for word in _set([lex.fillers, lex.beside, *lex.topics.values()]):
            if word.isascii() and word.isalpha() and len(word) > 1:
                tags.setdefault(word, []).append(tag)
    first = next(iter(lexicons), "")
    return {word: held[0] for word, held in tags.items() if len(held) == 1 or held[0] != first}


def _set(lists: Iterable[Sequence[str]]) -> frozenset[str]:
    return frozenset(word for words in lists for entry in words for word in fold(entry).split())


def _phrases(lists: Iterable[Sequence[str]]) -> frozenset[str]:
    return frozenset(fold(entry) for words in lists for entry in words)


def with_synonyms(vocabulary: Vocabulary, synonyms: Sequence[tuple[str, str, str]]) -> Vocabulary:
    """The vocabulary with more words (word, intent, language), as an office taught them.

    Raises ValueError, naming the word, when it has another meaning already, belongs to an intent
    that only the words that ship may mean (`CLOSED`), or is a word of danger.
    """
    exact = dict(vocabulary.exact)
    for word, intent, language in synonyms:
        _check_synonym(fold(word), intent, vocabulary)
        _claim(exact, fold(word), Ask(intent, None, Certainty.EXACT, language))
    return replace(vocabulary, exact=exact)


def _check_synonym(word: str, intent: str, vocabulary: Vocabulary) -> None:
    if intent in CLOSED or intent not in vocabulary.keywords:
        raise ValueError(f"'{word}' cannot be a word for {intent}: that one takes no new words")
    if word.replace(" ", "") in vocabulary.whole:
        meant = vocabulary.whole[word.replace(" ", "")].intent
        raise ValueError(f"'{word}' cannot mean {intent}: it means {meant}")
    if not vocabulary.danger.isdisjoint(word.split()):
        raise ValueError(f"'{word}' cannot mean {intent}: it speaks of danger")
    if word.replace(" ", "").isdigit():
        raise ValueError(f"'{word}' cannot mean {intent}: numbers keep their meaning")
