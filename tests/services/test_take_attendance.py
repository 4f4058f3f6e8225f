"""Who came is ticked on the list of those who belong; women and guests are counted rightly."""

from datetime import timedelta

import pytest

from app.domain.errors import Refusal
from app.domain.minutes import Presence
from app.services.take_attendance import Mark, take_attendance, who_belongs
from tests.factories import Office
from tests.services.written import Book


async def test_those_with_a_seat_on_that_day_belong_officers_first(office: Office) -> None:
    book = Book(office)
    day = office.now.date()
    meeting_id = await book.meeting(days=-7)
    await book.members("Aziz", "Zarmina")
    await book.members("Sajida", post="President")
    await book.members("Left", left_on=day - timedelta(days=8))
    await book.members("Later", starts_on=day)
    await book.members("Bilal", body="GB")
    people = await who_belongs(office.database, office.id, meeting_id)
    assert [one.name for one in people] == ["Sajida", "Aziz", "Zarmina"]
    assert {one.presence for one in people} == {None}


async def test_guests_are_named_but_not_counted(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    aziz, zarmina, rehana = await book.members("Aziz", "Zarmina", "Rehana")
    await book.attend(meeting_id, [aziz, zarmina], "Engineer of TMA")
    found = await book.read(meeting_id)
    assert (found.present, found.women) == (2, 1)
    people = await who_belongs(office.database, office.id, meeting_id)
    assert {one.person_id: one.presence for one in people} == {
        aziz: Presence.PRESENT,
        zarmina: Presence.PRESENT,
        rehana: None,
        None: Presence.PRESENT,
    }


async def test_new_marks_stand_in_place_of_the_old(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    aziz, zarmina = await book.members("Aziz", "Zarmina")
    await book.attend(meeting_id, [aziz, zarmina], "Guest")
    await book.attend(meeting_id, [zarmina])
    found = await book.read(meeting_id)
    assert [one.name for one in found.attendees] == ["Zarmina"]


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        (Mark(999_999, "", Presence.PRESENT), "not_found"),
        (Mark(None, " \u200b", Presence.PRESENT), "guest_nameless"),
        (Mark(None, "x" * 121, Presence.PRESENT), "name_too_long"),
    ],
)
async def test_who_is_nobody_cannot_be_marked(office: Office, mark: Mark, code: str) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    (aziz,) = await book.members("Aziz")
    await book.attend(meeting_id, [aziz])
    with pytest.raises(Refusal) as refused:
        await take_attendance(office.database, office.id, meeting_id, [mark], **book.act)
    assert refused.value.code == code
    assert len((await book.read(meeting_id)).attendees) == 1


async def test_nobody_is_marked_twice_and_nobody_of_another_network(office: Office) -> None:
    book = Book(office)
    other = Book(await Office.open(office.database, office.now, "sarang"))
    meeting_id = await book.meeting()
    (aziz,), (foreign,) = await book.members("Aziz"), await other.members("Bibi")
    for marked, code in (([aziz, aziz], "marked_twice"), ([foreign], "not_found")):
        with pytest.raises(Refusal) as refused:
            await book.attend(meeting_id, marked)
        assert refused.value.code == code
