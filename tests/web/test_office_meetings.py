"""Meetings, minutes and decisions: all of them for every post, in the reader's own language."""

import html
from pathlib import Path

import pytest

from tests.web.office import running
from tests.web.test_office_today import shown
from tests.web.visitor import signed_in

MEETINGS, DECISIONS = "/office/meetings", "/office/decisions"
MARKUP = "<blink onclick=alert(1)> & <x>"
"""No tag that Word or a page pastes: those are taken out before they are kept."""


async def test_the_book_lists_meetings_to_come_and_held(demo_url: str, tmp_path: Path) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        page = await shown(guest, MEETINGS)
        assert page.index("General Body 7") < page.index("Executive Committee 22")
        assert "To come Not published" in page
        assert "Took place 4 decisions" in page
        raw = (await guest.get(MEETINGS)).text
        assert f'<a href="{MEETINGS}/EC/E1">' in raw


async def test_minutes_show_each_language_and_who_owes_what(demo_url: str, tmp_path: Path) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        page = await shown(guest, f"{MEETINGS}/EC/13")
        assert "Executive Committee 13" in page
        assert "13/2" in page
        assert "days late" in page
        raw = (await guest.get(f"{MEETINGS}/EC/13")).text
        assert '<p class="lcd" lang="ur" dir="rtl">' in raw
        assert '<p class="lcd" lang="ur-Latn" dir="ltr">' in raw
        urdu = (await guest.get(f"{MEETINGS}/EC/13?lang=ur")).text
        assert '<p lang="ur" dir="rtl"><b>' in urdu
        assert '<p lang="en" dir="ltr"><b>' not in urdu
        # Restricted decisions are for the office, and say so.
        assert "Restricted: not for the public" in await shown(guest, f"{MEETINGS}/EC/18?lang=en")


async def test_a_meeting_to_come_says_nothing_of_minutes(demo_url: str, tmp_path: Path) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        page = await shown(guest, f"{MEETINGS}/EC/23")
        assert "These minutes are not published." not in page
        assert "No decision is written down for this meeting." in page


@pytest.mark.parametrize(
    ("query", "found", "not_found"),
    [
        ("q=13/2", "13/2", "13/1"),
        ("q=d13%2F2", "13/2", "13/1"),
        ("q=school", "13/2", "22/2"),
        ("q=xyzzy", "No decision has all these words", "13/2"),
        ("overdue=1", "13/2", "22/1"),
        ("overdue=1&q=13/2", "13/2", "17/2"),
        ("", "22/1", "No decision"),
    ],
)
async def test_decisions_are_found_by_number_by_words_and_by_lateness(
    demo_url: str, tmp_path: Path, query: str, found: str, not_found: str
) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        raw = (await guest.get(f"{DECISIONS}?{query}")).text
        assert found in raw
        assert f">{not_found}<" not in raw


async def test_the_decision_latest_of_all_stands_first(demo_file: str, tmp_path: Path) -> None:
    async with (
        running(demo_file, tmp_path) as office,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        page = await shown(guest, f"{DECISIONS}?overdue=1")
        assert page.index("13/2") < page.index("17/2") < page.index("20/3")


async def test_markup_in_minutes_is_shown_as_text_and_odd_names_have_a_page(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        label = "9/a?b#<c>"
        meeting = {"body": "E&<C", "no": 9, "label": label, "at": "2026-10-01T10:00:00Z"}
        meeting |= {"venue": {"en": MARKUP}, "agenda": {"xx": MARKUP}}
        await office.call("POST", "/api/v1/meetings", json=meeting)
        minutes = {
            "body": "E&<C",
            "label": label,
            "present": 3,
            "women": 1,
            "summaries": {"en": MARKUP},
            "decisions": [{"no": 1, "text": {"en": MARKUP, "ur": MARKUP}, "owner": {"en": MARKUP}}],
        }
        await office.call("POST", "/api/v1/minutes", json=minutes)
        async with signed_in(office, "Guest", "viewer") as guest:
            listed = (await guest.get(MEETINGS)).text
            link = f"{MEETINGS}/E%26%3CC/9%2Fa%3Fb%23%3Cc%3E"
            assert f'href="{link}"' in listed
            asked = f"{DECISIONS}?q=%3Cblink%20onclick=alert(1)%3E"
            for path in (MEETINGS, link, DECISIONS, asked):
                page = (await guest.get(path)).text
                assert "<blink" not in page, path
                assert "<blink onclick=alert(1)>" in html.unescape(page), path


ODD = ("", "0", "-1", "x", "9" * 20, "9" * 5000, "%00", "1.99999999999999999999", "%FF'", "%D9%A1")


async def test_odd_addresses_get_a_page(demo_url: str, tmp_path: Path) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        for odd in ODD:
            for path in (
                f"{MEETINGS}/{odd}",
                f"{MEETINGS}/{odd}/{odd}",
                f"{MEETINGS}?before={odd}",
                f"{DECISIONS}?q={odd}",
                f"{DECISIONS}?q={odd}&overdue={odd}",
            ):
                answer = await guest.get(path)
                assert answer.status_code in {200, 307, 404, 422}, path
                assert answer.status_code == 307 or "<h1>" in answer.text
