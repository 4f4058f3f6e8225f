"""A meeting is called once, and members can ask for it at once."""

from datetime import timedelta

import pytest

from app.domain.errors import Refusal
from app.store import journal, meetings
from tests.factories import Office


async def test_a_meeting_to_come_is_told_to_who_asks(office: Office) -> None:
    at = office.now + timedelta(days=3)
    await office.meeting(15, at=at, venue={"en": "Roshni office"})
    row = await office.database.read(meetings.next_meeting, office.id, office.now)
    assert (row.no, row.at) == (15, at)
    assert "Roshni" in (await office.say(1, "IJLAS")).reply


async def test_a_number_is_used_once_in_a_body(office: Office) -> None:
    await office.meeting(15)
    await office.meeting(15, body="GB")
    with pytest.raises(Refusal, match="EC meeting 15 is there already"):
        await office.meeting(15)
    assert await office.database.read(meetings.highest_no, office.id, "EC") == 15
    assert await office.database.read(journal.first_broken, office.id) is None


async def test_each_network_counts_its_own_meetings(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    await office.meeting(15)
    await other.meeting(15)
    assert await office.database.read(meetings.highest_no, other.id, "GB") == 0
