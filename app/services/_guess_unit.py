"""Guess where a problem is: from the places that its words name, else from who reported it."""

from collections.abc import Iterator, Sequence
from typing import Any

from app.domain.institution import TIERS
from app.domain.names import name_key
from app.store import people, unit_places, unit_tree
from app.store.database import Connection

_LONGEST_NAME = 3
_MOST_WORDS = 60
_SHORTEST = 3
"""Letters of a name that counts: shorter ones are words of the language."""
_BEFORE_PLACES = ("uc ", "union council ", "یو سی ", "یونین کونسل ")


def guess_unit(conn: Connection, network_id: int, words: str, person_id: int | None) -> int | None:
    """The unit that the words name most exactly, else that of the person; None when neither is.

    The longest name counts, a place before a name; of several so called one of the person's own,
    then the one highest up. Where still two remain the words tell nothing.
    """
    own = people.get(conn, network_id, person_id) if person_id is not None else None
    own_id = own.unit_id if own is not None else None
    places = [(row, _places_of(row)) for row in unit_places.placed(conn, network_id)]
    for names in _names(name_key(words).split()[:_MOST_WORDS]):
        here = [row for row, called in places if not names.isdisjoint(called)]
        one = _one_of(conn, here, own_id)
        if one is None:
            are_long = any(" " in name for name in names)
            known = unit_places.named(conn, network_id, names, are_long=are_long)
            one = _one_of(conn, known, own_id)
        if one is not None:
            return one
    return own_id


def _names(tokens: Sequence[str]) -> Iterator[set[str]]:
    """All runs of words that may be a name, the longest first."""
    for length in range(_LONGEST_NAME, 0, -1):
        runs = (" ".join(tokens[at : at + length]) for at in range(len(tokens) - length + 1))
        names = {run for run in runs if len(run) >= _SHORTEST}
        if names:
            yield names


def _places_of(row: Any) -> set[str]:
    found = {name_key(row.place), name_key(row.local_place)} - {""}
    for before in _BEFORE_PLACES:
        found |= {key.removeprefix(before) for key in found}
    return found


def _one_of(conn: Connection, found: Sequence[Any], own_id: int | None) -> int | None:
    if not found:
        return None
    if own_id is not None:
        way = {step.id for step in unit_tree.way(conn, own_id)} | {own_id}
        near = [row for row in found if row.id in way]
        if near:
            return int(near[0].id)
    highest = min(_tier(row) for row in found)
    top = [row for row in found if _tier(row) == highest]
    return int(top[0].id) if len(top) == 1 else None


def _tier(row: Any) -> int:
    return TIERS.index(row.kind) if row.kind in TIERS else len(TIERS)
