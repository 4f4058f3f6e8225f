"""The tree as pages ask for it: its top with figures, one level at a time, and a search."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert

from app.domain.errors import Refusal
from app.services.add_units import NewUnit, add_units
from app.services.show_tree import (
    OUTSIDE_SHOWN,
    SHOWN,
    Asked,
    find_units,
    read_cursor,
    show_children,
    show_tree,
)
from app.store.people import person
from tests.factories import Office

WINTER, SUMMER = date(2026, 12, 24), date(2026, 6, 1)


async def add(office: Office, *news: NewUnit) -> list[int]:
    made = await add_units(office.database, office.slug, news, by="demo", now=office.now)
    return list(made.ids)


async def people(office: Office, unit_id: int | None, *sexes: str) -> None:
    base = {"network_id": office.id, "unit_id": unit_id, "name": "Gul"}
    rows = [{**base, "sex": sex} for sex in sexes]
    await office.database.write(lambda conn: conn.execute(insert(person), rows))


async def tree(office: Office, today: date = SUMMER, **more: Any) -> Any:
    return await show_tree(office.database, office.id, today=today, **more)


async def test_an_empty_network_has_an_empty_tree(office: Office) -> None:
    shown = await tree(office)
    assert (shown.people, shown.women, shown.root) == (0, 0, None)
    assert (shown.top.lines, shown.top.next, shown.loose, shown.outside) == ((), None, (), ())


async def test_the_top_has_the_lsos_with_what_is_right_under_them(office: Office) -> None:
    roshni, _, dosti, *_ = await add(
        office,
        NewUnit("LSO", "Roshni", place="Shahi", members="women", cut_from=1201, cut_until=331),
        NewUnit("LSO", "Azm", status="candidate"),
        NewUnit("VO", "Dosti", under=("Roshni",)),
        NewUnit("CO", "Gul", under=("Roshni", "Dosti")),
        NewUnit("CO", "Noor", under=("Roshni",)),
        NewUnit("media", "Press Club"),
    )
    await people(office, roshni, "f", "m")
    await people(office, dosti, "f")
    await people(office, None, "f")
    shown = await tree(office, WINTER)
    assert (shown.people, shown.women) == (4, 3)
    assert shown.kinds == {"LSON": 1, "LSO": 2, "VO": 1, "CO": 2, "media": 1}
    assert shown.root.name == "LSON mirkhai"
    azm, first = shown.top.lines
    assert (azm.name, azm.status, azm.units, azm.people) == ("Azm", "candidate", {}, 0)
    assert (first.name, first.place, first.members) == ("Roshni", "Shahi", "women")
    assert (first.units, first.people, first.is_cut_off) == ({"VO": 1, "CO": 1}, 2, True)
    assert not (await tree(office, SUMMER)).top.lines[1].is_cut_off


async def test_fifty_stand_on_a_page_and_the_pages_have_all_of_them_once(office: Office) -> None:
    await add(office, *(NewUnit("LSO", f"Lso {n:03d}") for n in range(SHOWN * 2 + 7)))
    names, after = [], ""
    for expected in (SHOWN, SHOWN, 7):
        page = (await tree(office, after=after)).top
        assert len(page.lines) == expected
        names += [line.name for line in page.lines]
        after = page.next or ""
    assert after == ""
    assert names == [f"Lso {n:03d}" for n in range(SHOWN * 2 + 7)]


async def test_a_page_goes_on_although_its_last_unit_is_gone(office: Office) -> None:
    ids = await add(office, *(NewUnit("LSO", f"Lso {n:03d}") for n in range(SHOWN + 5)))
    page = (await tree(office)).top
    assert page.next is not None
    assert page.next.startswith(f"{ids[SHOWN - 1]}:")
    await office.database.write(
        lambda conn: conn.execute(person.metadata.tables["unit"].delete().where(
            person.metadata.tables["unit"].c.id == ids[SHOWN - 1]))
    )  # fmt: skip
    assert len((await tree(office, after=page.next)).top.lines) == 5


async def test_outside_bodies_stand_by_their_kinds(office: Office) -> None:
    clubs = [NewUnit("media", f"Club {n:02d}") for n in range(OUTSIDE_SHOWN + 3)]
    await add(office, NewUnit("clinic", "THQ"), *clubs)
    clinics, media = sorted((await tree(office)).outside, key=lambda group: group.kind)
    assert (clinics.kind, clinics.number, clinics.lines[0].name) == ("clinic", 1, "THQ")
    assert (media.kind, media.number, len(media.lines)) == ("media", 13, OUTSIDE_SHOWN)


async def test_lsos_without_a_network_above_them_are_shown_too(office: Office) -> None:
    await office.unit("Umeed")
    assert [line.name for line in (await tree(office)).top.lines] == ["Umeed"]
    await office.unit("LSON Mirkhai", kind="LSON")
    shown = await tree(office)
    assert shown.top.lines == ()
    assert [line.name for line in shown.loose] == ["Umeed"]


async def test_one_level_is_shown_at_a_time(office: Office) -> None:
    roshni, dosti, _ = await add(
        office,
        NewUnit("LSO", "Roshni"),
        NewUnit("VO", "Dosti", under=("Roshni",)),
        NewUnit("CO", "Gul", under=("Roshni", "Dosti")),
    )
    page = await show_children(office.database, office.id, Asked(roshni), today=SUMMER)
    assert [(line.id, line.units) for line in page.lines] == [(dosti, {"CO": 1})]


async def test_another_networks_unit_has_no_children_here(office: Office) -> None:
    (roshni,) = await add(office, NewUnit("LSO", "Roshni"))
    other = await Office.open(office.database, office.now, "barkat")
    for unit_id in (roshni, 987654321):
        with pytest.raises(Refusal) as error:
            await show_children(other.database, other.id, Asked(unit_id), today=SUMMER)
        assert error.value.code == "not_found"
    page = await find_units(other.database, other.id, "Roshni", today=SUMMER)
    assert page.lines == ()


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("dos", ["Dosti", "Dosti"]),
        ("VO Dosti", ["Dosti"]),
        ("din", ["Naya Din"]),
        ("روش", ["Roshni"]),
        ("CO", ["CO Sahar"]),
        ("VO Nobody", []),
        ("  ", []),
        ("%", []),
    ],
)
async def test_units_are_found_by_words_with_their_way(
    office: Office, words: str, names: list[str]
) -> None:
    await add(
        office,
        NewUnit("LSO", "Roshni", local_name="روشنی"),
        NewUnit("VO", "Dosti", under=("Roshni",)),
        NewUnit("CO", "Dosti", under=("Roshni", "Dosti")),
        NewUnit("VO", "Naya Din", under=("Roshni",)),
        NewUnit("CO", "CO Sahar", under=("Roshni",)),
    )
    page = await find_units(office.database, office.id, words, today=SUMMER)
    assert sorted(line.name for line in page.lines) == names
    for line in page.lines:
        assert line.way[0].kind == "LSON"


@pytest.mark.parametrize(
    "cursor", ["x", "1", ":", "-1:a", "9" * 5000 + ":a", "²:a", "9" * 19 + ":"]
)
async def test_a_page_that_no_list_gave_is_refused(office: Office, cursor: str) -> None:
    with pytest.raises(Refusal) as error:
        await tree(office, after=cursor)
    assert error.value.code == "cursor"
    assert read_cursor("") is None
