"""What waits in the outbox is released, dropped or held when its time has come."""

from datetime import UTC, datetime, timedelta

from app.domain.broadcast import Kind
from app.services.keep_outbox import keep_outbox
from tests.factories import Office, person

NIGHT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)


async def keep(office: Office, at: datetime) -> int:
    return await keep_outbox(office.database, now=at)


async def test_a_text_held_for_the_night_is_queued_in_the_morning(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.approve(await office.plan(now=NIGHT), now=NIGHT)
    assert await keep(office, MORNING - timedelta(seconds=1)) == 0
    assert await office.states() == ["held"]
    assert await keep(office, MORNING) == 1
    assert await office.states() == ["queued"]
    assert len((await office.claim(now=MORNING)).rows) == 1


async def test_a_text_that_is_late_for_its_day_waits_for_the_morning(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.send()
    await office.send(kind=Kind.URGENT)
    await office.say(1, "KARWAI")
    assert await keep(office, NIGHT) == 1
    routine, urgent, reply = await office.texts()
    assert (routine.state, routine.reason, routine.due_at) == ("held", "quiet", MORNING)
    assert (urgent.state, reply.state) == ("queued", "queued")
    assert await keep(office, NIGHT) == 0


async def test_what_is_too_late_is_dropped_and_says_so(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.approve(await office.plan(now=NIGHT), now=NIGHT)
    await office.send(kind=Kind.URGENT)
    await office.send(kind=Kind.NEWS)
    late = office.now + timedelta(days=30)
    assert await keep(office, late) == 2
    rows = await office.texts()
    assert [row.state for row in rows] == ["expired", "expired", "queued"]
    assert rows[0].reason == "too late"


async def test_an_office_with_nothing_to_do_changes_nothing(office: Office) -> None:
    assert await keep(office, NIGHT) == await keep(office, MORNING) == 0


async def test_each_network_keeps_its_own_hours(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    await office.people(person("Gul", 1))
    await other.people(person("Gul", 1))
    await office.send()
    await other.send()
    assert await keep(office, NIGHT) == 2
    assert {row.network_id for row in await office.texts()} == {office.id, other.id}
