"""A press note by mail to the papers with a file to edit, and the list of whom it was given to."""

import email
import email.policy
from datetime import timedelta

from sqlalchemy import select

from app.services.approve_press_note import approve_press_note
from app.services.keep_press_note import drop_press_mail
from app.services.send_press_note import Given, note_given, send_press_note
from app.store import seats
from app.store.broadcasts import broadcast_text
from app.store.database import Connection
from app.store.documents import document
from app.store.people import person as people_table
from tests.factories import Office, catalogue, person, wire
from tests.services.newsroom import Newsroom, code_of
from tests.services.test_plan_newsletter import give_mail


async def paper(office: Office, name: str = "Daily Mirkhai") -> int:
    """A paper with a reporter who has a mail address; gives its unit's id."""
    await office.wires(wire(reaches=frozenset({"demo", "email"})))
    unit_id = await office.unit(name, kind="media")
    await office.people(person("Reporter", 7, language="en"), person("Zarina", 1))
    await give_mail(office, "Reporter", "desk@example.org")

    def seat(conn: Connection) -> None:
        who = select(people_table.c.id).where(people_table.c.name == "Reporter")
        values = {"network_id": office.id, "unit_id": unit_id, "body": "OUT", "post": "Reporter"}
        seats.put(conn, {**values, "person_id": conn.execute(who).scalar_one()})

    await office.database.write(seat)
    return unit_id


def send(room: Newsroom, note_id: int) -> object:
    return send_press_note(
        room.database,
        room.office.id,
        note_id,
        catalogue=catalogue(),
        by=room.sajida,
        now=room.now,
    )


def agree(room: Newsroom, note_id: int) -> object:
    by = room.agreeing(1)
    return approve_press_note(room.database, room.office.id, note_id, by=by, now=room.now)


async def test_papers_get_one_mail_with_the_note_as_text_and_docx(office: Office) -> None:
    room = Newsroom(office)
    await paper(office)
    note_id = await room.note(titles={"en": "Bridge\r\nBcc: x@example.org"})
    plan_id = await send(room, note_id)
    assert await office.texts() == []
    await agree(room, note_id)
    assert [row.msisdn for row in await office.texts()] == [None]
    note = await room.shown_note(note_id)
    assert [(one.way, one.whom, one.state) for one in note.sendings] == [
        ("mail", "Daily Mirkhai", "queued")
    ]
    content = await office.database.read(
        lambda conn: conn.execute(
            select(document.c.content)
            .join(broadcast_text, broadcast_text.c.document_id == document.c.id)
            .where(broadcast_text.c.broadcast_id == plan_id)
        ).scalar_one()
    )
    letter = email.message_from_bytes(content, policy=email.policy.default)
    assert letter["Subject"] == "Bridge Bcc: x@example.org"
    assert letter["Bcc"] is None
    assert "The network met." in letter.get_body(("plain",)).get_content()
    (file,) = letter.iter_attachments()
    assert file.get_filename() == "press-note-1-en.docx"
    assert file.get_content().startswith(b"PK")


async def test_without_a_paper_nothing_is_planned(office: Office) -> None:
    room = Newsroom(office)
    await office.people(person("Zarina", 1))
    note_id = await room.note()
    assert await code_of(send(room, note_id)) == "nobody"
    assert (await room.shown_note(note_id)).broadcast_id is None


async def test_a_note_that_waits_is_changed_only_after_it_was_taken_back(office: Office) -> None:
    room = Newsroom(office)
    await paper(office)
    note_id = await room.note()
    await send(room, note_id)
    assert await code_of(room.note(note_id=note_id)) == "taken"
    assert await code_of(send(room, note_id)) == "taken"
    await drop_press_mail(office.database, office.id, note_id, by=room.sajida, now=room.now)
    await room.note(note_id=note_id, titles={"en": "Better"})
    await send(room, note_id)


async def test_what_was_given_by_hand_is_written_down_after_agreement(office: Office) -> None:
    room = Newsroom(office)
    note_id = await room.note()
    given = Given("whatsapp", "Radio Mirkhai\nand others", "en")

    def note(one: Given) -> object:
        later = room.now + timedelta(hours=1)
        return note_given(office.database, office.id, note_id, one, by=room.sajida, now=later)

    assert await code_of(note(given)) == "not_approved"
    await agree(room, note_id)
    await note(given)
    unit_id = await office.unit("Daily Mirkhai", kind="media")
    await note(Given("print", unit_id=unit_id))
    assert await code_of(note(Given("pigeon", "Radio"))) == "way"
    assert await code_of(note(Given("print", "  "))) == "whom"
    assert await code_of(note(Given("print", unit_id=10**9))) == "not_found"
    shown = await room.shown_note(note_id)
    assert [(one.way, one.whom, one.actor) for one in shown.sendings] == [
        ("whatsapp", "Radio Mirkhai and others", "Sajida"),
        ("print", "Daily Mirkhai", "Sajida"),
    ]
