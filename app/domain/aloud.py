"""How long it takes to read a text aloud, slowly, as one reads to somebody who must remember it."""

import re

SECONDS = 20.0
"""A call, or an announcement before the prayer, that people listen to till its end."""
WORDS_A_SECOND = {"en": 2.5}
SLOWEST = 2.2
"""Urdu, and every other language of which it is not known better."""
LONG = 8
"""Letters of a word that is said in one go; each further six take as long as another word."""

_pieces = re.compile(r"[^\W\d_]+|\d+").findall


def seconds_to_read(text: str, tag: str) -> float:
    """How many seconds that text takes in that language."""
    return sum(map(_weight, _pieces(text))) / WORDS_A_SECOND.get(tag, SLOWEST)


def _weight(piece: str) -> float:
    """As how many words a piece counts: long numbers and LSON are said sign by sign."""
    if piece[0].isdigit():
        return 1 if len(piece) < 3 else len(piece)
    if len(piece) > 1 and piece.isascii() and piece.isupper():
        return len(piece) / 2
    return 1 + max(0, len(piece) - LONG) / 6
