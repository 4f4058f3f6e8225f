"""Accounts of officers: a name, a post, and a token that is shown once."""

import pytest
from sqlalchemy import select

from app.domain.errors import Refusal
from app.domain.permissions import Post
from app.services.add_account import add_account
from app.store import accounts
from tests.factories import Office


async def test_a_token_speaks_for_its_officer_and_is_never_stored(office: Office) -> None:
    token = await add_account(office.database, name=" Aziz ", post="viewer", now=office.now)
    found = await office.database.read(accounts.by_token, token)
    assert (found.name, found.post) == ("Aziz", Post.VIEWER)
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
        ("Rehmat", "press", "taken"),
    ],
)
async def test_what_is_no_account_is_refused(
    office: Office, name: str, post: str, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await add_account(office.database, name=name, post=post, now=office.now)
    assert refused.value.code == code
