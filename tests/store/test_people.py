"""Phones and people: consent is never lost, and a phone is not a person."""

from typing import Any

import pytest
from sqlalchemy import select

from app.store import addresses, people
from app.store.addresses import consent
from tests.factories import Office, number, person


async def address_id(office: Office, n: int) -> int:
    found = await office.database.read(addresses.addresses_of, office.id, [number(n)])
    return int(found[number(n)].id)


async def records(office: Office) -> list[Any]:
    statement = select(consent).order_by(consent.c.id)
    return await office.database.read(lambda conn: conn.execute(statement).all())


@pytest.mark.parametrize(
    ("standing", "given"),
    [("active", [True, True]), ("alerts", [False, True]), ("stopped", [False, False])],
)
async def test_each_standing_is_backed_by_a_record_for_each_purpose(
    office: Office, standing: str, given: list[bool]
) -> None:
    await office.people(person("Gul", 1), basis="")
    at = await address_id(office, 1)
    facts = {"source": "office", "basis": "letter", "by": "Sajida", "at": office.now}
    await office.database.write(addresses.record_standing, office.id, [at], standing, **facts)
    found = await records(office)
    assert [(row.purpose, row.is_given) for row in found] == list(
        zip(("routine", "alert"), given, strict=True)
    )
    assert {(row.source, row.basis, row.recorded_by) for row in found} == {
        ("office", "letter", "Sajida")
    }
    assert await office.database.read(addresses.has_consent, at)


async def test_records_are_added_and_never_changed(office: Office) -> None:
    await office.people(person("Gul", 1))
    before = await records(office)
    await office.say(1, "STOP")
    assert (await records(office))[: len(before)] == before


async def test_a_phone_has_the_language_of_the_first_of_its_people_who_has_one(
    office: Office,
) -> None:
    await office.people(
        person("A", 1), person("B", 1, language="ur"), person("C", 1, language="en")
    )
    at = await address_id(office, 1)
    assert await office.database.read(people.registered, [at, 999]) == {at: "ur"}


async def test_a_phone_that_is_there_stays_as_it_is(office: Office) -> None:
    await office.people(person("Gul", 1))
    ensure = addresses.ensure_address
    row = await office.database.write(ensure, office.id, number(1), "none", office.now)
    assert (row.reach, row.standing) == ("demo", "active")


async def test_numbers_are_listed_per_network(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    await office.people(person("Gul", 1))
    await other.people(person("Gul", 1), person("Naz", 2))
    assert await office.database.read(addresses.numbers, office.id) == [number(1)]
    assert len(await office.database.read(addresses.numbers)) == 3
