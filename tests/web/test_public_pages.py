"""The public pages: what everyone may read without signing in, and that nothing else is there."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from app.main import utc_now
from app.web.public import ref_in
from tests.web.office import NETWORK, Office, running
from tests.web.test_office_today import shown
from tests.web.visitor import Visitor, stranger

HOME = "/p/mirkhai/"
DECISIONS, MINUTES, REAL = f"{HOME}decisions", f"{HOME}minutes", f"{HOME}real"
MARKUP = "<script>alert(1)</script> & <b>"
SECRET = "Dispute of two villages"
PUBLIC = "public, max-age=60"


def decision(no: int, text: str, **more: Any) -> dict[str, Any]:
    return {"no": no, "text": {"en": text, "ur": text}, "topics": ["water"], **more}


async def meeting(
    office: Office, no: int, days: int, *decided: dict[str, Any], **more: Any
) -> None:
    """Call EC meeting `no` so many days from today; write its minutes if something was decided."""
    at = (utc_now() + timedelta(days=days)).isoformat()
    body = {"body": "EC", "no": no, "label": str(no), "at": at, "venue": {"en": f"Hall {no}"}}
    await office.call("POST", "/api/v1/meetings", json=body)
    if decided:
        minutes = {"body": "EC", "label": str(no), "present": 12, "women": 5}
        words = {"summaries": {"en": f"Summary of {no}."}, "decisions": list(decided), **more}
        await office.call("POST", "/api/v1/minutes", json={**minutes, **words})


@asynccontextmanager
async def register(url: str, folder: Path) -> AsyncIterator[tuple[Office, Visitor]]:
    """12 is open but for one decision, 13 restricted, 11 not written down; 14 and 15 are ahead."""
    async with running(url, folder) as office, stranger(office) as anyone:
        await office.network()
        pump, secret = decision(1, "Repair the pump."), decision(2, SECRET, restricted=True)
        await meeting(office, 12, -30, pump, secret)
        await meeting(office, 13, -10, decision(1, "Whom to suspend."), restricted=True)
        await meeting(office, 11, -1)
        await meeting(office, 15, 9)
        await meeting(office, 14, 3)
        yield office, anyone


async def send(office: Office, audience: str, text: str) -> int:
    """Plan and approve a text at once; gives its Ref."""
    author = await office.officer("Sajida", "press")
    approver = await office.officer("Rehmat", "president")
    body = {"audience": audience, "texts": {"ur-Latn": text}, "kind": "notice"}
    planned = await office.call("POST", "/api/v1/broadcasts", json=body, headers=author)
    path = f"/api/v1/broadcasts/{planned['id']}"
    approval = {"hash": planned["hash"], "now": True}
    await office.call("POST", f"{path}/approval", json=approval, headers=approver)
    told = await office.call("GET", path, headers=author)
    return int(told["ref"])


async def test_anyone_reads_the_network_without_signing_in(
    database_url: str, tmp_path: Path
) -> None:
    async with register(database_url, tmp_path) as (_, anyone):
        page = await shown(anyone, HOME)
        assert "LSON Mirkhai" in page
        assert "Executive Committee 14" in page
        assert "Hall 14" in page
        assert "Executive Committee 15" not in page
        assert "Executive Committee 11" not in page
        assert "Summary of 12." in page
        assert "Repair the pump." in page
        assert "MINUTES" in page
        for link in re.findall('href="(/p/[^"]+)"', (await anyone.get(HOME)).text):
            assert (await anyone.get(html.unescape(link))).status_code == 200, link


async def test_nothing_restricted_is_on_any_public_page(database_url: str, tmp_path: Path) -> None:
    async with register(database_url, tmp_path) as (_, anyone):
        for path in (
            HOME,
            DECISIONS,
            f"{DECISIONS}?q=water",
            f"{DECISIONS}?q=dispute",
            f"{DECISIONS}?q=12/2",
            f"{DECISIONS}?q=13/1",
            f"{DECISIONS}?q=suspend",
            MINUTES,
            f"{MINUTES}/EC/12",
        ):
            page = await shown(anyone, path)
            assert SECRET not in page, path
            assert "Whom to suspend" not in page, path
            assert "Executive Committee 13" not in page, path
            assert "12/2" not in page or "?q=12/2" in path


async def test_restricted_minutes_answer_as_if_there_were_none(
    database_url: str, tmp_path: Path
) -> None:
    async with register(database_url, tmp_path) as (_, anyone):
        answers = []
        for label in ("13", "14", "99"):
            answer = await anyone.get(f"{MINUTES}/EC/{label}")
            same = answer.text.replace(f"/EC/{label}", "/EC/LABEL")
            headers = {k: v for k, v in answer.headers.items() if k != "content-length"}
            answers.append((answer.status_code, same, headers))
        assert answers[0][0] == 404
        assert answers[0] == answers[1] == answers[2]


async def test_decisions_are_found_in_any_writing_and_by_number(
    demo_url: str, tmp_path: Path
) -> None:
    async with running(demo_url, tmp_path) as office, stranger(office) as anyone:
        codes = re.compile('<b><span class="n">([^<]+)</span></b>')
        found = [
            codes.findall((await anyone.get(DECISIONS, params={"q": word})).text)
            for word in ("pani", "پانی", "water")
        ]
        assert found[0] == found[1] == found[2] != []
        one = await anyone.get(DECISIONS, params={"q": "13/2"})
        assert codes.findall(one.text) == ["13/2"]
        assert codes.findall((await anyone.get(DECISIONS, params={"q": "۱۳/۲"})).text) == ["13/2"]
        none = await shown(anyone, f"{DECISIONS}?q=xyzzy")
        assert "No decision has all these words" in none


async def test_a_ref_is_real_only_when_this_network_sent_it(
    database_url: str, tmp_path: Path
) -> None:
    async with register(database_url, tmp_path) as (office, anyone):
        ref = await send(office, "all", "Kal ijlas hai.")
        urdu = "".join(chr(ord("۰") + int(digit)) for digit in str(ref))
        for typed in (str(ref), f"Ref {ref}", f" ref#{ref} ", urdu, f"Kal hai. Ref {ref} x"):
            page = await shown(anyone, f"{REAL}?ref={quote(typed)}")
            assert f"Ref {ref} is real" in page, typed
            assert "Kal ijlas hai." in page
        for typed in ("999", "0", "9" * 15, "9" * 5000, "۹۹۹"):
            page = await shown(anyone, f"{REAL}?ref={quote(typed)}")
            assert "No text of ours bears Ref" in page, typed
            assert "do not act on it; tell your leader" in page
        for typed in ("abc", "-41", "4 1", "½", MARKUP):
            page = await shown(anyone, f"{REAL}?ref={quote(typed)}")
            assert "There is no Ref number in this." in page, typed
        assert "do not act" not in await shown(anyone, REAL)


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("41", 41),
        ("۴۱", 41),
        ("٤١", 41),
        ("ریف ۴۱", 41),
        ("REF.041", 41),
        ("#41", 41),
        ("LSON: 3 baje ijlas. Ref 41", 41),
        ("9" * 19, 0),
        ("-41", None),
        ("forty one", None),
        ("", None),
        ("prefix 41", None),
        ("²", None),
    ],
)
def test_a_ref_is_read_in_any_digits(typed: str, ref: int | None) -> None:
    assert ref_in(typed) == ref


async def test_pages_may_be_kept_for_a_minute_and_are_not_sent_twice(
    database_url: str, tmp_path: Path
) -> None:
    async with register(database_url, tmp_path) as (_, anyone):
        for path in (HOME, DECISIONS, MINUTES, f"{MINUTES}/EC/12", f"{REAL}?ref=9"):
            answer = await anyone.get(path)
            assert answer.headers["cache-control"] == PUBLIC
            assert {"Accept-Language", "Cookie"} <= set(answer.headers["vary"].split(", "))
            assert "set-cookie" not in answer.headers
            again = await anyone.get(path, headers={"If-None-Match": answer.headers["etag"]})
            assert again.status_code == 304
            assert again.headers["cache-control"] == PUBLIC


async def test_pages_speak_the_language_of_the_address_or_of_the_browser(
    demo_url: str, tmp_path: Path
) -> None:
    async with running(demo_url, tmp_path) as office, stranger(office) as anyone:
        urdu = await anyone.get(HOME, headers={"Accept-Language": "ur-PK,en;q=0.5"})
        assert '<html lang="ur" dir="rtl">' in urdu.text
        assert '<html lang="en"' in (await anyone.get(HOME)).text
        assert '<html lang="ur"' in (await anyone.get(f"{HOME}?lang=ur")).text


async def test_an_unknown_network_has_no_page(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path) as office, stranger(office) as anyone:
        await office.call("POST", "/api/v1/networks", json=NETWORK)
        for slug in ("nobody", "MIRKHAI", "x" * 500, "%00", "%FF", "mirkhai'--", "..."):
            for page in ("", "decisions", "minutes", "minutes/EC/1", "real?ref=1"):
                answer = await anyone.get(f"/p/{slug}/{page}")
                assert answer.status_code == 404, slug
                assert "<h1>" in answer.text


async def test_an_empty_network_says_where_things_will_come_from(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office, stranger(office) as anyone:
        await office.call("POST", "/api/v1/networks", json=NETWORK)
        page = await shown(anyone, HOME)
        assert "No meeting is called." in page
        assert "No minutes are published yet." in page
        assert "No decision is published yet." in await shown(anyone, DECISIONS)
        assert "No minutes are published yet." in await shown(anyone, MINUTES)


async def test_one_network_shows_nothing_of_another(database_url: str, tmp_path: Path) -> None:
    async with register(database_url, tmp_path) as (office, anyone):
        ref = await send(office, "all", "Kal ijlas hai.")
        other = {**NETWORK, "slug": "other", "name": "LSON Other"}
        await office.call("POST", "/api/v1/networks", json=other)
        for page in ("", "decisions", "minutes", f"real?ref={ref}"):
            text = await shown(anyone, f"/p/other/{page}")
            assert "pump" not in text
            assert "Executive Committee" not in text
            assert "is real" not in text.replace("with that number is real", "")
        assert (await anyone.get("/p/other/minutes/EC/12")).status_code == 404


async def test_markup_in_minutes_and_questions_is_shown_as_text(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office, stranger(office) as anyone:
        await office.call("POST", "/api/v1/networks", json={**NETWORK, "name": f"LSON {MARKUP}"})
        decided = decision(1, MARKUP, owner={"en": MARKUP})
        await meeting(office, 12, -3, decided, summaries={"en": MARKUP})
        asked = quote(MARKUP)
        for path in (HOME, DECISIONS, f"{DECISIONS}?q={asked}", f"{MINUTES}/EC/12", MINUTES,
                     f"{REAL}?ref={asked}", f"{REAL}?ref=1{asked}"):  # fmt: skip
            page = (await anyone.get(path)).text
            assert "<script>alert" not in page, path
            assert "<script>alert(1)</script>" in html.unescape(page), path


ODD = ("", "0", "-1", "x", "9" * 20, "9" * 5000, "%00", "1.99999999999999999999", "%FF'", "%D9%A1")


async def test_odd_addresses_get_a_page(demo_url: str, tmp_path: Path) -> None:
    async with running(demo_url, tmp_path) as office, stranger(office) as anyone:
        for odd in ODD:
            for path in (
                f"{HOME}{odd}",
                f"{MINUTES}/{odd}",
                f"{MINUTES}/{odd}/{odd}",
                f"{MINUTES}?before={odd}",
                f"{DECISIONS}?q={odd}",
                f"{REAL}?ref={odd}",
                f"{HOME}?lang={odd}",
            ):
                answer = await anyone.get(path)
                assert answer.status_code in {200, 307, 404, 422}, path
                assert answer.status_code == 307 or "<h1>" in answer.text, path


async def test_no_page_weighs_much_or_styles_itself(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office, stranger(office) as anyone:
        for path in (HOME, DECISIONS, MINUTES, f"{MINUTES}/EC/22", REAL):
            page = (await anyone.get(path)).text
            assert page.count("<h1") == 1
            assert "style=" not in page
            assert "/office" not in page
