"""Standing texts go once on each of their days, on that very day, or are listed as dropped."""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

from app.domain.broadcast import Kind
from app.domain.special_days import DayKind, SpecialDays, written
from app.services._deed import Deed as Saving
from app.services.approve_broadcast import approve_broadcast
from app.services.cancel_broadcast import cancel_broadcast
from app.services.keep_standing import leave_out_next, stop_standing
from app.services.plan_broadcast import Draft, plan_broadcast
from app.services.price_plan import Plan
from app.services.save_audience import save_audience
from app.services.watch_clock import watch_clock
from app.store import broadcasts, networks, standing
from app.store.database import Database
from tests.factories import Office, catalogue, person
from tests.services.standing_texts import kept, run, running, runs, shown, starters

SUNDAY = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
"""10:00 in Karachi, on the day after the Saturday of these tests."""
WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1)


async def change_network(office: Office, **values: Any) -> None:
    await office.database.write(networks.change, office.id, values)


def told(found: list[Any]) -> list[tuple[date, str, str]]:
    return [(one.on, one.state, one.reason) for one in found]


async def half_made(office: Office, weekly: int) -> Plan:
    """The plan of that Sunday, as a crash before its approval leaves it."""
    draft = Draft(
        "all",
        {"ur-Latn": "Fees ka din hai."},
        Kind.NOTICE,
        "Munadi",
        office.officers["Sajida"],
        office.slug,
        idem_key=f"standing {weekly} 2026-11-22",
    )
    return await plan_broadcast(office.database, draft, catalogue=catalogue(), now=SUNDAY)


async def test_it_goes_each_week_once_whoever_asks_and_however_often(office: Office) -> None:
    await office.people(person("Gul", 1), person("Mah", 2))
    weekly = await running(office)
    assert await run(office, SUNDAY - MINUTE) == 0
    assert [await run(office, SUNDAY + n * MINUTE) for n in range(3)] == [1, 0, 0]
    assert [row.due_at for row in await office.texts()] == [SUNDAY] * 2
    await office.people(person("Neu", 3))
    assert await run(office, SUNDAY + WEEK) == 1
    rows = await office.texts()
    assert sorted(Counter(row.broadcast_id for row in rows).values()) == [2, 3]
    found = await runs(office, weekly)
    assert told(found) == [(date(2026, 11, 22), "made", ""), (date(2026, 11, 29), "made", "")]
    assert len({row.dedupe_key for row in rows}) == 5
    made = await office.database.read(broadcasts.get, found[0].broadcast_id)
    assert (made.author_id, made.approver_id) == tuple(
        office.officers[name] for name in ("Sajida", "Rehmat")
    )
    body = (await office.database.read(broadcasts.texts, made.id))[0].body
    assert body == f"Mirkhai: Fees ka din hai. Ref {made.ref}"


async def test_two_processes_at_once_make_one(office: Office, database_url: str) -> None:
    await office.people(person("Gul", 1))
    await running(office)
    async with Database(database_url) as second:
        other = Office(second, office.now, office.slug, office.id, office.officers)
        both = await asyncio.gather(run(office, SUNDAY), run(other, SUNDAY), return_exceptions=True)
    assert 1 in both
    await run(office, SUNDAY + MINUTE)
    assert len(await office.texts()) == 1


