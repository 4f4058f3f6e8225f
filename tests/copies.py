"""Backups for tests: PostgreSQL's programs, a busy office to copy, a dispatcher that sends."""

import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.domain.broadcast import Kind
from app.services import approve_broadcast as approving
from app.services.backup_office import Backup, backup_office
from app.services.dispatch_outbox import Dispatcher, Shift, Wire
from app.services.restore_office import Restored, restore_office
from app.store import routes
from app.store.database import Database
from app.store.pg_backup import Programs
from tests.factories import Office, person
from tests.services.wires import ToldWire, accept


def path_of(request: pytest.FixtureRequest, database_url: str) -> str:
    """A PATH with the pg_dump that fits the server of the tests; skips where there is none."""
    path = os.environ.get("PATH", os.defpath)
    if database_url.startswith("sqlite"):
        return path
    folder = request.getfixturevalue("postgres_server").binaries
    if not (folder / "pg_dump").is_file():
        pytest.skip(f"without pg_dump: {folder} has none")
    return f"{folder}{os.pathsep}{path}"


@pytest.fixture
def programs(request: pytest.FixtureRequest, database_url: str) -> Programs:
    return Programs({**os.environ, "PATH": path_of(request, database_url)})


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def mode_of(path: Path | str) -> int:
    return Path(path).stat().st_mode & 0o777


def put(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def content_of(path: Path | str) -> bytes:
    return Path(path).read_bytes()


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def back_up(url: str, file: Path, programs: Programs, now: datetime) -> Backup:
    """Make a backup and note it in the folder that it stands in."""
    return backup_office(url, file, data_dir=file.parent, programs=programs, now=now)


async def restore(url: str, file: Path, programs: Programs, now: datetime) -> Restored:
    return await restore_office(url, file, programs=programs, by="keeper", now=now)


async def make_busy(office: Office) -> int:
    """Nine texts in every open state, one planned broadcast; gives the id of a begun one.

    Two are being sent, one is in doubt, two are queued, two held for the night, and of two
    that were approved one has not entered the outbox yet.
    """
    night = office.now + timedelta(hours=10)
    await office.people(person("Gul", 1), person("Zarina", 2))
    await office.send(text="Sent just now.")
    claimed = await office.claim()
    assert len(claimed.rows) == 2
    await office.send(text="Still queued.", kind=Kind.URGENT)
    await office.approve(await office.plan(text="For the morning.", now=night), now=night)
    await office.plan(text="Nobody has approved this.")
    plan = await office.plan(text="Cut off half way.")
    database = office.database
    await database.write(approving._approve, plan.id, office.approver(plan), office.now)
    await database.write(approving._copy_chunk, plan.id, 1, office.now)
    return plan.id


async def sent_by(url: str, now: datetime) -> list[str]:
    """What a dispatcher hands to a wire that takes everything."""
    wire = ToldWire(accept, name="sim")
    async with Database(url) as database:
        route = await database.read(routes.by_name, "sim")
        shift = replace(Shift("w2", lambda: now))
        await Dispatcher(database, [Wire(route.id, wire, 4)], shift).drain()
    return [mt.text for mt in wire.seen]
