"""What officers watch while a text goes out: how far, what it costs, who is in doubt or missed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from app.domain.broadcast import Kind
from app.domain.errors import Refusal
from app.domain.messages import State
from app.services.approve_broadcast import UNDO
from app.services.cancel_broadcast import cancel_broadcast
from app.services.price_plan import Plan
from app.services.show_progress import Named, Progress, show_counts, show_progress
from app.store import outbox
from app.store.addresses import address
from app.store.database import Connection
from app.store.people import person as people
from tests.factories import PRICE, Office, number, person, wire

MINUTE_US = 60_000_000


async def progress(office: Office, plan: Plan, **when: Any) -> Progress:
    at = when.get("now", office.now)
    return await show_progress(office.database, plan.id, network_id=office.id, now=at)


async def stand(office: Office, plan: Plan, standing: Mapping[int, State], **more: Any) -> None:
    """Put the broadcast's text to each of these phones into a state."""

    def work(conn: Connection) -> None:
        for phone, state in standing.items():
            where = address.select().where(address.c.msisdn == number(phone))
            conn.execute(
                update(outbox.outbox)
                .where(
                    outbox.outbox.c.broadcast_id == plan.id,
                    outbox.outbox.c.address_id == conn.execute(where).one().id,
                )
                .values(state=state.value, **more)
            )

    await office.database.write(work)


async def once_more(office: Office, outbox_id: int) -> None:
    def work(conn: Connection) -> None:
        outbox.again(conn, outbox.get(conn, outbox_id), office.now)

    await office.database.write(work)


async def test_a_plan_is_shown_before_anybody_has_approved_it(office: Office) -> None:
    await office.people(person("Gul", 1), person("Be-Phone"), person("Bibi", "+923670000001"))
    plan = await office.plan(kind=Kind.URGENT)
    shown = await progress(office, plan)
    same = ("id", "ref", "hash", "people", "addresses", "segments", "price_micro", "currency")
    assert [getattr(shown, name) for name in same] == [getattr(plan, name) for name in same]
    assert (shown.seconds, shown.held, shown.left_out) == (0, plan.held, plan.left_out)
    assert (shown.kind, shown.state, shown.audience) == (Kind.URGENT, "planned", "all")
    assert (shown.author, shown.approver, shown.approved_at) == ("Sajida", "", None)
    assert shown.author_id == office.officers["Sajida"]
    assert (shown.created_at, shown.texts) == (office.now, plan.texts)
    assert (shown.total, shown.waiting, shown.units, shown.last_at) == (0, 0, (), None)
    assert (shown.is_waiting_for_undo, shown.seconds_left) == (False, 0)
    assert (shown.held_until, shown.held_reason) == (None, "")
    assert set(shown.states) == set(State)


async def test_an_approved_text_can_be_taken_back_for_sixty_seconds(office: Office) -> None:
    await office.people(person("Gul", 1), person("Naz", 2))
    plan = await office.plan()
    await office.approve(plan, at_once=False)
    shown = await progress(office, plan, now=office.now + timedelta(seconds=20.5))
    assert (shown.is_waiting_for_undo, shown.seconds_left) == (True, 40)
    assert (shown.approver, shown.approved_at) == ("Rehmat", office.now)
    assert (shown.due_at, shown.waiting, shown.gone) == (office.now + UNDO, 2, 0)
    assert not (await progress(office, plan, now=office.now + UNDO)).is_waiting_for_undo
    await stand(office, plan, {1: State.SENT})
    assert not (await progress(office, plan)).is_waiting_for_undo


async def test_a_text_sent_at_once_or_taken_back_waits_for_no_undo(office: Office) -> None:
    await office.people(person("Gul", 1))
    assert not (await progress(office, await office.send())).is_waiting_for_undo
    plan = await office.plan()
    await office.approve(plan, at_once=False)
    await cancel_broadcast(office.database, plan.id, by="Sajida", now=office.now)
    shown = await progress(office, plan)
    assert (shown.state, shown.seconds_left, shown.waiting) == ("cancelled", 0, 0)
    assert (shown.states[State.CANCELLED], shown.last_at) == (1, None)


