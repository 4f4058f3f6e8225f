"""The name below a text: "agla ijlas kab hai? Zainab, LSO Roshni", "karwai bhejen - Ali"."""

import re
from collections.abc import Iterator

from bots.fold import fold
from bots.vocabulary import Vocabulary

_END = re.compile(r"\s[-–—~|]+\s*|\s*[\r\n]+\s*|[.?!؟۔,،;:]+\s*|\s+[/~-]+(?=\w)")
_MOST_WORDS = 4
_MOST_READ = 12
"""Words before the name; a longer text is a message to people."""
_SHORTEST_NAME = 3


def unsigned(text: str, words: Vocabulary) -> Iterator[tuple[str, str]]:
    """The text without what may be a name at its end, and that name folded; longest text first."""
    ends = [(end.start(), end.end()) for end in _END.finditer(text)]
    signed = [(text[:start], text[stop:]) for start, stop in reversed(ends)]
    for rest, tail in [*signed, *_after_a_sign(text, words)]:
        tokens = fold(tail).split()
        if tokens and tokens[0] in words.signs:
            tokens = [token for token in tokens if token not in words.signs]
        if 0 < len(fold(rest).split()) <= _MOST_READ and _is_name(tokens, words):
            yield rest, " ".join(tokens)


def _after_a_sign(text: str, words: Vocabulary) -> Iterator[tuple[str, str]]:
    """The parts around a word like "from": "karwai bhejen from Shahi"."""
    pieces = text.split()
    for at in range(1, len(pieces)):
        if fold(pieces[at]) in words.signs:
            yield " ".join(pieces[:at]), " ".join(pieces[at:])


def _is_name(tokens: list[str], words: Vocabulary) -> bool:
    """Whether these are a few words of which none is known to mean anything but a post."""
    if not 0 < len(tokens) <= _MOST_WORDS or max(map(len, tokens)) < _SHORTEST_NAME:
        return False
    known = words.spelling.meanings
    return all(
        token in words.posts or (token.isalpha() and not known.get(token))
        for token in tokens
        if token not in words.courtesy
    ) and words.danger.isdisjoint(tokens)
