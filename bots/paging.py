"""Lists over several texts: where MORE goes on, though something new was published in between."""

from collections.abc import Sequence
from typing import TypeVar

from bots.ask import Ask, More

T = TypeVar("T")

_WORDS = {"ur-Latn": "AUR", "ur": "مزید", "sd": "مزید", "ps": "مزید"}


def rest_of(items: Sequence[T], codes: Sequence[str], ask: Ask) -> Sequence[T]:
    """What follows the line told last; its code tells better than a count, which new lines shift.

    `codes` are those of `items`, in the same order.
    """
    at = codes.index(ask.after) + 1 if ask.after in codes else ask.told
    return items[at:]


def more_of(ask: Ask, codes: Sequence[str], *, goes_on: bool) -> More:
    """How the list of `ask` goes on behind the lines with these codes, if it does."""
    return More(
        ask.intent,
        ask.argument or "",
        ask.topic,
        ask.told,
        last=ask.after,
        codes=tuple(codes),
        goes_on=goes_on,
    )


def more_word(language: str, *, goes_on: bool) -> str:
    """What to send for the rest of a list, "" when nothing is left."""
    return _WORDS.get(language, "MORE") if goes_on else ""


def stop_after(words: str) -> str:
    """The full stop of the letters in which these words are written."""
    return "\u06d4" if any("\u0600" <= letter <= "\u06ff" for letter in words) else "."
