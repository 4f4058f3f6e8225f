"""Picking a unit by what people call it: one is meant, or it is said which ones may be."""

import pytest

from app.domain.errors import Refusal
from app.services.add_units import NewUnit, add_units
from app.services.pick_unit import pick_unit
from tests.factories import Office


@pytest.fixture
async def ids(office: Office) -> dict[str, int]:
    news = [
        NewUnit("LSO", "Roshni", local_name="روشنی"),
        NewUnit("LSO", "Umeed"),
        NewUnit("VO", "Dosti", under=("Roshni",)),
        NewUnit("VO", "Dosti", under=("Umeed",)),
        NewUnit("CO", "Gul", under=("Roshni", "Dosti")),
        NewUnit("CO", "Dosti", under=("Roshni", "Dosti")),
        NewUnit("VO", "1122", under=("Roshni",)),
        NewUnit("LSO", "LSO Azm"),
        NewUnit("department", "Health / Education"),
    ]
    made = await add_units(office.database, office.slug, news, by="demo", now=office.now)
    names = ("roshni", "umeed", "dosti", "dosti2", "gul", "co", "number", "azm", "health")
    return dict(zip(names, made.ids, strict=True))


@pytest.mark.parametrize(
    ("words", "under", "name"),
    [
        ("Gul", "", "gul"),
        ("co gul", "", "gul"),
        ("ROSHNI", "", "roshni"),
        ("روشني", "", "roshni"),
        ("LSO Roshni", "", "roshni"),
        ("Umeed/Dosti", "", "dosti2"),
        ("LSO Umeed / VO Dosti", "", "dosti2"),
        ("VO Dosti", "Roshni", "dosti"),
        ("VO Dosti", "LSO Umeed", "dosti2"),
        ("Roshni/Gul", "", "gul"),
        ("CO Dosti", "", "co"),
        ("1122", "", "number"),
        ("Azm", "", "azm"),
        ("LSO Azm", "", "azm"),
    ],
)
async def test_a_name_a_way_or_a_tier_says_which_unit_is_meant(
    office: Office, ids: dict[str, int], words: str, under: str, name: str
) -> None:
    assert await pick_unit(office.database, office.id, words, under=under) == ids[name]


async def test_an_id_is_enough(office: Office, ids: dict[str, int]) -> None:
    for one in ids.values():
        assert await pick_unit(office.database, office.id, str(one)) == one


async def test_a_name_that_two_bear_is_refused_with_both_ways(
    office: Office, ids: dict[str, int]
) -> None:
    with pytest.raises(Refusal) as error:
        await pick_unit(office.database, office.id, "VO Dosti")
    assert error.value.code == "which_unit"
    assert "VO Dosti under LSO Roshni, VO Dosti under LSO Umeed: give --under or the id" in str(
        error.value
    )


@pytest.mark.parametrize(
    ("words", "under"),
    [
        ("Nobody", ""),
        ("VO Roshni", ""),
        ("Umeed/Gul", ""),
        ("Gul", "Umeed"),
        ("Gul", "!"),
        ("", ""),
        ("/", ""),
        ("9" * 5000, ""),
        ("987654321", ""),
        ("²", ""),
        ("%", ""),
    ],
)
async def test_what_no_unit_is_called_is_refused(
    office: Office, ids: dict[str, int], words: str, under: str
) -> None:
    with pytest.raises(Refusal) as error:
        await pick_unit(office.database, office.id, words, under=under)
    assert error.value.code == "not_found"
    assert len(str(error.value)) < 200


async def test_another_networks_unit_is_never_meant(office: Office, ids: dict[str, int]) -> None:
    other = await Office.open(office.database, office.now, "barkat")
    for words in ("Gul", str(ids["gul"])):
        with pytest.raises(Refusal):
            await pick_unit(other.database, other.id, words)
