"""The list of press notes, and the papers that a note may go to."""

from app.services.show_press_notes import PAGE, list_press_notes, press_sheet_of
from tests.factories import Office, catalogue
from tests.services.newsroom import Newsroom, code_of


async def test_notes_come_newest_first_and_page_by_page(office: Office) -> None:
    room = Newsroom(office)
    for no in range(PAGE + 1):
        await room.note(titles={"en": f"Note {no}"})
    first = await list_press_notes(office.database, office.id, catalogue=catalogue())
    assert [one.no for one in first.lines] == list(range(PAGE + 1, 1, -1))
    second = await list_press_notes(
        office.database, office.id, catalogue=catalogue(), before=first.next
    )
    assert [one.titles["en"] for one in second.lines] == ["Note 0"]
    assert second.next is None


async def test_the_papers_of_the_directory_stand_beside_a_note(office: Office) -> None:
    room = Newsroom(office)
    await office.unit("Daily Mirkhai", kind="media")
    await office.unit("Education Department", kind="department")
    note = await room.shown_note(await room.note())
    assert [(one.name, one.has_mail) for one in note.papers] == [("Daily Mirkhai", False)]


async def test_the_sheet_has_the_note_in_a_language_that_was_written(office: Office) -> None:
    room = Newsroom(office)
    note_id = await room.note(
        texts={"en": "First.\n\nSecond."}, demands={"en": "A bridge\nA doctor"}
    )
    sheet = await press_sheet_of(office.database, office.id, note_id, "en", catalogue=catalogue())
    assert (sheet.paragraphs, sheet.demands) == (("First.", "Second."), ("A bridge", "A doctor"))
    missing = press_sheet_of(office.database, office.id, note_id, "ur", catalogue=catalogue())
    assert await code_of(missing) == "language"
