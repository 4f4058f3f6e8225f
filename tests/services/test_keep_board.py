"""The list of boards: numbers that are never used twice, a place in words, a known keeper."""

import pytest

from app.domain.errors import Refusal
from app.services.change_unit import remove_unit
from app.services.keep_board import BoardFacts, change_board, close_board
from app.services.merge_people import merge_people
from tests.factories import Office
from tests.services.hung import AMINA, Wall


@pytest.fixture
async def wall(office: Office) -> Wall:
    return await Wall.open(office)


async def test_boards_are_numbered_and_a_number_is_never_used_again(wall: Wall) -> None:
    office = wall.office
    await wall.hang()
    await close_board(office.database, office.id, wall.ids[3], by="Nusrat", now=office.now)
    await wall.board(BoardFacts("Mosque"))
    found = await wall.show()
    assert [(one.no, one.place) for one in found.boards][-2:] == [(3, "Bazaar"), (5, "Mosque")]
    assert [one.board_no for one in found.unproved] == [1, 2, 3]


async def test_a_board_is_changed_as_a_whole(wall: Wall) -> None:
    office = wall.office
    facts = BoardFacts("Bridge", wall.chamber.umeed, wall.gul)
    await change_board(office.database, office.id, wall.ids[0], facts, by="x", now=office.now)
    line = (await wall.show()).boards[0]
    assert (line.no, line.place, line.unit, line.keeper) == (1, "Bridge", "LSO Umeed", "Gul")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (BoardFacts(" \u200b "), "place_empty"),
        (BoardFacts("x" * 201), "place_too_long"),
        (BoardFacts("x", unit_id=987_654), "not_found"),
        (BoardFacts("x", keeper_id=987_654), "not_found"),
        (BoardFacts("x", keeper_id=2**70), "not_found"),
    ],
)
async def test_what_is_missing_is_said(wall: Wall, facts: BoardFacts, code: str) -> None:
    with pytest.raises(Refusal) as told:
        await wall.board(facts)
    assert told.value.code == code


async def test_people_and_units_of_another_network_are_not_there(wall: Wall) -> None:
    other = Wall(
        await Office.open(wall.office.database, wall.office.now, "sarang"), wall.chamber, 0, 0, ()
    )
    for facts in (
        BoardFacts("x", keeper_id=wall.amina),
        BoardFacts("x", unit_id=wall.chamber.roshni),
    ):
        with pytest.raises(Refusal) as told:
            await other.board(facts)
        assert told.value.code == "not_found"
    office = other.office
    with pytest.raises(Refusal):
        await close_board(office.database, office.id, wall.ids[0], by="x", now=office.now)


async def test_a_merged_keeper_goes_on_keeping(wall: Wall) -> None:
    office = wall.office
    twin = await wall.chamber.person("Amina B")
    await merge_people(office.database, office.id, twin, wall.amina, by="x", now=office.now)
    await wall.hang()
    await office.say(AMINA, "HUNG 1")
    assert await wall.proved() == [(1, 1), (1, 2)]


async def test_a_unit_stays_as_long_as_a_board_is_its(wall: Wall) -> None:
    office = wall.office
    unit = await office.unit("Naranj")
    await wall.board(BoardFacts("Naranj road", unit))
    with pytest.raises(Refusal, match="is named in minutes, decisions, boards"):
        await remove_unit(office.database, office.slug, unit, by="x", now=office.now)
    assert (await wall.show()).boards[-1].unit == "LSO Naranj"
