"""Moving units: all under one goes with it, and no moves ever make a circle or lose a unit."""

import asyncio
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.domain.errors import Refusal
from app.domain.institution import TIERS
from app.services.add_units import NewUnit, add_unit, add_units
from app.services.create_network import NewNetwork, create_network
from app.services.move_unit import move_unit
from app.store import unit_tree
from app.store.database import Database
from app.store.journal import journal
from app.store.units import unit
from tests.factories import Office

NAMES = ("Dosti", "Sahara", "Gul")


async def move(office: Office, unit_id: int, under: int) -> None:
    await move_unit(office.database, office.slug, unit_id, under, by="Nusrat", now=office.now)


async def tree(office: Office, *news: NewUnit) -> list[int]:
    made = await add_units(office.database, office.slug, news, by="demo", now=office.now)
    return list(made.ids)


async def way(office: Office, unit_id: int) -> list[str]:
    return [row.name for row in await office.database.read(unit_tree.way, unit_id)]


async def refused(office: Office, unit_id: int, under: int) -> Refusal:
    before = await way(office, unit_id)
    with pytest.raises(Refusal) as error:
        await move(office, unit_id, under)
    assert await way(office, unit_id) == before
    return error.value


async def test_what_is_under_a_unit_moves_with_it(office: Office) -> None:
    roshni, umeed, dosti, gul = await tree(
        office,
        NewUnit("LSO", "Roshni"),
        NewUnit("LSO", "Umeed"),
        NewUnit("VO", "Dosti", under=("Roshni",)),
        NewUnit("CO", "Gul", under=("Roshni", "Dosti")),
    )
    await move(office, dosti, umeed)
    assert await way(office, gul) == ["LSON mirkhai", "Umeed", "Dosti", "Gul"]
    assert (await office.database.read(unit_tree.counts_below, roshni)).kinds == {}
    statement = select(journal).where(journal.c.action == "unit moved")
    (entry,) = await office.database.read(lambda conn: conn.execute(statement).all())
    assert (entry.actor, entry.subject) == ("Nusrat", "VO Dosti")
    assert entry.detail == {"from": "LSO Roshni", "under": "LSO Umeed"}


async def test_a_move_to_where_it_stands_changes_and_notes_nothing(office: Office) -> None:
    roshni, dosti = await tree(
        office, NewUnit("LSO", "Roshni"), NewUnit("VO", "Dosti", under=("Roshni",))
    )
    await move(office, dosti, roshni)
    statement = select(journal).where(journal.c.action == "unit moved")
    assert await office.database.read(lambda conn: conn.execute(statement).all()) == []


async def test_a_unit_stands_neither_under_itself_nor_under_a_wrong_tier(office: Office) -> None:
    roshni, dosti, gul, club = await tree(
        office,
        NewUnit("LSO", "Roshni"),
        NewUnit("VO", "Dosti", under=("Roshni",)),
        NewUnit("CO", "Gul", under=("Roshni", "Dosti")),
        NewUnit("media", "Press Club"),
    )
    for under in (dosti, gul):
        assert (await refused(office, dosti, under)).code == "circle"
    assert (await refused(office, roshni, club)).code == "place"
    assert (await refused(office, gul, club)).code == "place"
    assert (await refused(office, club, roshni)).code == "place"
    other = await tree(office, NewUnit("VO", "Sahara", under=("Roshni",)))
    assert (await refused(office, dosti, other[0])).code == "place"


async def test_two_units_of_one_name_do_not_come_to_stand_together(office: Office) -> None:
    _, umeed, dosti, _ = await tree(
        office,
        NewUnit("LSO", "Roshni"),
        NewUnit("LSO", "Umeed"),
        NewUnit("VO", "Dosti", under=("Roshni",)),
        NewUnit("VO", "DOSTI", under=("Umeed",)),
    )
    assert (await refused(office, dosti, umeed)).code == "taken"


async def test_another_networks_units_are_neither_moved_nor_stood_under(office: Office) -> None:
    roshni, dosti = await tree(
        office, NewUnit("LSO", "Roshni"), NewUnit("VO", "Dosti", under=("Roshni",))
    )
    other = await Office.open(office.database, office.now, "barkat")
    theirs = (await tree(other, NewUnit("LSO", "Roshni")))[0]
    for moved, under in ((dosti, theirs), (theirs, roshni), (dosti, 987654321)):
        assert (await refused(office, moved, under)).code == "not_found"


