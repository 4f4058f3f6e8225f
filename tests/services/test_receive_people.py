"""What texts about people do: JOIN asks once, GALAT stops, and a shared phone says who speaks."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from app.domain import gsm
from app.domain.broadcast import Kind
from app.domain.errors import Refusal
from app.services.carry_out import QUESTION_STANDS
from app.services.show_joins import count_joins
from app.store.addresses import consent
from app.store.database import Connection
from app.store.inbound import inbound, waiting
from app.store.people import person, person_address
from tests.factories import Office, number
from tests.services.phones import links_of, phone_of, put_on, requests, seat_all


async def heard(office: Office) -> Sequence[Any]:
    rows = select(inbound).order_by(inbound.c.id)
    return await office.database.read(lambda conn: conn.execute(rows).all())


async def for_a_person(office: Office) -> list[str]:
    rows = await office.database.read(waiting, office.id, limit=50)
    return [row.text for row in rows]


async def test_a_stranger_s_join_waits_for_a_decision_and_is_answered(office: Office) -> None:
    answer = await office.say(1, "JOIN Zarmina Wafa 0390-1234567")
    assert answer.reply.startswith("Likh liya: Zarmina Wafa.")
    assert gsm.count(answer.reply) == 1
    (one,) = await requests(office)
    (text,) = await heard(office)
    assert (one.name, one.state, one.inbound_id) == ("Zarmina Wafa", "waiting", text.id)
    assert await count_joins(office.database, office.id) == 1
    assert await for_a_person(office) == []
    assert (await phone_of(office, 1)).standing == "unknown"


async def test_join_again_changes_the_request_that_waits_and_never_makes_two(
    office: Office,
) -> None:
    for text in ("JOIN", "JOIN Zarmina", "naam Zarmina Wafa", "JOIN Zarmina Wafa"):
        assert (await office.say(1, text)).reply
    (one,) = await requests(office)
    assert (one.name, one.inbound_id) == ("Zarmina Wafa", (await heard(office))[-1].id)
    await office.say(2, "JOIN Zarmina Wafa")
    assert len(await requests(office)) == 2


@pytest.mark.parametrize("is_together", [True, False])
async def test_joins_at_once_from_one_phone_make_one_request(
    office: Office, is_together: bool
) -> None:
    mos = [office.mo(1, f"JOIN Zarmina {word}") for word in ("Bibi", "Wafa", "Gul", "Jan")]
    if is_together:
        await office.hear(*mos)
    else:
        await asyncio.gather(*(office.hear(mo) for mo in mos))
    (one,) = await requests(office)
    assert one.name.startswith("Zarmina ")
    assert len(await office.texts()) == 4


async def test_join_from_a_listed_phone_asks_only_for_somebody_else(office: Office) -> None:
    await put_on(office, 1, "Gul Bibi", language="en")
    for text in ("JOIN", "JOIN Gul Bibi", "JOIN gul"):
        assert "on our list already: Gul Bibi" in (await office.say(1, text)).reply
    assert await requests(office) == []
    assert "We have written: Naz" in (await office.say(1, "JOIN Naz")).reply
    assert [one.name for one in await requests(office)] == ["Naz"]


async def test_join_does_not_undo_a_stop(office: Office) -> None:
    await office.say(1, "STOP")
    answer = await office.say(1, "JOIN Zarmina Wafa")
    assert "9 ya START" in answer.reply
    assert (await phone_of(office, 1)).standing == "stopped"
    assert len(await requests(office)) == 1


@pytest.mark.parametrize("text", ["JOIN STOP", "join band karo", "naam bund toot gaya"])
async def test_what_is_no_name_waits_for_a_person_and_stops_nothing(
    office: Office, text: str
) -> None:
    await put_on(office, 1, "Gul Bibi")
    await office.say(1, text)
    assert await for_a_person(office) == [text]
    assert await requests(office) == []
    assert (await phone_of(office, 1)).standing == "active"


async def test_a_short_code_asks_for_nothing(office: Office) -> None:
    await office.say("8171", "JOIN Zarmina Wafa")
    assert await requests(office) == []
    assert await office.texts() == []


async def send_to(office: Office, n: int, **changes: Any) -> None:
    await office.send(number(n), **changes)


async def test_galat_stops_the_phone_and_the_office_sees_it(office: Office) -> None:
    (gul,) = await put_on(office, 1, "Gul Bibi")
    answer = await office.say(1, "galat number")
    assert (answer.intent, gsm.count(answer.reply)) == ("wrong_number", 1)
    assert "9" in answer.reply
    assert "START" in answer.reply
    phone = await phone_of(office, 1)
    assert phone.standing == "wrong"
    assert await for_a_person(office) == ["galat number"]
    assert [(row.person_id, row.whose) for row in await links_of(office, 1)] == [(gul, "denied")]
    records = select(consent.c.source, consent.c.is_given).where(consent.c.address_id == phone.id)
    found = await office.database.read(
        lambda conn: conn.execute(records.order_by(consent.c.id.desc()).limit(2)).all()
    )
    assert [tuple(row) for row in found] == [("sms", False)] * 2


async def test_galat_cancels_what_waits_for_that_phone(office: Office) -> None:
    await put_on(office, 1, "Gul Bibi")
    await send_to(office, 1)
    await send_to(office, 1, kind=Kind.URGENT, text="Sailab!")
    await office.say(1, "GALAT")
    assert [row.state for row in await office.texts()] == ["cancelled", "cancelled", "queued"]


async def test_start_after_galat_brings_back_the_phone_and_not_who_was_linked(
    office: Office,
) -> None:
    await put_on(office, 1, "Gul Bibi", language="en")
    await office.hear(office.mo(1, "GALAT"))
    await office.say(1, "START")
    assert (await phone_of(office, 1)).standing == "active"
    assert await for_a_person(office) == ["START", "GALAT"]
    assert [row.whose for row in await links_of(office, 1)] == ["denied"]
    assert "Gul" not in (await office.say(1, "JOIN")).reply
    with pytest.raises(Refusal, match="1 wrong_number"):
        await office.plan()
    await office.say(2, "STOP")
    await office.say(2, "START")
    assert len(await for_a_person(office)) == 2


async def test_a_shared_phone_is_asked_once_who_it_is_and_remembered(office: Office) -> None:
    amina, bilal = await put_on(office, 1, "Amina Bibi", "Bilal Khan", language="en")
    await seat_all(office, amina, bilal)
    assert "1 Amina 2 Bilal" in (await office.say(1, "11")).reply
    assert "Who is it" not in (await office.say(1, "12")).reply
    assert "Noted, Bilal Khan: NOT coming" in (await office.say(1, "2")).reply
    assert (await phone_of(office, 1)).speaker_id == bilal
    assert "Bilal Khan" in (await office.say(1, "12")).reply
    assert "Amina Bibi" in (await office.say(1, "AMINA")).reply
    assert "Amina Bibi" in (await office.say(1, "11")).reply
    said = [(row.text, row.speaker_id) for row in await heard(office)]
    first = [("11", bilal), ("12", bilal), ("2", bilal), ("12", bilal)]
    assert said == [*first, ("AMINA", amina), ("11", amina)]


async def test_a_name_beside_the_answer_says_whose_it_is_without_a_question(
    office: Office,
) -> None:
    amina, bilal = await put_on(office, 1, "Amina", "Bilal", language="en")
    assert (await office.say(1, "11 Bilal")).intent == "yes"
    assert (await phone_of(office, 1)).speaker_id == bilal
    assert (await office.say(1, "1 Amina")).intent == "speaker"
    assert (await phone_of(office, 1)).speaker_id == amina
    assert (await phone_of(office, 1)).asked_at is None


async def test_a_lone_digit_is_the_menu_s_unless_the_question_stands_open(office: Office) -> None:
    await seat_all(office, *await put_on(office, 1, "Amina", "Bilal"))
    assert (await office.say(1, "2")).intent == "meeting"
    await office.say(1, "han")
    later = office.now + QUESTION_STANDS
    (lapsed,) = await office.hear(office.mo(1, "2"), now=later)
    assert lapsed.intent == "meeting"
    (asked,) = await office.hear(office.mo(1, "han"), now=later + timedelta(minutes=1))
    assert "1 Amina 2 Bilal" in asked.reply
    (known,) = await office.hear(office.mo(1, "2"), now=later + timedelta(minutes=2))
    assert (known.intent, "Bilal" in known.reply) == ("yes", True)
    (again,) = await office.hear(office.mo(1, "2"), now=later + timedelta(minutes=3))
    assert again.intent == "meeting"
    # What was said before the lapsed question stays nobody's.
    assert [row.speaker_id is None for row in await heard(office)][:3] == [True, True, True]


async def test_stop_is_stop_while_the_question_stands_open(office: Office) -> None:
    await put_on(office, 1, "Amina", "Bilal")
    await office.say(1, "11")
    assert (await office.say(1, "0")).intent == "stop"
    assert (await phone_of(office, 1)).standing == "stopped"


async def test_a_phone_of_one_person_or_of_an_office_is_never_asked(office: Office) -> None:
    await put_on(office, 1, "Amina")
    await put_on(office, 2, *(f"Fazl {letter}abir" for letter in "BCDFGJK"))
    for phone in (1, 2):
        await office.say(phone, "11")
        assert (await phone_of(office, phone)).asked_at is None


async def test_a_person_who_goes_leaves_the_texts_of_the_phone(office: Office) -> None:
    amina, _ = await put_on(office, 1, "Amina", "Bilal")
    await office.say(1, "11 Amina")

    def forget(conn: Connection) -> None:
        conn.execute(delete(person_address).where(person_address.c.person_id == amina))
        conn.exec_driver_sql("UPDATE address SET speaker_id = NULL")
        conn.execute(delete(person).where(person.c.id == amina))

    await office.database.write(forget)
    assert [(row.text, row.speaker_id) for row in await heard(office)] == [("11 Amina", None)]
