"""Templates of short texts: `{name}`, `[optional part]`, and `---` between fuller and shorter.

A template is filled with values only; it runs no code. A part in square brackets is left out when
a name in it has no value. What does not fit is shortened at a word; numbers, dates and codes never.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bots.dates import Calendar
from bots.values import Value

Overflow = Callable[[str], int]
"""By how many units a text is too long; 0 or less when it fits."""

_TOKEN = re.compile(r"\{([a-z_]+)\}|([\[\]])|([^\[\]{}]+)|(.)", re.DOTALL)
_CUT = "..."
_LONGEST_VALUE = 400
_STOPS = (".", "۔", "!", "?", "؟")
_TRAILING = " ,;:.-/(،؛۔"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of literal text and names: (text, False) or (name, True)."""

    pieces: tuple[tuple[str, bool], ...]
    is_optional: bool

    @property
    def names(self) -> frozenset[str]:
        """The placeholders of this part."""
        return frozenset(text for text, is_name in self.pieces if is_name)


@dataclass(frozen=True, slots=True)
class Template:
    """One template in one language: its variants from the fullest to the shortest.

    `names` are the placeholders of all variants.
    """

    variants: tuple[tuple[Part, ...], ...]
    names: frozenset[str]

    @property
    def has_words(self) -> bool:
        """Whether there is anything in it to translate."""
        pieces = (p for parts in self.variants for part in parts for p in part.pieces)
        return any(text.strip() and not is_name for text, is_name in pieces)


def parse(source: str) -> Template:
    """Read a template; raises ValueError, in plain words, on a stray or nested bracket."""
    variants = re.split(r"^---$", source.replace("\r\n", "\n"), flags=re.MULTILINE)
    read = tuple(tuple(_parts(variant.strip())) for variant in variants)
    return Template(read, frozenset().union(*(part.names for parts in read for part in parts)))


def _parts(source: str) -> Iterator[Part]:
    pieces: list[tuple[str, bool]] = []
    is_optional = False
    for name, bracket, literal, stray in _TOKEN.findall(source):
        if stray or (bracket and (bracket == "[") == is_optional):
            raise ValueError(f"'{stray or bracket}' stands where none belongs")
        if bracket:
            yield Part(tuple(pieces), is_optional)
            pieces, is_optional = [], not is_optional
        else:
            pieces.append((name, True) if name else (literal, False))
    if is_optional:
        raise ValueError("'[' is never closed by ']'")
    yield Part(tuple(pieces), is_optional)


def fill(
    template: Template, values: Mapping[str, Value], calendar: Calendar, overflow: Overflow
) -> str:
    """The fullest variant that fits; else the last one with its longest words cut.

    Raises KeyError with the name of a value that is missing outside an optional part.
    """
    for parts in template.variants:
        text = _write(parts, values, calendar)
        if overflow(text) <= 0:
            return text
    last = template.variants[-1]
    names = frozenset().union(*(part.names for part in last))
    left = {name: _clipped(value) for name, value in values.items() if name in names}
    while overflow(text) > 0 and _shorten(left):
        text = _write(last, left, calendar)
    return text


def _write(parts: tuple[Part, ...], values: Mapping[str, Value], calendar: Calendar) -> str:
    written = []
    for part in parts:
        if part.is_optional and any(values.get(name) in (None, "", ()) for name in part.names):
            continue
        for text, is_name in part.pieces:
            if is_name:
                written.append(_say(values[text], calendar))
            else:
                has_ended = bool(written) and written[-1].endswith(_STOPS)
                written.append(text[1:] if has_ended and text.startswith(_STOPS) else text)
    return "".join(written).strip()


def _say(value: Value, calendar: Calendar) -> str:
    if isinstance(value, date):
        return calendar.write(value)
    if isinstance(value, tuple):
        return " ".join(f"{entry.code} {entry.words}".strip() for entry in value)
    return str(value)


def _clipped(value: Value) -> Value:
    return value[:_LONGEST_VALUE] if isinstance(value, str) else value


def _shorten(values: dict[str, Value]) -> bool:
    """Cut a word off the longest words; at single words drop lines of lists; False when bare."""
    places = [(len(words), name, at, words) for name, at, words in _cuttable(values)]
    phrases = [place for place in places if " " in place[3]]
    if not phrases and _drop_line(values):
        return True
    left = phrases or [place for place in places if place[3] not in ("", _CUT)]
    if left:
        _, name, at, _ = max(left)
        values[name] = _with_cut(values[name], at)
    return bool(left)


def _drop_line(values: dict[str, Value]) -> bool:
    lists = [(len(v), name) for name, v in values.items() if isinstance(v, tuple) and len(v) > 1]
    if lists:
        name = max(lists)[1]
        values[name] = values[name][:-1]  # type: ignore[index]
    return bool(lists)


def _cuttable(values: Mapping[str, Value]) -> Iterator[tuple[str, int, str]]:
    for name, value in values.items():
        if isinstance(value, str):
            yield name, 0, value
        elif isinstance(value, tuple):
            for at, entry in enumerate(value):
                yield name, at, entry.words


def _with_cut(value: Value, at: int) -> Value:
    if isinstance(value, tuple):
        entry = replace(value[at], words=cut_word(value[at].words))
        return (*value[:at], entry, *value[at + 1 :])
    return cut_word(str(value))


def cut_word(text: str) -> str:
    """`text` shorter by its last word, ending in "..."; a number is not left dangling before it.

    >>> cut_word("letter to DC by 20 Oct")
    'letter to DC by...'
    """
    kept = text.removesuffix(_CUT).split()[:-1]
    while kept and any(letter.isdigit() for letter in kept[-1]):
        kept.pop()
    return " ".join(kept).rstrip(_TRAILING) + _CUT
