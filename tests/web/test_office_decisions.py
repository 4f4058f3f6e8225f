"""Decisions in the office: found in any writing, each with its history and its next step."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from app.main import Role
from tests.web.office import BOOT, Office, running
from tests.web.test_office_today import shown
from tests.web.visitor import signed_in

PLACE = "/office/decisions"
MARKUP = "<script>alert(1)</script>"
NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)


@asynccontextmanager
async def book(url: str, folder: Path) -> AsyncIterator[tuple[Office, str]]:
    """A network with one meeting of two decisions; gives the page of the first."""
    async with running(url, folder, role=Role(BOOT, sends=False, clock=lambda: NOW)) as office:
        await office.network()
        meeting = {"body": "EC", "no": 9, "label": "9", "at": "2026-10-01T10:00:00Z"}
        await office.call("POST", "/api/v1/meetings", json=meeting)
        minutes = {
            "body": "EC",
            "label": "9",
            "present": 3,
            "women": 1,
            "summaries": {"en": "Road."},
            "decisions": [
                {
                    "no": 1,
                    "text": {"en": f"Sarak ki marammat {MARKUP}", "ur": "سڑک کی مرمت"},
                    "owner": {"en": MARKUP + "x" * 150},
                    "due": "2026-10-20",
                },
                {"no": 2, "text": {"en": "Pump."}, "restricted": True},
            ],
        }
        await office.call("POST", "/api/v1/minutes", json=minutes)
        found = await office.call("GET", "/api/v1/decisions", params={"q": "9/1"})
        yield office, f"{PLACE}/{found['items'][0]['id']}"


async def test_a_decision_is_found_with_slips_and_leads_to_its_history(
    database_url: str, tmp_path: Path
) -> None:
    async with (
        book(database_url, tmp_path) as (office, page),
        signed_in(office, "Guest", "viewer") as guest,
    ):
        for words in ("sadak", "سڑك", "murammat", "marramat sarrak"):
            assert f'href="{page}"' in (await guest.get(PLACE, params={"q": words})).text, words
        raw = (await guest.get(page)).text
        assert MARKUP not in raw
        assert MARKUP in html.unescape(raw)
        assert '<p lang="ur" dir="rtl">سڑک کی مرمت</p>' in raw
        assert "32 days late" in await shown(guest, page)
        # Who only looks is offered no form.
        assert "<textarea" not in raw
        assert 'name="state"' not in raw


async def test_the_secretary_writes_down_steps(database_url: str, tmp_path: Path) -> None:
    async with (
        book(database_url, tmp_path) as (office, page),
        signed_in(office, "Nusrat", "general secretary") as nusrat,
    ):
        note = f"letter 12 {MARKUP}"
        done = await nusrat.send(page, state="done", note=note, due="")
        assert (done.status_code, done.headers["location"]) == (303, page)
        told = await shown(nusrat, page)
        assert re.search(r"21 November 2026 Done letter 12 .* Nusrat", told)
        assert "days late" not in told
        moved = await nusrat.send(page, state="in hand", note="", due="25 Dec")
        assert moved.status_code == 303
        assert "25 December 2026" in await shown(nusrat, page)


FAULTS: tuple[tuple[dict[str, str], str], ...] = (
    ({"state": "late"}, "Choose how the decision stands"),
    ({}, "Choose how the decision stands"),
    ({"state": "done", "due": "30 Febr"}, "30 Febr"),
    ({"state": "done", "due": "2026-09-01"}, "before the meeting"),
    ({"state": "done", "note": "x" * 301}, "301 letters"),
)


async def test_a_fault_is_shown_on_the_form_and_odd_ids_get_a_page(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with (
        book(sqlite_url, tmp_path) as (office, page),
        signed_in(office, "Nusrat", "general secretary") as nusrat,
    ):
        for fields, said in FAULTS:
            answer = await nusrat.send(page, **fields)
            assert answer.status_code == 422
            assert said in html.unescape(answer.text)
            assert "Nothing was changed." in answer.text
            assert fields.get("note", "") in answer.text
        for odd in ("0", "-1", "999", "x", "9" * 25, "%00", "1%2F2"):
            path = f"{PLACE}/{odd}"
            for answer in (await nusrat.get(path), await nusrat.send(path, state="done")):
                assert answer.status_code in {404, 422}, odd
                assert "<h1>" in answer.text


async def test_only_those_who_write_minutes_may_take_a_step(
    database_url: str, tmp_path: Path
) -> None:
    async with book(database_url, tmp_path) as (office, page):
        for name, post in (("Guest", "viewer"), ("Sajida", "press"), ("Rehmat", "president")):
            async with signed_in(office, name, post) as visitor:
                answer = await visitor.send(page, state="done")
                assert answer.status_code == 403, post
        assert await office.count("decision", "status = 'done'") == 0


async def test_the_api_and_the_public_find_the_same_but_for_what_is_restricted(
    database_url: str, tmp_path: Path
) -> None:
    async with book(database_url, tmp_path) as (office, page):
        found = await office.call("GET", "/api/v1/decisions", params={"q": "sadak", "limit": 1})
        (one,) = found["items"]
        assert page == f"{PLACE}/{one['id']}"
        assert (one["code"], one["texts"]["ur"], one["due"]) == ("9/1", "سڑک کی مرمت", "2026-10-20")
        for query in ({"q": "x" * 201}, {"limit": 0}, {"q": "a\x00"}):
            answer = await office.client.get("/api/v1/decisions", params=query)
            assert answer.status_code == 422, query
        unknown = await office.client.get("/api/v1/decisions", params={"network": "none"})
        assert unknown.status_code in {404, 422}
        place = "/p/mirkhai/decisions"
        found = (await office.client.get(place, params={"q": "sadak"})).text
        assert '<span class="n">9/1</span>' in found
        for words in ("pump", "pumpp", "9/2", ""):
            answer = await office.client.get(place, params={"q": words})
            assert '<span class="n">9/2</span>' not in answer.text
