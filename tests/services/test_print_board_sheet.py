"""What is printed for a number on the boards: its own notice, or the newsletter that hangs."""

from dataclasses import replace
from typing import Any

import pytest

from app.domain.errors import Refusal
from app.domain.minutes import ResolutionEntry
from app.services.print_board_sheet import print_board_sheet
from app.services.print_sheet import order_of
from app.store import newsletters
from tests.factories import Office, catalogue
from tests.services.hung import Wall
from tests.services.written import WATER, Book


@pytest.fixture
async def wall(office: Office) -> Wall:
    return await Wall.open(office)


async def words(wall: Wall, no: int) -> str:
    office, order = wall.office, order_of("txt", "en")
    made = await print_board_sheet(office.database, office.id, no, order, catalogue=catalogue())
    return made.content.decode()


async def issue(wall: Wall, state: str) -> int:
    """A newsletter; gives its number."""
    office = wall.office
    row: dict[str, Any] = {
        "network_id": office.id, "period": "hand", "since": office.now,
        "titles": {"en": "Spring news"}, "state": state, "author": "Sajida",
        "made_at": office.now, "approved_at": office.now,
    }  # fmt: skip
    await office.database.write(newsletters.add, row)
    return 1


async def test_a_notice_shows_its_title_and_number(wall: Wall) -> None:
    await wall.hang("Road petition")
    shown = await words(wall, 1)
    assert "Road petition" in shown
    assert "1" in shown


async def test_a_newsletter_that_was_agreed_shows_its_own_pages(wall: Wall) -> None:
    no = await issue(wall, "approved")
    await wall.hang("News", kind="newsletter", newsletter_no=no)
    assert "Spring news" in await words(wall, 1)


async def test_a_newsletter_that_is_a_draft_is_not_hung(wall: Wall) -> None:
    no = await issue(wall, "draft")
    with pytest.raises(Refusal, match="No newsletter 1 has been agreed"):
        await wall.hang("News", kind="newsletter", newsletter_no=no)


async def test_the_sheet_of_a_meeting_shows_its_resolutions_with_number_and_addressee(
    wall: Wall,
) -> None:
    book = Book(wall.office)
    meeting_id = await book.meeting()
    road = ResolutionEntry(1, {"en": "Repair of the road"}, {"en": "Mend it."}, {"en": "XEN C&W"})
    await book.written(meeting_id, WATER, resolutions=(road, replace(road, no=2)))
    await book.written(meeting_id, WATER, resolutions=(road,))
    await wall.hang("Minutes 14", kind="minutes", meeting_id=meeting_id)
    shown = await words(wall, 1)
    assert "14/1 Repair the water line." in shown
    assert "14/R1 Repair of the road\n(XEN C&W)" in shown
    assert "14/R2" not in shown


async def test_the_sheet_of_restricted_minutes_shows_none(wall: Wall) -> None:
    book = Book(wall.office)
    meeting_id = await book.meeting()
    road = ResolutionEntry(1, {"en": "Repair of the road"}, {"en": "Mend it."}, {"en": "XEN"})
    await book.written(meeting_id, WATER, resolutions=(road,), restricted="A dispute")
    await wall.hang("Minutes 14", kind="minutes", meeting_id=meeting_id)
    assert "14/R1" not in await words(wall, 1)


@pytest.mark.parametrize("no", [0, -1, 99, 2**31, 10**30])
async def test_a_number_that_no_sheet_bears_is_refused(wall: Wall, no: int) -> None:
    with pytest.raises(Refusal) as told:
        await words(wall, no)
    assert told.value.code == "not_found"
