"""Keywords by mail: the same words, one effect, an answer in the thread; machines get none."""

from datetime import timedelta
from typing import Any

from icalendar import Calendar
from sqlalchemy import select

from app.domain.letters import read_letter
from app.services.answer_member import Answer, answer_member
from app.store import documents
from app.store.inbound import inbound
from tests.factories import Office, number
from tests.services.mailing import hear, mailbox, mo, post, records, row_of, stand, with_mail

GUL = "gul@member.example"


async def heard(office: Office) -> list[Any]:
    rows = select(inbound).order_by(inbound.c.id)
    return await office.database.read(lambda conn: list(conn.execute(rows).all()))


async def test_a_keyword_is_answered_by_mail_in_its_thread(office: Office) -> None:
    address_id = await mailbox(await with_mail(office), GUL)
    (answer,) = await hear(office, mo(GUL, "HELP\n\nGul Rukh"))
    assert (answer.intent, bool(answer.reply)) == ("help", True)
    (row,) = await office.texts()
    assert (row.address_id, row.body, row.lane) == (address_id, answer.reply, 1)
    letter = read_letter((await office.database.read(documents.get, row.document_id)).content)
    assert (letter.subject, letter.text) == ("Re: Karwai", answer.reply)
    assert letter.answers.split() == ["p@member.example", "q1@member.example"]
    (kept,) = await heard(office)
    assert (kept.address_id, kept.text) == (address_id, "HELP\n\nGul Rukh")


async def test_the_next_meeting_comes_by_mail_with_a_file_for_a_calendar(office: Office) -> None:
    await mailbox(await with_mail(office), GUL)
    await office.meeting(24, at=office.now + timedelta(days=3), venue={"en": "Shahi"})
    await hear(office, mo(GUL, "MEETING"))
    (sent,) = await office.texts()
    letter = read_letter((await office.database.read(documents.get, sent.document_id)).content)
    (file,) = letter.attachments
    assert (file.name, file.media_type) == ("EC 24.ics", "text/calendar")
    assert Calendar.from_ical(file.content).walk("VEVENT")[0]["LOCATION"] == "Shahi"


async def test_stop_by_mail_stops_the_mailbox_at_once_and_only_it(office: Office) -> None:
    address_id = await mailbox(await with_mail(office), GUL)
    await post(office, address_id)
    await hear(office, mo("GUL@Member.example", "Stop"))
    assert (await row_of(office, address_id)).standing == "stopped"
    assert {one.source for one in await records(office, address_id)} == {"mail"}
    assert (await office.states())[0] == "cancelled"
    await hear(office, mo(GUL, "START", 2))
    assert (await row_of(office, address_id)).standing == "active"


async def test_a_sentence_with_stop_in_it_stops_nothing(office: Office) -> None:
    address_id = await mailbox(await with_mail(office), GUL)
    await hear(office, mo(GUL, "Please stop the water works\nSTOP"))
    assert (await row_of(office, address_id)).standing == "active"


async def test_who_writes_from_a_bounced_mailbox_may_start_again(office: Office) -> None:
    address_id = await mailbox(await with_mail(office), GUL, "bounced")
    await hear(office, mo(GUL, "START"))
    assert (await row_of(office, address_id)).standing == "active"


async def test_the_same_mail_has_one_effect(office: Office) -> None:
    await mailbox(await with_mail(office), GUL)
    await hear(office, mo(GUL, "HELP"), mo(GUL, "HELP"))
    await hear(office, mo(GUL, "HELP"))
    assert len(await office.texts()) == 1


async def test_a_stranger_is_answered_and_remembered_once(office: Office) -> None:
    await with_mail(office)
    await hear(office, mo("Noor@New.example", "HELP"), mo("noor@new.example", "HELP", 2))
    rows = await heard(office)
    assert len({row.address_id for row in rows}) == 1
    assert (await row_of(office, rows[0].address_id)).handle == "Noor@new.example"
    assert len(await office.texts()) == 2


async def test_a_machine_is_never_answered_and_changes_nothing(office: Office) -> None:
    address_id = await mailbox(await with_mail(office), GUL)
    await hear(
        office,
        mo(GUL, "STOP", is_automatic=True),
        mo("robot@x.example", "STOP", 2, is_automatic=True),
    )
    assert await office.texts() == []
    assert (await row_of(office, address_id)).standing == "active"
    rows = await heard(office)
    assert [(row.intent, row.needs_person) for row in rows] == [("automatic", False)] * 2
    assert rows[1].address_id is None


async def test_a_mail_whose_name_holds_a_number_is_nobodys_telephone(office: Office) -> None:
    await with_mail(office)
    await office.say(1, "START")
    digits = number(1).removeprefix("+")
    await hear(office, mo(f"{digits}@member.example", "STOP"))
    phone = (await heard(office))[0]
    assert (await row_of(office, phone.address_id)).standing == "active"


async def test_senders_that_no_database_takes_wait_for_a_person(office: Office) -> None:
    await with_mail(office)
    long = "g" * 240 + "@member.example"
    for n, sender in enumerate((long, "a@b@c", "@", "a b@c.example", "x@localhost")):
        await hear(office, mo(sender, "HELP", n))
    assert [row.needs_person for row in await heard(office)] == [True] * 5
    assert await office.texts() == []


async def test_who_stopped_stays_stopped_when_a_letter_waits(office: Office) -> None:
    address_id = await mailbox(await with_mail(office), GUL)
    await post(office, address_id)
    await stand(office, address_id, "stopped")
    assert (await office.claim(route="mail")).rows == ()


async def test_an_officers_answer_goes_by_mail_in_the_same_thread(office: Office) -> None:
    address_id = await mailbox(await with_mail(office), GUL)
    await hear(office, mo(GUL, "When is the school repaired?"))
    answer = Answer(address_id, "In May, says the contractor.", "en", "k" * 16)
    assert await answer_member(office.database, office.id, answer, by="Sajida", now=office.now)
    row = (await office.texts())[-1]
    letter = read_letter((await office.database.read(documents.get, row.document_id)).content)
    assert (letter.text, letter.is_by_hand) == (answer.text, True)
    assert letter.answers.split()[-1] == "q1@member.example"
