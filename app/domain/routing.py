"""Which wire takes which kind of number: the cheapest open one that reaches it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

REACHES = ("real", "demo", "test", "email", "telegram")
"""The kinds of address that a wire can reach: three of numbers, mail, and chats."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a route offers: its id, the kinds of number that it reaches, its price a segment."""

    route_id: int
    name: str
    reaches: frozenset[str]
    price_micro: int
    currency: str
    is_open: bool


def choose(offers: Sequence[Offer]) -> Mapping[str, Offer]:
    """The route for each kind of number that any open wire reaches."""
    chosen: dict[str, Offer] = {}
    for offer in sorted(offers, key=lambda one: (one.price_micro, one.route_id)):
        for reach in REACHES:
            if offer.is_open and reach in offer.reaches:
                chosen.setdefault(reach, offer)
    return chosen
