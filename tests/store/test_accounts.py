"""Accounts: found by name or by token, never by a token that was taken back."""

from app.services.add_account import NewAccount, add_account
from app.store import accounts
from tests.factories import Office


async def test_an_account_that_was_closed_has_no_token(office: Office) -> None:
    token = (await add_account(office.database, NewAccount("Aziz", "viewer"), now=office.now)).token
    assert (await office.database.read(accounts.by_token, token)).name == "Aziz"
    table = accounts.account
    await office.database.write(lambda conn: conn.execute(table.update().values(is_active=False)))
    assert await office.database.read(accounts.by_token, token) is None
    assert (await office.database.read(accounts.by_name, "Aziz")).post == "viewer"
    assert await office.database.read(accounts.by_name, "aziz'--") is None


def test_a_hash_tells_nothing_of_its_token() -> None:
    assert accounts.token_hash("a") != accounts.token_hash("b")
    assert len(accounts.token_hash("a")) == 64
