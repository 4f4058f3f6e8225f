"""The short codes of notices and minutes: D14/1, M14, R27, B7 1, 14/1, 1 14, and O for zero."""

import re
from collections.abc import Collection, Sequence

from bots.ask import Ask, Certainty
from bots.menu import ANSWERS

_LETTERS = {"d": "decision", "m": "minutes", "r": "status", "b": "blood"}
_SEAM = re.compile(r"(?<=[^\W\d])(?=\d)|(?<=\d)(?=[^\W\d])")
_SLIP = re.compile(r"(?:(?<=^)|(?<= )|(?<=^[dmrb])|(?<= [dmrb]))[ol]*\d[\dol]*(?= |$)")
_LONE = re.compile(r"^([dmrb]? ?\d+ )([ol])$")
_SPELLED_OUT = {"ڈی": "d", "ایم": "m", "ار": "r", "بی": "b"}
_NAMED = re.compile(rf"^({'|'.join(_SPELLED_OUT)}) ?(?=\d)")
"""The letter of a code as an Urdu keyboard has it."""
_ZEROES = str.maketrans("ol", "01")
_LONGEST_NUMBER = 4


def spaced(folded: str) -> str:
    """Split words from numbers and read O as zero and l as one inside a number."""
    if not any(letter.isdigit() for letter in folded):
        return folded
    folded = _NAMED.sub(lambda letter: _SPELLED_OUT[letter[1]] + " ", folded)
    mended = _SLIP.sub(lambda slip: slip[0].translate(_ZEROES), folded)
    mended = _LONE.sub(lambda slip: slip[1] + slip[2].translate(_ZEROES), mended)
    return _SEAM.sub(" ", mended)


def numbers_in(tokens: Sequence[str]) -> list[str]:
    """The numbers among folded tokens, without leading zeros."""
    return [token.lstrip("0") or "0" for token in tokens if token.isdigit()]


def read_code(tokens: Sequence[str], raw: str, labels: Collection[str]) -> Ask | None:
    """What the tokens of a whole text mean as a code, or None when they are words.

    `raw` is the text as written (its slash tells 1/14 from 1 14); `labels` are words for "number".
    """
    numbers = numbers_in(tokens)
    if len(numbers) == len(tokens):
        return _bare(numbers, raw)
    if len(numbers) != len(tokens) - 1 or tokens[0].isdigit():
        return None
    if tokens[0] in _LETTERS and len(numbers) <= 2:
        return about_meeting(_LETTERS[tokens[0]], numbers)
    if tokens[0] in labels and len(numbers) == 1 and len(numbers[0]) <= _LONGEST_NUMBER:
        return about_meeting("minutes", numbers)
    return None


def about_meeting(intent: str, numbers: Sequence[str], language: str = "") -> Ask:
    """The ask for numbers: two of them name a decision even after the word for minutes."""
    if len(numbers) > 1 and intent == "minutes":
        intent = "decision"
    argument = "/".join(numbers[:2]) or None
    return Ask(intent, argument, Certainty.EXACT, language)


def _bare(numbers: Sequence[str], raw: str) -> Ask | None:
    if not numbers or max(map(len, numbers)) > _LONGEST_NUMBER or ":" in raw:
        return None
    first, rest = numbers[0], numbers[1:]
    if len(rest) == 1 and "/" in raw:
        return about_meeting("decision", numbers)
    if first == "4" and len(rest) == 1:
        return Ask("news", rest[0], Certainty.EXACT, "")
    if first in ("1", "3") and 1 <= len(rest) <= 2:
        return about_meeting("minutes" if first == "1" else "decision", rest)
    is_decision = len(first) > 1 and len(rest) == 1 and first not in ANSWERS
    if rest and not is_decision:
        return None
    return about_meeting("decision" if is_decision else "minutes", numbers)
