"""Accounts over the command line: shown once, reset, taken away; demo passwords stay at home."""

import asyncio
import re
import shutil
import signal
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from app.services.add_account import Credentials, NewAccount, add_account
from app.services.create_network import NewNetwork, create_network
from app.store.database import Database
from tests.cli.command import Munadi

PASSWORD = re.compile(r"[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}")


@pytest.fixture
def munadi(tmp_path: Path, migrated_sqlite: Path) -> Munadi:
    """A data folder in which a network was made, without a process for that."""
    found = Munadi(tmp_path / "data")
    found.folder.mkdir()
    shutil.copyfile(migrated_sqlite, found.folder / "munadi.db")
    asyncio.run(make_network(found.folder))
    return found


async def make_network(folder: Path) -> None:
    async with Database(f"sqlite:///{folder / 'munadi.db'}") as database:
        new = NewNetwork("mirkhai", "LSON Mirkhai")
        await create_network(database, new, by="test", now=datetime.now(UTC))


def may_enter(address: str, name: str, password: str) -> bool:
    form = {"name": name, "password": password}
    answer = httpx.post(f"{address}/office/sign-in", data=form, trust_env=False)
    return answer.status_code == 303


@pytest.mark.slow
def test_an_account_is_made_reset_and_taken_away(munadi: Munadi) -> None:
    said = munadi.ok("user", "add", "Rehmat Wali", "--post", "president").out
    assert "Shown only now" in said
    first = PASSWORD.search(said)
    assert first
    with munadi.serving() as (process, address):
        assert may_enter(address, "rehmat wali", first[0])
        again = munadi.ok("user", "reset", "Rehmat Wali", "--json").value
        assert set(again) == {"name", "post", "password", "token"}
        assert not may_enter(address, "Rehmat Wali", first[0])
        assert may_enter(address, "Rehmat Wali", again["password"])
        munadi.ok("user", "remove", "Rehmat Wali")
        assert not may_enter(address, "Rehmat Wali", again["password"])
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert munadi.run("user", "reset", "Nobody").code == 1
    assert "Nobody called" in munadi.run("user", "remove", "Nobody").err


def make_demo_account(folder: Path) -> Credentials:
    async def make() -> Credentials:
        async with Database(f"sqlite:///{folder / 'munadi.db'}") as database:
            new = NewAccount("Sajida", "press", is_demo=True)
            return await add_account(database, new, now=datetime.now(UTC))

    return asyncio.run(make())


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_a_server_with_a_demo_password_does_not_listen_for_others(
    munadi: Munadi, host: str
) -> None:
    make_demo_account(munadi.folder)
    done = munadi.run("serve", "--host", host, "--port", "0")
    assert done.code == 1
    assert "user reset" in done.err


def test_after_a_reset_it_may_listen_for_others(munadi: Munadi) -> None:
    make_demo_account(munadi.folder)
    munadi.ok("user", "reset", "Sajida")
    with munadi.serving("serve", "--host", "0.0.0.0", "--port", "0") as (_, address):
        assert address.startswith("http://0.0.0.0:")


def test_at_home_a_demo_password_opens_the_door(munadi: Munadi) -> None:
    made = make_demo_account(munadi.folder)
    with munadi.serving() as (_, address):
        assert may_enter(address, made.name, made.password)


def test_the_post_decides_over_the_command_line_too(munadi: Munadi) -> None:
    token = munadi.ok("user", "add", "Naz", "--post", "viewer", "--json").value["token"]
    done = munadi.run("user", "reset", "Naz", MUNADI_TOKEN=token)
    assert done.code == 1
    assert "A viewer may not do this" in done.err
