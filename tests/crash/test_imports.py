"""kill -9 while a list comes in or is taken back: afterwards it is in wholly or not at all."""

import random
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from app.domain.errors import Busy
from app.store import imports
from app.store.imports import import_batch, import_change, import_row
from app.store.people import person, person_address
from tests.crash.office import SEED, Office, contact_list, people, until
from tests.services.directory import checksum
from tests.standins.client import TwilioStandIn

FEW, MANY = 1_000, 6_000
both_databases = pytest.mark.parametrize(
    ("database_url", "many"),
    [
        ("sqlite", FEW),
        pytest.param("sqlite", MANY, marks=pytest.mark.slow),
        pytest.param("postgresql", MANY, marks=pytest.mark.slow),
    ],
    indirect=["database_url"],
)


def count_of(conn: Connection, table: Any) -> int:
    return int(conn.execute(select(func.count()).select_from(table)).scalar_one())


def taken(conn: Connection) -> int:
    """How many rows of lists were taken over."""
    statement = select(func.count()).where(import_row.c.is_taken)
    return int(conn.execute(statement).scalar_one())


def left(conn: Connection) -> int:
    """How many entries of an undoing are still to be taken back."""
    states = conn.execute(select(import_batch.c.state)).scalars().all()
    return count_of(conn, import_change) if "undoing" in states else 10**9


async def look(office: Office, work: Callable[[Connection], int]) -> int:
    """What the database says now; nothing while it does not."""
    try:
        return await office.database.read(work)
    except Busy:
        return 0


async def kill_when(process: Process, is_time: Callable[[], Awaitable[bool]]) -> None:
    """kill -9 at that moment, or whenever it ended before."""

    async def now() -> bool:
        return process.returncode is not None or await is_time()

    await until(now, within_s=120)
    if process.returncode is None:
        process.kill()
    await process.communicate()


async def counts(office: Office) -> list[int]:
    """How many people and links a reading command finds; it lets what was cut off be completed."""
    process = await office.command("contacts", "list", "--json")
    told, complaint = await process.communicate()
    assert process.returncode == 0, complaint.decode()[-2000:]
    found = [await office.database.read(count_of, table) for table in (person, person_address)]
    return [len(told.splitlines()), *found]


@both_databases
@pytest.mark.parametrize(
    "part", [0.3, *(pytest.param(part, marks=pytest.mark.slow) for part in (0.0, 0.9))]
)
async def test_a_list_that_was_cut_off_while_it_was_taken_over_is_in_wholly(
    database_url: str, many: int, tmp_path: Path, part: float
) -> None:
    async with (
        TwilioStandIn(tmp_path / "ledger") as twilio,
        Office(tmp_path, database_url, twilio) as office,
    ):
        await people(office.database, 0)
        file = tmp_path / "contacts.csv"
        file.write_bytes(contact_list(many))
        process = await office.command("import", str(file), "--basis", "asked them", "--json")

        async def is_time() -> bool:
            return await look(office, taken) > part * many

        await kill_when(process, is_time)
        assert await counts(office) == [many] * 3
        (batch,) = await office.database.read(imports.every, 1)
        assert (batch.state, batch.totals) == ("done", {"added": many})


@both_databases
async def test_a_list_that_was_cut_off_while_it_was_read_is_not_in_at_all(
    database_url: str, many: int, tmp_path: Path
) -> None:
    chance = random.Random(SEED)  # noqa: S311
    print(f"seed {SEED}")
    async with (
        TwilioStandIn(tmp_path / "ledger") as twilio,
        Office(tmp_path, database_url, twilio) as office,
    ):
        await people(office.database, 0)
        file = tmp_path / "contacts.csv"
        file.write_bytes(contact_list(many))
        process = await office.command("import", str(file), "--basis", "asked them", "--json")
        share = chance.uniform(0, 0.5)

        async def is_time() -> bool:
            rows = await look(office, lambda conn: count_of(conn, import_row))
            return rows > share * many

        await kill_when(process, is_time)
        found = await counts(office)
        assert found in ([0] * 3, [many] * 3)
        batches = await office.database.read(imports.every, 1)
        assert [batch.state for batch in batches] == ([] if found[0] == 0 else ["done"])


@both_databases
async def test_a_list_that_was_cut_off_while_it_was_taken_back_is_gone_wholly(
    database_url: str, many: int, tmp_path: Path
) -> None:
    async with (
        TwilioStandIn(tmp_path / "ledger") as twilio,
        Office(tmp_path, database_url, twilio) as office,
    ):
        await people(office.database, 0)
        before = await office.database.read(checksum)
        file = tmp_path / "contacts.csv"
        file.write_bytes(contact_list(many))
        imported = await office.run("import", str(file), "--basis", "asked them", "--json")
        whole = await office.database.read(lambda conn: count_of(conn, import_change))
        process = await office.command("import-undo", str(imported["id"]))

        async def is_time() -> bool:
            return 0 < await look(office, left) < 0.7 * whole

        await kill_when(process, is_time)
        assert await counts(office) == [0] * 3
        assert await office.database.read(checksum) == before
        (batch,) = await office.database.read(imports.every, 1)
        assert batch.state == "undone"
