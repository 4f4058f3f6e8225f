"""The list of stories: newest first, in pages, of one state where that is asked."""

from app.services.show_stories import PAGE, list_stories, read_story
from tests.factories import Office
from tests.services.newsroom import Newsroom


async def test_stories_come_newest_first_and_page_by_page(office: Office) -> None:
    room = Newsroom(office)
    ids = [await room.story(f"Story {no}") for no in range(PAGE + 2)]
    first = await list_stories(office.database, office.id)
    assert [one.id for one in first.lines] == ids[::-1][:PAGE]
    second = await list_stories(office.database, office.id, before=first.next)
    assert [one.id for one in second.lines] == ids[::-1][PAGE:]
    assert second.next is None


async def test_a_story_says_its_unit_and_the_newsletter_that_has_it(office: Office) -> None:
    room = Newsroom(office)
    unit_id = await office.unit("Roshni", local_name="روشنی")
    agreed = await room.agreed_story(unit_id=unit_id)
    await room.story("Only written")
    newsletter_id = await room.make()
    lines = (await list_stories(office.database, office.id, state="approved")).lines
    assert [one.id for one in lines] == [agreed]
    story = await read_story(office.database, office.id, agreed)
    assert (story.unit, story.local_unit) == ("LSO Roshni", "روشنی")
    assert (story.newsletter_no, story.newsletter_id) == (1, newsletter_id)
