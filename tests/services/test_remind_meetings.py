"""Reminders of meetings: each once, to whom it concerns, at a decent hour, none after the event."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from app.services._stage_notice import Making, stage_chunk
from app.services.keep_reminder_plan import keep_reminder_plan
from app.services.plan_reminders import plan_reminders
from app.store import networks, notice_walk
from app.store.database import Database
from app.store.notices import troubled
from app.store.people import DENIED, person_address
from tests.factories import Office, catalogue, wire
from tests.services.reminded import Board

# Sunday 12 October 2025, 10 in the morning in Pakistan; the office's days lie before it.
MEETS = datetime(2025, 10, 12, 5, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
async def early(database_url: str) -> AsyncIterator[Office]:
    async with Database(database_url) as database:
        yield await Office.open(database, MEETS - 20 * DAY)


async def test_all_are_told_seven_days_before_and_later_by_what_they_said(early: Office) -> None:
    board = await Board.open(early, 1, 2, 3, 4, 0)
    meeting_id = await board.call(MEETS)
    assert await board.tick(MEETS - 7 * DAY - timedelta(minutes=1)) == 0
    assert await board.tick(MEETS - 7 * DAY) == 1
    assert [to for to, _, _ in await board.texts()] == [1, 2, 3, 4]
    assert await board.ways(meeting_id) == {1: "text", 2: "text", 3: "text", 4: "text", 0: "paper"}
    await board.say(meeting_id, 1, "coming", MEETS - 3 * DAY)
    await board.say(meeting_id, 2, "not", MEETS - 3 * DAY)
    await board.say(meeting_id, 3, "not", MEETS - 3 * DAY, stand_in="Nasreen")
    assert await board.tick(MEETS - DAY) == 2
    later = (await board.texts())[4:]
    assert sorted((to, "Aap ka jawab?" in words) for to, _, words in later) == [
        (1, False),
        (3, False),
        (4, True),
    ]
    assert await board.tick(MEETS - 2 * HOUR) == 0  # 8 in the morning is quiet
    assert await board.tick(MEETS - HOUR) == 2
    assert await board.tick(MEETS - HOUR) == 0
    assert await board.tick(MEETS + HOUR) == 0
    assert len(await board.texts()) == 10
    assert [one[1:] for one in await board.notices(meeting_id)] == [
        (10080, "all", "made"),
        (1440, "silent", "made"),
        (1440, "coming", "made"),
        (120, "silent", "made"),
        (120, "coming", "made"),
    ]


async def test_a_phone_whose_owner_denied_somebody_gets_no_reminder_of_theirs(
    early: Office,
) -> None:
    board = await Board.open(early, 1, 2)
    meeting_id = await board.call(MEETS)
    await board.share(1, 2)
    link = person_address.update().where(person_address.c.person_id == board.people[1])
    await early.database.write(lambda conn: conn.execute(link.values(whose=DENIED)))
    await board.tick(MEETS - 7 * DAY)
    assert await board.ways(meeting_id) == {1: "paper", 2: "text"}


async def test_they_read_what_where_when_and_how_to_answer(early: Office) -> None:
    board = await Board.open(early, 1, 2)
    meeting_id = await board.call(MEETS, agenda={"en": "Road\nFees."})
    await board.tick(MEETS - 7 * DAY)
    await board.say(meeting_id, 1, "coming", MEETS - 3 * DAY)
    await board.tick(MEETS - DAY)
    await board.tick(MEETS - HOUR)
    facts = "EC ijlas itwar 12 Oct subah 10 baje, LSO Roshni, Shahi"
    said = [(to, words.replace(facts, "*")) for to, _, words in await board.texts()]
    asks = "Jawab den: 11=han 12=nahi."
    assert said == [
        (1, f"Mirkhai: *. Agenda: Road, Fees. {asks} Ref 1"),
        (2, f"Mirkhai: *. Agenda: Road, Fees. {asks} Ref 1"),
        (2, "Mirkhai: *. 2 mein se 1 ne han kaha. Aap ka jawab? 11=han 12=nahi. Ref 2"),
        (1, "Mirkhai: Yaad dihani: *. Agenda: Road, Fees. Aana mumkin na ho to 12 bhejen. Ref 3"),
        (2, "Mirkhai: *. 2 mein se 1 ne han kaha. Aap ka jawab? 11=han 12=nahi. Ref 4"),
        (1, "Mirkhai: THORI DER MEIN: *. Aana mumkin na ho to 12 bhejen. Ref 5"),
    ]


async def test_a_phone_of_two_gets_one_text_that_asks(early: Office) -> None:
    board = await Board.open(early, 1, 2)
    await board.share(2, 1)
    meeting_id = await board.call(MEETS)
    await board.tick(MEETS - 7 * DAY)
    await board.say(meeting_id, 1, "coming", MEETS - 3 * DAY)
    await board.tick(MEETS - DAY)
    assert [(to, "Aap ka jawab?" in words) for to, _, words in await board.texts()] == [
        (1, False),
        (1, True),
    ]
    assert await board.ways(meeting_id) == {1: "shared", 2: "text"}


async def test_after_a_power_cut_only_the_nearest_useful_one_goes(early: Office) -> None:
    board = await Board.open(early, 1)
    meeting_id = await board.call(MEETS)
    assert await board.tick(MEETS - 12 * HOUR) == 0  # 22:00: quiet
    assert await board.notices(meeting_id) == [(0, 10080, "all", "missed")]
    # The day before is over at 9: the two hours' one goes, as the first that anybody hears.
    assert await board.tick(MEETS - HOUR) == 1
    assert await board.notices(meeting_id) == [
        (0, 10080, "all", "missed"),
        (0, 1440, "all", "missed"),
        (0, 120, "all", "made"),
    ]
    later = await board.call(MEETS + 30 * DAY, no=2)
    assert await board.tick(MEETS + 30 * DAY - timedelta(minutes=19)) == 0
    assert {state for *_, state in await board.notices(later)} == {"missed"}
    assert len(await board.texts()) == 1
    listed = await early.database.read(troubled, early.id, MEETS - 9 * DAY)
    assert [(row.label, row.lead, row.state) for row in listed] == [
        ("2", 120, "missed"),
        ("2", 1440, "missed"),
        ("2", 10080, "missed"),
        ("1", 1440, "missed"),
        ("1", 10080, "missed"),
    ]


async def test_a_meeting_called_late_misses_nothing(early: Office) -> None:
    board = await Board.open(early, 1)
    board.office.now = MEETS - 12 * HOUR
    meeting_id = await board.call(MEETS)
    assert await board.tick(MEETS - HOUR) == 1
    assert await board.notices(meeting_id) == [(0, 120, "all", "made")]


async def test_whoever_was_told_just_now_is_not_told_again(early: Office) -> None:
    board = await Board.open(early, 1)
    board.office.now = MEETS - 25 * HOUR
    meeting_id = await board.call(MEETS)
    assert await board.tick(MEETS - 25 * HOUR) == 1
    assert await board.tick(MEETS - 24 * HOUR) == 0
    assert await board.tick(MEETS - HOUR) == 1
    assert await board.notices(meeting_id) == [
        (0, 10080, "all", "made"),
        (0, 1440, "all", "covered"),
        (0, 120, "silent", "made"),
        (0, 120, "coming", "empty"),
    ]


async def test_who_is_nowhere_to_be_reached_and_what_is_too_dear_is_listed(early: Office) -> None:
    board = await Board.open(early, 0)
    await board.seats(1, body="GB")
    nobody = await board.call(MEETS)
    empty = await board.call(MEETS, body="XX")
    assert await board.tick(MEETS - 7 * DAY) == 0
    assert await board.notices(nobody) == [(0, 10080, "all", "nobody")]
    assert await board.notices(empty) == [(0, 10080, "all", "empty")]
    await early.wires(wire(price_micro=2_000_000))
    await board.hours(monthly_cap_micro=1_000_000)
    dear = await board.call(MEETS, body="GB")
    assert await board.tick(MEETS - 6 * DAY) == 0
    assert await board.notices(dear) == [(0, 21600, "all", "dear")]
    await board.hours(monthly_cap_micro=9_000_000)
    assert await board.tick(MEETS - DAY) == 1
    assert "Jawab den" in (await board.texts())[0][2]  # the first that anybody reads
    states = [row.state for row in await early.database.read(troubled, early.id, early.now)]
    assert sorted(states) == ["dear", "nobody", "nobody"]


async def test_a_body_has_its_own_plan(early: Office) -> None:
    board = await Board.open(early, 1)
    await board.seats(1, body="GB")
    keep = (early.database, early.id)
    await keep_reminder_plan(*keep, "EC", [3 * 1440], by="Nusrat", now=early.now)
    await keep_reminder_plan(*keep, "GB", [], by="Nusrat", now=early.now)
    await board.call(MEETS)
    await board.call(MEETS, body="GB")
    days = [day for day in range(-16, 1) if await board.tick(MEETS + day * DAY)]
    assert days == [-3]


async def test_a_kill_half_way_is_ended_by_the_next_and_nobody_gets_it_twice(
    early: Office,
) -> None:
    board = await Board.open(early, *range(1, 8))
    meeting_id = await board.call(MEETS)
    at = MEETS - 7 * DAY
    await plan_reminders(early.database, now=at)
    (walk,) = await early.database.read(notice_walk.making)
    (network,) = await early.database.read(networks.every)
    making = Making(network, catalogue(), walk, at, chunk=3)
    assert await early.database.write(stage_chunk, making) is None
    assert await early.texts() == []
    assert await board.tick(at + HOUR, chunk=3) == 1
    assert sorted(to for to, _, _ in await board.texts()) == [1, 2, 3, 4, 5, 6, 7]
    assert len(await board.ways(meeting_id)) == 7
    assert await board.tick(at + HOUR, chunk=3) == 0


async def test_a_chunk_of_people_who_get_none_does_not_stop_the_walk(early: Office) -> None:
    board = await Board.open(early, *range(1, 6))
    meeting_id = await board.call(MEETS)
    await board.tick(MEETS - 7 * DAY)
    for n in (1, 2, 3):
        await board.say(meeting_id, n, "not", MEETS - 3 * DAY)
    async with asyncio.timeout(20):
        assert await board.tick(MEETS - DAY, chunk=2) == 1
    assert [to for to, _, _ in (await board.texts())[5:]] == [4, 5]


async def test_one_network_does_not_remind_of_anothers_meetings(early: Office) -> None:
    board = await Board.open(early, 1)
    other = await Office.open(early.database, early.now, "shahi")
    await board.call(MEETS)
    theirs = await Board.open(other, 2)
    await theirs.call(MEETS)
    assert await board.tick(MEETS - 7 * DAY) == 2
    assert sorted(to for to, _, _ in await _both(board, theirs)) == [1, 2]


async def _both(board: Board, theirs: Board) -> list[tuple[int, str, str]]:
    board.people.update(dict.fromkeys(theirs.people, 0))
    return await board.texts()
