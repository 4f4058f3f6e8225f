"""The first page of the office: what waits, what is in doubt, what is late, and nobody else's."""

from datetime import date, timedelta

from app.domain.messages import State
from app.services.publish_minutes import DecisionDraft
from app.services.show_today import Today, show_today
from app.store import restored
from app.store.settle import Result, settle
from tests.factories import Office, number, person

DANGER = "bund toot gaya hai hamare gaon mein pani aa raha hai"


async def today(office: Office, name: str = "Rehmat", **changes: object) -> Today:
    asked = {"account_id": office.officers[name], "may_approve": True, "now": office.now}
    return await show_today(office.database, office.id, **{**asked, **changes})


def decision(no: int, due: date | None, status: str = "in hand") -> DecisionDraft:
    return DecisionDraft(no, {"en": {"text": f"Number {no}."}}, due=due, status=status)


async def test_a_new_office_has_nothing_waiting(office: Office) -> None:
    seen = await today(office)
    assert (seen.to_approve, seen.own_waiting, seen.going, seen.sent) == ((), (), (), ())
    assert (seen.uncertain.count, seen.inbox.count, seen.restored) == (0, 0, 0)
    assert (seen.next_meeting, seen.overdue.count, seen.overdue.code) == (None, 0, "")
    assert (seen.spent_micro, seen.currency, seen.tz) == (0, "PKR", "Asia/Karachi")
    assert [(wire.name, wire.waiting, wire.last_at) for wire in seen.wires] == [("sim", 0, None)]


async def test_the_inbox_shows_the_newest_five_by_name_or_masked_number(office: Office) -> None:
    await office.people(person("Gul Rukh", 1))
    for sender in (5, 3, 4, 1, 2, "8171"):
        await office.say(sender, DANGER)
    inbox = (await today(office)).inbox
    assert inbox.count == 6
    names = ["8171", "039*****02", "Gul Rukh", "039*****04", "039*****03"]
    assert [line.who for line in inbox.newest] == names
    assert inbox.newest[0].address_id is None
    assert (inbox.newest[2].text, inbox.newest[2].at) == (DANGER, office.now)


async def test_uncertain_texts_are_listed_under_their_broadcast(office: Office) -> None:
    await office.people(person("Gul", 1), person("Noor", 2))
    plan = await office.send()
    rows = (await office.claim()).rows
    lost = [Result(row.id, row.token, row.no, State.UNCERTAIN, "uncertain") for row in rows]
    await office.database.write(settle, lost, office.now)
    uncertain = (await today(office)).uncertain
    (doubt,) = uncertain.of
    assert uncertain.count == 2
    assert (doubt.broadcast_id, doubt.ref) == (plan.id, plan.ref)
    assert doubt.outbox_ids == tuple(sorted(row.id for row in rows))


async def test_texts_held_by_a_restore_are_counted_apart_from_those_held_for_the_night(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    late = office.now.replace(hour=17)
    await office.approve(await office.plan(now=late), now=late)
    assert (await today(office)).restored == 0
    await office.database.write(restored.hold_back, late)
    assert (await today(office)).restored == 1


async def test_the_oldest_open_decision_is_named_with_its_days(office: Office) -> None:
    on = office.now.date()
    await office.meeting(9, at=office.now - timedelta(days=90))
    await office.minutes(
        9,
        decisions=[
            decision(1, on - timedelta(days=61)),
            decision(2, on - timedelta(days=90), "done"),
            decision(3, on - timedelta(days=80), "dropped"),
            decision(4, on - timedelta(days=1)),
            decision(5, on),
            decision(6, None),
        ],
    )
    overdue = (await today(office)).overdue
    assert (overdue.count, overdue.code, overdue.days_late) == (2, "9/1", 61)


async def test_a_decision_is_late_by_the_day_of_the_network_not_of_greenwich(
    office: Office,
) -> None:
    await office.meeting(9)
    await office.minutes(9, decisions=[decision(1, date(2026, 11, 21))])
    before_midnight = office.now.replace(hour=18, minute=59)
    assert (await today(office, now=before_midnight)).overdue.count == 0
    assert (await today(office, now=before_midnight + timedelta(minutes=1))).overdue.count == 1


async def test_the_next_meeting_is_the_first_still_to_come(office: Office) -> None:
    await office.meeting(14, at=office.now - timedelta(days=1))
    await office.meeting(16, at=office.now + timedelta(days=9))
    await office.meeting(15, at=office.now + timedelta(days=2), venue={"en": "Roshni office"})
    found = (await today(office)).next_meeting
    assert found is not None
    assert (found.body, found.label, found.venue) == ("EC", "15", {"en": "Roshni office"})
    assert found.at == office.now + timedelta(days=2)


async def test_the_month_of_the_money_is_the_networks_month(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan()
    first = office.now.replace(day=1, hour=0) - timedelta(hours=5)
    await office.approve(plan, now=first - timedelta(seconds=1))
    assert (await today(office)).spent_micro == 0
    second = await office.plan()
    await office.approve(second, now=first)
    assert (await today(office)).spent_micro == second.price_micro > 0


async def test_nothing_of_another_network_appears(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.say(1, DANGER)
    await office.send()
    await office.plan()
    await office.meeting(9, at=office.now - timedelta(days=30))
    await office.minutes(9, decisions=[decision(1, office.now.date() - timedelta(days=3))])
    await office.meeting(10, at=office.now + timedelta(days=3))
    other = await Office.open(office.database, office.now, "other")
    full, empty = await today(office), await today(other)
    assert (len(full.to_approve), len(full.going)) == (1, 1)
    assert (full.inbox.count, full.overdue.count) == (1, 1)
    assert full.next_meeting is not None
    assert (empty.to_approve, empty.going, empty.sent) == ((), (), ())
    assert (empty.inbox.count, empty.overdue.count, empty.next_meeting) == (0, 0, None)
    assert (empty.spent_micro, empty.wires[0].waiting, empty.wires[0].last_at) == (0, 0, None)
    assert number(1) not in repr(full)
