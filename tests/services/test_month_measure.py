"""No more than four routine texts a month on one phone; the rest waits for the digest."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from app.domain.broadcast import Kind
from app.services import approve_broadcast as approving
from app.services.approve_broadcast import fan_out_broadcast
from app.services.cancel_broadcast import cancel_broadcast
from app.services.plan_broadcast import Draft
from app.services.preview_broadcast import preview_broadcast
from app.services.price_plan import Plan
from app.store import digest_lists, meetings, networks
from app.store.database import Connection
from app.store.digests import missed_text
from app.store.notices import meeting_notice
from app.store.outbox import outbox
from tests.factories import Office, catalogue, person

FOUR = 4


async def sent(office: Office, times: int, to: str = "all", **changes: Any) -> None:
    for no in range(times):
        await office.send(to, f"Ijlas {no} hai.", **changes)


def why(plan: Plan) -> dict[str, int]:
    return {one["reason"]: one["people"] for one in plan.left_out}


async def missed(office: Office) -> list[int]:
    statement = select(missed_text.c.broadcast_id).order_by(missed_text.c.broadcast_id)
    return list(await office.database.read(lambda conn: conn.execute(statement).scalars().all()))


async def test_the_fifth_routine_text_of_a_month_is_left_to_the_digest(office: Office) -> None:
    await office.people(person("Gul", 1), person("Amina", 2))
    await sent(office, FOUR, to="+923900000001")
    plan = await office.plan()
    assert (plan.addresses, why(plan)) == (1, {"had_enough": 1})
    assert await office.approve(plan) == 1
    assert await missed(office) == [plan.id]
    # Amina has had one; urgent texts go to both of them, and count for neither.
    await sent(office, FOUR, kind=Kind.URGENT)
    assert (await office.plan("+923900000002")).addresses == 1
    assert (await office.plan(kind=Kind.NEWS)).addresses == 1


async def test_a_text_that_everybody_had_enough_for_goes_to_the_digest_alone(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    await sent(office, FOUR)
    plan = await office.plan()
    assert (plan.people, plan.addresses, plan.price_micro) == (0, 0, 0)
    assert await office.approve(plan) == 0
    assert await missed(office) == [plan.id]


async def test_the_month_is_the_one_on_the_networks_clocks_and_begins_anew(office: Office) -> None:
    await office.people(person("Gul", 1))
    last = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)
    await sent(office, FOUR, now=last)
    # 20:30 there: it would go at nine in the morning, and that is in December.
    evening = datetime(2026, 11, 30, 15, 30, tzinfo=UTC)
    for moment, addresses in ((last, 0), (evening, 1), (evening + timedelta(hours=4), 1)):
        assert (await office.plan(now=moment)).addresses == addresses


async def test_what_waits_over_the_end_of_a_month_counts_in_the_month_in_which_it_goes(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    office.now = datetime(2026, 11, 30, 15, 30, tzinfo=UTC)
    await sent(office, FOUR)
    assert (await office.plan(now=datetime(2026, 11, 30, 14, 0, tzinfo=UTC))).addresses == 1
    assert (await office.plan(now=datetime(2026, 12, 9, 7, 0, tzinfo=UTC))).addresses == 0


async def test_what_never_arrived_is_no_text_that_somebody_had(office: Office) -> None:
    await office.people(person("Gul", 1))
    await sent(office, FOUR - 1)
    plan = await office.send()
    for state in ("undelivered", "rejected", "expired", "cancelled"):
        await office.database.write(
            lambda conn, state=state: conn.execute(
                update(outbox).where(outbox.c.broadcast_id == plan.id).values(state=state)
            )
        )
        assert (await office.plan()).addresses == 1
    await office.database.write(
        lambda conn: conn.execute(
            update(outbox).where(outbox.c.broadcast_id == plan.id).values(state="uncertain")
        )
    )
    assert (await office.plan()).addresses == 0


async def test_a_broadcast_that_was_taken_back_counts_no_more(office: Office) -> None:
    await office.people(person("Gul", 1))
    await sent(office, FOUR - 1)
    plan = await office.plan()
    await office.approve(plan, at_once=False)
    assert (await office.plan()).addresses == 0
    await cancel_broadcast(office.database, plan.id, by="Rehmat", now=office.now)
    assert (await office.plan()).addresses == 1


async def test_plans_that_wait_together_are_measured_again_when_they_go(office: Office) -> None:
    """Six were planned while nobody had had any: each phone gets four of them."""
    await office.people(person("Gul", 1), person("Amina", 2))
    plans = [await office.plan(text=f"Ijlas {no} hai.") for no in range(6)]
    assert [plan.addresses for plan in plans] == [2] * 6
    assert [await office.approve(plan) for plan in plans] == [2, 2, 2, 2, 0, 0]
    assert await missed(office) == [plans[4].id] * 2 + [plans[5].id] * 2


async def test_a_fan_out_that_is_cut_off_never_counts_its_own_texts(office: Office) -> None:
    await office.people(*(person(f"P{n}", n) for n in range(3)))
    await office.database.write(networks.change, office.id, {"routine_cap": 1})
    plan = await office.plan()
    await office.database.write(approving._approve, plan.id, office.approver(plan), office.now)
    await office.database.write(approving._copy_chunk, plan.id, 1, office.now)
    assert await fan_out_broadcast(office.database, plan.id, now=office.now) == 3
    assert await missed(office) == []


async def test_who_had_enough_on_one_phone_gets_none_on_another(office: Office) -> None:
    await office.people(person("Gul", 1), person("Gul", 2))
    await sent(office, FOUR, to="+923900000001")
    plan = await office.plan()
    texts = {row.msisdn for row in await office.texts()}
    assert (plan.addresses, texts) == (len(plan.left_out) and plan.addresses, {"+923900000001"})


async def test_that_a_meeting_was_moved_is_no_routine_text(office: Office) -> None:
    await office.people(person("Gul", 1))
    await sent(office, FOUR - 1)
    plan, meeting_id = await office.send(), await office.meeting()
    assert (await office.plan()).addresses == 0

    def is_a_move(conn: Connection) -> None:
        row = meetings.get(conn, office.id, meeting_id) if hasattr(meetings, "get") else None
        del row
        conn.execute(
            meeting_notice.insert().values(
                network_id=office.id, meeting_id=meeting_id, revision=1, lead=0, part="told",
                state="made", due_at=office.now, expires_at=office.now, broadcast_id=plan.id,
                made_at=office.now,
            )
        )  # fmt: skip

    await office.database.write(is_a_move)
    assert (await office.plan()).addresses == 1


async def test_a_network_may_have_another_measure_or_none(office: Office) -> None:
    await office.people(person("Gul", 1))
    other = await Office.open(office.database, office.now, slug="other")
    await other.people(person("Gul", 1))
    for cap, addresses in ((1, 0), (2, 1), (0, 1)):
        await office.database.write(networks.change, office.id, {"routine_cap": cap})
        if cap == 1:
            await office.send()
        assert (await office.plan()).addresses == addresses
        assert (await other.plan()).addresses == 1


async def test_the_preview_and_the_dropped_plan_say_the_same(office: Office) -> None:
    await office.people(person("Gul", 1), person("Amina", 2))
    await sent(office, FOUR, to="+923900000001")
    for to, addresses, left in (
        ("all", 1, {"had_enough": 1}),
        ("+923900000001", 0, {"had_enough": 1}),
    ):
        draft = Draft(to, {"ur-Latn": "Ijlas hai."}, Kind.NOTICE, "Sajida", None, office.slug)
        shown = await preview_broadcast(
            office.database, draft, catalogue=catalogue(), now=office.now
        )
        assert (shown.addresses, why(shown), shown.faults) == (addresses, left, ())  # type: ignore[arg-type]
        plan = await office.plan(to)
        assert (plan.addresses, why(plan)) == (addresses, left)
    assert await office.database.read(digest_lists.waits_for, plan.id) == (1, 0)
