"""The same conversation in a chat: strangers get public answers, groups nothing private."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.services.call_wire import call_wire
from app.services.fetch_letter import Mailbag, nowhere
from app.services.link_chat import make_group_code
from app.store.addresses import consent
from app.store.inbound import inbound
from app.store.joining import join_request
from app.store.networks import network
from tests.factories import Office, number, person
from tests.services.chatting import CHAT, GROUP, chat_row, link, type_in, with_bot
from tests.services.published import approve, four_people, meeting, prepare
from tests.services.wires import ToldWire, accept


async def bodies(office: Office) -> list[Any]:
    return [row for row in await office.texts() if row.msisdn is None]


async def test_a_stranger_in_a_chat_is_answered_there_once_with_buttons(office: Office) -> None:
    await with_bot(office)
    answer = await type_in(office, "HELP")
    assert answer.reply
    (row,) = await bodies(office)
    assert (row.body, row.route_id, row.price_micro) == (answer.reply, office.routes["bot"], 0)
    assert row.buttons
    assert all(said and label for said, label in row.buttons)
    heard = await office.database.read(lambda conn: conn.execute(select(inbound)).one())
    assert (heard.sender, heard.channel, heard.address_id) == (CHAT, "bot", row.address_id)


async def test_phones_get_no_buttons(office: Office) -> None:
    await office.say(1, "HELP")
    assert [row.buttons for row in await office.texts()] == [[]]


async def test_writing_to_the_bot_gives_no_consent_and_start_and_stop_do_what_they_say(
    office: Office,
) -> None:
    await with_bot(office)
    for text, standing in (
        ("HELP", "unknown"),
        ("START", "active"),
        ("STOP", "stopped"),
        ("MEETING", "stopped"),
    ):
        await type_in(office, text)
        assert (await office.database.read(chat_row)).standing == standing
    records = await office.database.read(lambda conn: conn.execute(select(consent)).all())
    assert {one.source for one in records} == {"chat"}


async def test_a_linked_chat_reads_what_its_person_may_and_a_stranger_does_not(
    office: Office,
) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    await office.meeting(14, at=office.now - timedelta(days=2))
    await office.minutes(14, is_restricted=True)
    secret = "pani ki line"
    assert secret not in (await type_in(office, "M14")).reply
    await link(office, 1)
    assert secret in (await type_in(office, "KARWAI 14")).reply


async def test_a_group_gets_public_answers_alone_also_that_of_a_body(
    office: Office,
) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1, body="EC", post="President"))
    await office.meeting(14, at=office.now - timedelta(days=2))
    await office.minutes(14, is_restricted=True)
    secret = "pani ki line"
    assert secret not in (await type_in(office, "M14", GROUP, is_group=True)).reply
    code = await make_group_code(office.database, office.id, "EC", by="Nusrat", now=office.now)
    await type_in(office, f"LINK {code}", GROUP, is_group=True)
    assert secret not in (await type_in(office, "KARWAI 14", GROUP, is_group=True)).reply


async def test_nobody_joins_reports_or_answers_for_themselves_in_a_group(office: Office) -> None:
    await with_bot(office)
    for text in ("JOIN Zarmina Wafa", "UNLINK"):
        answer = await type_in(office, text, GROUP, is_group=True)
        assert "your own" in answer.reply or "apni chat" in answer.reply
    assert not await office.database.read(lambda conn: conn.execute(select(join_request)).all())


async def test_one_chat_is_another_stranger_in_another_network(office: Office) -> None:
    await with_bot(office)
    other = await Office.open(office.database, office.now, "shinaki")
    await with_bot(other)
    await office.people(person("Zainab", 1))
    await link(office, 1)
    await type_in(other, "HELP")
    rows = await office.database.read(
        lambda conn: conn.execute(select(inbound.c.network_id, inbound.c.address_id)).all()
    )
    assert len({row.address_id for row in rows if row.network_id == other.id}) == 1
    assert not {row.address_id for row in rows if row.network_id == other.id} & {
        row.address_id for row in rows if row.network_id == office.id
    }


async def test_minutes_come_as_a_picture_with_the_words_and_then_as_the_pdf(
    office: Office,
) -> None:
    await four_people(office)
    await approve(office, await prepare(office, await meeting(office)))
    await with_bot(office)
    answer = await type_in(office, "MINUTES")
    first, second = [row for row in await bodies(office) if row.inbound_id is not None]
    assert first.body == answer.reply
    assert second.due_at > first.due_at
    sent: list[Any] = []
    for row in (await office.claim(route="bot", now=office.now + timedelta(minutes=1))).rows:
        wire = ToldWire(accept)
        await call_wire(wire, row, 5, Mailbag(office.database, nowhere))
        sent += wire.seen
    assert [mt.papers[0].media_type for mt in sent] == [
        f"application/{form}" for form in ("png", "pdf")
    ]
    assert all(mt.letter is None for mt in sent)
    phone = await office.say(9, "MINUTES")
    (row,) = [row for row in await office.texts() if row.msisdn == number(9)]
    assert (row.body, row.document_id) == (phone.reply, None)


async def test_minutes_that_were_never_published_as_papers_come_as_words(office: Office) -> None:
    await with_bot(office)
    await office.meeting(14, at=office.now - timedelta(days=2))
    await office.minutes(14)
    await type_in(office, "MINUTES")
    (row,) = await bodies(office)
    assert row.document_id is None
    assert "pani ki line" in row.body


async def test_strangers_in_chats_do_not_use_up_what_strangers_on_phones_may_cost(
    office: Office,
) -> None:
    await with_bot(office)
    none_left = network.update().values(stranger_answers=1)
    await office.database.write(lambda conn: conn.execute(none_left).rowcount)
    for n in range(3):
        assert (await type_in(office, "HELP", f"tg:8800{n}")).reply
    assert (await office.say(1, "HELP")).reply
    assert (await office.say(2, "HELP")).reply == ""
