"""A press note goes out when a second officer agrees to the words they saw."""

from app.services.approve_press_note import approve_press_note
from app.services.draft_press_note import draft_press_note
from app.store.database import Connection
from app.store.meetings import decision, minutes
from tests.factories import Office, catalogue, person
from tests.services.newsroom import Newsroom, code_of


def agree(room: Newsroom, note_id: int, version: int = 1, name: str = "Rehmat") -> object:
    by = room.agreeing(version, name)
    return approve_press_note(room.database, room.office.id, note_id, by=by, now=room.now)


async def test_a_second_officer_agrees_once_and_the_note_is_changed_no_more(
    office: Office,
) -> None:
    room = Newsroom(office)
    note_id = await room.note()
    assert await code_of(agree(room, note_id, name="Sajida")) == "own_text"
    assert await code_of(agree(room, note_id, version=2)) == "changed_meanwhile"
    await agree(room, note_id)
    await agree(room, note_id)
    note = await room.shown_note(note_id)
    assert (note.state, note.approver) == ("approved", "Rehmat")
    assert await code_of(room.note(note_id=note_id)) == "gone_out"


async def test_minutes_that_were_restricted_since_hold_the_note(office: Office) -> None:
    room = Newsroom(office)
    meeting_id = await room.decided()
    who = {"catalogue": catalogue(), "by": room.sajida, "now": room.now}
    note_id = await draft_press_note(office.database, office.id, meeting_id, **who)

    def restrict(conn: Connection) -> None:
        conn.execute(minutes.update().values(is_restricted=True))

    await office.database.write(restrict)
    assert await code_of(agree(room, note_id)) == "not_public"


async def test_a_decision_that_was_restricted_since_has_to_be_taken_out(office: Office) -> None:
    room = Newsroom(office)
    who = {"catalogue": catalogue(), "by": room.sajida, "now": room.now}
    meeting_id = await room.decided()
    note_id = await draft_press_note(office.database, office.id, meeting_id, **who)

    def restrict(conn: Connection) -> None:
        conn.execute(decision.update().values(is_restricted=True))

    await office.database.write(restrict)
    assert await code_of(agree(room, note_id)) == "not_public"
    told = {"titles": {"en": "T"}, "texts": {"en": "The network met."}}
    await room.note(note_id=note_id, version=1, **told)
    await agree(room, note_id, version=2)


async def test_a_number_that_became_a_person_s_own_holds_the_note(office: Office) -> None:
    room = Newsroom(office)
    note_id = await room.note(contacts={"en": "0390 0000001"})
    await office.people(person("Zarina", 1))
    assert await code_of(agree(room, note_id)) == "private_number"


async def test_another_network_s_note_cannot_be_agreed_to(office: Office) -> None:
    room = Newsroom(office)
    note_id = await room.note()
    other = Newsroom(await Office.open(office.database, office.now, "sarang"))
    assert await code_of(agree(other, note_id)) == "not_found"
