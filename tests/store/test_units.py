"""Units in the database: found by either name, counted, walked up and down, page by page."""

from typing import Any

import pytest
from sqlalchemy import insert, select, update

from app.store import networks, unit_tree, units
from app.store.people import person
from app.store.unit_tree import After
from tests.factories import Office


async def below_ids(office: Office, unit_id: int) -> set[int]:
    def ids(conn: Any) -> set[int]:
        return set(conn.execute(select(unit_tree.below(unit_id).c.id)).scalars())

    return await office.database.read(ids)


async def small_tree(office: Office) -> dict[str, int]:
    """An LSON with two LSOs; one has two VOs, one of which has a CO."""
    ids = {"top": await office.unit("LSON Mirkhai", kind="LSON")}
    ids["roshni"] = await office.unit("Roshni", parent_id=ids["top"], local_name="روشنی")
    ids["umeed"] = await office.unit("Umeed", parent_id=ids["top"])
    ids["dosti"] = await office.unit("Dosti", kind="VO", parent_id=ids["roshni"])
    ids["naya"] = await office.unit("Naya Din", kind="VO", parent_id=ids["roshni"])
    ids["gul"] = await office.unit("Gul", kind="CO", parent_id=ids["dosti"])
    ids["health"] = await office.unit("Health Office", kind="department")
    return ids


async def people(office: Office, unit_id: int, *sexes: str) -> None:
    rows = [
        {"network_id": office.id, "unit_id": unit_id, "name": f"P{n}", "sex": sex}
        for n, sex in enumerate(sexes)
    ]
    await office.database.write(lambda conn: conn.execute(insert(person), rows))


async def test_all_under_a_unit_is_it_and_every_level_below(office: Office) -> None:
    ids = await small_tree(office)
    assert await below_ids(office, ids["roshni"]) == {
        ids[name] for name in ("roshni", "dosti", "naya", "gul")
    }
    assert await below_ids(office, ids["gul"]) == {ids["gul"]}
    assert await below_ids(office, 987654321) == set()


async def test_a_circle_in_the_rows_would_still_end(office: Office) -> None:
    ids = await small_tree(office)
    turn = update(units.unit).where(units.unit.c.id == ids["top"])
    await office.database.write(lambda conn: conn.execute(turn.values(parent_id=ids["gul"])))
    assert len(await below_ids(office, ids["roshni"])) == 6
    assert len(await office.database.read(unit_tree.way, ids["gul"])) <= 5


async def test_the_way_leads_from_the_top_to_the_unit(office: Office) -> None:
    ids = await small_tree(office)
    way = await office.database.read(unit_tree.way, ids["gul"])
    assert [row.name for row in way] == ["LSON Mirkhai", "Roshni", "Dosti", "Gul"]
    ways = await office.database.read(unit_tree.ways, [ids["umeed"], ids["health"], 987654321])
    assert {one: [row.id for row in rows] for one, rows in ways.items()} == {
        ids["umeed"]: [ids["top"], ids["umeed"]],
        ids["health"]: [ids["health"]],
    }
    assert await office.database.read(unit_tree.is_below, ids["gul"], ids["roshni"])
    assert await office.database.read(unit_tree.is_below, ids["gul"], ids["gul"])
    assert not await office.database.read(unit_tree.is_below, ids["roshni"], ids["gul"])


async def test_what_is_under_a_unit_is_counted_by_tier(office: Office) -> None:
    ids = await small_tree(office)
    read = office.database.read
    for name, kinds in (
        ("top", {"LSO": 2, "VO": 2, "CO": 1}),
        ("roshni", {"VO": 2, "CO": 1}),
        ("gul", {}),
    ):
        assert (await read(unit_tree.counts_below, ids[name])).kinds == kinds
    assert await read(unit_tree.units_under, [ids["roshni"], ids["dosti"], ids["gul"]]) == {
        ids["roshni"]: {"VO": 2},
        ids["dosti"]: {"CO": 1},
    }
    assert (await read(unit_tree.kinds_of, office.id))["department"] == 1


async def test_people_are_counted_where_they_are_and_all_the_way_down(office: Office) -> None:
    ids = await small_tree(office)
    await people(office, ids["roshni"], "f")
    await people(office, ids["gul"], "f", "m", "")
    await people(office, ids["health"], "m")
    read = office.database.read
    assert await read(unit_tree.people_in, list(ids.values())) == {
        ids["roshni"]: 1,
        ids["gul"]: 3,
        ids["health"]: 1,
    }
    branch = await read(unit_tree.counts_below, ids["roshni"])
    assert (branch.people, branch.women) == (4, 2)
    branch = await read(unit_tree.counts_below, ids["umeed"])
    assert (branch.people, branch.women) == (0, 0)
    assert await read(unit_tree.people_of, office.id) == (5, 2)


