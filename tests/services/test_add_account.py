"""Accounts of officers: a name, a post, and a token that is shown once."""

import re
from functools import partial

import pytest
from sqlalchemy import select

from app.domain.errors import Refusal
from app.domain.permissions import Post
from app.services.add_account import NewAccount, add_account
from app.store import accounts
from tests.factories import Office


async def test_a_token_speaks_for_its_officer_and_is_never_stored(office: Office) -> None:
    new = NewAccount(" Aziz  Khan ", "viewer")
    token = (await add_account(office.database, new, now=office.now)).token
    found = await office.database.read(accounts.by_token, token)
    assert (found.name, found.post) == ("Aziz Khan", Post.VIEWER)
    rows = await office.database.read(lambda conn: conn.execute(select(accounts.account)).all())
    assert token not in str(rows)
    assert await office.database.read(accounts.by_token, token + "x") is None
    assert await office.database.read(accounts.by_token, "") is None


@pytest.mark.parametrize(
    ("name", "post", "code"),
    [
        ("", "press", "name"),
        ("  ", "press", "name"),
        ("A", "king", "post"),
        ("A" * 81, "press", "name"),
        ("Rehmat", "press", "taken"),
        ("rehmat ", "press", "taken"),
    ],
)
async def test_what_is_no_account_is_refused(
    office: Office, name: str, post: str, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await add_account(office.database, NewAccount(name, post), now=office.now)
    assert refused.value.code == code


async def test_a_password_is_shown_once_and_can_be_read_aloud(office: Office) -> None:
    made = await add_account(office.database, NewAccount("Aziz", "viewer"), now=office.now)
    assert re.fullmatch(r"([a-hjkmnp-z2-9]{4}-){2}[a-hjkmnp-z2-9]{4}", made.password)
    row = await office.database.read(accounts.by_name, "aziz")
    assert row.password_hash.startswith("$argon2id$")
    assert made.password not in str(row)


async def test_an_officer_belongs_to_one_network_and_a_keeper_to_all(office: Office) -> None:
    add = partial(add_account, office.database, now=office.now)
    await add(NewAccount("Aziz", "press"))
    await Office.open(office.database, office.now, slug="sarang")
    with pytest.raises(Refusal) as refused:
        await add(NewAccount("Gul", "press"))
    assert refused.value.code == "which_network"
    await add(NewAccount("Gul", "press", network=office.slug))
    await add(NewAccount("Sher", "keeper"))
    found = [await office.database.read(accounts.by_name, name) for name in ("Aziz", "Gul", "Sher")]
    assert [row.network_id for row in found] == [office.id, office.id, None]
