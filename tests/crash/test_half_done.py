"""kill -9 in the middle of a fan-out or a plan: what stands is whole, the rest comes."""

from asyncio.subprocess import Process
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from app.domain.errors import Busy
from app.services.approve_broadcast import finish_fan_outs
from app.store import broadcasts
from app.store.broadcasts import broadcast, recipient
from app.store.outbox import outbox
from tests.crash.office import NOW, Office, people, planned, until
from tests.standins.client import TwilioStandIn

FEW, MANY = 6_000, 20_000
"""More than one chunk of a fan-out; and as many as a district has."""
both_databases = pytest.mark.parametrize(
    ("database_url", "many"),
    [
        ("sqlite", FEW),
        pytest.param("sqlite", MANY, marks=pytest.mark.slow),
        pytest.param("postgresql", MANY, marks=pytest.mark.slow),
    ],
    indirect=["database_url"],
)


def count_of(conn: Connection, column: Any) -> int:
    """How many different values a column holds."""
    return int(conn.execute(select(func.count(func.distinct(column)))).scalar_one())


async def kill_once(office: Office, process: Process, column: Any) -> int:
    """Kill a process as soon as its work begins to show; gives how much of it stands."""

    async def begins() -> bool:
        assert process.returncode is None, "it ended before anybody could kill it"
        return bool(await seen(office, column))

    await until(begins, within_s=60)
    process.kill()
    await process.communicate()
    return await seen(office, column)


async def seen(office: Office, column: Any) -> int:
    """How much stands now; nothing while the database does not say."""
    try:
        return await office.database.read(count_of, column)
    except Busy:
        return 0


async def state_of(office: Office, broadcast_id: int) -> str:
    """Where a broadcast stands."""
    row = await office.database.read(broadcasts.get, broadcast_id)
    assert row is not None
    return str(row.state)


async def rows_and_addresses(office: Office) -> tuple[int, int]:
    """How many texts there are, and to how many numbers."""
    database = office.database
    return await database.read(count_of, outbox.c.id), await database.read(
        count_of, outbox.c.address_id
    )


@both_databases
@pytest.mark.parametrize(
    "ended_by", [pytest.param("the same command", marks=pytest.mark.slow), "the timetable"]
)
async def test_a_fan_out_cut_off_half_way_gives_each_phone_exactly_one_row(
    database_url: str, many: int, tmp_path: Path, ended_by: str
) -> None:
    async with (
        TwilioStandIn(tmp_path / "ledger") as twilio,
        Office(tmp_path, database_url, twilio) as office,
    ):
        plan, (_, token) = await planned(office, many)
        words = ("broadcast", "approve", str(plan.id), "--hash", plan.hash, "--now", "--json")
        cut = await office.command(*words, token=token)
        stands = await kill_once(office, cut, outbox.c.id)
        assert 0 < stands <= many
        if ended_by == "the same command":
            assert (await office.run(*words, token=token))["addresses"] == many
        else:
            await finish_fan_outs(office.database, now=NOW())
        assert await rows_and_addresses(office) == (many, many)
        assert await state_of(office, plan.id) == "running"


@both_databases
@pytest.mark.slow
async def test_a_plan_cut_off_half_way_can_only_be_made_anew(
    database_url: str, many: int, tmp_path: Path
) -> None:
    async with (
        TwilioStandIn(tmp_path / "ledger") as twilio,
        Office(tmp_path, database_url, twilio) as office,
    ):
        press, president = await people(office.database, many)
        words = ("broadcast", "plan", "--to", "all", "--text", "Go up to the school.")
        rest = ("--lang", "en", "--kind", "urgent", "--json")
        cut = await office.command(*words, *rest, token=press)
        await kill_once(office, cut, recipient.c.address_id)
        assert await state_of(office, 1) in {"planning", "planned"}
        again = await office.run(*words, *rest, token=press)
        assert again["addresses"] == many
        approve = ("broadcast", "approve", str(again["id"]), "--hash", again["hash"], "--now")
        await office.run(*approve, "--json", token=president)
        assert await rows_and_addresses(office) == (many, many)
        assert await office.database.read(count_of, broadcast.c.id) == 2
