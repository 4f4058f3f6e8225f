"""Resolutions are listed with what became of them; withdrawn ones are not."""

from datetime import timedelta
from typing import Any

import pytest

from app.domain.errors import Refusal
from app.domain.minutes import ResolutionEntry
from app.services.show_resolutions import (
    find_resolutions,
    list_resolutions,
    read_resolution,
)
from tests.factories import Office
from tests.services.written import WATER, Book

ROAD = ResolutionEntry(1, {"en": "Road"}, {"en": "Repair the road."}, {"en": "XEN C&W"})
SIREN = ResolutionEntry(2, {"en": "Siren"}, {"en": "A siren."}, {"en": "PDMA"})


async def codes(office: Office, **which: Any) -> list[str]:
    found = await list_resolutions(office.database, office.id, today=office.now.date(), **which)
    return [one.code for one in found]


async def test_the_newest_meeting_comes_first(office: Office) -> None:
    book = Book(office)
    old, new = await book.meeting(13, days=-30), await book.meeting(14)
    await book.written(old, WATER, resolutions=(ROAD,))
    await book.written(new, WATER, resolutions=(ROAD, SIREN))
    assert await codes(office) == ["14/R1", "14/R2", "13/R1"]
    assert await codes(office, meeting_id=old) == ["13/R1"]


async def test_one_that_later_minutes_took_out_is_withdrawn_and_can_come_back(
    office: Office,
) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    await book.written(meeting_id, WATER, resolutions=(ROAD, SIREN))
    await book.written(meeting_id, WATER, resolutions=(SIREN,))
    assert await codes(office) == ["14/R2"]
    await book.written(meeting_id, WATER, resolutions=(SIREN, ROAD))
    assert await codes(office) == ["14/R1", "14/R2"]


async def test_the_public_reads_none_of_restricted_minutes(office: Office) -> None:
    book = Book(office)
    await book.written(await book.meeting(13), WATER, resolutions=(ROAD,), restricted="A dispute")
    await book.written(await book.meeting(14), WATER, resolutions=(SIREN,))
    assert await codes(office, public=True) == ["14/R2"]
    assert await codes(office) == ["14/R2", "13/R1"]


@pytest.mark.parametrize("asked", ["14/R2", " 14/r2 ", "14 / R 2", "۱۴/R۲", "d14/R2"])
async def test_one_is_found_by_its_code(office: Office, asked: str) -> None:
    book = Book(office)
    await book.written(await book.meeting(14), WATER, resolutions=(ROAD, SIREN))
    await book.written(await book.meeting(15), WATER, resolutions=(ROAD, SIREN))
    found = await find_resolutions(office.database, office.id, asked, today=office.now.date())
    assert [one.code for one in found] == ["14/R2"]


@pytest.mark.parametrize("asked", ["", "14/2", "14/R3", "R2", "14/R2 road", "14/R" + "9" * 40])
async def test_other_words_are_no_code_of_a_resolution(office: Office, asked: str) -> None:
    book = Book(office)
    await book.written(await book.meeting(14), WATER, resolutions=(ROAD, SIREN))
    assert not await find_resolutions(office.database, office.id, asked, today=office.now.date())


async def test_a_withdrawn_one_and_anothers_are_not_found(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    await book.written(meeting_id, WATER, resolutions=(ROAD, SIREN))
    await book.written(meeting_id, WATER, resolutions=(ROAD,))
    other = await Office.open(office.database, office.now, "sarang")
    for one, asked in ((office, "14/R2"), (other, "14/R1")):
        assert not await find_resolutions(one.database, one.id, asked, today=office.now.date())


async def test_what_was_not_sent_is_not_late(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    await book.written(meeting_id, WATER, resolutions=(ROAD,))
    (line,) = await list_resolutions(
        office.database, office.id, today=office.now.date() + timedelta(days=99)
    )
    assert (line.days_late, line.addressee) == (0, {"en": "XEN C&W"})


async def test_another_networks_resolution_is_not_there(office: Office) -> None:
    with pytest.raises(Refusal) as refused:
        await read_resolution(office.database, office.id, 99, today=office.now.date())
    assert refused.value.code == "not_found"
