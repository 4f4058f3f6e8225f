"""Stories go out only when a second officer agreed to the very words that go out."""

from app.services.approve_story import Agreeing, approve_story, hold_story
from app.services.show_stories import read_story
from app.store import journal
from app.store.journal import journal as entries
from tests.factories import Office
from tests.services.newsroom import Newsroom, code_of


async def test_the_author_cannot_agree_to_their_own_story(office: Office) -> None:
    room = Newsroom(office)
    story_id = await room.story()
    for by in (room.agreeing(1, "Sajida"), Agreeing("keeper", None, 1)):
        agreeing = approve_story(office.database, office.id, story_id, by=by, now=room.now)
        assert await code_of(agreeing) == "own_text"
    assert (await read_story(office.database, office.id, story_id)).state == "draft"


async def test_a_second_officer_agrees_and_the_journal_keeps_it(office: Office) -> None:
    room = Newsroom(office)
    story_id = await room.agreed_story()
    story = await read_story(office.database, office.id, story_id)
    assert (story.state, story.approver, story.approved_at) == ("approved", "Rehmat", room.now)
    rows = await office.database.read(lambda conn: conn.execute(entries.select()).all())
    acts = [(row.actor, row.action) for row in rows if row.action.startswith("story")]
    assert acts == [("Sajida", "story written"), ("Rehmat", "story approved")]
    assert await office.database.read(journal.first_broken, office.id) is None


async def test_words_that_changed_meanwhile_have_to_be_read_again(office: Office) -> None:
    room = Newsroom(office)
    story_id = await room.story()
    await room.story("Other words", story_id=story_id)
    by = room.agreeing(1)
    agreeing = approve_story(office.database, office.id, story_id, by=by, now=room.now)
    assert await code_of(agreeing) == "changed_meanwhile"


async def test_a_story_held_back_enters_no_newsletter(office: Office) -> None:
    room = Newsroom(office)
    story_id = await room.agreed_story()
    await hold_story(office.database, office.id, story_id, by="Rehmat", now=room.now)
    assert await code_of(room.make()) == "nothing_new"


async def test_another_network_s_story_cannot_be_agreed_to(office: Office) -> None:
    room = Newsroom(office)
    story_id = await room.story()
    other = await Office.open(office.database, office.now, "sarang")
    by = room.agreeing(1)
    agreeing = approve_story(office.database, other.id, story_id, by=by, now=room.now)
    assert await code_of(agreeing) == "not_found"
    holding = hold_story(office.database, other.id, story_id, by="Rehmat", now=room.now)
    assert await code_of(holding) == "not_found"
