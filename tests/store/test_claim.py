"""What holds when workers take texts: each once, in order, never faster than the wire allows."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.broadcast import Kind
from app.domain.messages import State
from app.store import addresses
from app.store.claim import Terms, claim
from app.store.database import Database
from app.store.outbox import attempt
from app.store.routes import rest, route, stop
from app.store.settle import Result, settle
from tests.factories import Office, number, person, wire


async def queue(office: Office, texts: int, **changes: Any) -> None:
    await office.people(*(person(f"P{n}", n) for n in range(texts)))
    await office.send(**changes)


async def test_no_text_is_taken_twice_by_workers_at_once(office: Office, database_url: str) -> None:
    await queue(office, 500)

    async def work(name: str) -> list[int]:
        taken: list[int] = []
        async with Database(database_url) as database:
            terms = Terms(worker=name, lease_s=30, now=office.now, day=office.now.date())
            while rows := (await database.write(claim, office.routes["sim"], 23, terms)).rows:
                taken += [row.id for row in rows]
        return taken

    taken = await asyncio.gather(*(work(f"w{n}") for n in range(3)))
    ids = [one for rows in taken for one in rows]
    assert len(ids) == len(set(ids)) == 500
    assert set(await office.states()) == {"sending"}


async def test_the_intent_to_send_is_written_with_the_claim(office: Office) -> None:
    await queue(office, 1)
    (row,) = (await office.claim()).rows
    opened = select(attempt).where(attempt.c.outbox_id == row.id)
    (found,) = await office.database.read(lambda conn: conn.execute(opened).all())
    assert (found.no, found.token, found.worker, found.outcome) == (1, row.token, "w1", "")
    assert found.started_us > 0 == found.ended_us
    assert row.text.startswith("Mirkhai: Kal ijlas hai.")
    assert row.to == number(0)
    assert (await office.claim()).rows == ()


async def test_danger_overtakes_replies_and_replies_overtake_notices(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.send(kind=Kind.NEWS)
    await office.send(kind=Kind.NOTICE)
    await office.say(1, "KARWAI")
    await office.send(kind=Kind.URGENT)
    order = [(await office.claim(1)).rows[0].id for _ in range(4)]
    assert order == [4, 3, 2, 1]


async def test_nothing_goes_before_its_time_or_after_it(office: Office) -> None:
    await queue(office, 1)
    assert (await office.claim(now=office.now - timedelta(seconds=1))).rows == ()
    assert (await office.claim(now=office.now + timedelta(days=3))).rows == ()
    assert len((await office.claim(now=office.now + timedelta(days=2))).rows) == 1


async def test_in_quiet_hours_only_urgent_texts_and_replies_go(office: Office) -> None:
    await queue(office, 1)
    await office.send(kind=Kind.URGENT)
    await office.say(0, "KARWAI")
    rows = (await office.claim(quiet_networks=(office.id,))).rows
    assert [row.id for row in rows] == [2, 3]
    assert len((await office.claim(quiet_networks=(99,))).rows) == 1


async def test_a_stopped_phone_is_not_texted_though_its_text_is_queued(office: Office) -> None:
    await queue(office, 2)
    first = (await office.texts())[0].address_id
    standing = {"source": "office", "at": office.now}
    await office.database.write(
        addresses.record_standing, office.id, [first], "stopped", **standing
    )
    assert [row.to for row in (await office.claim()).rows] == [number(1)]


async def test_a_wire_never_takes_more_than_its_day_allows(office: Office) -> None:
    await office.wires(wire(per_day=3))
    await queue(office, 5)
    assert len((await office.claim(2)).rows) == 2
    assert len((await office.claim()).rows) == 1
    assert (await office.claim()).rows == ()
    tomorrow = office.now + timedelta(days=1)
    assert len((await office.claim(now=tomorrow, day=tomorrow.date())).rows) == 2


@pytest.mark.parametrize(
    "pace",
    [
        {"interval_us": 3_600_000_000, "burst": 3},
        {"per_window": 3, "window_us": 3_600_000_000, "burst": 3},
        {"interval_us": 1_000, "burst": 50, "per_window": 3, "window_us": 3_600_000_000},
    ],
)
async def test_a_wire_is_never_driven_past_its_pace(office: Office, pace: dict[str, int]) -> None:
    await office.wires(wire(**pace))
    await queue(office, 6)
    first = await office.claim(2)
    second = await office.claim()
    third = await office.claim()
    assert [len(one.rows) for one in (first, second, third)] == [2, 1, 0]
    assert third.wait_s is not None
    assert 0 < third.wait_s <= 3 * 3600


async def test_workers_at_once_share_the_pace_of_a_wire(office: Office, database_url: str) -> None:
    await office.wires(wire(interval_us=3_600_000_000, burst=4))
    await queue(office, 10)
    terms = Terms(worker="w", lease_s=30, now=office.now, day=office.now.date())
    async with Database(database_url) as one, Database(database_url) as two:
        claims = await asyncio.gather(
            *(database.write(claim, 1, 3, terms) for database in (one, two, one, two))
        )
    assert sum(len(one.rows) for one in claims) == 4


async def test_a_resting_or_closed_wire_takes_nothing(office: Office) -> None:
    await queue(office, 1)
    await office.database.write(rest, office.routes["sim"], 60.0)
    resting = await office.claim()
    assert resting.rows == ()
    assert resting.wait_s is not None
    assert 55 < resting.wait_s <= 60
    await office.database.write(stop, office.routes["sim"], "wrong password")
    assert (await office.claim()).rows == ()
    row = await office.database.read(lambda conn: conn.execute(select(route)).one())
    assert (row.is_open, row.trouble) == (False, "wrong password")


async def test_a_text_that_was_tried_before_is_taken_as_a_new_try(office: Office) -> None:
    await queue(office, 1)
    (first,) = (await office.claim()).rows
    again = Result(first.id, first.token, 1, State.QUEUED, "transient", retry_s=5)
    await office.database.write(settle, [again], office.now)
    assert (await office.claim()).rows == ()
    (second,) = (await office.claim(now=office.now + timedelta(seconds=5))).rows
    assert (second.id, second.no) == (first.id, 2)
    assert second.token != first.token
