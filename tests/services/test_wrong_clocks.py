"""A week in which the clock goes wrong: each reminder of a meeting once, none after it."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.jobs import Jobs
from app.services.watch_clock import confirm_clock
from app.store import clock
from app.store.database import Database
from tests.factories import Office
from tests.services.reminded import Board

# Sunday 12 October 2025, 10 in the morning in Pakistan.
MEETS = datetime(2025, 10, 12, 5, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WEEK_BEFORE, DAY_BEFORE, SAME_MORNING = MEETS - 7 * DAY, MEETS - DAY, MEETS - HOUR
DEAD_BATTERY = datetime(1970, 1, 1, tzinfo=UTC)
LOOKED_AT = (4, 5, 7, 12)
"""The hours at which something may happen in the last days, in UTC."""


def at(day: int, hour: int) -> datetime:
    """That hour of October."""
    return datetime(2025, 10, day, hour, tzinfo=UTC)


def moments() -> list[datetime]:
    """The true time whenever the timetable ticks: once a day, then more often."""
    days = [at(day, 5) for day in range(5, 10)]
    return days + [at(day, hour) for day in range(10, 13) for hour in LOOKED_AT]


@dataclass(frozen=True)
class Fault:
    """What goes wrong between two moments: a wall clock, or None while the computer is off."""

    since: datetime
    until: datetime
    wall: Callable[[datetime], datetime] | None
    confirmed_at: datetime | None = None

    def shows(self, now: datetime) -> datetime | None:
        """What the clock on the wall shows at a true time."""
        if not self.since <= now < self.until:
            return now
        return self.wall(now) if self.wall else None


FAULTS = {
    "right": (Fault(MEETS, MEETS, None), DAY_BEFORE),
    "an hour ahead": (Fault(at(10, 12), at(11, 7), lambda now: now + HOUR), at(11, 4)),
    "a day back": (Fault(at(10, 7), at(11, 5), lambda now: now - DAY), DAY_BEFORE),
    "1970": (
        Fault(at(10, 12), at(11, 7), lambda now: DEAD_BATTERY + (now - at(10, 12))),
        at(11, 7),
    ),
    "five years ahead": (Fault(at(10, 12), at(11, 7), lambda now: now + 1826 * DAY), at(11, 7)),
    "off for two days": (Fault(at(9, 6), at(11, 5), None, confirmed_at=at(11, 12)), at(11, 12)),
}
"""Each with the true time at which the reminder of the day before goes out."""


@pytest.fixture
async def board(database_url: str) -> AsyncIterator[Board]:
    async with Database(database_url) as database:
        office = await Office.open(database, MEETS - 20 * DAY)
        yield await Board.open(office, 1, 2)


async def nothing(_heard: Any) -> None:
    """Take what a wire heard; in these tests there is none."""


async def run(board: Board, wall: datetime) -> list[int]:
    """One round of the timetable and the dispatcher by that clock; gives who got a text."""
    jobs = Jobs(board.office.database, {}, {}, "w1", lambda: wall, nothing, lambda: None)
    for work in (Jobs.remind_of_meetings, Jobs._keep, Jobs._forget):
        await jobs.tick(work)
    return await board.send(wall)


@pytest.mark.parametrize(
    "name",
    [
        "five years ahead",
        "off for two days",
        *(pytest.param(name, marks=pytest.mark.slow) for name in list(FAULTS)[:4]),
    ],
)
async def test_each_reminder_goes_once_and_before_the_meeting(board: Board, name: str) -> None:
    fault, day_before = FAULTS[name]
    meeting_id = await board.call(MEETS)
    went: list[tuple[datetime, int]] = []
    for now in moments():
        if now == fault.confirmed_at:
            database, office_id = board.office.database, board.office.id
            assert not await database.read(clock.is_believed, now)
            await confirm_clock(database, office_id, by="Rehmat", now=now)
        if (wall := fault.shows(now)) is not None:
            went += [(now, to) for to in await run(board, wall)]
    times = (WEEK_BEFORE, day_before, SAME_MORNING)
    assert went == [(now, to) for now in times for to in (1, 2)]
    made = [lead for _, lead, _, state in await board.notices(meeting_id) if state == "made"]
    assert made == [10080, 1440, 120]