async def test_what_has_gone_is_counted_and_paid(office: Office) -> None:
    await office.people(*(person(f"P{n}", n) for n in range(10)))
    plan = await office.send()
    await stand(office, plan, dict(enumerate(State)))
    await stand(office, plan, {list(State).index(State.EXPIRED): State.EXPIRED}, external_id="x")
    shown = await progress(office, plan)
    assert shown.states == dict.fromkeys(State, 1)
    assert shown.total == 10
    # sent, delivered, undelivered, rejected, and the one that the wire let expire
    assert (shown.gone, shown.waiting, shown.failed_total) == (5, 2, 3)
    # the wire never took the rejected one
    assert shown.spent_micro == 4 * PRICE
    await stand(office, plan, {list(State).index(State.EXPIRED): State.EXPIRED}, external_id=None)
    assert (await progress(office, plan)).gone == 4


async def test_the_lsos_add_up_to_the_total(office: Office) -> None:
    lso = await office.unit("Roshni", local_name="روشنی")
    vo = await office.unit("Shahi Bala", kind="VO", parent_id=lso)
    await office.unit("Shahi Gol", kind="CO", parent_id=vo)
    await office.unit("Lonely", kind="VO")
    await office.unit("Wafa")
    await office.people(
        person("A", 1, lso="Roshni"),
        person("B", 2, lso="Shahi Bala"),
        person("C", 3, lso="Shahi Gol"),
        person("D", 4, lso="Lonely"),
        person("E", 5),
        person("F", 6, lso="Shahi Gol"),
        person("Leader", 6, lso="Wafa", body="EC", shared="yes"),
    )
    plan = await office.send()
    await stand(
        office, plan, {1: State.DELIVERED, 2: State.SENT, 3: State.REJECTED, 6: State.DELIVERED}
    )
    shown = await progress(office, plan)
    rows = {
        one.name: (one.local_name, one.total, one.gone, one.delivered, one.failed)
        for one in shown.units
    }
    assert rows == {
        "Lonely": ("", 1, 0, 0, 0),
        "Roshni": ("روشنی", 3, 3, 1, 1),
        "Wafa": ("", 1, 1, 1, 0),
        "": ("", 1, 0, 0, 0),
    }
    assert list(rows) == ["Lonely", "Roshni", "Wafa", ""]
    for figure, whole in (("total", 6), ("gone", 4), ("delivered", 2), ("failed", 1)):
        assert sum(getattr(one, figure) for one in shown.units) == whole
    assert (shown.total, shown.gone) == (6, 4)


async def test_a_text_in_doubt_names_everybody_on_the_phone_and_hides_the_number(
    office: Office,
) -> None:
    vo = await office.unit("Laspa Bala", kind="VO", local_name="لاسپہ")
    await office.people(person("Zarmina", 3), person("Karim Dad", 3, lso="Laspa Bala", body="GB"))
    plan = await office.send()
    claimed = (await office.claim()).rows
    assert vo
    assert len(claimed) == 1
    await stand(office, plan, {3: State.UNCERTAIN}, updated_at=office.now + timedelta(minutes=5))
    (row,) = (await progress(office, plan)).uncertain
    assert row.people == (Named("Karim Dad", ""), Named("Zarmina", ""))
    assert (row.unit, row.number) == (Named("Laspa Bala", "لاسپہ"), "039*****03")
    assert (row.id, row.since) == (claimed[0].id, office.now)


async def test_a_text_sent_once_more_counts_once(office: Office) -> None:
    await office.people(person("Gul", 1), person("Naz", 2))
    plan = await office.send()
    for _ in range(2):
        await stand(office, plan, {1: State.UNCERTAIN})
        (row,) = (await progress(office, plan)).uncertain
        await once_more(office, row.id)
        shown = await progress(office, plan)
        assert (shown.total, shown.states[State.QUEUED], shown.uncertain) == (2, 2, ())
        assert sum(one.total for one in shown.units) == 2
        counts = await show_counts(office.database, plan.id, network_id=office.id)
        assert counts == shown.states


