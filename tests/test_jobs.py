"""The timetable reminds of terms and decisions once a day, whichever process comes first."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from app.jobs import Jobs
from app.store.database import Database
from tests.factories import Office
from tests.services.owed import Owing
from tests.services.seated import TODAY, Chamber


@pytest.fixture
async def office(database_url: str, now: datetime) -> AsyncIterator[Office]:
    async with Database(database_url) as database:
        yield await Office.open(database, now)


async def nothing(_heard: Sequence[Any]) -> None:
    """Take what a wire heard; in these tests there is none."""


def jobs(office: Office, worker: str, woken: list[str], days: int = 0) -> Jobs:
    at = office.now + timedelta(days=days)
    return Jobs(
        database=office.database,
        channels={},
        route_ids={},
        worker=worker,
        clock=lambda: at,
        take=nothing,
        wake=lambda: woken.append(worker),
    )


async def test_of_many_processes_one_reminds_and_each_day_anew(office: Office) -> None:
    chamber, woken = await Chamber.open(office), []
    amina, _ = await chamber.officer(
        "Amina", chamber.roshni, "", body="GB", ends_on=TODAY + timedelta(days=31)
    )
    await chamber.phone(amina, 1)
    await asyncio.gather(*(jobs(office, f"w{n}", woken).remind() for n in range(3)))
    assert (len(woken), len(await office.texts())) == (1, 1)
    for days, texts in ((0, 1), (1, 2), (2, 2)):
        await jobs(office, "w1", woken, days).remind()
        assert len(await office.texts()) == texts


async def test_owners_of_decisions_are_reminded_once_by_whoever_comes_first(
    office: Office,
) -> None:
    owing, woken = await Owing.open(office), []
    await owing.owner()
    await owing.decide(await owing.meeting(), days=3)
    await asyncio.gather(*(jobs(office, f"w{n}", woken).remind() for n in range(3)))
    assert (len(woken), len(await office.texts())) == (1, 1)
    for days, texts in ((0, 1), (1, 1), (4, 2)):
        await jobs(office, "w1", woken, days).remind()
        assert len(await office.texts()) == texts
