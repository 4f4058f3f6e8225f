"""A backup is whole, private, made beside a working office, and leaves nothing when it fails."""

import asyncio
import os
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from app.domain.errors import Refusal
from app.services.backup_office import backup_office, last_backup
from app.store.database import Database
from app.store.journal import journal
from app.store.networks import network
from app.store.pg_backup import Programs
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
)
from tests.factories import Office

__all__ = ["programs"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The data lie in the folder that is looked through for what was left behind."""
    return tmp_path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


async def test_a_backup_is_one_private_file_that_is_noted(
    office: Office, folder: Path, programs: Programs
) -> None:
    file = folder / "munadi.backup"
    made = back_up(office.database.url, file, programs, office.now)
    assert (made.file, made.size) == (file, len(content_of(file)))
    assert mode_of(file) == 0o600
    assert names_in(folder) == {"munadi.backup", "backups.json"}
    assert mode_of(folder / "backups.json") == 0o600
    noted = last_backup(folder)
    assert noted is not None
    assert (noted.at, noted.file) == (office.now, file)


async def test_a_backup_replaces_no_file(office: Office, folder: Path, programs: Programs) -> None:
    file = folder / "letter.txt"
    put(file, b"keep me")
    with pytest.raises(Refusal, match=r"letter\.txt is there already"):
        back_up(office.database.url, file, programs, office.now)
    assert names_in(folder) == {"letter.txt"}
    assert content_of(file) == b"keep me"


async def test_a_half_made_file_of_a_cut_off_backup_is_no_hindrance(
    office: Office, folder: Path, programs: Programs
) -> None:
    put(folder / "b.part", b"half")
    back_up(office.database.url, folder / "b", programs, office.now)
    assert names_in(folder) == {"b", "backups.json"}


async def test_a_folder_that_is_not_there_is_named(
    office: Office, folder: Path, programs: Programs
) -> None:
    with pytest.raises(Refusal, match=r"nowhere/b cannot be written: No such file or directory\."):
        back_up(office.database.url, folder / "nowhere" / "b", programs, office.now)


def shut(folder: Path) -> None:
    folder.chmod(0o500)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
async def test_a_folder_that_may_not_be_written_is_named(
    office: Office, folder: Path, programs: Programs
) -> None:
    shut(folder)
    with pytest.raises(Refusal, match="cannot be written: Permission denied"):
        back_up(office.database.url, folder / "b", programs, office.now)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB, where we may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "munadi", place], capture_output=True
    )
    if done.returncode:
        pytest.skip("without a tiny disk: nothing may be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


async def test_a_full_disk_is_said_and_left_clean(
    office: Office, tiny_disk: Path, programs: Programs
) -> None:
    with pytest.raises(Refusal, match=r"[Ff]ull|No space|pg_dump failed"):
        back_up(office.database.url, tiny_disk / "b", programs, office.now)
    assert names_in(tiny_disk) == set()


async def test_a_data_folder_that_cannot_be_noted_in_is_said(
    office: Office, folder: Path, programs: Programs
) -> None:
    file = folder / "b"
    put(folder / "file", b"")
    with pytest.raises(Refusal, match="b is made and whole"):
        backup_office(
            office.database.url,
            file,
            data_dir=folder / "file",
            programs=programs,
            now=office.now,
        )
    assert "b" in names_in(folder)


def totals(conn: Connection) -> tuple[int, int]:
    """How many networks there are, and how many entries their founding has made."""
    counted = (select(func.count()).select_from(table) for table in (network, journal))
    networks, entries = (conn.execute(one).scalar_one() for one in counted)
    return networks, entries


async def test_a_backup_made_while_others_write_is_consistent(
    office: Office, folder: Path, programs: Programs
) -> None:
    from app.services.create_network import NewNetwork, create_network

    done = asyncio.Event()

    async def write() -> int:
        """Networks with their journal entry: one transaction each."""
        n = 0
        while not done.is_set():
            n += 1
            new = NewNetwork(slug=f"n{n}", name=f"Network {n}")
            await create_network(office.database, new, by="test", now=office.now)
        return n

    url, writing = office.database.url, asyncio.create_task(write())
    files = [folder / f"b{n}" for n in range(3)]
    for file in files:
        await asyncio.to_thread(back_up, url, file, programs, office.now)
    done.set()
    assert await writing > 3
    await office.database.close()
    before = 0
    for n, file in enumerate(files):
        await restore(url, file, programs, office.now + timedelta(seconds=n))
        async with Database(url) as database:
            networks, entries = await database.read(totals)
        # The restore itself adds one entry to each network's journal.
        assert entries == 2 * networks
        assert networks >= before
        before = networks
    assert before > 1


async def test_a_backup_changes_nothing(office: Office, folder: Path, programs: Programs) -> None:
    await make_busy(office)
    before = await office.texts()
    back_up(office.database.url, folder / "b", programs, office.now)
    assert await office.texts() == before


def test_an_office_without_data_has_nothing_to_copy(tmp_path: Path, now: datetime) -> None:
    with pytest.raises(Refusal, match="no data"):
        back_up(f"sqlite:///{tmp_path}/none.db", tmp_path / "b", Programs({}), now)
    assert names_in(tmp_path) == set()


def test_a_damaged_database_gives_no_backup(sqlite_url: str, tmp_path: Path, now: datetime) -> None:
    path = file_of(sqlite_url)
    content = bytearray(path.read_bytes())
    content[8192:] = bytes(len(content) - 8192)
    path.write_bytes(content)
    before = names_in(tmp_path)
    with pytest.raises(Refusal, match="damaged"):
        back_up(sqlite_url, tmp_path / "b", Programs({}), now)
    assert names_in(tmp_path) - {"munadi.db-wal", "munadi.db-shm"} == before


def test_without_pg_dump_the_package_is_named(tmp_path: Path, now: datetime) -> None:
    none = Programs({"PATH": str(tmp_path)}, homes=())
    with pytest.raises(Refusal, match=r"pg_dump is not installed.*apt install postgresql-client"):
        back_up("postgresql://u:geheim@127.0.0.1:9/x", tmp_path / "b", none, now)
    assert names_in(tmp_path) == set()


def test_a_server_that_is_away_is_said_without_its_password(
    postgres_url: str, request: pytest.FixtureRequest, tmp_path: Path, now: datetime
) -> None:
    tools = Programs({"PATH": path_of(request, postgres_url)})
    with pytest.raises(Refusal, match=r"pg_dump failed: .*127\.0\.0\.1") as refused:
        back_up("postgresql://u:geheim@127.0.0.1:9/x", tmp_path / "b", tools, now)
    assert "geheim" not in str(refused.value)
    assert names_in(tmp_path) == set()


def test_a_password_is_never_among_the_arguments(tmp_path: Path) -> None:
    spy = tmp_path / "pg_dump"
    spy.write_text('#!/bin/sh\necho "$*" "[$PGPASSWORD]"\n')
    spy.chmod(0o700)
    tools = Programs({"PATH": str(tmp_path)}, homes=())
    said = tools.run("pg_dump", "--x", url="postgresql://u:ge%20heim@db.example:5433/x").stdout
    arguments, _, password = said.strip().rpartition("[")
    assert password == "ge heim]"
    assert "heim" not in arguments
    assert "host=db.example" in arguments


@pytest.mark.parametrize("noted", ["", "[]", "{}", '{"at": 1, "file": 2}', '{"at": "2026-01-01"}'])
def test_a_broken_note_is_none(tmp_path: Path, noted: str) -> None:
    assert last_backup(tmp_path) is None
    (tmp_path / "backups.json").write_text(noted)
    assert last_backup(tmp_path) is None
