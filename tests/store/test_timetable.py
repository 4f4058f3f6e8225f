"""Periodic work is done once, by whichever process comes first."""

import asyncio
from datetime import timedelta

from app.store import timetable
from app.store.database import Database
from tests.factories import Office


async def slot(office: Office, name: str, worker: str = "w1") -> bool:
    return await office.database.write(
        timetable.claim_slot, "digest", name, worker=worker, now=office.now
    )


async def test_a_slot_is_claimed_once(office: Office) -> None:
    assert [await slot(office, "mon"), await slot(office, "mon", "w2")] == [True, False]
    assert await slot(office, "tue")


async def test_of_many_processes_one_gets_the_slot(office: Office, database_url: str) -> None:
    async with Database(database_url) as other:
        claims = await asyncio.gather(
            *(
                database.write(
                    timetable.claim_slot, "digest", "mon", worker=f"w{n}", now=office.now
                )
                for n in range(4)
                for database in (office.database, other)
            )
        )
    assert sum(claims) == 1


async def test_old_runs_are_forgotten(office: Office) -> None:
    await slot(office, "mon")
    forget = timetable.forget_runs
    assert await office.database.write(forget, office.now) == 0
    assert await office.database.write(forget, office.now + timedelta(days=1)) == 1


async def own(office: Office, worker: str, lease_s: float = 30) -> bool:
    return await office.database.write(timetable.own_listener, "sim", worker, lease_s=lease_s)


async def test_one_process_listens_on_a_wire_until_its_claim_runs_out(office: Office) -> None:
    assert [await own(office, "a"), await own(office, "b"), await own(office, "a")] == [
        True,
        False,
        True,
    ]
    assert await own(office, "a", lease_s=-1)
    assert await own(office, "b")


async def test_a_listener_that_leaves_makes_room_at_once(office: Office) -> None:
    await own(office, "a")
    await office.database.write(timetable.leave_listener, "sim", "b")
    assert not await own(office, "b")
    await office.database.write(timetable.leave_listener, "sim", "a")
    assert await own(office, "b")
