"""Newsletters in the office and before everybody: made, agreed to, read, followed by feed."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

from app.main import Role
from tests.web.office import BOOT, Office, problem_of, running
from tests.web.test_office_today import shown
from tests.web.visitor import Visitor, signed_in, stranger

NEWS, STORIES = "/office/newsletters", "/office/stories"
MARKUP = "Bridge <script>alert(1)</script> &amp;"
LONG = "ب" * 500


@asynccontextmanager
async def newsroom(url: str, folder: Path, now: Any) -> AsyncIterator[Office]:
    async with running(url, folder, role=Role(BOOT, sends=False, clock=lambda: now)) as office:
        await office.network()
        yield office


async def send(visitor: Visitor, path: str, **fields: str) -> str:
    """Send a form; gives where the browser is sent."""
    answer = await visitor.send(path, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def raw(visitor: Visitor, path: str) -> str:
    """A page with its markup."""
    return (await visitor.get(path)).text


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found[1])


async def write_story(visitor: Visitor, title: str = "Clean spring", **more: str) -> str:
    fields = {"titles_en": title, "texts_en": "Forty households.\r\n\r\nTwo days.", **more}
    return await send(visitor, f"{STORIES}/new", **fields)


async def test_from_a_story_to_the_page_that_everybody_reads(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        newsroom(database_url, tmp_path, now) as office,
        signed_in(office, "Sajida", "press") as press,
        signed_in(office, "Rehmat", "president") as president,
        stranger(office) as anybody,
    ):
        place = await write_story(press, MARKUP, topics="water, road", captions_en="The spring")
        assert "A second officer has to agree" in await shown(press, place)
        page = await raw(president, place)
        await send(president, f"{place}/approval", version=field(page, "version"))
        assert "1 thing was agreed and went out in none" in await shown(press, NEWS)
        issue = await send(press, NEWS, audience="all", period="hand")
        assert (await anybody.get("/p/mirkhai/news/1")).status_code == 404
        await send(press, f"{issue}/plan", do="plan")
        page = await raw(president, issue)
        assert "Do you agree with newsletter 1?" in page
        assert "4 people" in page
        assert html.escape(MARKUP) in page
        assert "<script>alert" not in page
        await send(president, f"{issue}/approval", version=field(page, "version"))
        assert await office.count("outbox") == 4
        public = (await anybody.get("/p/mirkhai/news/1")).text
        assert html.escape(MARKUP) in public
        assert "<script>alert" not in public
        assert "Sajida" not in public
        assert "/p/mirkhai/news/1" in (await anybody.get("/p/mirkhai/news")).text
        feed = await anybody.get("/p/mirkhai/feed.xml")
        assert feed.headers["content-type"].startswith("application/atom+xml")
        tree = fromstring(feed.content)  # noqa: S314 -- our own writing
        titles = [one.text for one in tree.iter() if one.tag.endswith("title")]
        assert titles == ["LSON Mirkhai", "LSON Mirkhai, Newsletter 1"]
        await send(press, f"{place}/hold")
        assert "Bridge" not in (await anybody.get("/p/mirkhai/news/1")).text
        assert "Bridge" not in (await anybody.get("/p/mirkhai/feed.xml")).text


async def test_who_wrote_it_cannot_agree_and_a_viewer_can_change_nothing(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        newsroom(database_url, tmp_path, now) as office,
        signed_in(office, "Sajida", "press") as press,
        signed_in(office, "Gul", "viewer") as viewer,
        signed_in(office, "Keeper", "keeper") as keeper,
    ):
        place = await write_story(press)
        own = await press.send(f"{place}/approval", version="1")
        assert own.status_code == 409
        assert "You wrote this yourself" in own.text
        for path in (f"{STORIES}/new", place, f"{place}/hold", NEWS):
            assert (await viewer.send(path, titles_en="x")).status_code == 403, path
        assert (await keeper.send(f"{place}/approval", version="1")).status_code == 403
        assert "Keep these words" not in await shown(viewer, place)
        assert (await viewer.get(NEWS)).status_code == 200


async def test_an_empty_newsletter_is_not_made_and_the_page_says_so(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        newsroom(database_url, tmp_path, now) as office,
        signed_in(office, "Sajida", "press") as press,
    ):
        answer = await press.send(NEWS, period="hand", audience="ec")
        assert answer.status_code == 422
        assert "Nothing new since" in answer.text
        assert 'value="ec"' in answer.text
        made = await office.client.post("/api/v1/newsletters", json={})
        assert problem_of(made)["code"] == "nothing_new"


async def test_what_cannot_be_kept_comes_back_with_its_fault_and_its_words(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        newsroom(database_url, tmp_path, now) as office,
        signed_in(office, "Sajida", "press") as press,
    ):
        for fields, said in (
            ({"titles_en": "", "texts_en": "kept words"}, "There is no title"),
            ({"titles_en": LONG, "texts_en": "kept words"}, "Shorten"),
            ({"titles_en": "T", "texts_en": "kept words " * 1_000}, "Shorten"),
            ({"titles_en": "T", "texts_en": "kept words", "unit": "Nowhere"}, "no unit called"),
            ({"titles_en": "T", "texts_en": "kept words", "topics": "a;b"}, "is no topic"),
            ({"titles_en": "T", "texts_en": "kept words 0364 1000001"}, "own on our lists"),
        ):
            answer = await press.send(f"{STORIES}/new", **fields)
            assert answer.status_code == 422, said
            assert said in html.unescape(answer.text)
            assert "kept words" in answer.text
        place = await write_story(press, "ب" * 120)
        assert "ب" * 120 in await shown(press, place)


NOWHERE = (
    f"{NEWS}/999",
    f"{NEWS}/0",
    f"{NEWS}/x",
    f"{NEWS}/99999999999999999999999",
    f"{STORIES}/999",
    "/p/mirkhai/news/999",
    "/p/mirkhai/news/99999999999999999999999",
    "/p/mirkhai/news/1%00",
    "/p/mirkhai/news/%D9%A1",
    "/p/nowhere/feed.xml",
)


async def test_odd_addresses_and_questions_get_a_page(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        newsroom(database_url, tmp_path, now) as office,
        signed_in(office, "Sajida", "press") as press,
    ):
        for path in NOWHERE:
            answer = await press.get(path)
            assert answer.status_code == 404, path
            assert "<h1" in answer.text
        for path in (NEWS, STORIES, "/office/press", "/p/mirkhai/news"):
            for query in ("before=x", "before=-1", f"before={'9' * 40}", "before=%00", "before=1"):
                assert (await press.get(f"{path}?{query}")).status_code == 200, (path, query)


async def test_the_api_does_all_of_it_too(database_url: str, tmp_path: Path, now: Any) -> None:
    async with newsroom(database_url, tmp_path, now) as office:
        second = await office.officer("Rehmat", "president")
        told = {"titles": {"en": "A spring"}, "texts": {"ur": "چشمہ"}, "topics": ["water"]}
        story = await office.call("POST", "/api/v1/stories", json=told)
        path = f"/api/v1/stories/{story['id']}"
        await office.call("POST", f"{path}/approval", json={"version": 1}, headers=second)
        preview = await office.call("POST", "/api/v1/newsletters/preview", json={})
        assert [one["kind"] for one in preview["items"]] == ["story"]
        made = await office.call("POST", "/api/v1/newsletters", json={"audience": "ec"})
        issue = f"/api/v1/newsletters/{made['id']}"
        found = await office.call("GET", issue)
        words = {"version": found["version"], "titles": {"en": "Autumn"}, "audience": ""}
        await office.call("POST", issue, json=words)
        found = await office.call("GET", issue)
        seen = {"version": found["version"]}
        agreed = await office.call("POST", f"{issue}/approval", json=seen, headers=second)
        assert agreed["no"] == 1
        lines = (await office.call("GET", "/api/v1/newsletters"))["newsletters"]
        assert [(one["no"], one["state"]) for one in lines] == [(1, "approved")]
        rule = {"period": "monthly", "topics": ["water"], "audience": "media"}
        await office.call("POST", "/api/v1/newsletter-rules", json=rule)
        rules = (await office.call("GET", "/api/v1/newsletter-rules"))["rules"]
        assert [(one["choice"], one["next_on"]) for one in rules] == [("water", "2026-12-01")]
