"""What is seen of the boards: what hangs, what is not proved, what must come down, the packs."""

from datetime import timedelta

import pytest

from app.services.show_boards import show_boards
from tests.factories import Office
from tests.services.hung import AMINA, Wall
from tests.services.seated import TODAY


@pytest.fixture
async def wall(office: Office) -> Wall:
    return await Wall.open(office)


async def test_the_day_after_its_last_a_sheet_must_come_down(wall: Wall) -> None:
    await wall.hang(valid_until=TODAY, board_ids=wall.ids[:2])
    await wall.hang("For ever", board_ids=wall.ids[:1])
    await wall.office.say(AMINA, "HUNG 1")
    tomorrow = TODAY + timedelta(days=1)
    found = await show_boards(wall.office.database, wall.office.id, today=tomorrow)
    assert [(one.no, one.board_no) for one in found.to_take_down] == [(1, 1), (1, 2)]
    assert [(one.no, one.board_no) for one in found.unproved] == [(2, 1)]
    assert (await wall.show()).to_take_down == ()


async def test_a_pack_holds_a_copy_for_each_board_that_lacks_it(wall: Wall) -> None:
    await wall.hang()
    await wall.hang("Fees", board_ids=wall.ids[:1])
    await wall.office.say(2, "HUNG 1")
    packs = (await wall.show()).packs
    told = [(one.unit, one.boards, [(s.no, s.copies) for s in one.sheets]) for one in packs]
    assert told == [
        ("LSO Roshni", (1, 2), [(1, 2), (2, 1)]),
        ("", (4,), [(1, 1)]),
    ]


async def test_each_sheet_knows_on_how_many_boards_it_is_proved(wall: Wall) -> None:
    await wall.hang()
    await wall.office.say(AMINA, "HUNG 1")
    (one,) = (await wall.show()).sheets
    assert (one.boards, one.hangs) == (4, 2)


async def test_another_networks_boards_are_not_shown(wall: Wall) -> None:
    await wall.hang()
    other = await Office.open(wall.office.database, wall.office.now, "sarang")
    found = await show_boards(other.database, other.id, today=TODAY)
    assert (found.boards, found.unproved, found.packs, found.sheets) == ((), (), (), ())
