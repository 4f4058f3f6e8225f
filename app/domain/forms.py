"""The short form of minutes: lines that shrink until one text holds them, nothing cut in half.

A number, a date or a code is never cut, nor parted from the word on either side of it (Rs 500,
20 Oct, UC 3): words are taken away from the end of the longest line, whole groups at a time.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from app.domain import gsm

CUT = "..."
_TRAILING = " ,;:.-/(،؛۔"
_MOST_LINES = 30
"""More decisions than that are told by their number only."""
_LONGEST = 160
"""Letters of a line that are looked at: no text holds more."""


@dataclass(frozen=True, slots=True)
class Line:
    """One decision in a short form: its number, its few words, who owes it."""

    code: str
    words: str
    owner: str = ""


Write = Callable[[int, Sequence[Line]], str]
"""Writes the whole text in the variant of that number (0 is the fullest) with these lines."""


def fits(text: str) -> bool:
    """Whether the text is one segment."""
    return gsm.count(text) == 1


def fit(lines: Sequence[Line], write: Write, variants: int) -> str:
    """The fullest text of one segment: with owners, without, then shortened, then fewer lines.

    Lines that found no room are told by their number (`+2`). The caller's `write` must be one
    segment without lines; else the shortest text is given back, whatever its size.
    """
    text = ""
    for variant, tried in _ladder(lines, variants):
        text = write(variant, tried)
        if fits(text):
            return text
    return text


def _ladder(lines: Sequence[Line], variants: int) -> Iterator[tuple[int, Sequence[Line]]]:
    whole = [replace(line, words=_squeezed(line.words)) for line in lines]
    bare = [replace(line, owner="") for line in whole]
    last = variants - 1
    yield 0, whole
    for variant in range(variants):
        yield variant, bare
    for kept in range(min(len(bare), _MOST_LINES), 0, -1):
        rest = len(bare) - kept
        left = [*bare[:kept], *([Line(f"+{rest}", "")] if rest else [])]
        if rest:
            yield last, left
        yield from ((last, shorter) for shorter in _shrinking(left))
    yield last, [Line(f"+{len(bare)}", "")] if bare else []
    yield last, []


def _shrinking(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines with one group of words less each time, taken from the longest."""
    left = [replace(line, words=line.words[:_LONGEST]) for line in lines]
    while True:
        shorter = [(len(line.words), at, shortened(line.words)) for at, line in enumerate(left)]
        able = [one for one in shorter if one[2]]
        if not able:
            return
        _, at, words = max(able)
        left[at] = replace(left[at], words=words)
        yield list(left)


def shortened(words: str) -> str:
    """The words less their last group, ending in "..."; "" when there is but one group.

    >>> shortened("letter to DC by 20 Oct")
    'letter to DC...'
    """
    groups = list(_groups(words.removesuffix(CUT).split()))[:-1]
    kept = " ".join(" ".join(group) for group in groups).rstrip(_TRAILING)
    return kept + CUT if kept else ""


def _groups(words: Sequence[str]) -> Iterator[list[str]]:
    """The words in groups that stay together: a word with a digit holds both its neighbours."""
    group: list[str] = []
    for word in words:
        if group and not _has_digit(group[-1]) and not _has_digit(word):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _squeezed(words: str) -> str:
    return " ".join(words.split()).rstrip(_TRAILING)
