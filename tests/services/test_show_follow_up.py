"""What has to be followed up, equal to figures made by hand."""

from datetime import timedelta

import pytest

from app.services.remind_owners import remind_owners
from app.services.show_follow_up import FollowUp, show_follow_up
from tests.factories import Office, catalogue
from tests.services.owed import Owing
from tests.services.seated import TODAY


@pytest.fixture
async def owing(office: Office) -> Owing:
    return await Owing.open(office)


async def show(owing: Owing, days: int = 0) -> FollowUp:
    today = TODAY + timedelta(days=days)
    return await show_follow_up(owing.office.database, owing.office.id, today=today)


async def test_late_ones_come_with_days_owner_reminder_and_report(owing: Owing) -> None:
    person_id = await owing.owner()
    minutes_id = await owing.meeting()
    oldest = await owing.decide(minutes_id, 2, days=-40)
    await owing.decide(minutes_id, 3, days=-1)
    await owing.decide(minutes_id, 4, days=5)
    await owing.decide(minutes_id, 5, days=8)
    for no, status in enumerate(("done", "dropped", "lapsed", "recommended"), 6):
        await owing.decide(minutes_id, no, days=-5, status=status)
    await remind_owners(owing.office.database, catalogue=catalogue(), now=owing.office.now)
    await owing.office.say(1, "14/2 JARI 60 feet")
    found = await show(owing)
    assert [(one.code, one.days_late) for one in found.late] == [("14/2", 40), ("14/3", 1)]
    assert [(one.code, one.days_late) for one in found.soon] == [("14/4", -5)]
    late = found.late[0]
    assert (late.decision_id, late.holders[0].person_id) == (oldest, person_id)
    assert late.unit == "LSO Roshni"
    assert (late.reminder_ref, late.reminded_at) == (1, owing.office.now)
    assert late.last is not None
    assert (late.last.said, late.last.note, late.last.state) == ("in hand", "60 feet", "waiting")
    assert (found.waiting, [one.code for one in found.reports]) == (1, ["14/2"])
    assert found.ownerless == ()


async def test_a_decision_without_a_date_is_never_late(owing: Owing) -> None:
    await owing.decide(await owing.meeting(), due=None)
    found = await show(owing, 900)
    assert (found.late, found.soon) == ((), ())


async def test_whom_no_reminder_reaches_stands_on_the_secretarys_list(owing: Owing) -> None:
    minutes_id = await owing.meeting()
    await owing.decide(minutes_id, 1, days=-1)
    (vacant,) = (await show(owing)).ownerless
    assert vacant.is_vacant
    person_id, _ = await owing.chamber.officer("Sadaf", owing.chamber.roshni, "President")
    (unreached,) = (await show(owing)).ownerless
    assert unreached.is_unreached
    await owing.chamber.phone(person_id, 1, standing="stopped")
    assert len((await show(owing)).ownerless) == 1
    await owing.chamber.phone(person_id, 2)
    assert (await show(owing)).ownerless == ()


async def test_the_newest_of_many_reminders_is_shown(owing: Owing) -> None:
    await owing.owner()
    await owing.decide(await owing.meeting(), days=-1)
    for days in (0, 14, 28):
        now = owing.office.now + timedelta(days=days)
        await remind_owners(owing.office.database, catalogue=catalogue(), now=now)
    (line,) = (await show(owing, 28)).late
    assert (line.reminder_ref, line.days_late) == (3, 29)


async def test_another_networks_decisions_are_not_shown(owing: Owing) -> None:
    await owing.owner()
    await owing.decide(await owing.meeting(), days=-1)
    await owing.office.say(1, "14/2 DONE")
    other = await Office.open(owing.office.database, owing.office.now, "sarang")
    found = await show_follow_up(other.database, other.id, today=TODAY)
    assert (found.late, found.reports, found.waiting) == ((), (), 0)
