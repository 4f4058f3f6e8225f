"""A restore: nothing of the old copy goes out by itself, and nothing that was there is lost."""

import asyncio
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Collection
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.domain.errors import Refusal
from app.domain.messages import Mt, Sent
from app.services.approve_broadcast import finish_fan_outs
from app.services.keep_outbox import keep_outbox
from app.services.resolve_uncertain import reap_leases, resolve_uncertain
from app.store import broadcasts, journal, migrate
from app.store.database import Database
from app.store.pg_backup import Programs
from app.store.restored import outbox_restored_count
from tests.copies import (
    back_up,
    content_of,
    file_of,
    make_busy,
    mode_of,
    names_in,
    path_of,
    programs,
    put,
    restore,
    sent_by,
)
from tests.factories import Office, every_text, person
from tests.services.wires import ToldWire

__all__ = ["programs"]

ROOT = Path(__file__).resolve().parents[2]
CUT_OFF = """
import asyncio, os, signal, sys, threading
from datetime import UTC, datetime
from pathlib import Path
from app.services.restore_office import restore_office
from app.store.pg_backup import Programs

MOMENTS = {
    "bring_sqlite", "make_private", "upgrade", "hold_back", "_hold_back", "append", "_make_safe",
    "fold_sqlite", "put_in_place", "_keep_aside", "_log_is_folded", "_keep", "make_durable",
    "remove_sqlite", "make_scratch", "drop_scratch", "fill", "_rename", "_copy_chunk",
}
left = int(sys.argv[3])

def watch(frame, event, _argument):
    global left
    if event in {"call", "return"} and frame.f_code.co_name in MOMENTS:
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

programs = Programs(os.environ)
now = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
work = restore_office(sys.argv[1], Path(sys.argv[2]), programs=programs, by="keeper", now=now)
threading.setprofile(watch)
sys.setprofile(watch)
asyncio.run(work)
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The data lie in the folder that is looked through for what was left behind."""
    return tmp_path


@pytest.fixture
async def copied(office: Office, tmp_path: Path, programs: Programs) -> Path:
    """A backup of a busy office; the office has ended since, with one text more."""
    await make_busy(office)
    file = tmp_path / "busy.backup"
    back_up(office.database.url, file, programs, office.now)
    await office.send(text="After the backup.")
    await office.database.close()
    return file


async def texts_in(url: str) -> list[Any]:
    async with Database(url) as database:
        return list(await database.read(every_text))


def standing(rows: list[Any]) -> dict[tuple[str, str], int]:
    found = [(row.state, row.reason) for row in rows]
    return {one: found.count(one) for one in sorted(set(found))}


async def test_all_that_waited_in_the_copy_is_held_until_a_person_says_so(
    office: Office, copied: Path, programs: Programs
) -> None:
    url = office.database.url
    done = await restore(url, copied, programs, office.now)
    assert (done.held, done.uncertain) == (6, 2)
    rows = await texts_in(url)
    assert standing(rows) == {("held", "restored"): 6, ("uncertain", "restored"): 2}
    async with Database(url) as database:
        assert await database.read(broadcasts.unfinished) == []
        assert await database.read(outbox_restored_count, office.id) == 6
        assert await database.read(journal.first_broken, office.id) is None


async def test_neither_dispatcher_nor_timetable_lets_any_of_it_go(
    office: Office, copied: Path, programs: Programs
) -> None:
    url = office.database.url
    await restore(url, copied, programs, office.now)
    for later in (timedelta(0), timedelta(hours=1), timedelta(hours=23)):
        at = office.now + later
        async with Database(url) as database:
            await reap_leases(database, now=at)
            await finish_fan_outs(database, now=at)
            await keep_outbox(database, now=at)
        assert await sent_by(url, at) == []


async def test_what_is_held_back_expires_all_the_same(
    office: Office, copied: Path, programs: Programs
) -> None:
    url = office.database.url
    await restore(url, copied, programs, office.now)
    async with Database(url) as database:
        await keep_outbox(database, now=office.now + timedelta(days=9))
    assert standing(await texts_in(url)) == {
        ("expired", "too late"): 6,
        ("uncertain", "restored"): 2,
    }


