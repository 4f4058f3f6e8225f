"""The office writes down an answer that came by phone, for those of the body and in time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.errors import Refusal
from app.services.note_answer import Said, note_answer
from app.services.show_answers import Answered, show_answers
from app.store.journal import journal
from tests.factories import Office
from tests.services.phones import put_on, seat_all
from tests.services.written import Book

COMING = Said("coming", needs_transport=True, with_child=True)
NOT = Said("not", needs_transport=True, stand_in=" Gul\n ")


async def answer_of(office: Office, meeting_id: int, person_id: int) -> Answered:
    seen = await show_answers(office.database, office.id, meeting_id)
    (found,) = (one for one in seen.people if one.person_id == person_id)
    return found


async def test_what_was_said_last_counts_however_it_came(office: Office) -> None:
    (gul,) = await put_on(office, 1, "Gul")
    meeting_id = await seat_all(office, gul)
    act = {"by": "Nusrat", "now": office.now + timedelta(hours=1)}
    await office.say(1, "12")
    assert (await answer_of(office, meeting_id, gul)).is_by_text
    await note_answer(office.database, office.id, meeting_id, gul, COMING, **act)
    seen = await answer_of(office, meeting_id, gul)
    assert (seen.answer, seen.needs_transport, seen.with_child) == ("coming", True, True)
    assert (seen.is_by_text, seen.at) == (False, act["now"])
    await note_answer(office.database, office.id, meeting_id, gul, NOT, **act)
    seen = await answer_of(office, meeting_id, gul)
    assert (seen.answer, seen.needs_transport, seen.stand_in) == ("not", False, "Gul")
    await office.hear(office.mo(1, "11"), now=office.now + timedelta(hours=2))
    assert (await answer_of(office, meeting_id, gul)).stand_in == ""
    await note_answer(office.database, office.id, meeting_id, gul, Said(""), **act)
    assert (await answer_of(office, meeting_id, gul)).answer == ""
    rows = select(journal.c.action).order_by(journal.c.id)
    done = await office.database.read(lambda conn: conn.execute(rows).scalars().all())
    assert done[-3:] == [
        *("answer to a meeting noted", "answer to a meeting noted"),
        "answer to a meeting taken back",
    ]


async def test_what_cannot_be_an_answer_changes_nothing(office: Office) -> None:
    book = Book(office)
    other = Book(await Office.open(office.database, office.now, "sarang"))
    (aziz,), (bilal,), (foreign,) = (
        await book.members("Aziz"),
        await book.members("Bilal", body="GB"),
        await other.members("Bibi"),
    )
    meeting_id = await book.meeting(days=3)
    held_id = await book.meeting(13, days=-1)
    off_id = await book.meeting(15, days=5, state="cancelled")
    other_id = await other.meeting(days=3)
    for where, who, said, code in (
        (meeting_id, aziz, Said("maybe"), "unknown_answer"),
        (meeting_id, bilal, COMING, "not_of_body"),
        (meeting_id, foreign, COMING, "not_of_body"),
        (meeting_id, 999_999, COMING, "not_of_body"),
        (meeting_id, aziz, Said("not", stand_in="x" * 81), "name_too_long"),
        (held_id, aziz, COMING, "meeting_not_open"),
        (off_id, aziz, COMING, "meeting_not_open"),
        (other_id, foreign, COMING, "not_found"),
    ):
        with pytest.raises(Refusal) as refused:
            await note_answer(office.database, office.id, where, who, said, **book.act)
        assert refused.value.code == code
    assert (await answer_of(office, meeting_id, aziz)).answer == ""
