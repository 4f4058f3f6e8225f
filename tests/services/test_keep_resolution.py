"""What became of a demand is kept: letter, diary number, answer, in days that can follow."""

from datetime import timedelta
from typing import Any

import pytest

from app.domain.errors import Refusal
from app.domain.minutes import ResolutionEntry
from app.services.keep_resolution import LetterFacts, keep_resolution
from app.services.show_resolutions import list_resolutions, read_resolution
from tests.factories import Office
from tests.services.written import Book

DEMAND = ResolutionEntry(1, {"en": "Road"}, {"en": "Repair the road."}, {"en": "XEN C&W"})


async def demand(book: Book, *more: ResolutionEntry) -> int:
    meeting_id = await book.meeting()
    await book.written(meeting_id, resolutions=(DEMAND, *more))
    today = book.office.now.date()
    found = await list_resolutions(book.office.database, book.office.id, today=today)
    return found[0].id


async def keep(book: Book, resolution_id: int, **facts: Any) -> None:
    told = LetterFacts(**facts)
    await keep_resolution(book.office.database, book.office.id, resolution_id, told, **book.act)


async def test_letter_diary_and_answer_are_kept(office: Office) -> None:
    book, today = Book(office), office.now.date()
    resolution_id = await demand(book)
    facts = {
        "letter_no": "LSON/14/1",
        "sent_on": today - timedelta(days=3),
        "diary_no": "1032",
        "reply_due": today - timedelta(days=1),
    }
    await keep(book, resolution_id, **facts)
    line = await read_resolution(office.database, office.id, resolution_id, today=today)
    assert (line.code, line.diary_no, line.days_late) == ("14/R1", "1032", 1)
    await keep(book, resolution_id, **facts, replied_on=today, reply="Tender in May")
    line = await read_resolution(office.database, office.id, resolution_id, today=today)
    assert (line.reply, line.days_late) == ("Tender in May", 0)


@pytest.mark.parametrize(
    "days",
    [
        {"sent_on": -8},
        {"sent_on": 1},
        {"replied_on": 0},
        {"sent_on": -2, "replied_on": -3},
        {"sent_on": -2, "replied_on": 1},
        {"sent_on": -2, "reply_due": -3},
        {"reply_due": -8},
    ],
)
async def test_days_that_cannot_follow_each_other_are_refused(
    office: Office, days: dict[str, int]
) -> None:
    book = Book(office)
    told = {name: office.now.date() + timedelta(days=count) for name, count in days.items()}
    with pytest.raises(Refusal) as refused:
        await keep(book, await demand(book), **told)
    assert refused.value.code == "days_order"


async def test_a_letter_number_is_used_once_and_texts_have_an_end(office: Office) -> None:
    book = Book(office)
    first = await demand(book, ResolutionEntry(2, {}, {"en": "School"}, {"en": "DEO"}))
    await keep(book, first, letter_no="7")
    for told, code in (({"letter_no": "7"}, "letter_taken"), ({"reply": "x" * 501}, "too_long")):
        with pytest.raises(Refusal) as refused:
            await keep(book, first + 1, **told)
        assert refused.value.code == code


async def test_another_networks_resolution_is_not_there(office: Office) -> None:
    other = Book(await Office.open(office.database, office.now, "sarang"))
    with pytest.raises(Refusal) as refused:
        await keep(Book(office), await demand(other))
    assert refused.value.code == "not_found"
