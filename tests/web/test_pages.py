"""What browsers may rely on with every page: its language, its weight, and nothing from outside."""

import gzip
import re
from pathlib import Path

import pytest
from markupsafe import escape

from tests.factories import ROOT
from tests.web.office import running
from tests.web.visitor import SIGN_IN, Visitor, signed_in, stranger

TODAY = "/office/today"
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')
URDU = re.compile("[\u0600-\u06ff]")


def language(page: str) -> tuple[str, str]:
    found = re.search(r'<html lang="([^"]*)" dir="([^"]*)">', page)
    assert found is not None
    return found[1], found[2]


async def assets(visitor: Visitor) -> list[str]:
    return sorted(set(ASSET.findall((await visitor.get(SIGN_IN)).text)))


async def test_every_answer_tells_the_browser_to_load_nothing_from_outside(
    demo_file: str, tmp_path: Path
) -> None:
    async with (
        running(demo_file, tmp_path) as office,
        signed_in(office, "Guest", "viewer") as visitor,
    ):
        doors = ["/", "/office", TODAY, SIGN_IN, "/office/no-such-page", "/no-such-page", "/health"]
        doors += ["/api/v1/openapi.json", "/api/v1/messages", "/static/none.css", "/p/none"]
        for path in doors + await assets(visitor):
            answer = await visitor.get(path)
            policy = answer.headers["content-security-policy"].split("; ")
            assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= set(policy)
            assert {"frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} <= set(
                policy
            )
            assert "unsafe" not in answer.headers["content-security-policy"], path
            assert answer.headers["x-content-type-options"] == "nosniff", path
            assert answer.headers["referrer-policy"] == "same-origin", path
        refused = await visitor.client.post("/office/sign-out", content=b"x" * 1_100_000)
        assert refused.status_code == 413
        assert "default-src 'none'" in refused.headers["content-security-policy"]


async def test_a_page_that_the_browser_has_is_not_sent_again(
    demo_file: str, tmp_path: Path
) -> None:
    async with running(demo_file, tmp_path) as office, stranger(office) as visitor:
        first = await visitor.get(SIGN_IN)
        mark = {"If-None-Match": first.headers["etag"]}
        again = await visitor.get(SIGN_IN, headers=mark)
        assert (again.status_code, again.content) == (304, b"")
        for answer in (first, again):
            assert answer.headers["etag"] == first.headers["etag"]
            assert answer.headers["cache-control"] == "private, no-cache"
            assert {"Cookie", "Accept-Language"} <= set(answer.headers["vary"].split(", "))
        other = await visitor.get(f"{SIGN_IN}?lang=ur", headers=mark)
        assert other.status_code == 200
        assert other.headers["etag"] != first.headers["etag"]
        asked = await visitor.get(f"{SIGN_IN}?next=/office/write", headers=mark)
        assert asked.status_code == 200


async def test_pages_of_one_officer_are_never_given_to_another(
    demo_file: str, tmp_path: Path
) -> None:
    async with (
        running(demo_file, tmp_path) as office,
        signed_in(office, "First", "viewer") as one,
        signed_in(office, "Second", "viewer") as two,
    ):
        seen = await one.get(TODAY)
        answer = await two.get(TODAY, headers={"If-None-Match": seen.headers["etag"]})
        assert answer.status_code == 200
        assert "Second" in answer.text
        assert "First" not in answer.text


@pytest.mark.parametrize(("accept", "coding"), [("br, gzip", "br"), ("gzip", "gzip"), ("", None)])
async def test_pages_and_their_files_come_compressed(
    demo_file: str, tmp_path: Path, accept: str, coding: str | None
) -> None:
    async with running(demo_file, tmp_path) as office, stranger(office) as visitor:
        files = await assets(visitor)
        assert {path.rpartition(".")[2] for path in files} == {"css", "js", "svg"}
        for path in [SIGN_IN, *(path for path in files if path.endswith(".css"))]:
            headers = {"Accept-Encoding": accept}
            async with visitor.client.stream("GET", path, headers=headers) as answer:
                content = b"".join([part async for part in answer.aiter_raw()])
            assert answer.headers.get("content-encoding") == coding
            assert "Accept-Encoding" in answer.headers.get("vary", "")
            if coding == "gzip":
                assert b"<" in gzip.decompress(content) or b"{" in gzip.decompress(content)


