"""A reset gives new credentials and makes the old ones worthless."""

import pytest

from app.domain.errors import Refusal
from app.services.add_account import NewAccount, add_account
from app.services.reset_account import reset_account
from app.services.sign_in import sign_in, who_is_signed_in
from app.store import accounts
from tests.factories import Office


async def test_old_password_token_and_sessions_are_worth_nothing_after_a_reset(
    office: Office,
) -> None:
    old = await add_account(office.database, NewAccount("Aziz", "press"), now=office.now)
    session = await sign_in(office.database, "Aziz", old.password, place="x", now=office.now)
    new = await reset_account(office.database, "aziz")
    assert (new.name, new.post) == ("Aziz", "press")
    assert await who_is_signed_in(office.database, session, now=office.now) is None
    assert await office.database.read(accounts.by_token, old.token) is None
    assert (await office.database.read(accounts.by_token, new.token)).name == "Aziz"
    with pytest.raises(Refusal):
        await sign_in(office.database, "Aziz", old.password, place="x", now=office.now)


async def test_a_reset_ends_a_demo_password(office: Office) -> None:
    await add_account(office.database, NewAccount("Aziz", "press", is_demo=True), now=office.now)
    assert await office.database.read(accounts.has_demo_password)
    await reset_account(office.database, "Aziz")
    assert not await office.database.read(accounts.has_demo_password)


async def test_nobody_of_that_name_is_said(office: Office) -> None:
    with pytest.raises(Refusal, match="Nobody called Gul") as refused:
        await reset_account(office.database, "Gul")
    assert refused.value.code == "not_found"


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
            await reset_account(office.database, name, network_id=office.id)
        assert refused.value.code == "not_found"
    await reset_account(office.database, "Gul", network_id=office.id)
    owners = [await office.database.read(accounts.by_token, one) for one in tokens]
    assert [one and one.name for one in owners] == ["Aziz", "Sher", None]
