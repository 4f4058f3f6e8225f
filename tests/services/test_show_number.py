"""A masked number is shown to whoever has to call, and the journal keeps who looked."""

import pytest
from sqlalchemy import select

from app.domain.errors import Refusal
from app.services.show_number import show_number
from app.store.addresses import address
from app.store.journal import first_broken, journal
from tests.factories import Office, number, person


async def test_the_whole_number_is_shown_and_the_look_is_written_down(office: Office) -> None:
    await office.people(person("Gul", 1))
    found = await office.database.read(lambda conn: conn.execute(select(address.c.id)).scalar_one())
    shown = await show_number(office.database, office.id, found, by="Sajida", now=office.now)
    assert shown == number(1)
    rows = await office.database.read(
        lambda conn: conn.execute(
            select(journal.c.actor, journal.c.subject).where(journal.c.action == "number shown")
        ).all()
    )
    assert [tuple(row) for row in rows] == [("Sajida", f"address {found}")]
    assert number(1) not in str(rows)
    assert await office.database.read(first_broken, office.id) is None


async def test_another_networks_number_is_not_there(office: Office) -> None:
    await office.people(person("Gul", 1))
    for network_id, address_id in ((office.id + 1, 1), (office.id, 999)):
        with pytest.raises(Refusal) as refused:
            await show_number(office.database, network_id, address_id, by="S", now=office.now)
        assert refused.value.code == "not_found"