@pytest.mark.parametrize("_again", range(3))
async def test_crossing_moves_at_once_make_no_circle(office: Office, _again: int) -> None:
    roshni, umeed, dosti, gul = await tree(
        office,
        NewUnit("LSO", "Roshni"),
        NewUnit("LSO", "Umeed"),
        NewUnit("VO", "Dosti", under=("Roshni",)),
        NewUnit("CO", "Gul", under=("Roshni", "Dosti")),
    )
    moves = [move(office, dosti, umeed), move(office, gul, roshni), move(office, gul, dosti)]
    await asyncio.gather(*moves, return_exceptions=True)
    assert (await way(office, gul))[0] == "LSON mirkhai"
    assert (await way(office, dosti))[:2] == ["LSON mirkhai", "Umeed"]


# --- any sequence of moves, against a model of the rules ---

SHAPE = (
    ("LSO", None),
    ("LSO", None),
    ("VO", 0),
    ("VO", 0),
    ("VO", 1),
    ("CO", 2),
    ("CO", 2),
    ("CO", 3),
    ("CO", 4),
    ("media", None),
)
"""Each unit's kind and the place of the one above it; names are given by hypothesis."""
some_moves = st.lists(
    st.tuples(st.integers(0, len(SHAPE)), st.integers(0, len(SHAPE))), min_size=1, max_size=15
)
some_names = st.lists(st.sampled_from(NAMES), min_size=len(SHAPE), max_size=len(SHAPE))
_numbers = count()


class Model:
    """The tree as it should be, moved by the rules alone."""

    def __init__(self, kinds: dict[int, str], names: dict[int, str], up: dict[int, Any]) -> None:
        self.kinds, self.names, self.up = kinds, names, up

    def line(self, one: int | None) -> list[int]:
        found = []
        while one is not None:
            found.append(one)
            one = self.up[one]
        return found

    def may(self, one: int, under: int) -> bool:
        kind, above = self.kinds[one], self.kinds[under]
        if kind not in TIERS or above not in TIERS or one in self.line(under):
            return False
        twins = [
            other
            for other, parent in self.up.items()
            if parent == under and other != one and self.kinds[other] == kind
        ]
        is_free = all(self.names[other] != self.names[one] for other in twins)
        return TIERS.index(above) < TIERS.index(kind) and is_free


async def make(database: Database, slug: str, names: list[str], now: Any) -> list[int]:
    ids: list[int] = []
    for n, (kind, above) in enumerate(SHAPE):
        parent = None if above is None else ids[above]
        new = NewUnit(kind, f"{names[n]} {n if kind in ('LSO', 'media') else ''}", parent=parent)
        try:
            ids.append(await add_unit(database, slug, new, by="t", now=now))
        except Refusal:
            new = NewUnit(kind, f"{names[n]} {n}", parent=parent)
            ids.append(await add_unit(database, slug, new, by="t", now=now))
    return ids


async def walk(url: str, names: list[str], moves: list[tuple[int, int]], now: Any) -> None:
    async with Database(url) as database:
        slug = f"n{next(_numbers)}"
        network_id = await create_network(database, NewNetwork(slug, slug), by="t", now=now)
        ids = await make(database, slug, names, now)

        def rows(conn: Any) -> list[Any]:
            return list(conn.execute(select(unit).where(unit.c.network_id == network_id)))

        before = await database.read(rows)
        every = [next(row.id for row in before if row.kind == "LSON"), *ids]
        model = Model(
            {row.id: row.kind for row in before},
            {row.id: row.name for row in before},
            {row.id: row.parent_id for row in before},
        )
        for which, where in moves:
            one, under = every[which], every[where]
            may = model.may(one, under)
            try:
                await move_unit(database, slug, one, under, by="t", now=now)
            except Refusal:
                assert not may
                continue
            assert may
            model.up[one] = under
        after = await database.read(rows)
        assert {row.id: row.parent_id for row in after} == model.up
        for one in ids:
            way = [row.id for row in await database.read(unit_tree.way, one)]
            assert way == model.line(one)[::-1]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_sequence_of_moves_makes_a_circle_or_loses_a_unit(
    kind: str, request: pytest.FixtureRequest, now: Any
) -> None:
    url = request.getfixturevalue("sqlite_url" if kind == "sqlite" else "postgres_url")

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(some_names, some_moves)
    def holds(names: list[str], moves: list[tuple[int, int]]) -> None:
        asyncio.run(walk(url, names, moves, now))

    holds()
