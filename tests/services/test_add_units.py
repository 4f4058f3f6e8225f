"""Adding units: one root, no name twice at one place, a whole network at once, twice the same."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.errors import Refusal
from app.services.add_units import CHUNK, NewUnit, add_unit, add_units
from app.services.show_tree import show_tree
from app.store import unit_tree, units
from app.store.journal import first_broken, journal
from tests.factories import Office


async def add(office: Office, kind: str, name: str, **facts: Any) -> int:
    new = NewUnit(kind, name, **facts)
    return await add_unit(office.database, office.slug, new, by="Nusrat", now=office.now)


async def way(office: Office, unit_id: int) -> list[str]:
    return [row.name for row in await office.database.read(unit_tree.way, unit_id)]


async def entries(office: Office) -> list[Any]:
    statement = select(journal).where(journal.c.action.like("unit%")).order_by(journal.c.id)
    return await office.database.read(lambda conn: conn.execute(statement).all())


async def refused(office: Office, kind: str, name: str, **facts: Any) -> Refusal:
    with pytest.raises(Refusal) as error:
        await add(office, kind, name, **facts)
    return error.value


async def test_the_first_lso_makes_the_network_itself_the_root(office: Office) -> None:
    roshni = await add(office, "LSO", "Roshni")
    umeed = await add(office, "LSO", "Umeed")
    assert await way(office, roshni) == ["LSON mirkhai", "Roshni"]
    assert await way(office, umeed) == ["LSON mirkhai", "Umeed"]
    kinds = await office.database.read(unit_tree.kinds_of, office.id)
    assert kinds == {"LSON": 1, "LSO": 2}


async def test_units_that_stood_under_nothing_come_under_the_root(office: Office) -> None:
    loose = [await office.unit("Umeed"), await office.unit("Azm"), await office.unit("Azm")]
    outside = await office.unit("Press Club", kind="media")
    await add(office, "LSO", "Roshni")
    assert [len(await way(office, one)) for one in loose] == [2, 2, 1]
    assert await way(office, outside) == ["Press Club"]
    assert (await refused(office, "LSO", "Umeed")).code == "taken"


async def test_a_network_has_one_lson_under_the_name_it_is_given(office: Office) -> None:
    top = await add(office, "LSON", "LSON Mirkhai District")
    assert await way(office, await add(office, "LSO", "Roshni")) == [
        "LSON Mirkhai District",
        "Roshni",
    ]
    assert (await refused(office, "LSON", "LSON Other")).code == "taken"
    assert (await refused(office, "LSON", "LSON Mirkhai district")).code == "taken"
    assert (await office.database.read(units.root, office.id)).id == top


async def test_a_unit_keeps_all_that_was_told_of_it(office: Office) -> None:
    roshni = await add(office, "LSO", "Roshni")
    facts = {
        "local_name": "دوستی",
        "place": "Shahi",
        "local_place": "شاہی",
        "members": "women",
        "status": "candidate",
        "formed_on": date(2019, 3, 14),
        "households": 140,
        "cut_from": 1201,
        "cut_until": 331,
        "verified_on": date(2026, 1, 1),
    }
    unit_id = await add(office, "VO", "  Dosti  Nisa ", parent=roshni, **facts)
    row = await office.database.read(units.get, office.id, unit_id)
    assert {name: getattr(row, name) for name in facts} == facts
    assert (row.name, row.parent_id, row.kind) == ("Dosti Nisa", roshni, "VO")


async def test_a_name_stands_once_under_the_same_unit_however_it_is_spelled(
    office: Office,
) -> None:
    roshni, umeed = [await add(office, "LSO", name) for name in ("Roshni", "Umeed")]
    await add(office, "VO", "Naya Din", parent=roshni)
    for spelled in ("Naya Din", "NAYA  DIN", "naya-din", "VO Naya Din"):
        error = await refused(office, "VO", spelled, parent=roshni)
        assert error.code == "taken"
    assert "VO" in str(error)
    await add(office, "VO", "Naya Din", parent=umeed)
    await add(office, "CO", "Naya Din", parent=roshni)
    await add(office, "department", "Health")
    assert (await refused(office, "department", "HEALTH")).code == "taken"


@pytest.mark.parametrize(
    ("kind", "facts", "code"),
    [
        ("VO", {}, "place"),
        ("CO", {}, "place"),
        ("VO", {"under": ("Nobody",)}, "not_found"),
        ("VO", {"parent": 987654321}, "not_found"),
        ("media", {"under": ("Roshni",)}, "place"),
        ("LSO", {"under": ("Roshni",)}, "place"),
        ("TVO", {"under": ("Roshni",)}, "kind"),
        ("VO", {"under": ("Roshni",), "cut_from": 1201}, "cut_off"),
        ("VO", {"under": ("Roshni",), "cut_from": 1201, "cut_until": 231}, "day"),
    ],
)
async def test_a_unit_that_can_stand_nowhere_is_refused_and_nothing_stored(
    office: Office, kind: str, facts: dict[str, Any], code: str
) -> None:
    await add(office, "LSO", "Roshni")
    before = await office.database.read(unit_tree.kinds_of, office.id)
    assert (await refused(office, kind, "Dosti", **facts)).code == code
    assert await office.database.read(unit_tree.kinds_of, office.id) == before


async def test_another_networks_unit_is_not_there_to_stand_under(office: Office) -> None:
    other = await Office.open(office.database, office.now, "barkat")
    theirs = await add(other, "LSO", "Roshni")
    assert (await refused(office, "VO", "Dosti", parent=theirs)).code == "not_found"


async def test_who_added_what_is_in_the_journal(office: Office) -> None:
    await add(office, "LSO", "Roshni")
    assert [(row.actor, row.action, row.subject) for row in await entries(office)] == [
        ("Nusrat", "unit added", "LSON mirkhai"),
        ("Nusrat", "unit added", "LSO Roshni"),
    ]
    await refused(office, "LSO", "Roshni")
    assert len(await entries(office)) == 2


def a_network() -> list[NewUnit]:
    """1,298 units, the lower ones first, so that nothing stands where its parent is not told."""
    lsos = [f"L{n}" for n in range(11)]
    vos = [(lso, f"V{n}") for lso in lsos for n in range(13)]
    cos = [(lso, vo, f"C{n}") for lso, vo in vos for n in range(8)]
    return [
        *(NewUnit("CO", name, under=(lso, f"VO {vo}")) for lso, vo, name in cos),
        *(NewUnit("VO", name, under=(lso,), place="Shahi") for lso, name in vos),
        *(NewUnit("LSO", name, local_name="روشنی") for name in lsos),
    ]


async def test_a_whole_network_comes_in_at_once_and_again_changes_nothing(office: Office) -> None:
    news = a_network()
    begun = perf_counter()
    first = await add_units(office.database, office.slug, news, by="demo", now=office.now)
    assert perf_counter() - begun < 10
    assert first.added == len(news) == len(set(first.ids))
    assert await way(office, first.ids[0]) == ["LSON mirkhai", "L0", "V0", "C0"]
    tree = await show_tree(office.database, office.id, today=office.now.date())
    assert dict(tree.kinds) == {"LSON": 1, "LSO": 11, "VO": 143, "CO": 1144}
    written = len(await entries(office))
    again = await add_units(office.database, office.slug, news, by="demo", now=office.now)
    assert (again.ids, again.added) == (first.ids, 0)
    assert len(await entries(office)) == written <= 3 + len(news) / CHUNK + 3
    assert await office.database.read(first_broken, office.id) is None


async def test_a_list_that_tells_a_unit_twice_has_it_once(office: Office) -> None:
    news = [NewUnit("LSO", "Roshni"), NewUnit("LSO", "ROSHNI", place="Shahi")]
    made = await add_units(office.database, office.slug, news, by="demo", now=office.now)
    assert (len(set(made.ids)), made.added) == (1, 1)


async def test_a_list_may_name_the_root_and_stand_on_units_that_are_there(office: Office) -> None:
    roshni = await add(office, "LSO", "Roshni")
    news = [
        NewUnit("LSON", "LSON Mirkhai"),
        NewUnit("VO", "Dosti", parent=roshni),
        NewUnit("CO", "Gul", under=("LSON Mirkhai", "Roshni", "Dosti")),
    ]
    made = await add_units(office.database, office.slug, news, by="demo", now=office.now)
    assert made.added == 2
    assert await way(office, made.ids[2]) == ["LSON mirkhai", "Roshni", "Dosti", "Gul"]
    with pytest.raises(Refusal):
        await add_units(
            office.database,
            office.slug,
            [replace(news[0], name="LSON Other")],
            by="demo",
            now=office.now + timedelta(days=1),
        )


async def test_the_same_unit_added_from_two_sides_at_once_is_there_once(office: Office) -> None:
    tries = [add(office, "LSO", "Roshni") for _ in range(6)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert len([one for one in done if isinstance(one, int)]) == 1
    assert {one.code for one in done if isinstance(one, Refusal)} == {"taken"}
    kinds = await office.database.read(unit_tree.kinds_of, office.id)
    assert kinds == {"LSON": 1, "LSO": 1}
