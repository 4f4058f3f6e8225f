"""One decision with its history; the public sees none that is restricted."""

from dataclasses import replace

import pytest

from app.domain.errors import Refusal
from app.services.show_decision import show_decision
from tests.factories import Office
from tests.services.written import ROAD, WATER, Book


async def test_a_decision_shows_its_words_and_steps(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    await book.written(meeting_id, WATER, ROAD)
    row = (await book.rows(meeting_id))[1]
    today = office.now.date()
    story = await show_decision(office.database, office.id, row.id, public=True, today=today)
    assert (story.line.code, story.meeting_id) == ("14/2", meeting_id)
    assert [(one.status, one.by) for one in story.steps] == [("in hand", "Nusrat")]


async def test_the_public_finds_no_restricted_decision(office: Office) -> None:
    book = Book(office)
    one, other = await book.meeting(13), await book.meeting(14)
    await book.written(one, replace(WATER, restricted="A dispute"))
    await book.written(other, WATER, restricted="A dispute")
    today = office.now.date()
    for meeting_id in (one, other):
        row = (await book.rows(meeting_id))[0]
        with pytest.raises(Refusal) as refused:
            await show_decision(office.database, office.id, row.id, public=True, today=today)
        assert refused.value.code == "not_found"
        told = await show_decision(office.database, office.id, row.id, public=False, today=today)
        assert told.line.no == 1


async def test_another_networks_decision_is_not_there(office: Office) -> None:
    other = Book(await Office.open(office.database, office.now, "sarang"))
    meeting_id = await other.meeting()
    await other.written(meeting_id)
    row = (await other.rows(meeting_id))[0]
    with pytest.raises(Refusal):
        await show_decision(
            office.database, office.id, row.id, public=False, today=office.now.date()
        )
