"""One unit with its facts, its way, what is under it, and its people with masked numbers."""

from datetime import date

import pytest
from sqlalchemy import insert

from app.domain.errors import Refusal
from app.services.add_units import NewUnit, add_units
from app.services.show_unit import PEOPLE_SHOWN, show_unit
from app.store import units
from app.store.addresses import address
from app.store.database import Connection
from app.store.people import add_person, person, person_address
from tests.factories import Office

TODAY = date(2026, 12, 24)


async def tree(office: Office) -> list[int]:
    news = [
        NewUnit("LSO", "Roshni", households=1842, cut_from=1201, cut_until=331),
        NewUnit("VO", "Dosti", under=("Roshni",), formed_on=date(2019, 3, 14)),
        NewUnit("CO", "Gul", under=("Roshni", "Dosti")),
        NewUnit("CO", "Noor", under=("Roshni", "Dosti")),
        NewUnit("clinic", "THQ", verified_on=date(2026, 1, 1)),
    ]
    made = await add_units(office.database, office.slug, news, by="demo", now=office.now)
    return list(made.ids)


async def people(office: Office, unit_id: int | None, *sexes: str) -> None:
    base = {"network_id": office.id, "unit_id": unit_id}
    rows = [{**base, "name": f"P{n:03d}", "sex": sex} for n, sex in enumerate(sexes)]
    await office.database.write(lambda conn: conn.execute(insert(person), rows))


async def test_a_unit_shows_where_it_stands_and_all_that_is_under_it(office: Office) -> None:
    roshni, dosti, gul, _, _ = await tree(office)
    await people(office, roshni, "m")
    await people(office, gul, "f", "f", "m")
    shown = await show_unit(office.database, office.id, roshni, today=TODAY)
    assert [step.name for step in shown.way] == ["LSON mirkhai"]
    assert (shown.below, shown.people) == ({"VO": 1, "CO": 2}, 1)
    assert (shown.people_below, shown.women_below) == (4, 2)
    assert [line.id for line in shown.children.lines] == [dosti]
    assert (shown.households, shown.is_cut_off) == (1842, True)
    lower = await show_unit(office.database, office.id, gul, today=TODAY)
    assert [step.name for step in lower.way] == ["LSON mirkhai", "Roshni", "Dosti"]
    assert (lower.below, lower.children.lines, lower.is_cut_off) == ({}, (), False)


@pytest.mark.parametrize("is_loose", [False, True])
async def test_the_network_itself_counts_all_under_it_and_nobody_else(
    office: Office, is_loose: bool
) -> None:
    roshni, _, gul, _, clinic = await tree(office)
    await people(office, roshni, "m")
    await people(office, gul, "f", "f")
    await people(office, clinic, "f", "f", "m")
    await people(office, None, "f")
    if is_loose:
        await people(office, await office.unit("Umeed"), "f")
    root = await office.database.read(units.root, office.id)
    shown = await show_unit(office.database, office.id, root.id, today=TODAY)
    assert shown.below == {"LSO": 1, "VO": 1, "CO": 2}
    assert (shown.people_below, shown.women_below) == (3, 2)


async def test_a_body_outside_stands_alone(office: Office) -> None:
    *_, clinic = await tree(office)
    shown = await show_unit(office.database, office.id, clinic, today=TODAY)
    assert (shown.way, shown.kind, shown.verified_on) == ((), "clinic", date(2026, 1, 1))


async def phone(office: Office, person_id: int, msisdn: str) -> None:
    """Give somebody a phone of their own."""
    values = {"network_id": office.id, "msisdn": msisdn, "reach": "demo", "created_at": office.now}

    def give(conn: Connection) -> None:
        made = conn.execute(insert(address).values(**values).returning(address.c.id)).scalar_one()
        link = {"person_id": person_id, "address_id": made, "whose": "own", "is_private": True}
        conn.execute(insert(person_address).values(**link))

    await office.database.write(give)


async def test_its_first_people_come_leaders_first_with_masked_numbers(office: Office) -> None:
    roshni, *_ = await tree(office)
    base = {"network_id": office.id, "unit_id": roshni}
    some = {"Aziz": 9, "Ghar Wala": 9, "Zarina": 1}
    ids = {
        name: await office.database.write(add_person, {**base, "name": name, "rank": rank})
        for name, rank in some.items()
    }
    await phone(office, ids["Zarina"], "+923900000001")
    await phone(office, ids["Zarina"], "+923900000002")
    await phone(office, ids["Aziz"], "+923900000003")
    shown = await show_unit(office.database, office.id, roshni, today=TODAY)
    assert [(one.name, one.number) for one in shown.first_people] == [
        ("Zarina", "039*****01"),
        ("Aziz", "039*****03"),
        ("Ghar Wala", ""),
    ]
    assert "3900000001" not in repr(shown)


async def test_of_many_people_only_the_first_are_shown_and_all_are_counted(
    office: Office,
) -> None:
    roshni, *_ = await tree(office)
    await people(office, roshni, *("f" * (PEOPLE_SHOWN + 9)))
    shown = await show_unit(office.database, office.id, roshni, today=TODAY)
    assert len(shown.first_people) == PEOPLE_SHOWN
    assert shown.people == PEOPLE_SHOWN + 9


async def test_another_networks_unit_is_not_there(office: Office) -> None:
    roshni, *_ = await tree(office)
    other = await Office.open(office.database, office.now, "barkat")
    for unit_id in (roshni, 987654321):
        with pytest.raises(Refusal) as error:
            await show_unit(other.database, other.id, unit_id, today=TODAY)
        assert error.value.code == "not_found"
