"""A press note drafted from minutes: third person, in two languages, nothing restricted."""

from datetime import timedelta
from typing import Any

from app.services.draft_press_note import draft_press_note
from app.services.publish_minutes import DecisionDraft
from app.store import resolutions, seats
from app.store.database import Connection
from app.store.meetings import minutes
from app.store.people import person as people_table
from tests.factories import Office, catalogue, person
from tests.services.newsroom import SECRET, Newsroom, code_of

BRIDGE = {
    "en": {"text": "The bridge is to be mended by spring.", "short": "bridge"},
    "ur": {"text": "پل بہار تک ٹھیک کیا جائے۔", "short": "پل"},
}


def draft(room: Newsroom, meeting_id: int) -> Any:
    return draft_press_note(
        room.database,
        room.office.id,
        meeting_id,
        catalogue=catalogue(),
        by=room.sajida,
        now=room.now,
    )


async def decided(room: Newsroom, **changes: Any) -> int:
    drafts = [DecisionDraft(1, BRIDGE), DecisionDraft(2, SECRET, is_restricted=True)]
    return await room.decided(14, **{"decisions": drafts, **changes})


async def test_decisions_become_a_note_in_english_and_urdu(office: Office) -> None:
    room = Newsroom(office)
    await office.unit("Mirkhai", kind="LSON", place="Mirkhai", local_place="میرخئی")
    await office.people(person("Sajida Parveen", 1))

    def seat(conn: Connection) -> None:
        (who,) = conn.execute(people_table.select()).all()
        values = {"network_id": office.id, "body": "EC", "post": "Press Secretary"}
        seats.put(conn, {**values, "person_id": who.id})

    await office.database.write(seat)
    note = await room.shown_note(await draft(room, await decided(room)))
    english = note.texts_to_copy["en"]
    assert english.startswith("*LSON mirkhai: what the Executive Committee decided: bridge*")
    assert "MIRKHAI, 21 Nov: The Executive Committee of LSON mirkhai held its meeting 14" in english
    assert "12 members were present, 5 of them women." in english
    assert "Sajida Parveen, Press Secretary said that the meeting decided" in english
    assert "The bridge is to be mended by spring." in english
    assert "For the press: Office of LSON mirkhai" in english
    urdu = note.texts_to_copy["ur"]
    assert "پل بہار تک ٹھیک کیا جائے۔" in urdu
    assert "میرخئی، 21 نومبر:" in urdu
    assert "Sajida Parveen، پریس سیکرٹری نے بتایا" in urdu
    assert (note.state, note.meeting) == ("draft", "EC 14")


async def test_nothing_restricted_gets_into_a_note(office: Office) -> None:
    room = Newsroom(office)
    note = await room.shown_note(await draft(room, await decided(room)))
    assert "jhagra" not in repr(note).lower()
    closed = await room.decided(13, is_restricted=True)
    assert await code_of(draft(room, closed)) == "not_public"


async def test_resolutions_become_title_and_demands(office: Office) -> None:
    room = Newsroom(office)
    meeting_id = await decided(room)

    def demand(conn: Connection) -> None:
        minutes_id = conn.execute(minutes.select()).one().id
        for no, words in ((1, "A doctor for the health unit"), (2, "A bridge")):
            values = {"network_id": office.id, "minutes_id": minutes_id, "no": no}
            resolutions.add(conn, {**values, "titles": {"en": words}, "texts": {"en": words}})

    await office.database.write(demand)
    note = await room.shown_note(await draft(room, meeting_id))
    assert note.titles["en"] == "A doctor for the health unit"
    assert note.demands["en"].split("\n") == ["A doctor for the health unit", "A bridge"]


async def test_drafting_again_opens_the_one_that_waits(office: Office) -> None:
    room = Newsroom(office)
    meeting_id = await decided(room)
    assert await draft(room, meeting_id) == await draft(room, meeting_id)


async def test_without_public_minutes_there_is_no_note(office: Office) -> None:
    room = Newsroom(office)
    to_come = await office.meeting(15, at=room.now + timedelta(days=9))
    assert await code_of(draft(room, to_come)) == "not_public"
    assert await code_of(draft(room, 10**9)) == "not_found"
    other = Newsroom(await Office.open(office.database, office.now, "sarang"))
    assert await code_of(draft(other, to_come)) == "not_found"
