"""What the database promises: whole transactions, and plain words when it cannot take them."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.domain.errors import Busy, Refusal
from app.store.database import Connection, Database, sqlite_path
from tests.factories import Office

ADD = "INSERT INTO periodic_run (job, slot, worker, at) VALUES (:job, 's', :worker, :at)"


def add(conn: Connection, job: str, *, worker: str = "w", fail: bool = False) -> None:
    values = {"job": job, "worker": worker, "at": "2026-11-21 07:00:00+00:00"}
    conn.execute(text(ADD), values)
    if fail:
        raise LookupError(job)


def count(conn: Connection) -> int:
    return conn.execute(text("SELECT count(*) FROM periodic_run")).scalar_one()


def pragma(name: str) -> Any:
    return lambda conn: conn.exec_driver_sql(f"PRAGMA {name}").scalar_one()


async def test_work_is_committed_whole_or_not_at_all(database_url: str) -> None:
    async with Database(database_url) as database:
        await database.write(add, "one")
        with pytest.raises(LookupError):
            await database.write(add, "two", fail=True)
        assert await database.read(count) == 1
        assert await database.is_writable()


async def test_a_reader_cannot_write(database_url: str) -> None:
    async with Database(database_url) as database:
        with pytest.raises(Busy, match="may not be written"):
            await database.read(add, "one")
        assert await database.read(count) == 0


async def test_many_writers_at_once_all_succeed(database_url: str) -> None:
    async with Database(database_url) as database:
        await asyncio.gather(*(database.write(add, str(n)) for n in range(40)))
        assert await database.read(count) == 40


async def test_sqlite_survives_a_power_cut_and_minds_its_links(sqlite_url: str) -> None:
    async with Database(sqlite_url) as database:
        assert await database.write(pragma("journal_mode")) == "wal"
        assert await database.write(pragma("synchronous")) == 2
        assert await database.write(pragma("foreign_keys")) == 1
        assert await database.read(pragma("query_only")) == 1


async def test_a_locked_database_is_busy_and_recovers(sqlite_url: str) -> None:
    path = sqlite_path(sqlite_url)
    assert path is not None
    async with Database(sqlite_url) as database:
        await database.write(pragma("busy_timeout=50"))
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(Busy, match="busy: nothing was stored"):
                await database.write(add, "one")
            assert await database.read(count) == 0
            assert not await database.is_writable()
            other.execute("ROLLBACK")
        await database.write(add, "one")
        assert await database.read(count) == 1


async def test_a_full_disk_is_said_in_plain_words_and_nothing_is_half_stored(
    sqlite_url: str,
) -> None:
    async with Database(sqlite_url) as database:
        pages = await database.write(pragma("page_count"))
        await database.write(pragma(f"max_page_count={pages + 2}"))

        def fill(conn: Connection) -> None:
            for n in range(1000):
                add(conn, str(n), worker="w" * 500)

        with pytest.raises(Busy, match=r"disk is full: nothing was stored\. Free some space"):
            await database.write(fill)
        assert await database.read(count) == 0
        await database.write(pragma("max_page_count=1000000"))
        await database.write(add, "one")


async def test_a_folder_that_cannot_hold_a_database_is_said_in_plain_words() -> None:
    async with Database("sqlite:////proc/no/such/munadi.db") as database:
        with pytest.raises(Busy, match="cannot be reached"):
            await database.read(count)
        assert not await database.is_writable()


async def test_a_file_that_is_no_database_is_said_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "munadi.db"
    path.write_bytes(b"these are the minutes of the last meeting" * 100)
    async with Database(f"sqlite:///{path}") as database:
        with pytest.raises(Busy, match="damaged"):
            await database.read(count)


@pytest.mark.parametrize("folder", ["with blank", "50% #1", "میرخائی", "a&b=c"])
async def test_the_folder_may_have_any_name(
    migrated_sqlite: Path, tmp_path: Path, folder: str
) -> None:
    path = tmp_path / folder / "munadi.db"
    shutil.copytree(migrated_sqlite.parent, path.parent)
    async with Database(f"sqlite:///{path}") as database:
        await database.write(add, "one")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM periodic_run").fetchone() == (1,)


async def test_a_server_that_is_gone_is_said_in_plain_words() -> None:
    async with Database("postgresql://nobody@127.0.0.1:9/none") as database:
        with pytest.raises(Busy, match="cannot be reached"):
            await database.write(add, "one")


async def test_a_connection_that_was_cut_is_replaced(postgres_url: str) -> None:
    async with Database(postgres_url) as database, Database(postgres_url) as other:
        await database.write(add, "one")
        kill = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await other.write(lambda conn: conn.execute(text(kill)).all())
        await database.write(add, "two")
        assert await database.read(count) == 2


def test_an_address_without_a_file_is_refused() -> None:
    with pytest.raises(Refusal, match="names no file"):
        sqlite_path("sqlite://")
    assert sqlite_path("postgresql://localhost/munadi") is None


async def test_a_database_that_was_not_set_up_is_not_writable(tmp_path: Path) -> None:
    async with Database(f"sqlite:///{tmp_path / 'empty.db'}") as database:
        assert not await database.is_writable()


async def test_a_link_to_nothing_is_refused_by_the_database(office: Office) -> None:
    with pytest.raises(IntegrityError):
        await office.unit("Nowhere", network_id=99)
