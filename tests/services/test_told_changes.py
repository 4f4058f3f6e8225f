"""A meeting that is moved or called off: what waits is taken back, who read of it is told first."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from app.store.database import Database
from tests.factories import Office
from tests.services.reminded import Board

MEETS = datetime(2025, 10, 12, 5, 0, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
FIRST = MEETS - 7 * DAY


@pytest.fixture
async def board(database_url: str) -> AsyncIterator[Board]:
    async with Database(database_url) as database:
        office = await Office.open(database, MEETS - 20 * DAY)
        yield await Board.open(office, 1, 2, 3)


async def test_who_got_it_is_told_and_what_waits_is_taken_back(board: Board) -> None:
    meeting_id = await board.call(MEETS)
    await board.tick(FIRST)
    claimed = await board.office.claim(2, now=FIRST, day=FIRST.date())
    assert len(claimed.rows) == 2
    await board.change(meeting_id, FIRST + MINUTE, at=MEETS + 2 * DAY)
    assert sorted(state for _, state, _ in await board.texts()) == [
        "cancelled",
        "sending",
        "sending",
    ]
    assert await board.tick(FIRST + 2 * MINUTE) == 1
    told = (await board.texts())[3:]
    assert [to for to, _, _ in told] == [1, 2]
    assert told[0][2] == (
        "Mirkhai: TABDEELI: 12 Oct ka EC ijlas ab mangal 14 Oct subah 10 baje, LSO Roshni, Shahi. "
        "Jawab den: 11=han 12=nahi. Ref 2"
    )
    # The new day's own reminders follow: the first to whoever had not heard of it just now.
    assert await board.tick(MEETS + 2 * DAY - 7 * DAY) == 1
    assert [to for to, _, _ in (await board.texts())[5:]] == [3]


async def test_whoever_was_not_told_of_a_move_gets_the_reminder_that_was_due(board: Board) -> None:
    meeting_id = await board.call(MEETS)
    await board.tick(FIRST)
    await board.office.claim(2, now=FIRST, day=FIRST.date())
    await board.change(meeting_id, FIRST + MINUTE, at=MEETS + HOUR)
    moment = FIRST + 2 * HOUR
    assert await board.tick(moment) == 1
    assert await board.tick(moment) == 1
    assert await board.tick(moment) == 0
    new = [(to, "TABDEELI" in words) for to, _, words in (await board.texts())[3:]]
    assert new == [(1, True), (2, True), (3, False)]
    assert [one for one in await board.notices(meeting_id) if one[0] == 1] == [
        (1, 0, "told", "made"),
        (1, 10080, "all", "made"),
    ]


async def test_an_answer_for_another_day_does_not_count_but_one_for_another_place_does(
    board: Board,
) -> None:
    moved, elsewhere = await board.call(MEETS), await board.call(MEETS, no=2)
    await board.tick(FIRST)
    await board.send(FIRST)
    for meeting_id in (moved, elsewhere):
        await board.say(meeting_id, 1, "coming", FIRST + HOUR)
    await board.change(moved, FIRST + 2 * HOUR, at=MEETS + HOUR)
    await board.change(elsewhere, FIRST + 2 * HOUR, venue={"en": "Laspa"})
    await board.tick(FIRST + 2 * HOUR)
    before = len(await board.texts())
    await board.tick(MEETS + HOUR - DAY)
    asked = [to for to, _, words in (await board.texts())[before:] if "Aap ka jawab" in words]
    assert sorted(asked) == [1, 2, 2, 3, 3]
    assert sum("NAYI JAGAH" in words for _, _, words in await board.texts()) == 3


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
async def test_a_meeting_that_is_off_reminds_nobody_until_it_has_a_day(
    board: Board, state: str
) -> None:
    meeting_id = await board.call(MEETS)
    await board.tick(FIRST)
    await board.send(FIRST)
    await board.change(meeting_id, FIRST + DAY, state=state)
    assert await board.tick(FIRST + DAY) == 1
    (words,) = {words for _, _, words in (await board.texts())[3:]}
    assert "EC ijlas itwar 12 Oct subah 10 baje NAHI hoga" in words
    for moment in (MEETS - DAY, MEETS - HOUR):
        assert await board.tick(moment) == 0
    await board.send(FIRST + DAY)
    await board.change(meeting_id, MEETS - 2 * HOUR, at=MEETS + 10 * DAY, state="planned")
    assert await board.tick(MEETS) == 1
    assert "TABDEELI" in (await board.texts())[-1][2]


async def test_nobody_is_told_of_a_change_that_nobody_had_read_before(board: Board) -> None:
    meeting_id = await board.call(MEETS)
    await board.change(meeting_id, FIRST - DAY, at=MEETS + HOUR)
    assert await board.tick(FIRST - DAY) == 0
    await board.tick(FIRST + HOUR)
    await board.change(meeting_id, FIRST + 2 * HOUR, at=MEETS)
    assert await board.tick(FIRST + 2 * HOUR + MINUTE) == 0  # all three were still waiting
    assert await board.tick(FIRST + 2 * HOUR + 2 * MINUTE) == 1
    states = [state for _, state, _ in await board.texts()]
    assert states == ["cancelled"] * 3 + ["queued"] * 3


async def test_moving_at_eight_in_the_morning_overtakes_all_that_waits_until_nine(
    board: Board,
) -> None:
    office = board.office
    meeting_id = await board.call(MEETS)
    await board.tick(FIRST)
    await board.send(FIRST)
    night = MEETS - 3 * DAY - 12 * HOUR  # 22:00
    for text in ("Kal daftar band hai.", "Aur kal bhi."):
        await office.approve(await office.plan("all", text, now=night), now=night)
    eight, nine = MEETS - 3 * DAY - 2 * HOUR, MEETS - 3 * DAY - HOUR
    await board.change(meeting_id, eight, at=MEETS + DAY)
    assert await board.tick(eight + MINUTE) == 1
    told = [state for _, state, words in await board.texts() if "TABDEELI" in words]
    assert told == ["held"] * 3
    assert await board.send(eight + 2 * MINUTE) == []
    await board.tick(nine)
    claimed = await office.claim(100, now=nine, day=nine.date())
    assert ["TABDEELI" in one.text for one in claimed.rows] == [True] * 3 + [False] * 6


async def test_a_change_overtakes_what_is_queued_already(board: Board) -> None:
    office = board.office
    meeting_id = await board.call(MEETS)
    await board.tick(FIRST)
    await board.send(FIRST)
    await office.approve(await office.plan("all", "Kal daftar band hai.", now=FIRST), now=FIRST)
    await board.change(meeting_id, FIRST + HOUR, at=MEETS + DAY)
    await board.tick(FIRST + HOUR)
    claimed = await office.claim(4, now=FIRST + HOUR, day=FIRST.date())
    assert ["TABDEELI" in one.text for one in claimed.rows] == [True] * 3 + [False]


async def test_a_move_in_the_night_to_before_the_morning_is_listed_not_sent(board: Board) -> None:
    meeting_id = await board.call(MEETS)
    await board.tick(FIRST)
    await board.send(FIRST)
    night = MEETS - 12 * HOUR
    await board.change(meeting_id, night, at=MEETS - 2 * HOUR)
    assert await board.tick(night + MINUTE) == 0
    assert (1, 0, "told", "missed") in await board.notices(meeting_id)
    assert len(await board.texts()) == 3


async def test_a_second_move_before_the_first_was_told_is_told_once(board: Board) -> None:
    meeting_id = await board.call(MEETS)
    await board.tick(FIRST)
    await board.send(FIRST)
    await board.change(meeting_id, FIRST + HOUR, at=MEETS + DAY)
    await board.change(meeting_id, FIRST + HOUR + MINUTE, at=MEETS + 2 * DAY)
    assert await board.tick(FIRST + 2 * HOUR) == 1
    told = (await board.texts())[3:]
    assert len(told) == 3
    assert "14 Oct" in told[0][2]


async def test_a_meeting_called_again_on_its_own_day_is_told_to_take_place(board: Board) -> None:
    meeting_id = await board.call(MEETS)
    await board.tick(FIRST)
    await board.send(FIRST)
    await board.say(meeting_id, 1, "coming", FIRST + MINUTE)
    for after, state in ((HOUR, "cancelled"), (2 * HOUR, "planned")):
        await board.change(meeting_id, FIRST + after, state=state)
        await board.tick(FIRST + after)
        await board.send(FIRST + after)
    assert {words for _, _, words in (await board.texts())[6:]} == {
        "Mirkhai: AB HOGA: EC ijlas itwar 12 Oct subah 10 baje, LSO Roshni, Shahi. "
        "Jawab den: 11=han 12=nahi. Ref 3"
    }
    await board.tick(MEETS - DAY)
    assert {to for to, _, words in (await board.texts())[9:] if "jawab?" in words} == {1, 2, 3}
