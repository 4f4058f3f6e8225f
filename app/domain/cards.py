"""Emergency cards: whose the numbers are, in which order, and the numbers of the whole country."""

from collections.abc import Mapping
from datetime import date, timedelta

KINDS = ("rescue", "ambulance", "police", "leader", "hospital", "other")
"""Whose a number is; `other` is said in the card's own words."""
STALE_AFTER = timedelta(days=90)
"""So long after a try a number is believed to work."""
REMIND_EVERY = timedelta(days=30)
"""The owner of cards is asked to try them at most so often."""

SAID: Mapping[str, Mapping[str, str]] = {
    "en": {
        "rescue": "Rescue",
        "ambulance": "Ambulance",
        "police": "Police",
        "leader": "On duty",
        "hospital": "Hospital",
    },
    "ur-Latn": {
        "rescue": "Rescue",
        "ambulance": "Ambulance",
        "police": "Police",
        "leader": "Duty par",
        "hospital": "Haspatal",
    },
    "ur": {
        "rescue": "ریسکیو",
        "ambulance": "ایمبولینس",
        "police": "پولیس",
        "leader": "ڈیوٹی",
        "hospital": "ہسپتال",
    },
    "sd": {
        "rescue": "ريسڪيو",
        "ambulance": "ايمبولينس",
        "police": "پوليس",
        "leader": "ڊيوٽي",
        "hospital": "اسپتال",
    },
    "ps": {
        "rescue": "ریسکیو",
        "ambulance": "امبولانس",
        "police": "پولیس",
        "leader": "ډیوټي",
        "hospital": "روغتون",
    },
}
"""What a kind is called in texts, by language tag."""

NATIONAL: tuple[tuple[str, str], ...] = (
    ("rescue", "1122"),
    ("police", "15"),
    ("ambulance", "115"),
)
"""The short numbers that work in the whole country: Rescue, police, Edhi's ambulances."""


def said(kind: str) -> dict[str, str]:
    """What a kind is called, by language tag; nothing for `other`."""
    return {tag: words[kind] for tag, words in SAID.items() if kind in words}


def is_stale(checked_on: date | None, today: date) -> bool:
    """Whether nobody has tried a number for so long that it has to be tried."""
    return checked_on is None or today - checked_on > STALE_AFTER
