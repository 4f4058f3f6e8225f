"""A decision goes its way step by step, and every step can be read afterwards."""

from datetime import timedelta

import pytest

from app.domain.errors import Refusal
from app.domain.minutes import DecisionState
from app.services.change_decision import Change, change_decision
from tests.factories import Office
from tests.services.written import ROAD, WATER, Book

DONE = DecisionState.DONE


async def change(book: Book, decision_id: int, state: DecisionState, **told: object) -> None:
    how = Change(state, **told)
    await change_decision(book.office.database, book.office.id, decision_id, how, **book.act)


async def first(book: Book, **meeting: object) -> int:
    meeting_id = await book.meeting(**meeting)
    await book.written(meeting_id, WATER)
    return int((await book.rows(meeting_id))[0].id)


async def test_steps_stay_on_record_in_their_order(office: Office) -> None:
    book = Book(office)
    decision_id = await first(book)
    await change(book, decision_id, DecisionState.IN_HAND, note="letter sent, diary 1032")
    await change(book, decision_id, DONE)
    await change(book, decision_id, DONE)
    assert await book.steps(decision_id) == [
        ("in hand", ""),
        ("in hand", "letter sent, diary 1032"),
        ("done", ""),
    ]


async def test_a_moved_date_is_a_step(office: Office) -> None:
    book = Book(office)
    decision_id = await first(book)
    due = office.now.date() + timedelta(days=5)
    await change(book, decision_id, DecisionState.IN_HAND, due=due)
    assert (await book.steps(decision_id))[-1] == ("in hand", f"due {due}")
    with pytest.raises(Refusal) as refused:
        await change(book, decision_id, DONE, due=office.now.date() - timedelta(days=8))
    assert refused.value.code == "due_before_meeting"


async def test_a_committee_only_recommends_until_the_executive_agrees(office: Office) -> None:
    book = Book(office)
    decision_id = await first(book, body="HEALTH", no=3)
    assert await book.steps(decision_id) == [("recommended", "")]
    earlier, later = await book.meeting(13, days=-30), await book.meeting(14, days=-1)
    committee = await book.meeting(4, days=-1, body="HEALTH")
    for wrong in (None, earlier, committee, await book.meeting(15, days=3)):
        with pytest.raises(Refusal) as refused:
            await change(book, decision_id, DecisionState.APPROVED, approved_in=wrong)
        assert refused.value.code == "not_approved"
    await change(book, decision_id, DecisionState.APPROVED, approved_in=later)
    await change(book, decision_id, DONE)
    assert (await book.steps(decision_id))[1:] == [("approved", "approved in EC 14"), ("done", "")]


async def test_a_recommendation_may_be_dropped_without_approval(office: Office) -> None:
    book = Book(office)
    decision_id = await first(book, body="HEALTH", no=3)
    await change(book, decision_id, DecisionState.DROPPED, note="taken back")
    assert (await book.steps(decision_id))[-1] == ("dropped", "taken back")


async def test_a_new_revision_of_the_minutes_keeps_the_steps_taken_since(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    await book.written(meeting_id, WATER)
    decision_id = (await book.rows(meeting_id))[0].id
    await change(book, decision_id, DONE)
    assert await book.written(meeting_id, WATER, ROAD) == 2
    assert [row.status for row in await book.rows(meeting_id)] == ["done", "in hand"]


async def test_a_note_of_a_page_and_another_networks_decision_are_refused(office: Office) -> None:
    book = Book(office)
    other = Book(await Office.open(office.database, office.now, "sarang"))
    mine, foreign = await first(book), await first(other)
    for decision_id, note, code in ((mine, "x" * 301, "note_too_long"), (foreign, "", "not_found")):
        with pytest.raises(Refusal) as refused:
            await change(book, decision_id, DONE, note=note)
        assert refused.value.code == code
