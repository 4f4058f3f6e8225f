"""Meetings as they are found again: by number, by date, by what was decided."""

from datetime import timedelta

from app.store import meetings
from tests.factories import Office


async def test_the_next_meeting_is_planned_and_lies_ahead(office: Office) -> None:
    day = timedelta(days=1)
    for no, at in ((1, -day), (2, 3 * day), (3, 2 * day), (4, day)):
        await office.meeting(no, at=office.now + at)
    row = await office.database.read(meetings.next_meeting, office.id, office.now)
    assert row.no == 4
    await office.database.write(meetings.set_state, row.id, "cancelled")
    row = await office.database.read(meetings.next_meeting, office.id, office.now)
    assert row.no == 3
    late = office.now + 9 * day
    assert await office.database.read(meetings.next_meeting, office.id, late) is None


async def test_minutes_are_told_only_when_published(office: Office) -> None:
    find = meetings.published
    meeting_id = await office.meeting()
    assert await office.database.read(find, office.id, registered=True) is None
    draft = {"network_id": office.id, "meeting_id": meeting_id, "published_at": None}
    await office.database.write(meetings.add_minutes, draft)
    assert await office.database.read(find, office.id, registered=True) is None
    assert await office.database.read(meetings.minutes_of, meeting_id) is not None
    assert await office.database.read(meetings.words_of, []) == {}


async def test_a_number_that_two_bodies_use_means_the_newest_meeting(office: Office) -> None:
    await office.meeting(5, at=office.now - timedelta(days=1))
    await office.minutes(5)
    await office.meeting(5, body="GB", at=office.now)
    await office.minutes(5, body="GB")
    row = await office.database.read(meetings.published, office.id, registered=True, no=5)
    assert row.body == "GB"
