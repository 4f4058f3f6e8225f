"""Audience: whom a text is for, written in words: `ec`, `women lso`, `Roshni, +923901234567`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.errors import Phrase, Refusal

BODIES: Mapping[str, str] = {
    "ec": "EC",
    "executive": "EC",
    "gb": "GB",
    "general": "GB",
    "lso": "LSO",
    "lsos": "LSO",
    "leaders": "*",
    "leader": "*",
    "officers": "*",
    "rehnuma": "*",
    "رہنما": "*",
    "عہدیدار": "*",
}
SEXES: Mapping[str, str] = {
    "women": "f",
    "woman": "f",
    "khawateen": "f",
    "خواتین": "f",
    "عورتیں": "f",
    "men": "m",
    "man": "m",
    "mard": "m",
    "مرد": "m",
}
POSTS: Mapping[str, str] = {
    "president": "President",
    "presidents": "President",
    "sadar": "President",
    "صدر": "President",
    "secretary": "General Secretary",
    "secretaries": "General Secretary",
    "سیکرٹری": "General Secretary",
    "finance": "Finance Secretary",
    "press": "Press Secretary",
}
EVERYONE = frozenset({"all", "everyone", "sab", "سب", "تمام"})
MOST_LETTERS = 500
_NUMBER = re.compile(r"\+\d{8,15}")
_comma = re.compile("[,،]").split


@dataclass(frozen=True, slots=True)
class Term:
    """One group: everything that is set must hold. `body` is EC, GB, LSO or `*` for any seat."""

    body: str = ""
    post: str = ""
    sex: str = ""
    unit_id: int | None = None
    msisdn: str = ""


Audience = tuple[Term, ...]
"""The union of its terms; never empty."""


def read_audience(words: str, units: Mapping[str, int]) -> Audience:
    """Read an audience in words; commas add groups, blanks narrow one.

    `units` are the network's units by name in lower case. Raises Refusal that names the word
    it does not know and lists those it does.
    """
    if len(words) > MOST_LETTERS:
        raise Refusal(
            "audience_too_long",
            "The audience has more than {most} letters. Name groups.",
            most=MOST_LETTERS,
        )
    terms = [_term(part, units) for part in _comma(words) if part.strip()]
    if not terms:
        raise Refusal(
            "audience_empty", "Say whom the text is for: all, ec, gb, lso, a unit's name."
        )
    return tuple(terms)


def _term(part: str, units: Mapping[str, int]) -> Term:
    text = " ".join(part.casefold().split())
    if _NUMBER.fullmatch(text):
        return Term(msisdn=text)
    text, unit_id = _unit(text, units)
    known: dict[str, str] = {}
    for word in text.split():
        if word in EVERYONE:
            continue
        name, value = _meaning(word)
        if known.setdefault(name, value) != value:
            raise Refusal(
                "audience_clash",
                "{words} names two kinds of {kind}. Put a comma between two groups.",
                words=repr(part.strip()),
                kind=Phrase(name),
            )
    return Term(unit_id=unit_id, **known)


def _unit(text: str, units: Mapping[str, int]) -> tuple[str, int | None]:
    """The longest unit name in the text, taken out of it."""
    for name in sorted(units, key=len, reverse=True):
        pattern = rf"(?<!\w)(?:lso )?{re.escape(name)}(?!\w)"
        if re.search(pattern, text):
            return re.sub(pattern, " ", text, count=1), units[name]
    return text, None


def _meaning(word: str) -> tuple[str, str]:
    for name, table in (("body", BODIES), ("sex", SEXES), ("post", POSTS)):
        if word in table:
            return name, table[word]
    raise Refusal(
        "audience_unknown",
        "No group is called {word}. Known are: all, ec, gb, lso, leaders, women, men, "
        "presidents, secretaries, a unit's name, or a number like +923901234567.",
        word=repr(word),
    )
