"""Which unit a village's name in a text means, and which one the people on a phone belong to."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from rapidfuzz import fuzz
from sqlalchemy import Connection, or_, select

from app.domain.institution import TIERS
from app.domain.unit_names import bare_key, keys_of
from app.store import unit_tree
from app.store.people import person
from app.store.schema import unindexed
from app.store.units import unit
from bots.fold import fold, key

LSO = TIERS[1]
_MOST_WORDS = 12
_LONGEST_NAME = 4
"""Words of a name that are looked for together."""
_ALIKE = 85
_SHORTEST_ALIKE = 4
_CLOSE, _SAME = 1, 2


def way_for(
    conn: Connection,
    network_id: int,
    words: str,
    people: Sequence[int],
    carded: Collection[int],
) -> Sequence[Any]:
    """The unit meant with what it stands under, the top first; empty when nothing is known.

    A unit that the words name goes before those of the people on the phone. Of several with one
    name, one that these people belong to is meant, else none: a wrong card helps nobody.
    """
    ways = _ways_of(conn, network_id, people)
    named = unit_named(conn, network_id, words, carded) if words.strip() else []
    theirs = {step.id for way in ways for step in way}
    if len(named) > 1:
        named = [one for one in named if one in theirs]
    if len(named) == 1:
        return unit_tree.way(conn, named[0])
    with_card = (way for way in ways if any(step.id in carded for step in way))
    return next(with_card, ways[0] if ways else ())


def unit_named(
    conn: Connection, network_id: int, words: str, carded: Collection[int] = ()
) -> list[int]:
    """The units that these folded words name: LSOs and those with a card by likeness, too."""
    tokens = words.split()[:_MOST_WORDS]
    columns = (unit.c.name, unit.c.local_name, unit.c.place, unit.c.local_place)
    known = select(unit.c.id, unit.c.kind, *columns).where(
        unindexed(unit.c.network_id) == network_id,
        or_(unit.c.kind == LSO, unit.c.id.in_(list(carded))),
    )
    scored = [(_best(row, tokens), row.id) for row in conn.execute(known.order_by(unit.c.id))]
    best = max((score for score, _ in scored), default=0)
    if best == _SAME:
        return [unit_id for score, unit_id in scored if score == best]
    exact = _called(conn, network_id, tokens)
    if exact:
        return exact
    return [unit_id for score, unit_id in scored if best and score == best]


def _called(conn: Connection, network_id: int, tokens: Sequence[str]) -> list[int]:
    """The units of any tier that bear just the name that some of these words are."""
    names = list(_runs(tokens))
    keys = {one for name in names for tier in TIERS for one in keys_of(tier, name)}
    rows = [
        row for row in unit_tree.called(conn, network_id, sorted(keys)) if row.kind in TIERS[1:]
    ]
    tiers = [TIERS.index(row.kind) for row in rows]
    highest = min(tiers, default=0)
    return [row.id for row, tier in zip(rows, tiers, strict=True) if tier == highest]


def _runs(tokens: Sequence[str]) -> Iterator[str]:
    for start in range(len(tokens)):
        for length in range(1, min(_LONGEST_NAME, len(tokens) - start) + 1):
            yield " ".join(tokens[start : start + length])


def _best(row: Any, tokens: Sequence[str]) -> int:
    """How well some of these words are a name or a place of that unit."""
    spoken = (row.name, row.local_name, row.place, row.local_place)
    names = {bare_key(row.kind, fold(name)) for name in spoken if name}
    return max((_score(name.split(), tokens) for name in names if name), default=0)


def _score(name: Sequence[str], tokens: Sequence[str]) -> int:
    runs = [tokens[at : at + len(name)] for at in range(len(tokens) - len(name) + 1)]
    if any(list(run) == list(name) for run in runs):
        return _SAME
    alike = any(all(map(_is_alike, name, run)) for run in runs)
    return _CLOSE if alike else 0


def _is_alike(name: str, word: str) -> bool:
    """Laspa and Lasspah: one name by its consonants, or by most of its letters."""
    if name == word:
        return True
    if min(len(name), len(word)) < _SHORTEST_ALIKE or name[0] != word[0]:
        return False
    sounds = key(name)
    return bool(sounds and sounds == key(word)) or fuzz.ratio(name, word) >= _ALIKE


def _ways_of(conn: Connection, network_id: int, people: Sequence[int]) -> list[Sequence[Any]]:
    """The ways of the units of these people, in the order of the people."""
    if not people:
        return []
    rows = conn.execute(
        select(person.c.id, person.c.unit_id).where(
            person.c.id.in_(list(people)), person.c.network_id == network_id
        )
    )
    units = {row.id: row.unit_id for row in rows if row.unit_id is not None}
    ways = unit_tree.ways(conn, set(units.values())) if units else {}
    return [ways[units[one]] for one in people if one in units]
