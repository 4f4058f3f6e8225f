"""Numbers on emergency cards: what may stand there, whose they are, that somebody tried them."""

from datetime import timedelta

import pytest

from app.domain.errors import Refusal
from app.services.change_unit import remove_unit
from app.services.forget_number import forget_number
from app.services.keep_card import (
    LineFacts,
    add_line,
    change_line,
    check_line,
    read_dialled,
    remove_line,
)
from app.services.merge_people import merge_people
from app.services.show_cards import CardLine, show_cards
from tests.factories import Office, number
from tests.services.seated import TODAY, Chamber


@pytest.fixture
async def chamber(office: Office) -> Chamber:
    return await Chamber.open(office)


async def put(chamber: Chamber, kind: str = "rescue", told: str = "1122", **more: object) -> int:
    office = chamber.office
    facts = LineFacts(kind, told, **more)  # type: ignore[arg-type]
    return await add_line(office.database, office.id, facts, by="Nusrat", now=office.now)


async def lines(chamber: Chamber) -> list[CardLine]:
    office = chamber.office
    found = await show_cards(office.database, office.id, today=TODAY)
    return [line for card in found.cards for line in card.lines]


async def test_a_number_is_kept_as_it_is_dialled_in_western_digits(chamber: Chamber) -> None:
    await put(chamber, "other", "۰۹۴۴ ۴۱۱-۲۲۲", words={"ur": " THQ  ہسپتال ", "en": ""})
    (line,) = await lines(chamber)
    assert (line.number, line.words) == ("0944 411-222", {"ur": "THQ ہسپتال"})
    assert (line.checked_on, line.is_stale) == (None, True)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (LineFacts("fire", "16"), "kind"),
        (LineFacts("rescue", ""), "number"),
        (LineFacts("rescue", "1"), "number"),
        (LineFacts("rescue", "one one two two"), "number"),
        (LineFacts("rescue", "1" * 16), "number"),
        (LineFacts("other", "1700"), "words_empty"),
        (LineFacts("other", "1700", words={"en": "x" * 31}), "words_too_long"),
        (LineFacts("rescue", "1122", unit_id=987_654), "not_found"),
        (LineFacts("rescue", "1122", unit_id=2**70), "not_found"),
        (LineFacts("leader", person_id=987_654), "not_found"),
    ],
)
async def test_what_is_wrong_is_said(chamber: Chamber, facts: LineFacts, code: str) -> None:
    office = chamber.office
    with pytest.raises(Refusal) as told:
        await add_line(office.database, office.id, facts, by="Nusrat", now=office.now)
    assert told.value.code == code


async def test_nobodys_own_number_stands_there_unless_they_agreed(chamber: Chamber) -> None:
    office = chamber.office
    amina = await chamber.person("Amina", chamber.roshni)
    gul = await chamber.person("Gul", chamber.umeed, sex="m")
    await chamber.phone(amina, 1)
    await chamber.phone(gul, 2)
    hers, his = "0390 0000001", "0390 0000002"
    for facts, code in (
        (LineFacts("leader", hers, person_id=amina), "not_agreed"),
        (LineFacts("leader", his, person_id=gul), "not_agreed"),
        (LineFacts("ambulance", hers), "number_of_person"),
        (LineFacts("leader", hers, person_id=gul, may_be_given=True), "number_of_person"),
        (LineFacts("leader", "", person_id=gul, may_be_given=True), "number"),
    ):
        with pytest.raises(Refusal) as told:
            await add_line(office.database, office.id, facts, by="Nusrat", now=office.now)
        assert told.value.code == code
    await put(chamber, "leader", "", person_id=amina)
    await put(chamber, "leader", his, person_id=gul, may_be_given=True)
    assert [line.number for line in await lines(chamber)] == ["", his]


async def test_the_phone_of_an_office_may_stand_there_for_everybody(chamber: Chamber) -> None:
    amina = await chamber.person("Amina", chamber.roshni)
    await chamber.phone(amina, 7, whose="office")
    await put(chamber, "leader", "0390 0000007")
    assert len(await lines(chamber)) == 1


