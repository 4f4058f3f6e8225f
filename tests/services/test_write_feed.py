"""The feed of newsletters as programs read it: valid XML, stable ids, nothing unescaped."""

from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from app.services.show_newsletters import Issue, IssueItem, list_archive
from app.services.write_feed import FeedPlace, write_feed
from app.store import networks
from tests.factories import Office, catalogue
from tests.services.newsroom import Newsroom

ATOM = "{http://www.w3.org/2005/Atom}"
PLACE = FeedPlace("https://munadi.example.org/p/mirkhai/", "en")
HOSTILE = "Bridge </title><script>alert(1)</script> & \ufffe\x08 ]]> پل"


async def feed_of(office: Office, place: FeedPlace = PLACE) -> Element:
    page = await list_archive(office.database, office.id)
    network = await office.database.read(networks.by_id, office.id)
    return read(write_feed(page.lines, network, place, catalogue=catalogue()))


def read(written: bytes) -> Element:
    return fromstring(written)  # noqa: S314 -- our own writing


def texts(feed: Element, path: str) -> list[str | None]:
    return [one.text for one in feed.findall(path)]


async def test_the_feed_has_what_the_standard_asks_for(office: Office) -> None:
    room = Newsroom(office)
    for title in ("First", "Second"):
        await room.agreed_story(title)
        await room.agree(await room.make())
    feed = await feed_of(office)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert len(feed.findall(f"{ATOM}{name}")) == 1, name
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
    assert links["self"] == "https://munadi.example.org/p/mirkhai/feed.xml"
    entries = feed.findall(f"{ATOM}entry")
    assert [one.find(f"{ATOM}link").get("href") for one in entries] == [
        "https://munadi.example.org/p/mirkhai/news/2",
        "https://munadi.example.org/p/mirkhai/news/1",
    ]
    for entry in entries:
        for name in ("id", "title", "updated", "content"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1, name
        assert entry.find(f"{ATOM}id").text.startswith("urn:uuid:")
    assert texts(feed, f"{ATOM}entry/{ATOM}updated") == ["2026-11-21T07:00:00Z"] * 2
    ids = texts(feed, f"{ATOM}entry/{ATOM}id")
    assert len({*ids, feed.find(f"{ATOM}id").text}) == 3


async def test_ids_stay_the_same_in_every_language_and_place(office: Office) -> None:
    room = Newsroom(office)
    await room.agreed_story()
    await room.agree(await room.make())
    there = FeedPlace("http://192.168.1.5/p/mirkhai/", "ur")
    first, second = await feed_of(office), await feed_of(office, there)
    path = f".//{ATOM}id"
    assert texts(first, path) == texts(second, path)
    assert first.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert second.get("{http://www.w3.org/XML/1998/namespace}lang") == "ur"


def issue_of(words: str) -> Issue:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    facts: dict[str, Any] = dict.fromkeys(Issue.__slots__, "")
    facts |= {"no": 1, "made_at": at, "approved_at": at, "headlines": {}, "plans": ()}
    story = IssueItem(1, "story", 1, "", {"en": words}, {"en": words}, {}, None, None)
    return Issue(**{**facts, "titles": {"en": words}, "leads": {"en": words}, "items": (story,)})


async def test_markup_and_control_characters_cannot_break_it(office: Office) -> None:
    network = await office.database.read(networks.by_id, office.id)
    written = write_feed([issue_of(HOSTILE)], network, PLACE, catalogue=catalogue())
    assert b"<script>" not in written
    feed = read(written)
    shown = HOSTILE.replace("\ufffe", "").replace("\x08", "")
    (title,) = texts(feed, f"{ATOM}entry/{ATOM}title")
    assert title.endswith(shown)
    content = feed.find(f"{ATOM}entry/{ATOM}content")
    assert content.get("type") == "html"
    assert "<script>" not in content.text
    assert "&lt;script&gt;" in content.text


async def test_an_empty_feed_is_a_feed(office: Office) -> None:
    feed = await feed_of(office)
    assert texts(feed, f"{ATOM}updated") == ["1970-01-01T00:00:00Z"]
    assert feed.findall(f"{ATOM}entry") == []
