"""One plain spelling for text that tries to look like another, and where each letter stood.

Fullwidth and mathematical letters, letters of other alphabets that look Latin, Arabic digits,
vowel marks, zero-width characters and the letter twins of Arabic-script keyboards fall together
(Unicode compatibility decomposition, UAX 15). For comparing only; people are shown the original.
"""

import re
import unicodedata
from dataclasses import dataclass

_TWINS = {
    "ی": "يىېۍےۓێئ",
    "ک": "كڪڬ",
    "گ": "ګ",
    "ہ": "هھةۃۀۂە",
    "ا": "أإآٱ",
    "و": "ؤ",
    "ن": "ں",
    "": "ءـٴ'’‘`´ʼ′",
    ".": "۔。․‧",
    "/": "⁄∕╱⧸",
    ":": "꞉∶ː",
    "-": "‐‑‒–—―−",
    "a": "аα",
    "c": "сϲ",
    "d": "ԁ",
    "e": "еε",
    "h": "һ",
    "i": "іιıɩ",
    "j": "ј",
    "k": "кκ",
    "l": "ӏ",
    "m": "м",
    "n": "ո",
    "o": "оοօ",
    "p": "рρ",
    "q": "ԛ",
    "s": "ѕ",
    "t": "тτ",
    "u": "υս",
    "v": "ѵν",
    "w": "ԝ",
    "x": "хχ",
    "y": "уγ",
}
_VANISHING = frozenset({"Mn", "Mc", "Me", "Cf"})
_BLANK = frozenset({"Zs", "Zl", "Zp", "Cc"})
_TWIN_OF = {twin: plain for plain, twins in _TWINS.items() for twin in twins}

_blanks = re.compile(r"(?<= ) +").finditer
_single_characters = re.compile(r"(?<!\S)(?:\S +){2,}\S(?!\S)").finditer
_single_letters = re.compile(r"(?<!\w)(?:[^\W\d_][.*_-]){2,}[^\W\d_](?!\w)").finditer


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain spelling; `places[i]` is where its i-th letter stands in the original."""

    original: str
    text: str
    places: tuple[int, ...]

    def shown(self, start: int, end: int) -> str:
        """What stands in the original where the plain spelling has `start` to `end`."""
        return self.original[self.places[start] : self.places[end - 1] + 1]

    def without_dots(self) -> "Plain":
        """The same with P.I.N as one word."""
        return self._without({i for run in _single_letters(self.text) for i in _inner(run, ".*_-")})

    def _without(self, gaps: set[int]) -> "Plain":
        kept = [at for at in range(len(self.text)) if at not in gaps]
        text = "".join(self.text[at] for at in kept)
        return Plain(self.original, text, tuple(self.places[at] for at in kept))


def plain_spelling(text: str) -> Plain:
    """Small Latin letters and Western digits; words s p e l l e d out are whole. Never fails."""
    letters = [(plain, at) for at, letter in enumerate(text) for plain in _LETTERS[letter]]
    found = Plain(text, "".join(plain for plain, _ in letters), tuple(at for _, at in letters))
    found = found._without({at for run in _blanks(found.text) for at in range(*run.span())})
    return found._without({i for run in _single_characters(found.text) for i in _inner(run, " ")})


def _inner(run: re.Match[str], gaps: str) -> list[int]:
    return [at for at in range(*run.span()) if run.string[at] in gaps]


class _Letters(dict[str, str]):
    """A table that learns each character at its first meeting."""

    def __missing__(self, letter: str) -> str:
        plain = _TWIN_OF.get(letter)
        if plain is None:
            same = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
            plain = "".join(_plain_letter(one) for one in same)
        self[letter] = plain
        return plain


def _plain_letter(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in _VANISHING:
        return ""
    if category in _BLANK:
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    return _TWIN_OF.get(letter, letter)


_LETTERS = _Letters()