async def test_a_call_that_went_through_is_written_down_until_the_number_changes(
    chamber: Chamber,
) -> None:
    office = chamber.office
    line_id = await put(chamber)
    await check_line(office.database, office.id, line_id, by="Nusrat", now=office.now)
    (line,) = await lines(chamber)
    assert (line.checked_on, line.checked_by, line.is_stale) == (TODAY, "Nusrat", False)
    later = await show_cards(office.database, office.id, today=TODAY + timedelta(days=91))
    assert later.stale == 1
    same = LineFacts("ambulance", "1122")
    await change_line(office.database, office.id, line_id, same, by="Nusrat", now=office.now)
    assert (await lines(chamber))[0].checked_on == TODAY
    other = LineFacts("ambulance", "115")
    await change_line(office.database, office.id, line_id, other, by="Nusrat", now=office.now)
    assert (await lines(chamber))[0].checked_on is None
    await remove_line(office.database, office.id, line_id, by="Nusrat", now=office.now)
    assert await lines(chamber) == []
    assert [act for act in await chamber.acts() if act.startswith("emergency")] == [
        "emergency number added",
        "emergency number tried",
        "emergency number changed",
        "emergency number changed",
        "emergency number removed",
    ]


async def test_numbers_of_another_network_are_not_there(chamber: Chamber) -> None:
    office = chamber.office
    line_id = await put(chamber, unit_id=chamber.roshni)
    other = await Office.open(office.database, office.now, "sarang")
    for do in (
        check_line(office.database, other.id, line_id, by="x", now=office.now),
        remove_line(office.database, other.id, line_id, by="x", now=office.now),
        change_line(
            office.database, other.id, line_id, LineFacts("rescue", "1"), by="x", now=office.now
        ),
        add_line(
            office.database,
            other.id,
            LineFacts("rescue", "1122", unit_id=chamber.roshni),
            by="x",
            now=office.now,
        ),
    ):
        with pytest.raises(Refusal) as told:
            await do
        assert told.value.code == "not_found"
    assert (await show_cards(office.database, other.id, today=TODAY)).cards == ()


async def test_a_card_has_room_for_twelve_numbers(chamber: Chamber) -> None:
    for no in range(12):
        await put(chamber, "other", f"17{no:02}", words={"en": "x"})
    with pytest.raises(Refusal, match="12"):
        await put(chamber)
    await put(chamber, unit_id=chamber.roshni)


async def test_a_forgotten_number_stands_on_no_card(chamber: Chamber) -> None:
    office = chamber.office
    gul = await chamber.person("Gul", chamber.umeed)
    await chamber.phone(gul, 2)
    await put(chamber, "leader", "0390-0000002", person_id=gul, may_be_given=True)
    await put(chamber, "ambulance", "0390 0000003")
    await forget_number(office.database, number(2), by="Nusrat", now=office.now)
    await forget_number(office.database, number(3), by="Nusrat", now=office.now)
    assert await lines(chamber) == []


async def test_of_two_people_who_are_one_the_lines_go_to_the_one_who_stays(
    chamber: Chamber,
) -> None:
    office = chamber.office
    stays = await chamber.person("Amina", chamber.roshni)
    goes = await chamber.person("Amina Bibi", chamber.roshni)
    await put(chamber, "leader", "", person_id=goes)
    await merge_people(office.database, office.id, stays, goes, by="Nusrat", now=office.now)
    assert [line.person_id for line in await lines(chamber)] == [stays]


async def test_a_unit_with_a_card_is_not_taken_away(chamber: Chamber) -> None:
    office = chamber.office
    await put(chamber, unit_id=chamber.umeed)
    with pytest.raises(Refusal):
        await remove_unit(office.database, office.id, chamber.umeed, by="Nusrat", now=office.now)


def test_a_number_is_read_with_its_signs() -> None:
    assert read_dialled("+92 (944) 411-222") == "+92 (944) 411-222"