async def test_who_was_missed_is_listed_newest_first_up_to_fifty(office: Office) -> None:
    await office.people(*(person(f"P{n}", n) for n in range(53)))
    plan = await office.send()
    await stand(office, plan, dict.fromkeys(range(52), State.UNDELIVERED), reason="30003")
    later = office.now + timedelta(minutes=1)
    await stand(office, plan, {7: State.REJECTED}, reason="21610", updated_at=later)
    shown = await progress(office, plan)
    assert (shown.failed_total, len(shown.failed)) == (52, 50)
    first, second = shown.failed[:2]
    assert (first.people, first.state, first.reason) == (
        (Named("P7", ""),),
        State.REJECTED,
        "21610",
    )
    assert (first.number, first.since, second.state) == ("039*****07", later, State.UNDELIVERED)
    assert (first.unit, shown.uncertain) == (Named("", ""), ())


async def test_the_last_text_is_foretold_at_the_safe_pace(office: Office) -> None:
    await office.wires(wire(interval_us=MINUTE_US, burst=3))
    await office.people(*(person(f"P{n}", n) for n in range(11)))
    plan = await office.send()
    assert (await progress(office, plan)).last_at == office.now + timedelta(minutes=8)
    await stand(office, plan, dict.fromkeys(range(3), State.SENT))
    later = office.now + timedelta(minutes=1)
    shown = await progress(office, plan, now=later)
    assert (shown.last_at, shown.cut_at) == (later + timedelta(minutes=8), None)
    await stand(office, plan, dict.fromkeys(range(11), State.SENT))
    assert (await progress(office, plan)).last_at is None


async def test_no_end_is_foretold_while_the_wire_is_stopped(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.send()
    await office.wires()
    assert (await progress(office, plan)).last_at is None


async def test_held_texts_say_until_when_and_why(office: Office) -> None:
    await office.wires(wire(interval_us=MINUTE_US, burst=1))
    await office.people(person("Gul", 1), person("Naz", 2))
    plan = await office.plan()
    night = office.now + timedelta(hours=11)
    morning = office.now.replace(hour=4) + timedelta(days=1)
    await office.approve(plan, now=night)
    shown = await progress(office, plan, now=night)
    assert (shown.states[State.HELD], shown.waiting) == (2, 2)
    assert (shown.held_until, shown.held_reason) == (morning, "quiet")
    assert shown.last_at == morning + timedelta(minutes=1)


async def test_quiet_hours_that_will_stop_it_half_way_are_foretold(office: Office) -> None:
    await office.wires(wire(interval_us=MINUTE_US, burst=1))
    await office.people(*(person(f"P{n}", n) for n in range(31)))
    evening = office.now.replace(hour=14, minute=45)
    plan = await office.plan()
    await office.approve(plan, now=evening)
    shown = await progress(office, plan, now=evening)
    assert shown.cut_at == evening + timedelta(minutes=15)


async def test_a_broadcast_of_another_network_is_not_there(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    await other.people(person("Zar", 1))
    plan = await other.send()
    for broadcast_id in (plan.id, 404):
        for asked in (
            show_progress(office.database, broadcast_id, network_id=office.id, now=office.now),
            show_counts(office.database, broadcast_id, network_id=office.id),
        ):
            with pytest.raises(Refusal, match=f"no broadcast {broadcast_id}") as refused:
                await asked
            assert refused.value.code == "not_found"
    assert (await progress(replace(office, id=other.id), plan)).total == 1


async def test_a_phone_without_a_person_is_counted_without_a_unit(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.send()

    def forget(conn: Connection) -> None:
        conn.exec_driver_sql("DELETE FROM person_address")
        conn.execute(people.update().values(name="Gone"))

    await office.database.write(forget)
    await stand(office, plan, {1: State.UNCERTAIN})
    shown = await progress(office, plan)
    assert [(one.name, one.total) for one in shown.units] == [("", 1)]
    assert (shown.uncertain[0].people, shown.uncertain[0].unit) == ((), Named("", ""))
