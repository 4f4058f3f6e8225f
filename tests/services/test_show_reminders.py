"""When a body is told of its meeting: what is to come, what went, what waits, what was left out."""

from datetime import UTC, datetime, timedelta

import pytest

from app.domain.errors import Refusal
from app.domain.reminders import DAY
from app.services.change_meeting import MeetingChange, change_meeting
from app.services.show_reminders import ReminderLine, show_reminders
from tests.factories import Office, wire
from tests.services.reminded import Board

SUNDAY = datetime(2026, 11, 29, 5, 0, tzinfo=UTC)
"""10:00 in Karachi."""


async def lines(office: Office, meeting_id: int, now: datetime) -> list[ReminderLine]:
    return list(await show_reminders(office.database, office.id, meeting_id, now=now))


async def test_each_reminder_is_shown_from_the_plan_to_the_last_text(office: Office) -> None:
    await office.wires(wire())
    board = await Board.open(office, 1, 2, 0)
    meeting_id = await board.call(SUNDAY)
    called = await lines(office, meeting_id, office.now)
    assert [(one.lead, one.state) for one in called] == [
        (7 * DAY, "coming"), (DAY, "coming"), (120, "coming")
    ]  # fmt: skip
    assert [one.is_shifted for one in called] == [False, False, True]
    assert called[-1].at == SUNDAY - timedelta(hours=1)
    week_before = SUNDAY - timedelta(days=7)
    await board.tick(week_before)
    first, *rest = await lines(office, meeting_id, week_before)
    assert (first.state, first.part, first.every, first.went) == ("going", "all", 2, 0)
    assert first.ref == 1
    assert [one.state for one in rest] == ["coming", "coming"]
    change = MeetingChange(at=SUNDAY + timedelta(days=7))
    await change_meeting(
        office.database, office.id, meeting_id, change, by="Nusrat", now=week_before
    )
    after = await lines(office, meeting_id, week_before)
    old = next(one for one in after if one.is_void)
    assert (old.lead, old.state) == (7 * DAY, "cancelled")
    assert [(one.lead, one.state) for one in after if not one.is_void] == [
        (0, "making"), (7 * DAY, "coming"), (DAY, "coming"), (120, "coming")
    ]  # fmt: skip


async def test_a_meeting_that_is_off_has_nothing_to_come_and_a_late_one_says_what_is_dropped(
    office: Office,
) -> None:
    board = await Board.open(office, 1)
    early = SUNDAY - timedelta(minutes=50)
    meeting_id = await board.call(early)
    assert [one.state for one in await lines(office, meeting_id, office.now)] == [
        "coming", "coming", "dropped"
    ]  # fmt: skip
    change = MeetingChange(state="cancelled")
    await change_meeting(
        office.database, office.id, meeting_id, change, by="Nusrat", now=office.now
    )
    assert await lines(office, meeting_id, office.now) == []
    other = await Office.open(office.database, office.now, slug="other")
    with pytest.raises(Refusal) as refused:
        await show_reminders(office.database, other.id, meeting_id, now=office.now)
    assert refused.value.code == "not_found"
