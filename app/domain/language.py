"""Which language a person gets when hers is not there: chains that always end in the default."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

RIGHT_TO_LEFT = frozenset({"ur", "sd", "ps"})
"""Tags of the languages in Arabic letters."""
_arabic_letters = re.compile(r"[\u0600-\u06ff\u0750-\u077f]").search


@dataclass(frozen=True, slots=True)
class Language:
    """One writing of one language: `tag` is BCP 47 (`ur-Latn`), `name` is its own name.

    `fallbacks` are the tags to read instead, best first.
    """

    tag: str
    name: str
    direction: Literal["ltr", "rtl"]
    fallbacks: tuple[str, ...] = ()


def chain(tag: str, languages: Mapping[str, Language], default: str) -> tuple[str, ...]:
    """The tags to try in order: the one asked for, its fallbacks and theirs, then the default.

    Each stands once, so that languages may name each other; an unknown tag is tried and passed.
    """
    return tuple(dict.fromkeys((*_descent(tag, languages, set()), default)))


def choose(available: Collection[str], chain: tuple[str, ...]) -> str | None:
    """The first tag of the chain that is available, None when none is."""
    return next((tag for tag in chain if tag in available), None)


def tag_of(text: str) -> str:
    """The language to show a text in that came in: Urdu by its letters, else not known ("")."""
    return "ur" if _arabic_letters(text) else ""


def written_in(text: str, spoken: str) -> str:
    """What a text is written in: what its reader reads, unless its letters say otherwise."""
    if (tag_of(text) == "ur") == (spoken in RIGHT_TO_LEFT):
        return spoken
    return "ur-Latn" if spoken in RIGHT_TO_LEFT else "ur"


def _descent(tag: str, languages: Mapping[str, Language], seen: set[str]) -> Iterator[str]:
    """Depth first: Roman Urdu's own fallbacks come before the next fallback of who named it."""
    if tag in seen:
        return
    seen.add(tag)
    yield tag
    if tag in languages:
        for fallback in languages[tag].fallbacks:
            yield from _descent(fallback, languages, seen)
