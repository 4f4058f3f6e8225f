"""What a text gets: the card of the village it names, else of the people on the phone, else all."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.services.keep_card import LineFacts, add_line, check_line
from app.services.set_network import NetworkSettings, set_network
from app.services.show_cards import show_cards, show_line
from app.store.units import unit
from tests.factories import Office
from tests.services.seated import TODAY, Chamber


@pytest.fixture
async def chamber(office: Office) -> Chamber:
    """Cards of the network, of Roshni in Shahi, and of Umeed in Laspa; Dosti has none."""
    chamber = await Chamber.open(office)
    for unit_id, place, local in (
        (chamber.roshni, "Shahi", "شاہی"),
        (chamber.umeed, "Laspa", "لاسپہ"),
    ):
        names = update(unit).where(unit.c.id == unit_id).values(place=place, local_place=local)
        await office.database.write(lambda conn, names=names: conn.execute(names))
    await put(chamber, "ambulance", "115")
    await put(chamber, "hospital", "0944 411222", unit_id=chamber.roshni)
    await put(chamber, "hospital", "0944 411333", unit_id=chamber.umeed)
    return chamber


async def put(chamber: Chamber, kind: str, told: str, **more: object) -> int:
    office = chamber.office
    facts = LineFacts(kind, told, **more)  # type: ignore[arg-type]
    line_id = await add_line(office.database, office.id, facts, by="Nusrat", now=office.now)
    await check_line(office.database, office.id, line_id, by="Nusrat", now=office.now)
    return line_id


async def said(chamber: Chamber, text: str, sender: int = 77) -> str:
    # Not sooner than the guard against loops lets a phone be answered again.
    chamber.office.now += timedelta(hours=1)
    return (await chamber.office.say(sender, text)).reply


async def test_a_stranger_gets_the_card_of_all_and_can_name_a_village(chamber: Chamber) -> None:
    assert await said(chamber, "7") == (
        "Rescue 1122. Ambulance 115. Police 15. Jaanch 21 Nov. "
        "Apne gaon ke liye 7 aur uska naam bhejen, jaise 7 Shahi"
    )
    laspa = (
        "LSO Umeed, Laspa: Rescue 1122. Haspatal 0944 411333. Ambulance 115. Police 15. "
        "Jaanch 21 Nov. Doosra gaon: 7 aur uska naam bhejen"
    )
    for text in ("7 LASPA", "hangami lasspa", "hangami umeed", "7 uc laspa", "hangami lso umeed"):
        assert await said(chamber, text) == laspa, text
    assert await said(chamber, "7 لاسپہ") == (
        "لاسپہ: ریسکیو 1122۔ ہسپتال 0944411333۔ ایمبولینس 115۔ جانچ 21 نومبر۔"
    )


async def test_after_the_question_the_village_alone_is_enough(chamber: Chamber) -> None:
    await said(chamber, "7")
    assert "0944 411333" in await said(chamber, "Laspa")


async def test_a_member_gets_the_card_of_the_own_unit_or_of_the_one_above(
    chamber: Chamber,
) -> None:
    amina = await chamber.person("Amina", chamber.dosti, language="en")
    await chamber.phone(amina, 1)
    reply = await said(chamber, "7", 1)
    assert reply.startswith("LSO Roshni, Shahi: Rescue 1122. Hospital 0944 411222. Ambulance 115.")
    assert "0944 411333" in await said(chamber, "7 laspa", 1)
    assert "0944 411222" in await said(chamber, "7 dosti")


async def test_the_unit_above_is_asked_line_by_line(chamber: Chamber) -> None:
    await put(chamber, "rescue", "0944 999999", unit_id=chamber.dosti)
    assert await said(chamber, "emergency dosti") == (
        "VO Dosti: Rescue 0944 999999. Hospital 0944 411222. Ambulance 115. Police 15. "
        "Checked 21 Nov. Another village: send 7 and its name"
    )


async def test_a_village_of_which_two_are_called_so_gets_the_card_of_all(chamber: Chamber) -> None:
    await chamber.office.unit("Dosti", kind="VO", parent_id=chamber.umeed)
    assert (await said(chamber, "7 dosti")).startswith("Rescue 1122. Ambulance 115.")


async def test_who_did_not_agree_is_not_named_and_the_office_is_told(chamber: Chamber) -> None:
    office = chamber.office
    amina = await chamber.person("Amina", chamber.umeed)
    await put(chamber, "leader", "", unit_id=chamber.umeed, person_id=amina)
    assert "Duty par" not in await said(chamber, "7 laspa")
    phone = NetworkSettings(office_phone="0944 100100")
    await set_network(office.database, office.id, phone, by="Nusrat", now=office.now)
    text = await said(chamber, "7 laspa")
    assert "Duty par 0944 100100." in text
    assert "Amina" not in text
    await chamber.phone(amina, 3)
    facts = LineFacts("leader", "0390 0000003", chamber.roshni, {}, amina, may_be_given=True)
    await add_line(office.database, office.id, facts, by="Nusrat", now=office.now)
    assert "Duty par Amina 0390 0000003." in await said(chamber, "7 shahi")


async def test_without_a_date_on_every_number_none_is_told(chamber: Chamber) -> None:
    office = chamber.office
    facts = LineFacts("police", "0944 15", chamber.umeed)
    await add_line(office.database, office.id, facts, by="Nusrat", now=office.now)
    assert "Jaanch" not in await said(chamber, "7 laspa")


async def test_a_network_without_cards_tells_the_numbers_of_the_country(office: Office) -> None:
    text = (await office.say(77, "7")).reply
    assert text == "Rescue 1122. Police 15. Ambulance 115."


async def test_the_cards_of_another_network_are_not_told(chamber: Chamber) -> None:
    other = await Office.open(chamber.office.database, chamber.office.now, "sarang")
    text = (await other.say(77, "7 laspa")).reply
    assert "0944" not in text


async def test_the_office_sees_the_card_of_all_first(chamber: Chamber) -> None:
    office = chamber.office
    found = await show_cards(office.database, office.id, today=TODAY)
    assert [card.unit for card in found.cards] == ["", "LSO Roshni", "LSO Umeed"]
    assert found.stale == 0
    line = found.cards[1].lines[0]
    card, same = await show_line(office.database, office.id, line.id, today=TODAY)
    assert (card.unit_id, same) == (chamber.roshni, line)
    later = await show_cards(office.database, office.id, today=TODAY + timedelta(days=91))
    assert later.stale == 3
    assert replace(later.cards[0].lines[0], is_stale=False) == found.cards[0].lines[0]
