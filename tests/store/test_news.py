"""News by text: stories that were agreed, news that went out, the newest newsletter's headline."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from app.domain.broadcast import Kind
from app.services.approve_story import approve_story, hold_story
from app.store.database import Database
from app.store.news import plain
from tests.factories import Office
from tests.services.newsroom import Newsroom


@pytest.fixture
async def room(database_url: str, now: datetime) -> AsyncIterator[Newsroom]:
    async with Database(database_url) as database:
        yield Newsroom(await Office.open(database, now))


async def agreed(room: Newsroom, title: str, **titles: str) -> int:
    """A story that a second officer agreed to, an hour after the last one."""
    room.now += timedelta(hours=1)
    room.office.now = room.now
    story_id = await room.story(title, titles={"en": title, **titles})
    await approve_story(room.database, room.office.id, story_id, by=room.agreeing(1), now=room.now)
    return story_id


async def said(room: Newsroom, text: str = "news") -> str:
    room.office.now += timedelta(minutes=20)
    return (await room.office.say(77, text)).reply


async def test_agreed_stories_come_newest_first_and_drafts_never(room: Newsroom) -> None:
    assert await said(room) == "There is no news yet. The latest minutes: send 1"
    await agreed(room, "Pump works")
    await room.story("Still a draft")
    held = await agreed(room, "Held back")
    await hold_story(room.database, room.office.id, held, by="Rehmat", now=room.now)
    await agreed(room, "School has a teacher")
    assert (await said(room)).startswith("News (21 Nov): 1) School has a teacher 2) Pump works")


async def test_more_goes_on_to_the_last_piece(room: Newsroom) -> None:
    for title in ("One", "Two", "Three"):
        await agreed(room, title)
    assert await said(room) == "News (21 Nov): 1) Three 2) Two. For more send MORE"
    assert await said(room, "more") == "3) One"


async def test_news_that_went_out_is_told_without_name_and_ref(room: Newsroom) -> None:
    office = room.office
    await office.people({"name": "Amina", "phone": "+923900000001", "language": "ur-Latn"})
    await office.send("all", "Mirkhai: Pul khul gaya hai.", kind=Kind.NEWS)
    await office.send("all", "Kal ijlas hai.")
    await office.plan("all", "Abhi mansooba hai.", kind=Kind.NEWS)
    text = await said(room, "khabar")
    assert text == "Khabren (21 Nov): 1) Pul khul gaya hai."


async def test_news_to_some_people_alone_is_not_told_to_others(room: Newsroom) -> None:
    office = room.office
    await office.people({"name": "Amina", "phone": "+923900000001", "language": "ur-Latn"})
    await office.send("+923900000001", "Sirf Amina ke liye.", kind=Kind.NEWS)
    assert "Amina" not in await said(room, "khabar")


async def test_the_words_of_the_reader_are_told(room: Newsroom) -> None:
    await agreed(room, "Pump works", **{"ur": "پمپ چالو", "ur-Latn": "Pump chal gaya"})
    assert "Pump chal gaya" in await said(room, "khabar")
    assert "پمپ چالو" in await said(room, "خبریں")


async def test_old_news_and_those_of_another_network_are_not_told(room: Newsroom) -> None:
    await agreed(room, "Pump works")
    other = await Office.open(room.database, room.now, "sarang")
    assert "Pump" not in (await other.say(78, "news")).reply
    room.office.now += timedelta(days=121)
    assert "Pump" not in await said(room)


def test_only_the_networks_own_name_is_taken_off() -> None:
    assert plain("Mirkhai: Road is open. Ref 41", ["Mirkhai"]) == "Road is open."
    assert plain("Laspa: pump works", ["Mirkhai"]) == "Laspa: pump works"
