"""The next meeting confirms the minutes of the one before, once."""

from datetime import timedelta
from typing import Any

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
    await book.meeting(15, days=-1, state="held")
    await confirm(book, meeting_id)
    await confirm(book, meeting_id, days=9)
    assert (await book.read(meeting_id)).confirmed_at == office.now


@pytest.mark.parametrize(
    "later",
    [
        None,
        {"days": 3},
        {"days": -1},
        {"days": -9, "state": "held"},
        {"days": -1, "state": "adjourned"},
        {"days": -1, "state": "held", "body": "GB"},
    ],
)
async def test_nothing_is_confirmed_until_the_body_met_again(
    office: Office, later: dict[str, Any] | None
) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    await book.written(meeting_id)
    if later is not None:
        await book.meeting(15, **later)
    with pytest.raises(Refusal, match="has not met again") as refused:
        await confirm(book, meeting_id)
    assert refused.value.code == "too_early"
    assert (await book.read(meeting_id)).confirmed_at is None


async def test_a_next_meeting_whose_attendance_was_taken_confirms(office: Office) -> None:
    book = Book(office)
    members = await book.members("Amina", "Sher")
    meeting_id, after = await book.meeting(), await book.meeting(15, days=0)
    await book.written(meeting_id)
    await book.attend(after, members)
    await confirm(book, meeting_id)
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
