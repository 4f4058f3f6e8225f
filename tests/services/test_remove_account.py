"""A removed officer keeps no way in."""

import pytest

from app.domain.errors import Refusal
from app.services.add_account import NewAccount, add_account
from app.services.remove_account import remove_account
from app.store import accounts
from tests.factories import Office


async def test_a_removed_officer_has_neither_token_nor_demo_password(office: Office) -> None:
    new = NewAccount("Aziz", "press", is_demo=True)
    made = await add_account(office.database, new, now=office.now)
    await remove_account(office.database, "Aziz")
    assert await office.database.read(accounts.by_token, made.token) is None
    assert not await office.database.read(accounts.has_demo_password)


async def test_nobody_of_that_name_is_said(office: Office) -> None:
    with pytest.raises(Refusal, match="Nobody called Gul"):
        await remove_account(office.database, "Gul")


async def test_somebody_of_another_network_or_of_none_is_nobody(office: Office) -> None:
    other = await Office.open(office.database, office.now, slug="sarang")
    new = [
        NewAccount("Aziz", "press", network=other.slug),
        NewAccount("Sher", "keeper"),
        NewAccount("Gul", "press", network=office.slug),
    ]
    tokens = [(await add_account(office.database, one, now=office.now)).token for one in new]
    for name in ("Aziz", "Sher", "Nobody"):
        with pytest.raises(Refusal, match=f"Nobody called {name}") as refused:
            await remove_account(office.database, name, network_id=office.id)
        assert refused.value.code == "not_found"
    await remove_account(office.database, "Gul", network_id=office.id)
    owners = [await office.database.read(accounts.by_token, one) for one in tokens]
    assert [one and one.name for one in owners] == ["Aziz", "Sher", None]
