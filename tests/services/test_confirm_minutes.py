"""The next meeting confirms the minutes of the one before, once."""

from datetime import timedelta

import pytest

from app.domain.errors import Refusal
from app.services.confirm_minutes import confirm_minutes
from tests.factories import Office
from tests.services.written import ROAD, WATER, Book


async def confirm(book: Book, meeting_id: int, *, days: int = 0) -> None:
    act = {"by": "Nusrat", "now": book.office.now + timedelta(days=days)}
    await confirm_minutes(book.office.database, book.office.id, meeting_id, **act)


async def test_published_minutes_are_confirmed_once(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    await book.written(meeting_id)
    await confirm(book, meeting_id)
    await confirm(book, meeting_id, days=9)
    assert (await book.read(meeting_id)).confirmed_at == office.now


async def test_a_draft_cannot_be_confirmed(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    await book.keep(meeting_id, (await book.read(meeting_id)).record)
    with pytest.raises(Refusal) as refused:
        await confirm(book, meeting_id)
    assert refused.value.code == "not_published"


async def test_minutes_that_say_so_confirm_those_before(office: Office) -> None:
    book = Book(office)
    before, after = await book.meeting(13, days=-30), await book.meeting(14)
    await book.written(before, WATER)
    await book.written(after, ROAD, confirms="13")
    assert (await book.read(before)).confirmed_at == office.now
    assert (await book.read(after)).confirmed_at is None


async def test_minutes_cannot_confirm_themselves_or_none(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    for label in ("14", "99"):
        with pytest.raises(Refusal, match="no earlier meeting"):
            await book.written(meeting_id, WATER, confirms=label)