async def test_pages_have_every_child_once_in_the_order_of_names(office: Office) -> None:
    top = await office.unit("Top", kind="LSON")
    names = [f"{letter}{n}" for n in range(4) for letter in "bAc"] + ["ﷺ", "زین", "Zz", "%_"]
    for name in names:
        await office.unit(name, parent_id=top)
    seen: list[Any] = []
    after = None
    while page := await office.database.read(
        unit_tree.children, office.id, top, after=after, limit=3
    ):
        seen += page
        assert len(seen) <= len(names)
        after = After(page[-1].name_key, page[-1].id)
    assert sorted(row.name for row in seen) == sorted(names)
    whole = await office.database.read(unit_tree.children, office.id, top, limit=100)
    assert [row.id for row in seen] == [row.id for row in whole]
    latin = [row.name_key for row in seen if row.name_key.isascii()]
    assert latin == sorted(latin)


async def test_at_the_top_stand_only_this_networks_units_of_the_kinds_asked(
    office: Office,
) -> None:
    ids = await small_tree(office)
    other = await Office.open(office.database, office.now, "barkat")
    await other.unit("Their Office", kind="department")

    async def top(*kinds: str) -> list[int]:
        rows = await office.database.read(
            unit_tree.children, office.id, None, kinds=kinds, limit=50
        )
        return [row.id for row in rows]

    assert await top("department", "media") == [ids["health"]]
    assert set(await top()) == {ids["health"], ids["top"]}
    assert await office.database.read(unit_tree.children, other.id, ids["top"], limit=50) == []


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("ro", {"roshni"}),
        ("din", {"naya"}),
        ("روش", {"roshni"}),
        ("oshni", set()),
        ("%", set()),
        ("_", set()),
        ("\\", set()),
    ],
)
async def test_a_unit_is_found_by_the_beginning_of_a_word_of_either_name(
    office: Office, key: str, found: set[str]
) -> None:
    ids = await small_tree(office)
    rows = await office.database.read(unit_tree.found, office.id, key, limit=50)
    assert {row.id for row in rows} == {ids[name] for name in found}


async def test_names_are_found_whole_however_they_are_spelled(office: Office) -> None:
    ids = await small_tree(office)
    read = office.database.read
    assert [r.id for r in await read(unit_tree.called, office.id, ["naya din"])] == [ids["naya"]]
    assert [r.id for r in await read(unit_tree.called, office.id, ["روشنی"])] == [ids["roshni"]]
    assert await read(unit_tree.called, office.id, ["naya"]) == []
    assert await read(unit_tree.called, office.id, ["roshni"], kind="VO") == []
    alike = await read(units.named_alike, office.id, "VO", ["NAYA-DIN", "Nobody"])
    assert [row.id for row in alike] == [ids["naya"]]
    assert await read(units.named_alike, office.id, "CO", ["Naya Din"]) == []
    assert await read(unit_tree.called, office.id, ["", ""]) == ()


async def test_a_changed_name_is_found_under_the_new_one_only(office: Office) -> None:
    ids = await small_tree(office)
    await office.database.write(
        units.change, ids["naya"], {"name": "Purana", "local_name": "پرانا"}
    )
    read = office.database.read
    assert await read(unit_tree.called, office.id, ["naya din"]) == []
    assert len(await read(unit_tree.called, office.id, ["پرانا"])) == 1


async def test_many_units_get_their_ids_in_their_order(office: Office) -> None:
    rows = [
        {"network_id": office.id, "kind": "other", "name": f"Body {n}", "parent_id": None}
        for n in range(700)
    ]
    ids = await office.database.write(units.add_many, rows)
    for n in (0, 350, 699):
        row = await office.database.read(units.get, office.id, ids[n])
        assert row.name == f"Body {n}"
    assert await office.database.write(units.add_many, []) == []


async def test_another_networks_unit_is_not_there(office: Office) -> None:
    ids = await small_tree(office)
    other = await Office.open(office.database, office.now, "barkat")
    assert await office.database.read(units.get, other.id, ids["roshni"]) is None
    assert await office.database.read(units.root, other.id) is None
    assert (await office.database.read(units.root, office.id)).id == ids["top"]
    assert len(await office.database.read(networks.every)) == 2


async def test_what_hangs_on_a_unit_is_counted(office: Office) -> None:
    ids = await small_tree(office)
    await people(office, ids["dosti"], "f", "m")
    assert await office.database.read(unit_tree.hanging_on, ids["dosti"]) == {
        "people": 2,
        "seats": 0,
        "units": 1,
    }
    await office.database.write(units.remove, ids["gul"])
    assert (await office.database.read(unit_tree.hanging_on, ids["dosti"]))["units"] == 0
