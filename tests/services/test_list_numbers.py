"""Whole numbers: exactly those that may be texted by their form, and it is written down."""

from sqlalchemy import select

from app.services.list_numbers import list_numbers
from app.store.journal import journal
from tests.factories import Office, number, person


async def test_exactly_the_numbers_that_may_be_texted_are_listed_in_order(office: Office) -> None:
    await office.people(
        person("B", 2),
        person("A", 1),
        person("C", "0300-1234567"),
        person("D", "+923670000001"),
        person("E", "051-2345678"),
        basis="",
    )
    await office.say(1, "STOP")
    listed = await list_numbers(office.database, by="Sajida", now=office.now)
    assert listed == ["+923001234567", number(1), number(2)]


async def test_that_somebody_read_them_stays_in_the_journal(office: Office) -> None:
    await list_numbers(office.database, by="Sajida", now=office.now)
    last = select(journal).order_by(journal.c.id.desc())
    entry = await office.database.read(lambda conn: conn.execute(last).first())
    assert (entry.actor, entry.action) == ("Sajida", "numbers listed")


async def test_a_network_lists_its_own_numbers_and_only_its_own_journal_says_so(
    office: Office,
) -> None:
    other = await Office.open(office.database, office.now, slug="sarang")
    await office.people(person("A", 1))
    await other.people(person("B", 2))
    listed = await list_numbers(office.database, by="Sajida", now=office.now, network_id=other.id)
    assert listed == [number(2)]
    said = select(journal.c.network_id).where(journal.c.action == "numbers listed")
    read = await office.database.read(lambda conn: list(conn.execute(said).scalars()))
    assert read == [other.id]
    everything = await list_numbers(office.database, by="keeper", now=office.now)
    assert everything == [number(1), number(2)]
