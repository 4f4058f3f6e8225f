"""A wrong clock holds all sending until a person confirms it, or it is right again."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.domain.broadcast import Kind
from app.domain.errors import Refusal
from app.domain.messages import State
from app.jobs import Jobs
from app.services.release_restored import release_restored
from app.services.watch_clock import confirm_clock, show_clock_state, watch_clock
from app.store import clock
from app.store.database import Database
from app.store.journal import journal
from app.store.settle import Result, settle
from tests.factories import Office, person

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
DEAD_BATTERY = datetime(1970, 1, 1, 0, 0, 40, tzinfo=UTC)


async def believed(office: Office, at: datetime) -> bool:
    """Whether the clock is believed, as one who looks, asks and claims is told alike."""
    is_believed = await watch_clock(office.database, now=at)
    assert await office.database.read(clock.is_believed, at) is is_believed
    assert (await show_clock_state(office.database, now=at)).is_believed is is_believed
    return is_believed


async def confirm(office: Office, at: datetime, **more: Any) -> None:
    await confirm_clock(office.database, office.id, by="Rehmat", now=at, **more)


async def test_a_clock_far_from_what_was_seen_is_not_believed(office: Office) -> None:
    now = office.now
    assert await office.database.read(clock.is_believed, now)
    assert await believed(office, now)
    for jump, is_believed in (
        (-5 * HOUR / 60, True),
        (-5 * HOUR / 60 - timedelta(seconds=1), False),
        (-HOUR, False),
        (DEAD_BATTERY - now, False),
        (DAY + timedelta(seconds=1), False),
        (5 * 365 * DAY, False),
        (datetime.max.replace(tzinfo=UTC) - now, False),
        (timedelta(0), True),
        (HOUR, True),
        (-HOUR / 60, False),
        (HOUR, True),
        (HOUR + DAY, True),
    ):
        assert await believed(office, now + jump) is is_believed, jump


async def test_nothing_leaves_while_the_clock_is_wrong_not_even_what_is_urgent(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    await office.send(kind=Kind.URGENT)
    await office.send()
    await office.say(1, "KARWAI")
    await watch_clock(office.database, now=office.now)
    for wrong in (office.now - HOUR, office.now + 2 * DAY, DEAD_BATTERY):
        assert (await office.claim(now=wrong)).rows == ()
    assert len((await office.claim(now=office.now + HOUR)).rows) == 3


async def test_a_person_confirms_what_they_were_shown_and_all_goes_on(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.send()
    monday = office.now + 2 * DAY
    await watch_clock(office.database, now=office.now)
    assert not await believed(office, monday)
    with pytest.raises(Refusal) as refused:
        await confirm(office, monday, shown_at=office.now)
    assert refused.value.code == "clock_moved"
    with pytest.raises(Refusal) as refused:
        await confirm(office, monday, shown_at=monday + HOUR)
    assert refused.value.code == "clock_moved"
    assert (await office.claim(now=monday)).rows == ()
    await confirm(office, monday, shown_at=monday - HOUR / 60)
    state = await show_clock_state(office.database, now=monday)
    assert (state.is_believed, state.confirmed_by, state.confirmed_at) == (True, "Rehmat", monday)
    assert len((await office.claim(now=monday)).rows) == 1
    await confirm(office, monday)

    def entries(conn: Any) -> list[str]:
        said = journal.c.action == "clock confirmed"
        return [row.actor for row in conn.execute(journal.select().where(said))]

    assert await office.database.read(entries) == ["Rehmat"]


async def test_a_clock_confirmed_by_mistake_is_caught_when_it_is_put_right(office: Office) -> None:
    await watch_clock(office.database, now=office.now)
    await confirm(office, office.now + 1000 * DAY)
    assert not await believed(office, office.now)
    await confirm(office, office.now)
    assert await believed(office, office.now)


async def test_no_one_sets_anything_off_by_a_wrong_clock(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan()
    await watch_clock(office.database, now=office.now)
    later = office.now + 3 * DAY
    with pytest.raises(Refusal) as refused:
        await office.approve(plan, now=later)
    assert refused.value.code == "clock_wrong"
    with pytest.raises(Refusal) as refused:
        await release_restored(office.database, by="Rehmat", now=later)
    assert refused.value.code == "clock_wrong"
    assert await office.texts() == []
    assert await office.approve(plan) == 1


async def test_answers_written_by_a_wrong_clock_go_out_when_it_is_right(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.say(1, "REF 1")
    await watch_clock(office.database, now=office.now)
    for n, wrong in enumerate((office.now + 1800 * DAY, DEAD_BATTERY), start=1):
        assert not await watch_clock(office.database, now=wrong)
        await office.hear(office.mo(1, f"REF {n + 1}"), now=wrong)
        assert (await office.claim(now=wrong)).rows == ()
        right = office.now + n * HOUR
        assert await watch_clock(office.database, now=right)
        *_, answer = await office.texts()
        assert (answer.due_at, answer.state) == (right, "queued")
        assert right < answer.expires_at <= right + DAY
    first = (await office.texts())[0]
    assert first.created_at == office.now
    assert len((await office.claim(now=right)).rows) == 3


async def test_what_a_wrong_clock_put_off_for_years_goes_when_it_is_right(office: Office) -> None:
    await office.people(person("Gul", 1), person("Noor", 2))
    await watch_clock(office.database, now=office.now)
    await office.send()
    (one, _) = (await office.claim(slots=2)).rows
    wrong = office.now + 1800 * DAY
    assert not await watch_clock(office.database, now=wrong)
    again = Result(one.id, one.token, one.no, State.QUEUED, "transient", retry_s=60)
    await office.database.write(settle, [again], wrong)
    right = office.now + HOUR
    assert (await office.claim(now=right)).rows == ()
    assert await watch_clock(office.database, now=right)
    assert [row.id for row in (await office.claim(now=right)).rows] == [one.id]


async def test_an_answer_of_the_moment_before_the_jump_was_seen_is_put_right_too(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    await watch_clock(office.database, now=office.now)
    await office.hear(office.mo(1, "REF 1"), now=DEAD_BATTERY)
    assert not await watch_clock(office.database, now=DEAD_BATTERY + HOUR / 60)
    right = office.now + HOUR
    assert await watch_clock(office.database, now=right)
    assert len((await office.claim(now=right)).rows) == 1


async def nothing(_heard: Any) -> None:
    """Take what a wire heard; in these tests there is none."""


def jobs(database: Database, at: datetime) -> Jobs:
    return Jobs(database, {}, {}, "w1", lambda: at, nothing, lambda: None)


async def test_the_timetable_rests_by_a_wrong_clock_and_keeps_what_it_would_drop(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    await office.send()
    await jobs(office.database, office.now).tick(Jobs.remind)
    wrong = office.now + 30 * DAY
    done = []

    async def note(at: Jobs) -> None:
        done.append(at.clock())

    for work in (Jobs._keep, Jobs._forget, note):
        await jobs(office.database, wrong).tick(work)
    assert (done, await office.states()) == ([], ["queued"])
    await confirm(office, wrong)
    for work in (note, Jobs._keep):
        await jobs(office.database, wrong).tick(work)
    assert (done, await office.states()) == ([wrong], ["expired"])


async def test_many_processes_and_a_restart_see_one_clock(office: Office) -> None:
    seen = [office.now + n * HOUR / 60 for n in (0, 3, 1, 4, 2)]
    told = await asyncio.gather(*(watch_clock(office.database, now=at) for at in seen))
    assert all(told)
    assert await watch_clock(office.database, now=office.now)
    assert (await office.database.read(clock.last_seen)).seen_at == max(seen)
    async with Database(office.database.url) as again:
        assert not await watch_clock(again, now=office.now + 2 * DAY)
        assert (await again.read(clock.last_seen)).held_at == office.now + 2 * DAY
        assert await watch_clock(again, now=office.now + HOUR)
        assert (await again.read(clock.last_seen)).held_at is None
