"""A resolution goes out as a letter with its number and the day of the answer."""

from datetime import date

import pytest

from app.domain.errors import Refusal
from app.domain.minutes import ResolutionEntry
from app.services.print_letter import print_letter
from app.services.print_sheet import Order
from app.services.show_resolutions import list_resolutions
from tests.factories import Office
from tests.services.written import WATER, Book

ROAD = ResolutionEntry(
    1,
    {"en": "Road to Laspa", "ur": "لاسپہ کی سڑک"},
    {"en": "Repair it.\n\nPeople walk."},
    {"en": "XEN C&W, Mirkhai"},
    reply_due=date(2027, 3, 1),
)


async def resolution(office: Office) -> int:
    book = Book(office)
    await book.written(await book.meeting(), WATER, resolutions=(ROAD,))
    return (await list_resolutions(office.database, office.id, today=office.now.date()))[0].id


async def letter(office: Office, number: int, tag: str) -> str:
    printed = await print_letter(
        office.database, office.id, number, Order("txt", tag), today=office.now.date()
    )
    return printed.content.decode()


async def test_it_says_to_whom_what_and_by_when(office: Office) -> None:
    said = await letter(office, await resolution(office), "en")
    for part in (
        "Letter No: 14/R1",
        "XEN C&W, Mirkhai",
        "Subject: Road to Laspa",
        "Repair it.\n\nPeople walk.",
        "An answer is requested by 1 March 2027.",
        "President",
    ):
        assert part in said


async def test_words_that_a_language_lacks_are_read_in_another(office: Office) -> None:
    said = await letter(office, await resolution(office), "ur")
    assert "عنوان: لاسپہ کی سڑک" in said
    assert "Repair it." in said


async def test_anothers_resolution_is_not_there(office: Office) -> None:
    number = await resolution(office)
    other = await Office.open(office.database, office.now, slug="other")
    with pytest.raises(Refusal) as refused:
        await letter(other, number, "en")
    assert refused.value.code == "not_found"
