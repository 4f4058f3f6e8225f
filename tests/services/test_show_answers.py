"""The office sees who of the body said what, in the order of the attendance sheet."""

from datetime import timedelta

import pytest

from app.domain.errors import Refusal
from app.services.change_meeting import MeetingChange, change_meeting
from app.services.note_answer import Said, note_answer
from app.services.show_answers import show_answers
from tests.factories import Office
from tests.services.written import Book


async def test_all_of_the_body_stand_there_with_what_they_said_and_their_habit(
    office: Office,
) -> None:
    book = Book(office)
    unit = await office.unit("Roshni")
    (zarmina,) = await book.members("Zarmina", unit_id=unit)
    aziz, bilal = await book.members("Aziz", "Bilal")
    (sadar,) = await book.members("Sadar", post="President")
    for no, came in ((11, [sadar, zarmina]), (12, [sadar]), (13, [sadar, zarmina, aziz])):
        await book.attend(await book.meeting(no, days=no - 20), came)
    meeting_id = await book.meeting(14, days=2, quorum=3)
    said = Said("coming", needs_transport=True)
    await note_answer(office.database, office.id, meeting_id, zarmina, said, **book.act)
    seen = await show_answers(office.database, office.id, meeting_id)
    # Nobody of those who were not marked is known to be asked: 1 of 1 for Aziz, none for Bilal.
    assert [(one.name, one.unit_name, one.answer, one.came, one.asked) for one in seen.people] == [
        ("Sadar", "", "", 3, 3),
        ("Aziz", "", "", 1, 1),
        ("Bilal", "", "", 0, 0),
        ("Zarmina", "LSO Roshni", "coming", 2, 2),
    ]
    assert (seen.forecast.coming, seen.forecast.women_coming, seen.forecast.transport) == (1, 1, 1)
    # Zarmina, then 100 % + 100 % + 50 % of three: 2.5, which is 3.
    assert (seen.forecast.silent, seen.forecast.likely, seen.forecast.wanted) == (3, 4, 2)
    assert {bilal, sadar, aziz}


async def test_an_answer_to_a_day_that_was_moved_away_counts_no_more(office: Office) -> None:
    book = Book(office)
    (aziz,) = await book.members("Aziz")
    meeting_id = await book.meeting(14, days=2)
    await note_answer(office.database, office.id, meeting_id, aziz, Said("coming"), **book.act)

    async def coming(change: MeetingChange) -> int:
        office.now += timedelta(hours=1)
        ids = (office.database, office.id, meeting_id)
        await change_meeting(*ids, change, by="Nusrat", now=office.now)
        return (await show_answers(*ids)).forecast.coming

    assert await coming(MeetingChange(venue={"en": "The school"})) == 1
    assert await coming(MeetingChange(state="held")) == 1
    assert await coming(MeetingChange(state="planned", at=office.now + timedelta(days=9))) == 0


async def test_who_left_the_body_is_not_counted_and_another_network_sees_nothing(
    office: Office,
) -> None:
    book = Book(office)
    other = await Office.open(office.database, office.now, "sarang")
    (aziz,) = await book.members("Aziz")
    await book.members("Left", left_on=office.now.date() - timedelta(days=1))
    meeting_id = await book.meeting(days=2)
    seen = await show_answers(office.database, office.id, meeting_id)
    assert [one.person_id for one in seen.people] == [aziz]
    assert seen.forecast.expected == 1
    with pytest.raises(Refusal, match="no such meeting"):
        await show_answers(office.database, other.id, meeting_id)
