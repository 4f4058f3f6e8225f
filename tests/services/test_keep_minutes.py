"""What was typed is kept; nobody writes over what they did not see, and nothing goes out."""

import pytest

from app.domain.errors import Refusal
from app.domain.minutes import DecisionEntry, Item, Record
from app.services.keep_minutes import keep_minutes
from tests.factories import Office
from tests.services.written import ROAD, Book


async def test_a_draft_is_kept_and_nobody_else_reads_it(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    record = Record(language="ur", decisions=(ROAD,), items=(Item({"en": "Road"}),))
    assert await book.keep(meeting_id, record) == 1
    found = await book.read(meeting_id)
    assert (found.record, found.version, found.revision) == (record, 1, 0)
    assert found.published_at is None
    assert "road" not in (await office.say(1, "KARWAI")).reply


async def test_who_saw_an_older_version_does_not_write_over_the_newer(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    await book.keep(meeting_id, Record(chair="Sajida"), version=0)
    with pytest.raises(Refusal) as refused:
        await book.keep(meeting_id, Record(chair="Rehmat"), version=0)
    assert refused.value.code == "changed_meanwhile"
    assert (await book.read(meeting_id)).record.chair == "Sajida"


async def test_what_is_kept_again_unchanged_stays_the_same_version(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    assert await book.keep(meeting_id, Record(chair="Sajida")) == 1
    assert await book.keep(meeting_id, Record(chair=" Sajida\u00a0")) == 1


async def test_half_written_minutes_with_a_number_twice_are_kept(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    twice = (DecisionEntry(1), DecisionEntry(1))
    await book.keep(meeting_id, Record(decisions=twice))
    assert (await book.read(meeting_id)).record.decisions == twice


async def test_pasted_markup_is_kept_as_words(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    await book.keep(meeting_id, Record(thanks="<p>Dua&nbsp;<b>ki</b> gayi</p>"))
    assert (await book.read(meeting_id)).record.thanks == "Dua ki gayi"


async def test_another_networks_meeting_is_not_there(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    meeting_id = await Book(other).meeting()
    with pytest.raises(Refusal) as refused:
        await keep_minutes(
            office.database, office.id, meeting_id, Record(), version=0, by="x", now=office.now
        )
    assert refused.value.code == "not_found"
