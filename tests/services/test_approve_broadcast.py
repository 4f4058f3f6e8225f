"""What holds between approval and outbox: a second person, the plan as shown, each phone once."""

import asyncio
from collections import Counter
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.broadcast import Kind
from app.domain.errors import Refusal
from app.services import approve_broadcast as approving
from app.services.approve_broadcast import (
    UNDO,
    Approver,
    approve_broadcast,
    fan_out_broadcast,
    finish_fan_outs,
)
from app.services.cancel_broadcast import cancel_broadcast
from app.store import broadcasts, journal
from app.store.database import Connection, Database
from app.store.journal import journal as journal_table
from app.store.networks import network
from tests.factories import PRICE, Office, number, person

SLUGS = count(1)


async def cap(office: Office, **values: int) -> None:
    def work(conn: Connection) -> None:
        conn.execute(network.update().where(network.c.id == office.id).values(**values))

    await office.database.write(work)


async def refused(office: Office, plan_id: int, by: Approver) -> str:
    with pytest.raises(Refusal) as told:
        await approve_broadcast(office.database, plan_id, by=by, now=office.now)
    assert await office.texts() == []
    return told.value.code


async def test_an_approved_plan_is_queued_for_every_phone_once(office: Office) -> None:
    await office.people(*(person(f"P{n}", n) for n in range(7)), person("Gul", 0))
    plan = await office.plan()
    assert await office.approve(plan) == 7
    rows = await office.texts()
    assert sorted(row.msisdn for row in rows) == [number(n) for n in range(7)]
    assert {(row.state, row.lane, row.price_micro) for row in rows} == {("queued", 2, PRICE)}
    assert {row.due_at for row in rows} == {office.now}


