"""The words of a text as they were written, found again from its folded tokens."""

from collections.abc import Sequence

from bots.codes import spaced
from bots.fold import fold

LONGEST_NOTE = 600
_LOOKED_AT = 200
"""Letters within which the words before a note stand."""
_EDGES = " \t\r\n,.;:!-–—()[]'\"،؛۔*_/="


def written_after(text: str, count: int, tokens: Sequence[str]) -> str:
    """What stands behind the first `count` of these tokens of `text`, as it was written."""
    every = spaced(fold(text)).split()
    starts = range(len(every) - len(tokens) + 1)
    lead = next((n for n in starts if every[n : n + len(tokens)] == list(tokens)), 0)
    before = every[: lead + count]
    if not before:
        return _clean(text)
    for end in range(1, min(len(text), _LOOKED_AT) + 1):
        if spaced(fold(text[:end])).split() == before and not _goes_on(text, end):
            return _clean(text[end:])
    return _clean(text)


def _goes_on(text: str, end: int) -> bool:
    """Whether the word that ends here has another letter behind: a mark, or half a number."""
    return end < len(text) and text[end - 1].isdigit() and text[end].isdigit()


def _clean(words: str) -> str:
    return " ".join(words.split()).strip(_EDGES)[:LONGEST_NOTE].rstrip()
