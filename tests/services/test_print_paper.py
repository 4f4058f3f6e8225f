"""One door for everything on paper."""

import pytest

from app.domain.errors import Refusal
from app.services.print_notice import NoticeWords
from app.services.print_paper import KINDS, Asked, print_paper
from app.services.print_sheet import Order
from tests.factories import Office, catalogue
from tests.services.newsroom import Newsroom
from tests.services.written import WATER, Book

TEXT = Order("txt", "en")
BY_LABEL = ("minutes", "meeting", "aloud", "calls", "attendance")
"""What is called by its meeting, as in EC 14, and not by a number from a list."""


async def paper(office: Office, kind: str, of: str, words: NoticeWords | None = None) -> str:
    printed = await print_paper(
        office.database,
        office.id,
        Asked(kind, of, TEXT, words),
        catalogue=catalogue(),
        today=office.now.date(),
    )
    return printed.content.decode()


async def test_typed_words_become_a_notice(office: Office) -> None:
    assert "Road closed" in await paper(office, "notice", "", NoticeWords("Road closed", "Snow."))


async def test_minutes_are_found_by_their_meeting(office: Office) -> None:
    book = Book(office)
    await book.written(await book.meeting(), WATER)
    assert "Repair the water line." in await paper(office, "minutes", "EC 14")


async def test_a_newsletter_and_a_press_note_are_found_by_their_id(office: Office) -> None:
    room = Newsroom(office)
    await room.agreed_story("A spring is clean again")
    issue_id, note_id = await room.make(), await room.note()
    assert "A spring is clean again" in await paper(office, "newsletter", str(issue_id))
    assert "Network demands a bridge" in await paper(office, "press", str(note_id))


@pytest.mark.parametrize(
    ("kind", "of", "code"),
    [
        ("poster", "1", "kind"),
        *((kind, "x", "of") for kind in KINDS if kind not in BY_LABEL),
        *((kind, "", "of") for kind in KINDS if kind not in BY_LABEL),
        *((kind, told, "not_found") for kind in BY_LABEL for told in ("x", "", "99")),
        ("letter", "-1", "of"),
        ("press", "9" * 25, "of"),
        ("letter", "99", "not_found"),
        ("newsletter", "99", "not_found"),
        ("press", "99", "not_found"),
        ("notice", "99", "not_found"),
    ],
)
async def test_what_is_not_there_is_refused_in_words(
    office: Office, kind: str, of: str, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await paper(office, kind, of)
    assert refused.value.code == code