async def test_a_text_in_doubt_that_proves_unsent_waits_for_a_person_too(
    office: Office, copied: Path, programs: Programs
) -> None:
    class Unsent(ToldWire):
        lookup_after_s = 60.0

        async def find(self, mt: Mt, *, since: datetime, known: Collection[str]) -> Sent | None:
            assert (since, known) == (mt.started, frozenset())

    async def never(_mt: Mt) -> Sent:
        raise AssertionError

    url, later = office.database.url, office.now + timedelta(minutes=5)
    await restore(url, copied, programs, office.now)
    async with Database(url) as database:
        await resolve_uncertain(database, office.routes["sim"], Unsent(never), now=later)
    assert standing(await texts_in(url)) == {("held", "restored"): 8}
    assert await sent_by(url, later) == []


async def test_what_was_there_is_kept_beside(
    office: Office, copied: Path, programs: Programs
) -> None:
    url, at = office.database.url, datetime(2026, 11, 21, 7, 0, 1, tzinfo=office.now.tzinfo)
    before = await texts_in(url)
    done = await restore(url, copied, programs, at)
    if office.database.is_sqlite:
        assert done.aside.endswith("munadi.db.before-restore-20261121-070001")
        assert mode_of(done.aside) == 0o600
        kept = f"sqlite:///{done.aside}"
        again = await restore(url, copied, programs, at)
        assert again.aside != done.aside
    else:
        assert done.aside.endswith("_before_restore_20261121_070001")
        kept = url.replace(url.split("/")[3].split("?")[0], done.aside)
    assert await texts_in(kept) == before
    assert len(await texts_in(url)) == len(before) - 2 + 1


async def test_a_restore_leaves_nothing_half_made(
    office: Office, copied: Path, programs: Programs, tmp_path: Path
) -> None:
    url = office.database.url
    await restore(url, copied, programs, office.now)
    assert [name for name in names_in(tmp_path) if "restoring" in name] == []
    if office.database.is_sqlite:
        assert [name for name in names_in(tmp_path) if name.endswith(("-wal", "-shm"))] == []
        assert mode_of(tmp_path / "munadi.db") == 0o600
        return
    with psycopg.connect(url) as connection:
        names = connection.execute("SELECT datname FROM pg_database").fetchall()
    assert [name for (name,) in names if name.endswith("_restoring")] == []


async def test_an_older_backup_is_brought_to_this_version(
    office: Office, tmp_path: Path, programs: Programs
) -> None:
    url = office.database.url
    await office.database.close()
    before = sorted(migrate._history())[0]
    migrate.downgrade(url, before)
    back_up(url, tmp_path / "b", programs, office.now)
    await restore(url, tmp_path / "b", programs, office.now)
    assert migrate.current(url) == migrate.newest()


async def refused(url: str, file: Path, programs: Programs, now: datetime) -> str:
    """What a restore says that must change nothing."""
    before = await texts_in(url)
    with pytest.raises(Refusal) as refusal:
        await restore(url, file, programs, now)
    assert await texts_in(url) == before
    return str(refusal.value)


async def test_what_is_no_backup_is_refused_and_changes_nothing(
    office: Office, tmp_path: Path, programs: Programs
) -> None:
    url, file = office.database.url, tmp_path / "file"
    await office.people(person("Gul", 1))
    await office.send()
    await office.database.close()
    folder = names_in(tmp_path)
    assert "cannot be read: No such file" in await refused(url, file, programs, office.now)
    assert "cannot be read: Is a directory" in await refused(url, tmp_path, programs, office.now)
    for content, words in (
        (b"", "is empty"),
        (b"name,phone\nGul,1\n", "is no backup"),
        (b"\x1f\x8b" * 999, "is no backup"),
    ):
        put(file, content)
        assert words in await refused(url, file, programs, office.now)
    assert names_in(tmp_path) - {"file"} == folder


