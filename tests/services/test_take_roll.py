"""Who leads a meeting may tell by text who came, on the day and for two days after."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.domain.minutes import Presence
from app.services.note_answer import Said, note_answer
from app.services.take_attendance import Mark, take_attendance, who_belongs
from app.store import seats
from app.store.journal import journal
from tests.factories import Office
from tests.services.phones import put_on
from tests.services.written import Book


async def lead(office: Office, n: int, name: str, post: str, body: str = "EC", **more: Any) -> int:
    """Somebody with a phone and an office; gives their id."""
    (person_id,) = await put_on(office, n, name)
    seat = {"network_id": office.id, "person_id": person_id, "body": body, "post": post, **more}
    await office.database.write(seats.put, seat)
    return person_id


async def marked(office: Office, meeting_id: int) -> dict[str, str]:
    people = await who_belongs(office.database, office.id, meeting_id)
    return {one.name: str(one.presence) for one in people if one.presence is not None}


async def test_it_marks_all_keeps_guests_and_stands_in_place_of_what_was_told_before(
    office: Office,
) -> None:
    book = Book(office)
    await lead(office, 1, "Nusrat", "General Secretary")
    aziz, _ = await book.members("Aziz", "Zarmina")
    meeting_id = await book.meeting(days=0)
    before = {"by": "Nusrat", "now": office.now - timedelta(days=1)}
    await note_answer(office.database, office.id, meeting_id, aziz, Said("not"), **before)
    guest = [Mark(None, "Engineer", Presence.PRESENT), Mark(aziz, "", Presence.PRESENT)]
    await take_attendance(office.database, office.id, meeting_id, guest, **book.act)
    await office.say(1, "HAZIR 1")
    assert await marked(office, meeting_id) == {
        "Nusrat": "present",
        "Aziz": "excused",
        "Zarmina": "absent",
        "Engineer": "present",
    }
    await office.say(1, "hazir sab")
    assert set((await marked(office, meeting_id)).values()) == {"present"}
    rows = select(journal.c.actor, journal.c.detail).order_by(journal.c.id.desc()).limit(1)
    last = (await office.database.read(lambda conn: conn.execute(rows).all()))[0]
    assert last.actor == "a text of the host"
    assert (last.detail["present"], last.detail["marked"]) == (3, 3)


async def test_only_who_leads_and_only_for_two_days_and_not_once_the_minutes_are_out(
    office: Office,
) -> None:
    book = Book(office)
    roshni = await office.unit("Roshni")
    await lead(office, 1, "Nusrat", "General Secretary")
    await lead(office, 2, "Gul", "Member")
    await lead(office, 3, "Host", "President", "LSO", unit_id=roshni)
    await lead(office, 4, "Guest", "President", "LSO", unit_id=await office.unit("Umeed"))
    meeting_id = await book.meeting(days=0, venue={"en": "LSO Roshni, Shahi"})
    for hours in (-13, 49):
        late = office.now + timedelta(hours=hours)
        await office.hear(office.mo(1, "HAZIR 1 2"), now=late)
    for n in (2, 4, 9):
        await office.say(n, "HAZIR 1 2")
    assert await marked(office, meeting_id) == {}
    await office.hear(office.mo(3, "HAZIR 1"), now=office.now + timedelta(hours=47))
    assert await marked(office, meeting_id) == {"Nusrat": "present", "Gul": "absent"}
    await book.written(meeting_id)
    await office.say(1, "HAZIR 1 2")
    assert await marked(office, meeting_id) == {"Nusrat": "present", "Gul": "absent"}


async def test_a_body_without_officers_is_led_by_those_of_the_executive_committee(
    office: Office,
) -> None:
    book = Book(office)
    await lead(office, 1, "Nusrat", "General Secretary")
    await book.members("Aziz", "Zarmina", body="GB")
    meeting_id = await book.meeting(3, days=0, body="GB")
    assert "2 mein se 1 hazir, khawateen 1" in (await office.say(1, "HAZIR 2")).reply
    assert await marked(office, meeting_id) == {"Aziz": "absent", "Zarmina": "present"}
