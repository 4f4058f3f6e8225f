"""Passwords: random, readable, and only ever compared with their hash."""

import asyncio

from app.services.hash_password import hash_password, is_password, make_password


async def test_only_the_password_itself_fits_its_hash() -> None:
    password = make_password()
    stored = await hash_password(password)
    assert "m=19456,t=2,p=1" in stored
    assert await is_password(password, stored)
    assert not await is_password(password + "x", stored)
    assert not await is_password("", stored)


async def test_no_hash_and_a_damaged_one_let_nobody_in() -> None:
    for stored in ("", "plain", "$argon2id$broken"):
        assert not await is_password("plain", stored)


async def test_a_crowd_at_the_door_is_served_in_turn() -> None:
    stored = await hash_password("a")
    assert all(await asyncio.gather(*(is_password("a", stored) for _ in range(8))))


def test_passwords_do_not_repeat() -> None:
    assert len({make_password() for _ in range(1000)}) == 1000
