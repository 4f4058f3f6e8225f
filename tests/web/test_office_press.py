"""Press notes in the office: drafted from a meeting, edited, agreed to, given out."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from app.main import Role
from tests.web.office import BOOT, Office, problem_of, running
from tests.web.test_office_newsletters import field, raw, send
from tests.web.visitor import signed_in

PRESS = "/office/press"
MEETING = {"body": "EC", "no": 14, "label": "14", "at": "2026-11-15T10:00:00+05:00"}
MINUTES = {
    "body": "EC",
    "label": "14",
    "present": 12,
    "women": 5,
    "summaries": {"en": "EC 14 met."},
    "decisions": [
        {"no": 1, "text": {"en": "The bridge is mended."}, "short": {"en": "bridge"}},
        {
            "no": 2,
            "text": {"en": "The quarrel goes to the jirga."},
            "restricted": True,
        },
    ],
}


@asynccontextmanager
async def held(url: str, folder: Path, now: Any) -> AsyncIterator[Office]:
    """An office with one meeting whose minutes are public but for one decision."""
    async with running(url, folder, role=Role(BOOT, sends=False, clock=lambda: now)) as office:
        await office.network()
        await office.call("POST", "/api/v1/meetings", json=MEETING)
        await office.call("POST", "/api/v1/minutes", json=MINUTES)
        yield office


async def test_a_note_goes_from_the_minutes_to_the_papers(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        held(database_url, tmp_path, now) as office,
        signed_in(office, "Sajida", "press") as press,
        signed_in(office, "Rehmat", "president") as president,
    ):
        home = await raw(press, PRESS)
        meeting = re.search(r'<option value="(\d+)">EC 14', home)[1]
        place = await send(press, PRESS, meeting=meeting)
        page = await raw(press, place)
        assert "The bridge is mended." in page
        assert "quarrel" not in page
        assert "Nobody agreed to it yet" in page
        fields = {
            "version": field(page, "version"),
            "on": "20 Nov 2026",
            "titles_en": "Bridge <b>mended</b>\r\nBcc: all@example.org",
            "texts_en": "The network met & decided.",
            "demands_en": "A doctor\r\nA road",
            "places_en": "Mirkhai",
        }
        await send(press, place, **fields)
        page = await raw(president, place)
        assert "*Bridge mended Bcc: all@example.org*" in page
        assert "MIRKHAI, 20 Nov: The network met &amp; decided." in page
        answer = await press.send(f"{place}/mail", do="plan")
        assert answer.status_code == 409
        assert "This would reach nobody" in answer.text
        await send(president, f"{place}/approval", version=field(page, "version"))
        await send(press, f"{place}/sendings", way="whatsapp", whom="<i>Radio</i> Mirkhai")
        page = await raw(press, place)
        assert "Radio Mirkhai" in page
        assert "<i>" not in page
        again = await press.send(place, **fields)
        assert again.status_code == 409
        assert "Write a new one to correct it" in again.text


async def test_a_note_by_hand_says_what_is_wrong_with_it(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        held(database_url, tmp_path, now) as office,
        signed_in(office, "Sajida", "press") as press,
        signed_in(office, "Gul", "viewer") as viewer,
    ):
        for fields, said in (
            ({"titles_en": "", "texts_en": "typed words"}, "There is no title"),
            ({"titles_en": "T", "texts_en": "typed words", "on": "32 Foo"}, "is no date"),
            ({"titles_en": "T", "texts_en": "typed words 0364-1000001"}, "own on our lists"),
            ({"titles_en": "ب" * 500, "texts_en": "typed words"}, "Shorten them"),
        ):
            answer = await press.send(f"{PRESS}/new", **fields)
            assert answer.status_code == 409, said
            assert said in html.unescape(answer.text)
            assert "typed words" in answer.text
        assert (await viewer.send(f"{PRESS}/new", titles_en="x")).status_code == 403
        assert (await press.send(PRESS, meeting="x")).status_code == 409
        for path in (f"{PRESS}/999", f"{PRESS}/x", f"{PRESS}/{'9' * 30}"):
            assert (await press.get(path)).status_code == 404


async def test_the_api_drafts_edits_and_agrees(database_url: str, tmp_path: Path, now: Any) -> None:
    async with held(database_url, tmp_path, now) as office:
        second = await office.officer("Rehmat", "president")
        told = {"body": "ec", "label": "14"}
        made = await office.call("POST", "/api/v1/press-notes/draft", json=told)
        path = f"/api/v1/press-notes/{made['id']}"
        note = await office.call("GET", path)
        assert "The bridge is mended." in note["texts"]["en"]
        words = {"on": "2026-11-20", "titles": {"en": "A"}, "texts": {"en": "B"}, "version": 1}
        await office.call("POST", path, json=words)
        stale = await office.client.post(path, json=words)
        assert problem_of(stale)["code"] == "changed_meanwhile"
        early = await office.client.post(f"{path}/sendings", json={"way": "print", "whom": "Daily"})
        assert problem_of(early)["code"] == "not_approved"
        await office.call("POST", f"{path}/approval", json={"version": 2}, headers=second)
        await office.call("POST", f"{path}/sendings", json={"way": "print", "whom": "Daily"})
        lines = (await office.call("GET", "/api/v1/press-notes"))["press_notes"]
        assert [one["state"] for one in lines] == ["approved"]
        missing = await office.client.post("/api/v1/press-notes/draft", json={"body": "EC"})
        assert problem_of(missing)["status"] == 404
