"""What is claimed when: nothing while it is quiet, nothing twice, the rest is written down."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from app.services.plan_reminders import plan_reminders
from app.store.database import Database
from tests.factories import Office
from tests.services.reminded import Board

MEETS = datetime(2025, 10, 12, 5, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
async def board(database_url: str) -> AsyncIterator[Board]:
    async with Database(database_url) as database:
        yield await Board.open(await Office.open(database, MEETS - 20 * DAY), 1)


async def plan(board: Board, now: datetime) -> bool:
    return await plan_reminders(board.office.database, now=now)


async def test_nothing_is_claimed_before_its_time_or_in_the_night(board: Board) -> None:
    meeting_id = await board.call(MEETS)
    for early in (MEETS - 8 * DAY, MEETS - 7 * DAY - HOUR, MEETS - 6 * DAY - 12 * HOUR):
        assert not await plan(board, early)
    assert await board.notices(meeting_id) == []
    assert await plan(board, MEETS - 6 * DAY)
    assert await plan(board, MEETS - 6 * DAY)  # it is not made yet
    assert await board.notices(meeting_id) == [(0, 10080, "all", "making")]


@pytest.mark.parametrize("state", ["held", "adjourned", "postponed", "cancelled"])
async def test_only_planned_meetings_remind(board: Board, state: str) -> None:
    await board.call(MEETS, state=state)
    assert not await plan(board, MEETS - 7 * DAY)


async def test_what_was_missed_is_written_down_for_a_week_and_no_longer(board: Board) -> None:
    first, second = await board.call(MEETS), await board.call(MEETS, no=2)
    await board.change(second, MEETS - 19 * DAY, state="postponed")
    assert await plan(board, MEETS + 6 * DAY)
    assert {state for *_, state in await board.notices(first)} == {"missed"}
    await board.change(second, MEETS - 19 * DAY, state="planned")
    assert not await plan(board, MEETS + 8 * DAY)
    assert await board.notices(second) == []
