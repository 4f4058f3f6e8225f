"""What everybody may read of newsletters: only agreed ones, and nothing that was closed since."""

from app.services.approve_story import hold_story
from app.services.show_newsletters import (
    PAGE,
    list_archive,
    list_newsletters,
    read_archive,
    sheet_of,
)
from app.store.database import Connection
from app.store.meetings import minutes
from tests.factories import Office, catalogue
from tests.services.newsroom import Newsroom, code_of


async def test_the_archive_has_agreed_issues_only_and_no_names_of_officers(
    office: Office,
) -> None:
    room = Newsroom(office)
    await room.agreed_story()
    newsletter_id = await room.make(audience="all")
    assert await code_of(read_archive(office.database, office.id, 1)) == "not_found"
    await room.agree(newsletter_id)
    issue = await read_archive(office.database, office.id, 1)
    assert (issue.author, issue.approver, issue.audience) == ("", "", "")
    assert [one.titles["en"] for one in issue.of("story")] == ["A spring is clean again"]
    other = await Office.open(office.database, office.now, "sarang")
    assert await code_of(read_archive(office.database, other.id, 1)) == "not_found"


async def test_what_is_restricted_or_held_later_leaves_the_archive(office: Office) -> None:
    room = Newsroom(office)
    await room.decided()
    story_id = await room.agreed_story()
    newsletter_id = await room.make()
    await room.agree(newsletter_id)
    assert len((await read_archive(office.database, office.id, 1)).items) == 2
    await hold_story(office.database, office.id, story_id, by="Rehmat", now=room.now)

    def restrict(conn: Connection) -> None:
        conn.execute(minutes.update().values(is_restricted=True))

    await office.database.write(restrict)
    assert (await read_archive(office.database, office.id, 1)).items == ()
    sheet = await sheet_of(office.database, office.id, newsletter_id, "en", catalogue=catalogue())
    assert (sheet.decisions, sheet.stories) == ((), ())


async def test_issues_come_newest_first_and_page_by_page(office: Office) -> None:
    room = Newsroom(office)
    for no in range(PAGE + 1):
        await room.agreed_story(f"Story {no}")
        await room.agree(await room.make())
    first = await list_archive(office.database, office.id)
    assert [one.no for one in first.lines] == list(range(PAGE + 1, 1, -1))
    second = await list_newsletters(office.database, office.id, before=first.next)
    assert [one.no for one in second.lines] == [1]
    assert second.next is None


async def test_the_sheet_has_each_thing_in_the_language_asked_for(office: Office) -> None:
    room = Newsroom(office)
    await room.decided()
    await room.agreed_story("Water", titles={"en": "Water", "ur": "پانی"}, texts={"ur": "متن"})
    newsletter_id = await room.make()
    sheet = await sheet_of(office.database, office.id, newsletter_id, "ur", catalogue=catalogue())
    assert [one.code for one in sheet.decisions] == ["14/1"]
    assert [(one.title, one.paragraphs) for one in sheet.stories] == [("پانی", ("متن",))]
    unknown = sheet_of(office.database, office.id, newsletter_id, "xx", catalogue=catalogue())
    assert await code_of(unknown) == "language"
