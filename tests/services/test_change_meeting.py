"""A meeting is moved, postponed or called off until its minutes are out."""

from datetime import timedelta

import pytest

from app.domain.errors import Refusal
from app.services.change_meeting import MeetingChange, change_meeting
from tests.factories import Office
from tests.services.written import Book


async def change(book: Book, meeting_id: int, **told: object) -> None:
    how = MeetingChange(**told)
    await change_meeting(book.office.database, book.office.id, meeting_id, how, **book.act)


async def test_a_postponed_meeting_is_not_told_until_it_has_its_new_day(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting(days=3, venue={"en": "Shahi"})
    await change(book, meeting_id, state="postponed")
    assert "Shahi" not in (await office.say(1, "IJLAS")).reply
    later = office.now + timedelta(days=10)
    await change(book, meeting_id, at=later)
    found = await book.read(meeting_id)
    assert (found.state, found.at) == ("planned", later)
    assert "Shahi" in (await office.say(1, "MEETING")).reply


async def test_only_what_is_told_changes(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting(days=3, venue={"en": "Shahi"}, quorum=8)
    await change(book, meeting_id, agenda={"en": " Road\u00a0 ", "ur": " "})
    found = await book.read(meeting_id)
    assert (found.venue, found.agenda, found.quorum) == ({"en": "Shahi"}, {"en": "Road"}, 8)


async def test_the_day_of_published_minutes_stays(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    await book.written(meeting_id)
    for told in ({"at": office.now}, {"quorum": 9}, {"state": "cancelled"}):
        with pytest.raises(Refusal) as refused:
            await change(book, meeting_id, **told)
        assert refused.value.code == "published"
    await change(book, meeting_id, venue={"en": "Laspa"})
    assert (await book.read(meeting_id)).venue == {"en": "Laspa"}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"state": "moved"}, "state"),
        ({"quorum": -1}, "quorum"),
        ({"venue": {"en": "x" * 2001}}, "too_long"),
    ],
)
async def test_what_no_meeting_is_is_refused(office: Office, told: dict, code: str) -> None:
    book = Book(office)
    with pytest.raises(Refusal) as refused:
        await change(book, await book.meeting(), **told)
    assert refused.value.code == code


async def test_another_networks_meeting_is_not_there(office: Office) -> None:
    other = Book(await Office.open(office.database, office.now, "sarang"))
    with pytest.raises(Refusal) as refused:
        await change(Book(office), await other.meeting(), quorum=1)
    assert refused.value.code == "not_found"
