"""Signing in: who gets through the door, who does not, and that a stranger learns nothing."""

from datetime import timedelta
from functools import partial

import pytest

from app.domain.errors import Refusal
from app.services.add_account import Credentials, NewAccount, add_account
from app.services.remove_account import remove_account
from app.services.reset_account import reset_account
from app.services.sign_in import sign_in, sign_out, who_is_signed_in
from app.store import accounts, sessions
from tests.factories import Office

HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"
A_QUARTER = timedelta(minutes=15, seconds=1)


@pytest.fixture
async def aziz(office: Office) -> Credentials:
    return await add_account(office.database, NewAccount("Aziz Khan", "press"), now=office.now)


async def tried(office: Office, name: str, password: str, **where: str) -> str:
    """The code of the refusal; "" when the door opened."""
    place = where.get("place", HERE)
    try:
        await sign_in(office.database, name, password, place=place, now=office.now)
    except Refusal as refused:
        return refused.code
    return ""


async def test_name_and_password_open_a_session_however_the_name_is_written(
    office: Office, aziz: Credentials
) -> None:
    for name in ("Aziz Khan", " aziz  KHAN "):
        token = await sign_in(office.database, name, aziz.password, place=HERE, now=office.now)
        row = await who_is_signed_in(office.database, token, now=office.now)
        assert row is not None
        assert (row.name, row.post) == ("Aziz Khan", "press")


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("Aziz Khan", "wrong"),
        ("Nobody", "wrong"),
        ("Rehmat", ""),
        ("", ""),
        ("Aziz Khan", "x" * 999),
    ],
)
async def test_a_stranger_cannot_tell_a_wrong_name_from_a_wrong_password(
    office: Office, aziz: Credentials, name: str, password: str
) -> None:
    with pytest.raises(Refusal, match="do not belong together") as refused:
        await sign_in(office.database, name, password, place=HERE, now=office.now)
    assert refused.value.code == "sign_in"


async def test_after_ten_wrong_tries_even_the_right_password_waits_a_quarter_of_an_hour(
    office: Office, aziz: Credentials
) -> None:
    assert [await tried(office, "Aziz Khan", "wrong") for _ in range(10)] == ["sign_in"] * 10
    assert await tried(office, "aziz khan", aziz.password) == "too_many_tries"
    assert await tried(office, "Aziz Khan", aziz.password, place=ELSEWHERE) == ""
    assert await tried(office, "Nobody", "wrong") == "sign_in"
    office.now += A_QUARTER
    assert await tried(office, "Aziz Khan", aziz.password) == ""


async def test_unknown_names_are_counted_alike(office: Office) -> None:
    assert [await tried(office, "Nobody", "x") for _ in range(11)][-1] == "too_many_tries"


async def test_one_place_cannot_try_many_names(office: Office) -> None:
    for n in range(50):
        await office.database.write(sessions.failed, f"name {n}", HERE, office.now)
    assert await tried(office, "Fresh", "x") == "too_many_tries"
    assert await tried(office, "Fresh", "x", place=ELSEWHERE) == "sign_in"


async def test_a_session_ends_when_it_is_not_used_and_after_a_week(
    office: Office, aziz: Credentials
) -> None:
    start = office.now
    token = await sign_in(office.database, aziz.name, aziz.password, place=HERE, now=start)
    for hours in range(0, 24 * 7, 11):
        assert await who_is_signed_in(office.database, token, now=start + timedelta(hours=hours))
    assert await who_is_signed_in(office.database, token, now=start + timedelta(days=7)) is None
    idle = await sign_in(office.database, aziz.name, aziz.password, place=HERE, now=start)
    late = start + timedelta(hours=12, minutes=1)
    assert await who_is_signed_in(office.database, idle, now=late) is None


async def test_signing_out_ends_this_session_and_no_other(
    office: Office, aziz: Credentials
) -> None:
    one, two = [
        await sign_in(office.database, aziz.name, aziz.password, place=HERE, now=office.now)
        for _ in range(2)
    ]
    await sign_out(office.database, one)
    assert await who_is_signed_in(office.database, one, now=office.now) is None
    assert await who_is_signed_in(office.database, two, now=office.now)


async def test_a_removed_officer_is_out_at_once_and_a_reset_brings_them_back(
    office: Office, aziz: Credentials
) -> None:
    token = await sign_in(office.database, aziz.name, aziz.password, place=HERE, now=office.now)
    await remove_account(office.database, "aziz khan")
    assert await who_is_signed_in(office.database, token, now=office.now) is None
    assert await tried(office, aziz.name, aziz.password) == "sign_in"
    again = await reset_account(office.database, "Aziz Khan")
    assert await tried(office, aziz.name, aziz.password) == "sign_in"
    assert await tried(office, aziz.name, again.password) == ""


async def test_the_cookie_itself_is_not_stored(office: Office, aziz: Credentials) -> None:
    token = await sign_in(office.database, aziz.name, aziz.password, place=HERE, now=office.now)
    rows = await office.database.read(lambda conn: conn.execute(sessions.session.select()).all())
    assert rows
    assert token not in str(rows)


async def test_a_session_left_behind_by_a_removed_officer_opens_nothing(
    office: Office, aziz: Credentials
) -> None:
    token = await sign_in(office.database, aziz.name, aziz.password, place=HERE, now=office.now)
    row = await office.database.read(accounts.by_name, aziz.name)
    await office.database.write(partial(accounts.change, is_active=False), row.id)
    assert await who_is_signed_in(office.database, token, now=office.now) is None
