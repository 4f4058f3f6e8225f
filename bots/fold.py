"""Folding for matching only: many ways of writing a word become one; the original is kept.

Works on Unicode compatibility decomposition (UAX #15, NFKD), so that marks and presentation forms
fall away; what is shown to people is never folded.
"""

import re
import unicodedata
from collections.abc import Container

_TWINS = {
    "ی": "يىېۍےۓێ",
    "ک": "كڪڬ",
    "گ": "ګ",
    "ہ": "هھةۃۀۂەہ",
    "ا": "أإآٱ",
    "و": "ؤ",
    "ن": "ں",
}
_DROPPED = "ءـٴ"
_MARKS = frozenset({"Mn", "Mc", "Me", "Cf"})


class _Letters(dict[int, str]):
    """A translation table that learns each character at its first meeting."""

    def __missing__(self, code: int) -> str:
        letter = self[code] = _folded_letter(chr(code))
        return letter


def _folded_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in _MARKS:
        return ""
    if category == "Nd":
        return str(unicodedata.digit(letter))
    return letter if category[0] == "L" else " "


_LETTERS = _Letters({ord(old): new for new, olds in _TWINS.items() for old in olds})
_LETTERS.update({ord(letter): "" for letter in _DROPPED})
_ASCII = {code: _folded_letter(chr(code).lower()) for code in range(128)}


def fold(text: str) -> str:
    """Words of `text` for comparing: small letters, Western digits, one blank between words.

    Marks, tatweel, joiners and bidi controls vanish; punctuation and emoji become blanks; letter
    twins of Urdu, Sindhi, Pashto and Arabic keyboards become one. Never fails, whatever the text.
    """
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(plain.translate(_LETTERS).split())


_OWN_LETTERS = {
    "sd": frozenset("ٻڏڪڳڻڙڃ۽۾ٿڀڦڇڊڌٽٺڄڍ"),
    "ps": frozenset("ښېځڅړږګۍډټڼ"),
}
"""Letters that one language of the region writes and the others do not."""


def lettered(text: str) -> str:
    """The tag of the language whose own letters `text` has; "" for none, or for several."""
    found = [tag for tag, letters in _OWN_LETTERS.items() if not letters.isdisjoint(text)]
    return found[0] if len(found) == 1 else ""


_PAIRS = re.compile(r"ph|kh|gh|sh|ch|([bdjt])h|(.)\2+")
_PAIR_SOUNDS = {"ph": "f", "kh": "k", "gh": "g", "sh": "s", "ch": "c"}
_SOUNDS = str.maketrans({"q": "k", "w": "v", "z": "j", "x": "ks"})
_SILENT = str.maketrans("", "", "aeiouhy")
_VOWELS = frozenset("aeiou")


def _sound(pair: re.Match[str]) -> str:
    return _PAIR_SOUNDS.get(pair[0]) or pair[1] or pair[2]


def key(word: str) -> str:
    """The consonants of a folded Roman word, so that faisla, fesla and faysla meet.

    "" for a word in another writing: its letters already say what they mean.
    """
    if not word.isascii() or not word.isalpha():
        return ""
    sounds = _PAIRS.sub(_sound, word).translate(_SOUNDS)
    first = "a" if sounds[0] in _VOWELS else sounds[0]
    return first + sounds[1:].translate(_SILENT)


_ARABIC_SOUNDS = str.maketrans(
    {
        **dict.fromkeys("ثص", "س"),
        **dict.fromkeys("ذضظژ", "ز"),
        **dict.fromkeys("طټٹٽ", "ت"),
        **dict.fromkeys("ډڊڌڈ", "د"),
        **dict.fromkeys("ړڙڑ", "ر"),
        **dict.fromkeys("حہ", ""),
        **dict.fromkeys("اویعآ", ""),
        **dict.fromkeys("ڻڼݨ", "ن"),
        **dict.fromkeys("ق", "ک"),
        **dict.fromkeys("ٻڀ", "ب"),
    }
)
_HEADS = _ARABIC_SOUNDS | str.maketrans(
    {**dict.fromkeys("آعا", "ا"), **dict.fromkeys("حہ", "ہ"), "و": "و", "ی": "ی"}
)
_TWICE = re.compile(r"(.)\1+")


def skeleton(word: str) -> str:
    """The sounds of a folded word in Arabic letters, so that letters heard alike meet.

    "" for a word in another writing.
    """
    if not word.isalpha() or not "\u0620" <= word[0] <= "\u06ff":
        return ""
    return _TWICE.sub(r"\1", word[0].translate(_HEADS) + word[1:].translate(_ARABIC_SOUNDS))


_VOWELS_SAID = (("aa", "a"), ("ee", "i"), ("oo", "u"), ("ai", "e"))


def respelled(word: str, known: Container[str]) -> str:
    """The known word that a folded Roman one is with long vowels written short: abhee is abhi.

    "" when none of its spellings is known.
    """
    for long, short in _VOWELS_SAID:
        word = word.replace(long, short)
        if word in known:
            return word
    return ""
