"""Folding for matching only: many ways of writing a word become one; the original is kept.

Works on Unicode compatibility decomposition (UAX #15, NFKD), so that marks and presentation forms
fall away; what is shown to people is never folded.
"""

import re
import unicodedata

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