async def test_a_damaged_backup_is_refused(
    office: Office, copied: Path, programs: Programs
) -> None:
    url, whole = office.database.url, content_of(copied)
    for damaged in (whole[: len(whole) // 2], whole[:100], whole[: len(whole) - 5000]):
        put(copied, damaged)
        said = await refused(url, copied, programs, office.now)
        assert "damaged" in said or "cannot be read" in said, said


async def test_a_backup_of_a_newer_version_is_refused(
    office: Office, tmp_path: Path, programs: Programs
) -> None:
    url = office.database.url

    def grow_up(conn: Any) -> None:
        conn.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    def come_back(conn: Any) -> None:
        words = f"UPDATE alembic_version SET version_num = '{migrate.newest()}'"  # noqa: S608
        conn.exec_driver_sql(words)

    await office.database.write(grow_up)
    back_up(url, tmp_path / "b", programs, office.now)
    await office.database.write(come_back)
    await office.database.close()
    assert "newer version" in await refused(url, tmp_path / "b", programs, office.now)


async def test_a_backup_of_the_other_kind_of_database_is_refused(
    office: Office, tmp_path: Path, programs: Programs
) -> None:
    url, file = office.database.url, tmp_path / "b"
    await office.database.close()
    put(file, b"PGDMP\x01" * 99 if office.database.is_sqlite else b"SQLite format 3\0" * 9)
    assert "is of an office on" in await refused(url, file, programs, office.now)


async def test_a_database_of_another_program_is_refused(
    sqlite_url: str, tmp_path: Path, now: datetime
) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE song (title)")
    assert "no backup of Munadi" in await refused(sqlite_url, file, Programs({}), now)


async def test_a_dump_of_another_program_is_refused(
    postgres_server: Any,
    postgres_url: str,
    now: datetime,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    tools = Programs({**os.environ, "PATH": path_of(request, postgres_url)})
    with postgres_server.database() as other:
        options = ("--format=custom", f"--file={tmp_path}/b")
        assert tools.run("pg_dump", *options, url=other).returncode == 0
    assert "no backup of Munadi" in await refused(postgres_url, tmp_path / "b", tools, now)


async def test_a_database_in_use_is_not_replaced(
    office: Office, copied: Path, programs: Programs
) -> None:
    url = office.database.url
    async with Database(url) as other:
        before = await other.read(every_text)
        with pytest.raises(Refusal, match=r"uses the database|holds the database open"):
            await restore(url, copied, programs, office.now)
        assert await other.read(every_text) == before


async def test_a_damaged_office_is_replaced_and_kept_with_its_log(
    sqlite_url: str, now: datetime, tmp_path: Path
) -> None:
    path = file_of(sqlite_url)
    back_up(sqlite_url, tmp_path / "b", Programs({}), now)
    put(path, b"rubbish" * 4096)
    put(tmp_path / "munadi.db-wal", b"a log")
    done = await restore(sqlite_url, tmp_path / "b", Programs({}), now)
    assert content_of(done.aside) == b"rubbish" * 4096
    assert content_of(f"{done.aside}-wal") == b"a log"
    assert await texts_in(sqlite_url) == []


async def test_an_empty_folder_takes_a_backup(
    office: Office, copied: Path, programs: Programs
) -> None:
    if not office.database.is_sqlite:
        pytest.skip("a server has no folder of ours")
    new = copied.parent / "next year" / "munadi.db"
    done = await restore(f"sqlite:///{new}", copied, programs, office.now)
    assert (done.held, done.aside) == (6, "")


async def test_an_office_copied_by_hand_with_its_log_is_restored_whole(
    sqlite_url: str, now: datetime, tmp_path: Path
) -> None:
    path, by_hand = file_of(sqlite_url), tmp_path / "by hand.db"
    async with Database(sqlite_url) as database:
        office = await Office.open(database, now)
        await office.people(person("Gul", 1))
        await office.send()
        for ending in ("", "-wal"):
            shutil.copyfile(f"{path}{ending}", f"{by_hand}{ending}")
    assert content_of(f"{by_hand}-wal")
    assert (await restore(sqlite_url, by_hand, Programs({}), now)).held == 1


@pytest.mark.parametrize("stride", [41, pytest.param(5, marks=pytest.mark.slow)])
async def test_a_restore_cut_off_anywhere_leaves_the_old_or_the_safe_new(
    office: Office, copied: Path, programs: Programs, stride: int
) -> None:
    """Killed when it begins and ends each step, one after the other."""
    url = office.database.url
    old, new = (
        standing(await texts_in(url)),
        {("held", "restored"): 6, ("uncertain", "restored"): 2},
    )
    environ = {**programs.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    outcomes, code, step = [], -signal.SIGKILL, 1
    while code == -signal.SIGKILL:
        asked = [sys.executable, "-c", CUT_OFF, url, str(copied), str(step)]
        done = await asyncio.to_thread(
            subprocess.run, asked, env=environ, cwd=ROOT, capture_output=True, check=False
        )
        code, step = done.returncode, step + stride
        found = standing(await texts_in(url))
        assert found in (old, new), (step, found)
        outcomes.append(found == new)
    assert code == 0, done.stderr.decode()[-500:]
    assert len(outcomes) > 40 / stride
    assert (outcomes[0], outcomes[-1]) == (False, True)