async def test_the_author_cannot_approve(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan()
    by = office.approver(plan, "Sajida")
    assert await refused(office, plan.id, by) == "own_text"


async def test_nobody_approves_without_an_account(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan(author="keeper", author_id=None)
    assert await refused(office, plan.id, Approver("keeper", None, plan.hash)) == "not_allowed"


async def test_only_the_plan_that_was_shown_can_be_approved(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan()
    by = Approver("Rehmat", office.officers["Rehmat"], "0" * 16)
    assert await refused(office, plan.id, by) == "plan_changed"
    assert await refused(office, 999, by) == "not_found"


async def test_an_officer_of_another_network_cannot_approve(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan()
    other = await Office.open(office.database, office.now, slug="sarang")
    by = office.approver(plan)
    with pytest.raises(Refusal, match=f"no broadcast {plan.id}") as told:
        await approve_broadcast(
            office.database, plan.id, by=by, now=office.now, network_id=other.id
        )
    assert told.value.code == "not_found"
    assert await office.texts() == []
    own = await approve_broadcast(
        office.database, plan.id, by=by, now=office.now, network_id=office.id
    )
    assert own == 1


async def test_approving_twice_is_harmless(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan()
    assert [await office.approve(plan), await office.approve(plan)] == [1, 1]
    assert len(await office.texts()) == 1
    again = office.approver(plan, "Nusrat")
    with pytest.raises(Refusal, match="running"):
        await approve_broadcast(office.database, plan.id, by=again, now=office.now)


async def test_of_two_approvers_at_once_one_approves(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan()
    both = await asyncio.gather(
        *(
            approve_broadcast(
                office.database, plan.id, by=office.approver(plan, name), now=office.now
            )
            for name in ("Rehmat", "Nusrat")
        ),
        return_exceptions=True,
    )
    assert Counter(type(one) for one in both) == {int: 1, Refusal: 1}
    assert len(await office.texts()) == 1


@pytest.mark.parametrize("name", ["broadcast_cap_micro", "monthly_cap_micro"])
async def test_a_cap_stops_sending_and_says_so(office: Office, name: str) -> None:
    await office.people(person("Gul", 1), person("Naz", 2))
    await cap(office, **{name: 2 * PRICE - 1})
    plan = await office.plan()
    assert await refused(office, plan.id, office.approver(plan)) == "over_cap"
    await cap(office, **{name: 2 * PRICE})
    assert await office.approve(plan) == 2


async def test_the_months_budget_counts_what_was_approved_before(office: Office) -> None:
    await office.people(person("Gul", 1))
    await cap(office, monthly_cap_micro=PRICE)
    first, second = await office.plan(), await office.plan()
    await office.approve(first)
    with pytest.raises(Refusal, match="month's budget"):
        await office.approve(second)
    next_month = office.now + timedelta(days=20)
    assert await office.approve(second, now=next_month) == 1


async def test_a_text_waits_sixty_seconds_for_a_change_of_mind(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan(kind=Kind.URGENT)
    await office.approve(plan, at_once=False)
    assert [row.due_at for row in await office.texts()] == [office.now + UNDO]
    assert (await office.claim()).rows == ()
    assert len((await office.claim(now=office.now + UNDO)).rows) == 1


@pytest.mark.parametrize(
    ("kind", "lasts"),
    [(Kind.URGENT, timedelta(hours=12)), (Kind.NOTICE, timedelta(days=3)), (Kind.NEWS, None)],
)
async def test_a_text_is_not_sent_when_it_is_too_late(
    office: Office, kind: Kind, lasts: timedelta | None
) -> None:
    await office.people(person("Gul", 1))
    await office.send(kind=kind)
    (row,) = await office.texts()
    assert row.expires_at == (office.now + lasts if lasts else None)


async def test_routine_texts_wait_for_the_morning_and_urgent_ones_do_not(office: Office) -> None:
    night = office.now + timedelta(hours=9)
    await office.people(person("Gul", 1))
    plan = await office.plan(now=night)
    morning = "2026-11-22T04:00:00+00:00"
    assert plan.held == ({"reason": "quiet", "people": 1, "until": morning},)
    await office.approve(plan, now=night)
    await office.approve(await office.plan(kind=Kind.URGENT, now=night), now=night)
    held, queued = await office.texts()
    assert (held.state, held.reason, held.due_at.isoformat()) == ("held", "quiet", morning)
    assert (queued.state, queued.due_at) == ("queued", night)


async def test_who_stops_between_plan_and_approval_gets_nothing(office: Office) -> None:
    await office.people(person("Gul", 1), person("Naz", 2), person("Bibi", 3))
    plan = await office.plan()
    await office.say(1, "STOP")
    await office.say(2, "ALERT")
    assert await office.approve(plan) == 1
    assert [row.msisdn for row in await office.texts() if row.broadcast_id] == [number(3)]


async def test_a_cancelled_plan_cannot_be_approved_even_again(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan()
    await office.approve(plan, at_once=False)
    await cancel_broadcast(office.database, plan.id, by="Sajida", now=office.now)
    with pytest.raises(Refusal, match="cancelled"):
        await office.approve(plan)
    assert await office.states() == ["cancelled"]


async def test_the_approval_is_written_down_with_the_plan_and_its_figures(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.send()

    def last(conn: Connection) -> Any:
        return conn.execute(journal_table.select().order_by(journal_table.c.id.desc())).first()

    entry = await office.database.read(last)
    assert (entry.actor, entry.action) == ("Rehmat", "broadcast approved")
    assert (entry.detail["plan_hash"], entry.detail["addresses"]) == (plan.hash, 1)
    assert await office.database.read(journal.first_broken, office.id) is None


def seated(name: str, phone: int, body: str) -> dict[str, str]:
    """A row of somebody in a body; officers of an LSO have theirs."""
    return person(name, phone, body=body, lso="Roshni" if body == "LSO" else "")


async def begin(office: Office, chunk: int, chunks: int) -> int:
    """Approve a plan for all, and copy only so many chunks before the power goes."""
    plan = await office.plan()
    database = office.database
    await database.write(approving._approve, plan.id, office.approver(plan), office.now)
    for _ in range(chunks):
        await database.write(approving._copy_chunk, plan.id, chunk, office.now)
    return plan.id


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 8, 100])
async def test_a_fan_out_cut_off_anywhere_is_ended_with_each_phone_once(
    office: Office, chunk: int
) -> None:
    bodies = ("EC", "GB", "LSO", "")
    await office.unit("Roshni")
    await office.people(*(seated(f"P{n}", n, bodies[n % 4]) for n in range(8)))
    await office.without_cap()
    for chunks in range(10 // chunk + 1):
        plan_id = await begin(office, chunk, chunks)
        assert await finish_fan_outs(office.database, now=office.now) in (0, 1)
        assert await fan_out_broadcast(office.database, plan_id, now=office.now) == 8
        mine = [row.msisdn for row in await office.texts() if row.broadcast_id == plan_id]
        leaders = [0, 4, 1, 5, 2, 6, 3, 7]
        assert mine == [number(n) for n in leaders]
    assert await office.database.read(broadcasts.unfinished) == []


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
async def test_any_chunks_in_any_number_of_tries_reach_each_phone_once(
    sqlite_url: str, now: Any, data: st.DataObject
) -> None:
    async with Database(sqlite_url) as database:
        office = await Office.open(database, now, f"n{next(SLUGS)}")
        ranks = data.draw(st.lists(st.sampled_from(["EC", "GB", "LSO", ""]), min_size=1))
        await office.unit("Roshni")
        await office.people(*(seated(f"P{n}", n, body) for n, body in enumerate(ranks)))
        plan = await office.plan()
        await database.write(approving._approve, plan.id, office.approver(plan), office.now)
        for chunk in data.draw(st.lists(st.integers(1, 9), max_size=6)):
            await database.write(approving._copy_chunk, plan.id, chunk, office.now)
        await finish_fan_outs(database, now=office.now)
        mine = [row.msisdn for row in await office.texts() if row.broadcast_id == plan.id]
        order = {"EC": 0, "GB": 1, "LSO": 2, "": 9}
        assert mine == [number(n) for n in sorted(range(len(ranks)), key=lambda n: order[ranks[n]])]
