"""Sheets on boards: a number each, proof by the keeper's phone alone, and off when they are off."""

from datetime import timedelta

import pytest

from app.domain.errors import Refusal
from app.services.hang_sheet import hang_too, prove_hanging, take_down
from app.store import inbound, journal
from tests.factories import Office
from tests.services.hung import AMINA, GUL, Wall
from tests.services.phones import put_on
from tests.services.seated import TODAY


@pytest.fixture
async def wall(office: Office) -> Wall:
    return await Wall.open(office)


async def test_each_sheet_has_the_next_number_and_is_for_all_boards_or_some(wall: Wall) -> None:
    first = await wall.hang()
    second = await wall.hang(board_ids=wall.ids[:1])
    assert [(one.no, one.boards) for one in (first, second)] == [(1, 4), (2, 1)]


async def test_the_keepers_text_proves_it_for_all_boards_of_theirs(wall: Wall) -> None:
    await wall.hang()
    answer = await wall.office.say(AMINA, "LAGA DIYA 1")
    assert answer.reply == "Noted: sheet 1 hangs. Board: 1 2."
    assert await wall.proved() == [(1, 1), (1, 2)]
    await wall.office.say(GUL, "1 laga diya")
    assert await wall.proved() == [(1, 1), (1, 2), (1, 3)]
    assert [one.board_no for one in (await wall.show()).unproved] == [4]


@pytest.mark.parametrize(
    "text", ["HUNG 1", "لگا دیا 1", "لڳائي ڇڏيو ۱", "ولګاوه 1", "notice 1 lag gaya"]
)
async def test_it_is_understood_in_each_writing(wall: Wall, text: str) -> None:
    await wall.hang()
    await wall.office.say(GUL, text)
    assert await wall.proved() == [(1, 3)]


async def test_nobody_elses_text_proves_anything(wall: Wall) -> None:
    await wall.hang(board_ids=wall.ids[:1])
    await put_on(wall.office, 5, "Sadaf")
    for phone in (GUL, 5, 6):  # another keeper, a member, a stranger
        answer = await wall.office.say(phone, "LAGA DIYA 1")
        assert answer.reply.startswith(("Shukriya", "Thank you"))
    assert await wall.proved() == []
    waiting = await wall.office.database.read(inbound.waiting, wall.office.id, limit=9)
    assert len(waiting) == 3


async def test_proof_twice_keeps_the_first_moment(wall: Wall) -> None:
    await wall.hang()
    await wall.office.say(GUL, "HUNG 1")
    before = (await wall.show()).boards[2].sheets[0]
    late = wall.office.mo(GUL, "HUNG 1")
    await wall.office.hear(late, now=wall.office.now + timedelta(days=1))
    assert (await wall.show()).boards[2].sheets[0] == before
    assert before.proved_by == "Gul"
    assert before.is_by_text


@pytest.mark.parametrize("number", ["99", "0", "9999"])
async def test_a_number_that_no_sheet_bears_is_said_so(wall: Wall, number: str) -> None:
    await wall.hang()
    answer = await wall.office.say(AMINA, f"HUNG {number}")
    assert "There is no sheet" in answer.reply
    assert await wall.proved() == []


async def test_the_office_can_write_down_what_was_seen_and_what_is_off(wall: Wall) -> None:
    await wall.hang()
    office, line = wall.office, (await wall.show()).boards[3].sheets[0]
    for act in (prove_hanging, take_down, take_down):
        await act(office.database, office.id, line.hanging_id, by="Sajida", now=office.now)
    assert (await wall.show()).boards[3].sheets == ()
    acts = await wall.chamber.acts()
    assert acts[-2:] == ["sheet seen", "sheet taken down"]
    assert await office.database.read(journal.first_broken, office.id) is None


async def test_what_was_taken_down_is_not_proved_by_a_late_text_and_may_hang_again(
    wall: Wall,
) -> None:
    hung = await wall.hang(board_ids=wall.ids[2:3])
    office, line = wall.office, (await wall.show()).boards[2].sheets[0]
    await take_down(office.database, office.id, line.hanging_id, by="x", now=office.now)
    await office.say(GUL, "HUNG 1")
    assert await wall.proved() == []
    again = [
        await hang_too(office.database, office.id, hung.id, wall.ids[2:4], by="x", now=office.now)
        for _ in range(2)
    ]
    assert again == [2, 0]


async def test_a_sheet_whose_day_is_past_cannot_be_hung(wall: Wall) -> None:
    with pytest.raises(Refusal, match="is past"):
        await wall.hang(valid_until=TODAY - timedelta(days=1))
    assert (await wall.hang(valid_until=TODAY)).no == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "poster"}, "kind"),
        ({"title": "  "}, "title_empty"),
        ({"title": "x" * 121}, "title_too_long"),
        ({"ref": 77}, "not_found"),
        ({"ref": 2**63}, "not_found"),
        ({"meeting_id": 987_654}, "not_found"),
        ({"newsletter_no": 987_654}, "not_found"),
        ({"board_ids": [987_654]}, "not_found"),
        ({"board_ids": [0]}, "not_found"),
    ],
)
async def test_what_is_not_there_is_refused_and_no_number_is_spent(
    wall: Wall, changes: dict[str, object], code: str
) -> None:
    with pytest.raises(Refusal) as told:
        await wall.hang(**changes)  # type: ignore[arg-type]
    assert told.value.code == code
    assert (await wall.hang()).no == 1


async def test_a_board_of_another_network_is_not_there(wall: Wall) -> None:
    other = await Office.open(wall.office.database, wall.office.now, "sarang")
    theirs = Wall(other, wall.chamber, 0, 0, ())
    with pytest.raises(Refusal) as told:
        await theirs.hang(board_ids=wall.ids[:1])
    assert told.value.code == "not_found"
    hung = await wall.hang()
    line = (await wall.show()).boards[0].sheets[0]
    for act in (prove_hanging, take_down):
        with pytest.raises(Refusal):
            await act(other.database, other.id, line.hanging_id, by="x", now=other.now)
    with pytest.raises(Refusal):
        await hang_too(other.database, other.id, hung.id, [], by="x", now=other.now)


async def test_without_a_board_nothing_is_hung(office: Office) -> None:
    bare = Wall(office, None, 0, 0, ())  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="no notice board"):
        await bare.hang()
