"""What the office may rely on when a meeting is moved while texts must wait for the morning."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.errors import Refusal
from app.services.approve_broadcast import Approver
from app.services.hurry_change import agree_to_hurry, ask_to_hurry
from app.store.database import Database
from tests.factories import Office
from tests.services.reminded import Board

MEETS = datetime(2025, 10, 12, 5, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
FIRST = MEETS - timedelta(days=7)
EIGHT = MEETS - 2 * HOUR


@pytest.fixture
async def board(database_url: str) -> AsyncIterator[Board]:
    async with Database(database_url) as database:
        office = await Office.open(database, MEETS - timedelta(days=20))
        yield await Board.open(office, 1, 2, 3)


@pytest.fixture
async def moved(board: Board) -> tuple[Board, int]:
    """A meeting that was moved at eight in the morning of its day, from ten to noon."""
    meeting_id = await board.call(MEETS)
    await board.tick(FIRST)
    await board.send(FIRST)
    await board.change(meeting_id, EIGHT, at=MEETS + 2 * HOUR)
    await board.tick(EIGHT + MINUTE)
    return board, meeting_id


def who(office: Office, name: str) -> Approver:
    return Approver(name, office.officers[name], "")


async def test_two_officers_send_the_news_of_a_moved_meeting_before_nine(
    moved: tuple[Board, int],
) -> None:
    board, meeting_id = moved
    office, now = board.office, EIGHT + 2 * MINUTE
    ids = (office.database, office.id, meeting_id)
    with pytest.raises(Refusal, match="Nobody asked"):
        await agree_to_hurry(*ids, by=who(office, "Rehmat"), now=now)
    assert await ask_to_hurry(*ids, by=who(office, "Nusrat"), now=now)
    assert await board.send(now) == []
    with pytest.raises(Refusal, match="another officer"):
        await agree_to_hurry(*ids, by=who(office, "Nusrat"), now=now)
    assert await agree_to_hurry(*ids, by=who(office, "Rehmat"), now=now) == 3
    await board.tick(now + MINUTE)
    assert len(await board.send(now + MINUTE)) == 3
    assert await agree_to_hurry(*ids, by=who(office, "Rehmat"), now=now) == 0
    assert await board.send(MEETS - HOUR) == []


async def test_who_asked_first_stays_the_one_who_asked(moved: tuple[Board, int]) -> None:
    board, meeting_id = moved
    office, now = board.office, EIGHT + 2 * MINUTE
    ids = (office.database, office.id, meeting_id)
    for name in ("Nusrat", "Rehmat"):
        assert await ask_to_hurry(*ids, by=who(office, name), now=now)
    with pytest.raises(Refusal, match="another officer"):
        await agree_to_hurry(*ids, by=who(office, "Nusrat"), now=now)
    assert await agree_to_hurry(*ids, by=who(office, "Rehmat"), now=now) == 3


async def test_nothing_else_is_pushed_through_quiet_hours(board: Board) -> None:
    office, night = board.office, FIRST + 12 * HOUR
    meeting_id = await board.call(MEETS)
    await board.tick(FIRST)
    await board.tick(night)
    assert {state for _, state, _ in await board.texts()} == {"held"}
    ids = (office.database, office.id, meeting_id)
    assert not await ask_to_hurry(*ids, by=who(office, "Nusrat"), now=night)
    assert await agree_to_hurry(*ids, by=who(office, "Rehmat"), now=night) == 0
    assert await board.send(night) == []
    with pytest.raises(Refusal, match="account of their own"):
        await ask_to_hurry(*ids, by=Approver("keeper", None, ""), now=night)


async def test_no_other_network_hurries_ours(moved: tuple[Board, int]) -> None:
    board, meeting_id = moved
    other = await Office.open(board.office.database, board.office.now, "sarang")
    with pytest.raises(Refusal, match="no such meeting"):
        await ask_to_hurry(other.database, other.id, meeting_id, by=who(other, "Nusrat"), now=EIGHT)