async def test_a_file_is_kept_for_ever_under_an_address_of_its_content(
    demo_file: str, tmp_path: Path
) -> None:
    async with running(demo_file, tmp_path) as office, stranger(office) as visitor:
        for path in await assets(visitor):
            answer = await visitor.get(path)
            assert answer.status_code == 200
            assert "immutable" in answer.headers["cache-control"]
            assert not answer.headers.get_list("set-cookie")
            old = re.sub(r"\.\w{10}\.", ".0123456789.", path)
            assert (await visitor.get(old)).status_code == 404
        for path in ("/static/", "/static/..%2fpages.py", "/static/style.css", "/static/%00"):
            assert (await visitor.get(path)).status_code == 404


async def test_the_language_is_the_one_asked_for_then_remembered_then_the_browsers(
    demo_file: str, tmp_path: Path
) -> None:
    async with running(demo_file, tmp_path) as office, stranger(office) as visitor:

        async def spoken(query: str = "", accept: str = "") -> tuple[str, str]:
            headers = {"Accept-Language": accept}
            return language((await visitor.get(SIGN_IN + query, headers=headers)).text)

        english, urdu = ("en", "ltr"), ("ur", "rtl")
        assert await spoken() == english
        assert await spoken(accept="ur-PK,ur;q=0.9,en;q=0.8") == urdu
        assert await spoken(accept="de, UR;q=0.5") == urdu
        assert await spoken(accept="de,*;q=0.1") == english
        assert await spoken("?lang=xx", "ur") == urdu
        assert visitor.client.cookies.get("munadi_language") is None
        assert await spoken("?lang=ur") == urdu
        assert visitor.client.cookies.get("munadi_language") == "ur"
        assert await spoken(accept="en") == urdu
        assert await spoken("?lang=en", "ur") == english
        assert await spoken(accept="ur") == english


async def test_the_other_language_is_one_link_away_and_keeps_the_place(
    demo_file: str, tmp_path: Path
) -> None:
    async with running(demo_file, tmp_path) as office, stranger(office) as visitor:
        page = (await visitor.get(f"{SIGN_IN}?next=/office/write&x=%22%3E%3Cb%3E")).text
        found = re.search(r'<a href="([^"]*)" lang="ur" hreflang="ur">', page)
        assert found is not None
        other = await visitor.get(found[1].replace("&amp;", "&"))
        assert language(other.text) == ("ur", "rtl")
        assert 'value="/office/write"' in other.text
        assert '"><b>' not in page


@pytest.mark.parametrize("tag", ["en", "ur"])
async def test_a_page_that_is_not_there_is_answered_with_a_page_in_plain_words(
    demo_file: str, tmp_path: Path, tag: str
) -> None:
    async with (
        running(demo_file, tmp_path) as office,
        signed_in(office, "Guest", "viewer") as visitor,
    ):
        for path in ("/office/no-such-page", "/office/today/x", "/office/%00", "/p/no/such/page"):
            answer = await visitor.get(path, params={"lang": tag})
            assert answer.status_code == 404, path
            assert language(answer.text)[0] == tag
            assert answer.text.count("<h1") == 1
            (said,) = re.findall(r"<b[^>]*>(.*?)</b>", answer.text)
            assert said != "Not Found"
            assert bool(URDU.search(said)) == (tag == "ur"), said
        wrong = await visitor.client.delete(TODAY)
        assert wrong.status_code == 405
        assert language(wrong.text)


async def test_markup_in_an_officers_name_is_shown_as_text(demo_file: str, tmp_path: Path) -> None:
    name = '<script>alert(1)</script> "&amp;'
    async with running(demo_file, tmp_path) as office, signed_in(office, name, "viewer") as visitor:
        page = (await visitor.get(TODAY)).text
        assert "<script>alert" not in page
        assert str(escape(name)) in page


def test_no_word_out_of_the_data_is_taken_for_markup() -> None:
    """`gettext` of a template marks what it gives as markup: only sentences of ours go through it.

    Names of posts and days are written by people and are said with `speech.say`.
    """
    pages = sorted((ROOT / "app" / "web" / "templates").glob("*.html"))
    assert len(pages) > 50
    of_data = re.compile(r"(?<![\w.])(?:n?gettext|_)\((?![\"'])")
    assert [page.name for page in pages if of_data.search(page.read_text("utf-8"))] == []
