"""Texts as the fonts need them: clean, turned the right way, split where another font sets them."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal

from app.domain.bidi import isolate_ltr
from app.domain.storable import storable
from app.printing.coverage import NASKH, NASTALIQ, letters_of

Direction = Literal["ltr", "rtl"]
Setting = Literal["", "latin", "naskh", "arabic"]
Run = tuple[Setting, str]
"""How a stretch is set: "" as the sheet's language is, else with another font or script."""

LRI, RLI, PDI, LRM = "\u2066", "\u2067", "\u2069", "\u200e"
_steering = re.compile(
    "[\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f\ufeff\u00ad\u200b\u2060-\u2064]"
).sub
_blanks = re.compile("[^\\S\n]+").sub
_rtl_letters = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]").findall
_ltr_letters = re.compile("[A-Za-z\u00c0-\u02af\u0370-\u058f]").findall
_WORDS = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_LATIN = f"{_WORDS}0-9\u06f0-\u06f9"
# Latin words, numbers and what stands between them, without the blanks at either end.
_INSIDE = rf"[{_LATIN} .,:;!?/@_'’&+#*%=~()\[\]\u2010-\u2015-]*"
_latin = rf"[\u2066\u200e({{\[+#@$£€]*[{_LATIN}](?:{_INSIDE}[{_LATIN}%)\]+])?[\u2069\u200e]?"
_isolated_words = re.compile(f"{LRI}([^{PDI}]*[{_WORDS}][^{PDI}]*){PDI}").sub
# Arabic words and what stands between them. Brackets are left out, so that one font sets both.
_ARABIC = "\u0600-\u06ef\u06fa-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
_arabic = (
    rf"[{_ARABIC}](?:[{_ARABIC}\u200c-\u200f .,:;!?/'’\u2010-\u2015-]*[{_ARABIC}])?[\u200c-\u200f]*"
)

_Finder = Callable[[str], Iterator[re.Match[str]]]
_SETTINGS: dict[str, Setting] = {"latin": "latin", "naskh": "naskh", "arabic": "arabic"}
_in_naskh: _Finder = re.compile(f"(?P<latin>{_latin})").finditer
_in_latin: _Finder = re.compile(f"(?P<latin>{_latin})|(?P<arabic>{_arabic})").finditer


def clean(text: str) -> str:
    """The text without what steers printers: marks of direction (ours come later), soft hyphens.

    Blanks of any kind become one blank, line ends stay.
    """
    if text.isascii() and "\t" not in text and "\r" not in text and text.isprintable():
        return text
    text = text.replace("₨", "Rs")  # in neither font; people write the two letters
    text = unicodedata.normalize("NFC", storable(text.replace("\r\n", "\n").replace("\r", "\n")))
    text = _steering("", text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\t", " "))
    kept = (one for one in text if one == "\n" or unicodedata.category(one) != "Cc")
    return _blanks(" ", "".join(kept))


def without(text: str, missing: frozenset[str]) -> str:
    """The text without letters that no font has, and without joiners that stood between them."""
    if not missing or missing.isdisjoint(text):
        return text
    kept = (letter for letter in text if letter not in missing)
    return re.sub("\u200d(?![\u0600-\u06ff])", "", "".join(kept)).strip(" ")


def direction_of(text: str, sheet: Direction) -> Direction:
    """Which way a text runs: the sheet's, unless most of its letters, two of three, run otherwise.

    The first letter does not decide: an Urdu sentence may begin with "LSO" or "14/R1".
    """
    if not _rtl_letters(text):
        return "ltr" if sheet == "ltr" or _ltr_letters(text) else sheet
    count = {"rtl": len(_rtl_letters(text)), "ltr": len(_ltr_letters(text))}
    other: Direction = "rtl" if sheet == "ltr" else "ltr"
    return other if count[other] > 2 * count[sheet] else sheet


def in_order(text: str, way: Direction) -> str:
    """The text, which runs that way, with marks that keep numbers and Latin words in order.

    In a text from left to right Latin words are not isolated: two Arabic names would change
    places around them.
    """
    isolated = isolate_ltr(text)
    return _isolated_words(rf"{LRM}\1{LRM}", isolated) if way == "ltr" else isolated


def runs_of(
    text: str, tag: str, direction: Direction, way: Direction | None = None
) -> tuple[Run, ...]:
    """A text for the fonts of a sheet, in order; `way` is its own direction where it is known.

    Latin words and numbers are runs of their own: the narrow blank of Nastaliq and the wide colon
    of Arabic are not theirs. In Nastaliq, words with letters that it lacks go to Naskh as a
    whole: a word half in each would not join. On a Latin sheet Arabic words are runs of their own
    too: set as Latin, their letters would not join.
    """
    way = way or direction_of(text, direction)
    isolated = in_order(text, way)
    if not _rtl_letters(isolated):
        return (("latin", f"{LRI}{text}{PDI}"),) if direction == "rtl" and text else (("", text),)
    if direction == "rtl":
        return tuple(_split(isolated, _in_nastaliq() if tag in IN_NASTALIQ else _in_naskh, ""))
    if way == "rtl":
        return tuple(_split(isolated, _in_naskh, "arabic"))
    return tuple(_split(isolated, _in_latin, ""))


IN_NASTALIQ = frozenset({"ur"})
"""The languages whose readers expect the sloping hand; the others are set in Naskh."""


def _split(text: str, others: _Finder, rest: Setting) -> Iterator[Run]:
    """What the pattern finds as runs by the name of its group, and what stands between."""
    at = 0
    for match in others(text):
        if match.start() > at:
            yield rest, text[at : match.start()]
        yield _SETTINGS[match.lastgroup or ""], match[0]
        at = match.end()
    if at < len(text):
        yield rest, text[at:]


@cache
def _in_nastaliq() -> _Finder:
    lacking = letters_of(NASKH) - letters_of(NASTALIQ)
    arabic = "".join(
        letter for letter in sorted(lacking) if letter.isalpha() and "\u0600" <= letter <= "\u08ff"
    )
    joined = "\u0610-\u061a\u0620-\u06d3\u06d5-\u08ff"
    naskh = f"[{joined}]*[{arabic}][{joined}]*"
    return re.compile(f"(?P<latin>{_latin})|(?P<naskh>{naskh})").finditer