async def test_a_run_cut_off_after_any_step_is_completed_and_doubles_nothing(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    weekly = await running(office)
    plan = await half_made(office, weekly)
    assert await run(office, SUNDAY + MINUTE) == 1
    assert [row.broadcast_id for row in await office.texts()] == [plan.id]

    def forget_the_run(conn: Any) -> None:
        conn.execute(standing.standing_run.delete())
        standing.change(conn, weekly, next_on=date(2026, 11, 22))

    for later in (2 * MINUTE, timedelta(days=1)):
        await office.database.write(forget_the_run)
        await run(office, SUNDAY + later)
        assert len(await office.texts()) == 1
        assert told(await runs(office, weekly)) == [(date(2026, 11, 22), "made", "")]


async def test_a_plan_that_a_crash_left_on_a_day_that_passed_waits_for_nobody(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    weekly = await running(office)
    plan = await half_made(office, weekly)
    await run(office, SUNDAY + timedelta(days=1))
    assert told(await runs(office, weekly)) == [(date(2026, 11, 22), "dropped", "missed")]
    left = await office.database.read(broadcasts.get, plan.id)
    assert left.state == "cancelled"


async def test_a_plan_that_an_officer_agreed_to_after_a_crash_goes_on(office: Office) -> None:
    await office.people(person("Gul", 1))
    weekly = await running(office)
    plan = await half_made(office, weekly)
    by = office.approver(plan, "Nusrat")
    await approve_broadcast(office.database, plan.id, by=by, now=SUNDAY)
    await run(office, SUNDAY + MINUTE)
    assert await office.states() == ["queued"]
    assert told(await runs(office, weekly)) == [(date(2026, 11, 22), "made", "")]


async def test_a_clock_that_nobody_believes_leaves_the_day_open(office: Office) -> None:
    await office.people(person("Gul", 1))
    weekly = await running(office)
    await watch_clock(office.database, now=office.now)
    years_on = SUNDAY + timedelta(days=5 * 365)
    assert not await watch_clock(office.database, now=years_on)
    assert await run(office, years_on) == 0
    assert await office.texts() == []
    assert await watch_clock(office.database, now=SUNDAY)
    assert await run(office, SUNDAY) == 1
    assert told(await runs(office, weekly)) == [(date(2026, 11, 22), "made", "")]


async def test_after_a_power_cut_days_that_passed_are_dropped_and_today_still_goes(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    daily = await running(office, rule="every day", clock="10:00")
    await run(office, SUNDAY)
    assert await run(office, SUNDAY + timedelta(days=3, hours=6)) == 1
    assert told(await runs(office, daily)) == [
        (date(2026, 11, 22), "made", ""),
        (date(2026, 11, 23), "dropped", "missed"),
        (date(2026, 11, 24), "dropped", "missed"),
        (date(2026, 11, 25), "made", ""),
    ]
    assert len(await office.texts()) == 2
    assert await run(office, SUNDAY + timedelta(days=4, hours=11)) == 0
    assert told(await runs(office, daily))[-1] == (date(2026, 11, 26), "dropped", "quiet")


async def test_it_keeps_quiet_hours_and_never_goes_on_a_festival(office: Office) -> None:
    await office.people(person("Gul", 1))
    festival = SpecialDays(DayKind.MOURNING, date(2026, 11, 24), date(2026, 11, 24))
    await change_network(office, special_days=written([festival]))
    early = await running(office, rule="every day", clock="7:30")
    for day in range(3):
        await run(office, SUNDAY + timedelta(days=day) - timedelta(hours=2))
    assert told(await runs(office, early)) == [
        (date(2026, 11, 22), "made", ""),
        (date(2026, 11, 23), "made", ""),
        (date(2026, 11, 24), "dropped", "quiet"),
    ]
    nine = SUNDAY - timedelta(hours=1)
    assert [(row.state, row.due_at) for row in await office.texts()] == [
        ("held", nine),
        ("held", nine + timedelta(days=1)),
    ]


async def test_what_is_too_dear_or_reaches_nobody_is_dropped_with_its_reason(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    dear, alone = await running(office), await running(office, audience="women")
    await change_network(office, monthly_cap_micro=1)
    assert await run(office, SUNDAY) == 0
    assert [told(await runs(office, one))[0][1:] for one in (dear, alone)] == [
        ("dropped", "dear"),
        ("dropped", "nobody"),
    ]
    assert "budget" in (await runs(office, dear))[0].said
    assert await office.texts() == []
    assert (await shown(office, dear)).days[0] == date(2026, 11, 29)


async def test_nothing_goes_once_it_was_stopped_left_out_or_not_agreed_to(office: Office) -> None:
    await office.people(person("Gul", 1))
    stopped, waiting, left_out = (
        await running(office),
        await kept(office, name="Waits"),
        await running(office, name="Left out"),
    )
    await stop_standing(office.database, office.id, stopped, by="Nusrat", now=office.now)
    await leave_out_next(
        office.database, office.id, left_out, date(2026, 11, 22), by="Nusrat", now=office.now
    )
    assert await run(office, SUNDAY) == 0
    assert [await runs(office, one) for one in (stopped, waiting, left_out)] == [[], [], []]
    assert await run(office, SUNDAY + WEEK) == 1
    assert told(await runs(office, left_out)) == [(date(2026, 11, 29), "made", "")]


async def test_a_saved_audience_that_means_others_now_has_to_be_agreed_to_again(
    office: Office,
) -> None:
    await office.people(person("Gul", 1, sex="f"), person("Mir", 2, sex="m"))
    deed = Saving(office.slug, "Sajida", office.now)
    await save_audience(office.database, "Ours", "women", deed)
    weekly = await running(office, audience="Ours")
    assert await run(office, SUNDAY) == 1
    await save_audience(office.database, "Ours", "all", deed)
    assert await run(office, SUNDAY + WEEK) == 0
    assert told(await runs(office, weekly))[-1] == (date(2026, 11, 29), "dropped", "changed")
    assert (await shown(office, weekly)).state == "planned"
    assert len(await office.texts()) == 1


async def test_a_broadcast_that_an_officer_takes_back_stays_taken_back(office: Office) -> None:
    await office.people(person("Gul", 1))
    weekly = await running(office)
    await run(office, SUNDAY)
    made = (await runs(office, weekly))[0].broadcast_id or 0
    await cancel_broadcast(office.database, made, by="Nusrat", now=SUNDAY)
    assert await run(office, SUNDAY + MINUTE) == 0
    assert await office.states() == ["cancelled"]


async def test_a_series_sends_its_reviewed_items_in_turn_and_skips_the_others(
    office: Office,
) -> None:
    await office.people(person("Gul", 1, language="en"))
    ids = await starters(office, reviewed=2, now=office.now - timedelta(days=362))
    daily = await running(office, series="awareness", texts={}, rule="every day")
    for day in range(3):
        await run(office, SUNDAY + timedelta(days=day))
    items = [
        one.item_id for one in (await office.database.read(standing.runs, daily, limit=9))[::-1]
    ]
    assert items == [ids[0], ids[1], ids[0]]
    await run(office, SUNDAY + timedelta(days=3))
    assert told(await runs(office, daily))[-1] == (date(2026, 11, 25), "dropped", "unreviewed")
    assert len(await office.texts()) == 3


async def test_an_hour_that_the_clocks_leave_out_or_show_twice_still_goes_once(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    await change_network(office, tz="Europe/London")
    office.now = datetime(2027, 3, 27, 12, 0, tzinfo=UTC)
    spring = await running(office, clock="10:00", rule="every Sunday")
    for hour in range(24 * 9):
        await run(office, office.now + timedelta(hours=hour))
    assert [row.due_at.hour for row in await office.texts()] == [9, 9]
    assert [one.on for one in await runs(office, spring)] == [date(2027, 3, 28), date(2027, 4, 4)]
