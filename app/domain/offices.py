"""Offices: which of them one person holds alone, which lead, and what tier they belong to."""

from collections.abc import Mapping

from app.domain.institution import CABINET, EXECUTIVE, GENERAL_BODY, MEMBER, OUTSIDE_BODY, TIERS

NAMES = (*CABINET, "Manager", MEMBER, "Activist", "Treasurer", "Chairperson", "Convener")
"""What posts are called inside the network; others may be written as they are."""
SINGLE = frozenset({*CABINET, "Manager", "Chairperson", "Convener"})
"""In one unit, or in one body of the network, one person at a time holds each of these."""
_BY_NAME = {name.casefold(): name for name in NAMES}
WORDS: Mapping[str, Mapping[str, str]] = {
    "ur": {
        "President": "صدر",
        "Vice President": "نائب صدر",
        "General Secretary": "جنرل سیکرٹری",
        "Joint Secretary": "جوائنٹ سیکرٹری",
        "Finance Secretary": "فنانس سیکرٹری",
        "Press Secretary": "پریس سیکرٹری",
        "Manager": "منیجر",
    },
    "ur-Latn": {
        "President": "Sadar",
        "Vice President": "Naib Sadar",
    },
}
"""What offices are called in texts, where that is not the English word."""


def office_named(words: str) -> str:
    """The post as it is kept: one spelling for the known ones, single blanks."""
    told = " ".join(words.split())
    return _BY_NAME.get(told.casefold(), told)


def is_office(post: str) -> bool:
    """Whether a post leads; plain membership does not."""
    return post not in ("", MEMBER)


def is_single(body: str, post: str) -> bool:
    """Whether only one person at a time holds this; outside bodies have many of a kind."""
    return body != OUTSIDE_BODY and post in SINGLE


def tier_of(body: str) -> str:
    """The tier whose leadership an office of this body is; none for committees and outside."""
    if body in (EXECUTIVE, GENERAL_BODY):
        return TIERS[0]
    return body if body in TIERS else ""


def body_for(kind: str) -> str:
    """The body of somebody who is named for a unit of this kind, where no other is said."""
    if kind == TIERS[0]:
        return EXECUTIVE
    return kind if kind in TIERS else OUTSIDE_BODY


def owner_words(post: str, place: str = "", local_place: str = "") -> dict[str, str]:
    """What a post is called, by language tag, with its unit or committee where one is named.

    A language that has no word of its own for the office is left to its fallback.
    """
    if not post:
        return {tag: name for tag, name in (("en", place), ("ur", local_place)) if name}
    names = {"en": post, **{tag: words[post] for tag, words in WORDS.items() if post in words}}
    places = {"ur": ("\u060c ", local_place or place)}
    said = {}
    for tag, name in names.items():
        comma, where = places.get(tag, (", ", place))
        said[tag] = f"{name}{comma}{where}" if where else name
    return said
