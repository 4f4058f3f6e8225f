"""What a decision is found by: its words in one plain form, and the consonants of each word.

Made for finding only: it folds letters that differ in print (ڪ and ک, ہ and ھ), so nothing that
people read is ever shown like this. Never fails, whatever the text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

MOST_LETTERS = 20_000
"""Of one decision in all its languages; what stands behind is not found by."""
_TWINS = {
    "ی": "يىېۍئےۓێ",
    "ک": "كڪڬ",
    "گ": "ګ",
    "ہ": "هھةۃۂۀەہ",
    "ا": "أإآٱ",
    "و": "ؤ",
    "ن": "ںڼ",
    "ٹ": "ټٽ",
    "ڈ": "ډڊ",
    "ڑ": "ړڙ",
}
_DROPPED = "ءـٴ'’‘ʼʿʾ`"
"""Hamza, the stretching line, and the marks that Roman writing puts in the middle of words."""
_JOINED = frozenset({"Mn", "Mc", "Me", "Cf"})
"""Harakat, superscript alef, joiners and bidi marks: they end no word."""


class _Letters(dict[int, str]):
    """A translation table that learns each character at its first meeting."""

    def __missing__(self, code: int) -> str:
        letter = self[code] = _plain_letter(chr(code))
        return letter


def _plain_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in _JOINED:
        return ""
    if category == "Nd":
        return str(unicodedata.digit(letter))
    if category[0] != "L":
        return " "
    # An accent of Latin or a mark that composed with its letter.
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if unicodedata.category(base)[0] == "L" else letter


_LETTERS = _Letters({ord(old): new for new, olds in _TWINS.items() for old in olds})
_LETTERS.update({ord(letter): "" for letter in _DROPPED})


def normal(text: str) -> str:
    """The words of a text in their plain form, one blank between words.

    Small letters, Western digits, one letter for its twins on Urdu, Sindhi, Pashto and Arabic
    keyboards; vowel marks, hamza and joiners vanish, everything else becomes a blank.
    """
    plain = unicodedata.normalize("NFKC", text[:MOST_LETTERS]).casefold()
    return " ".join(plain.translate(_LETTERS).split())


SMALL_WORDS = frozenset(
    normal(
        "ka ki ke kay k ko se say me mein mai main par pe ne aur o e kya kia hai hain tha thi wo jo"
        " a an and about by for from in is of on or the to was were what with"
        " کا کی کے کو سے میں پر نے اور کیا ہے ہیں تھا تھی جو جا جي کي کان تي د په چې ته"
    ).split()
)
"""Words that say nothing of what a decision is about."""

_PAIRS = re.compile(r"sch|ph|kh|gh|sh|ch|([bdjtrl])h")
_PAIR_SOUNDS = {"sch": "sk", "ph": "f", "kh": "k", "gh": "g", "sh": "s", "ch": "C"}
_SOUNDS = str.maketrans({"q": "k", "c": "k", "w": "v", "z": "j", "x": "ks"})
_SILENT = str.maketrans("", "", "aeiouhy")
_VOWELS = frozenset("aeiou")
_DOUBLED = re.compile(r"(.)\1+")
_HELPED = re.compile(r"^as(?=[kpt])")
"""A vowel put before school, station, sports."""
_PLURAL = re.compile(r"[a-z]{3,}[^su]s")
_ARABIC = {
    **dict.fromkeys("صسثش", "s"),
    **dict.fromkeys("زذضظژج", "j"),
    **dict.fromkeys("طتٹ", "t"),
    **dict.fromkeys("دڈ", "d"),
    **dict.fromkeys("رڑ", "r"),
    **dict.fromkeys("کقخ", "k"),
    **dict.fromkeys("گغ", "g"),
    **dict.fromkeys("اعیہح", ""),
    **dict(zip("بپچفلمنو", "bpCflmnv", strict=True)),
}
_FIRST = {"ا": "a", "ع": "a", "ی": "y", "ہ": "h", "ح": "h"}
_HEARD_TWICE = (("و", ""), ("ڑ", "د"))
"""Letters that are also heard as something else: و in روڈ, ڑ in sadak."""


@lru_cache(maxsize=20_000)
def word_keys(word: str) -> tuple[str, ...]:
    """The consonants of a plain word as they sound, so that faisla, fesla and فیصلہ meet.

    A word that can be heard in two ways has a key for each: خواتین, روڈ, سڑک, sadak, and English
    ones with an s at the end. Empty for a number, for other writings, and for a word with too few
    consonants to tell it from others.
    """
    if word.isascii():
        found = _roman(word) if word.isalpha() else ()
    elif all(letter in _ARABIC for letter in word):
        found = _arabic(word)
    else:
        return ()
    plain = (_HELPED.sub("s", _DOUBLED.sub(r"\1", key)).lower() for key in found)
    return tuple(dict.fromkeys(key for key in plain if len(key) > 1))


def _roman(word: str) -> tuple[str, ...]:
    sounds = _PAIRS.sub(lambda pair: _PAIR_SOUNDS.get(pair[0]) or pair[1], word)
    sounds = sounds.translate(_SOUNDS)
    first = "a" if sounds[0] in _VOWELS else sounds[0]
    key = first + sounds[1:].translate(_SILENT)
    found = (key, key[0] + key[1:].replace("d", "r"))
    return (*found, key[:-1]) if _PLURAL.fullmatch(word) else found


def _arabic(word: str) -> tuple[str, ...]:
    head, tails = word[0], [word[1:]]
    for letter, other in _HEARD_TWICE:
        tails += [tail.replace(letter, other) for tail in tails if letter in tail]
    first = _FIRST.get(head, _ARABIC[head])
    return tuple(first + "".join(map(_ARABIC.__getitem__, tail)) for tail in tails)


def keys(plain: str) -> str:
    """The keys of all words of a plain text, each once, with a blank between."""
    return " ".join(dict.fromkeys(key for word in plain.split() for key in word_keys(word)))


def words_asked(text: str, most: int) -> tuple[str, ...]:
    """The plain words that somebody looks for, without small words unless there are no others."""
    words = tuple(dict.fromkeys(normal(text).split()))
    telling = tuple(word for word in words if word not in SMALL_WORDS)
    return (telling or words)[:most]


def likeness(word: str, words: Iterable[str]) -> float:
    """How like the likest of these words is to this one: 1.0 for the same, 0.0 for nothing shared.

    The share of groups of three letters that both have, as PostgreSQL's pg_trgm counts them.
    """
    ours = _threes(word)
    return max((_shared(ours, _threes(one)) for one in words), default=0.0)


def _shared(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return len(ours & theirs) / len(ours | theirs)


@lru_cache(maxsize=20_000)
def _threes(word: str) -> frozenset[str]:
    return frozenset(threes(f"  {word} "))


def threes(word: str) -> Iterator[str]:
    """The groups of three letters that stand side by side in a word."""
    return map("".join, zip(word, islice(word, 1, None), islice(word, 2, None), strict=False))
