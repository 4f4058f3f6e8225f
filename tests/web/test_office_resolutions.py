"""Resolutions: what was sent, under which diary number, and whether an answer came."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.web.forms import form_on
from tests.web.office import Office, running
from tests.web.test_office_today import shown
from tests.web.visitor import Visitor, signed_in

LIST = "/office/resolutions"
MARKUP = "<script>alert(1)</script>"
MINUTES = {
    "body": "EC",
    "label": "40",
    "present": 12,
    "women": 5,
    "summaries": {},
    "decisions": [],
}


@asynccontextmanager
async def demanding(url: str, folder: Path, title: str = "The road") -> AsyncIterator[Office]:
    """An office whose committee held a meeting with one resolution."""
    async with running(url, folder) as office, signed_in(office, "Clerk", "keeper") as clerk:
        await office.network()
        new = {"body": "EC", "label": "40", "day": "1 Oct 2026", "clock": "10:00", "quorum": ""}
        made = await clerk.send("/office/meetings/new", **new)
        assert made.status_code == 303, made.text
        path = f"{made.headers['location']}/edit"
        form = form_on((await clerk.get(path)).text)
        demand = {"r1-title": title, "r1-to": "Deputy Commissioner", "r1-text": "Repair it."}
        people = re.findall(r'name="(h\d+)"', (await clerk.get(path)).text)
        kept = await clerk.post(
            path, {**form, "do": "save", **demand, **dict.fromkeys(people, "1")}
        )
        assert kept.status_code == 303, kept.text
        await publish(office)
        yield office


async def publish(office: Office) -> None:
    """Publish the meeting's record as it was kept."""
    from app.services.publish_minutes import publish_record
    from app.store import meetings

    runtime = office.app.state.runtime
    meeting = await runtime.database.read(meetings.meeting_by_label, 1, "EC", "40")
    await publish_record(
        runtime.database, 1, meeting.id, version=1, by="Clerk", now=runtime.clock()
    )


async def first(visitor: Visitor) -> str:
    """The page of the first resolution in the list."""
    found = re.search(rf'href="({LIST}/\d+)"', (await visitor.get(LIST)).text)
    assert found is not None
    return found[1]


async def test_the_letter_its_diary_number_and_the_answer_are_noted(
    database_url: str, tmp_path: Path
) -> None:
    async with (
        demanding(database_url, tmp_path) as office,
        signed_in(office, "Nusrat", "general secretary") as desk,
    ):
        page = await shown(desk, LIST)
        assert "1 in all: 0 answered, 1 not sent yet." in page
        assert "The road" in page
        path = await first(desk)
        facts = {"letter_no": "LSON/12", "sent_on": "2 Oct 2026", "reply_due": "9 Oct 2026"}
        assert (await desk.send(path, **facts)).status_code == 303
        assert "days overdue" in await shown(desk, LIST)
        assert "Only the 1 whose answer is overdue" in await shown(desk, LIST)
        await desk.send(path, **facts, diary_no="DC-77", replied_on="12 Oct 2026", reply="Yes.")
        page = await shown(desk, LIST)
        assert "Diary DC-77" in page
        assert "Answered" in page
        assert "No answer is overdue." in await shown(desk, f"{LIST}?overdue=1")
        form = (await desk.get(path)).text
        for words in ("LSON/12", "DC-77", "2 Oct 2026", "9 Oct 2026", "12 Oct 2026", "Yes."):
            assert words in form


async def test_its_code_finds_it_among_the_decisions(database_url: str, tmp_path: Path) -> None:
    async with (
        demanding(database_url, tmp_path, f"5 {MARKUP} > 4") as office,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        path = await first(guest)
        for asked in ("40/R1", "40 / r1", "۴۰/R۱"):
            page = (await guest.get("/office/decisions", params={"q": asked})).text
            assert f'href="{path}"' in page, asked
            assert MARKUP not in page
            assert "No decision has all these words" not in page
        found = await office.call("GET", "/api/v1/decisions", params={"q": "40/R1"})
        assert [one["code"] for one in found["resolutions"]] == ["40/R1"]
        assert found["items"] == []
        assert not (await office.call("GET", "/api/v1/decisions"))["resolutions"]


async def test_days_that_cannot_be_are_said_and_change_nothing(
    database_url: str, tmp_path: Path
) -> None:
    async with (
        demanding(database_url, tmp_path) as office,
        signed_in(office, "Nusrat", "general secretary") as desk,
    ):
        path = await first(desk)
        for wrong in (
            {"sent_on": "soon"},
            {"sent_on": "2 Oct 2026", "replied_on": "1 Oct 2026"},
        ):
            answer = await desk.send(path, letter_no="LSON/12", **wrong)
            assert answer.status_code == 422, wrong
            assert "Nothing was changed." in answer.text
            assert 'value="LSON/12"' in answer.text
        assert "1 not sent yet" in await shown(desk, LIST)


async def test_others_look_and_do_not_note(database_url: str, tmp_path: Path) -> None:
    async with (
        demanding(database_url, tmp_path) as office,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        path = await first(guest)
        assert "<input id=" not in (await guest.get(path)).text
        assert (await guest.send(path, diary_no="1")).status_code == 403


async def test_odd_addresses_get_a_page_and_markup_is_words(
    database_url: str, tmp_path: Path
) -> None:
    async with (
        demanding(database_url, tmp_path, f"5 {MARKUP} > 4") as office,
        signed_in(office, "Nusrat", "general secretary") as desk,
    ):
        for odd in ("0", "-1", "x", "9" * 40, "%00", "1.5", "%D9%A1"):
            assert (await desk.get(f"{LIST}/{odd}")).status_code == 404, odd
            assert (await desk.send(f"{LIST}/{odd}", diary_no="1")).status_code == 404, odd
            assert (await desk.get(f"{LIST}?overdue={odd}")).status_code == 200, odd
        for path in (LIST, await first(desk), "/office/meetings/EC/40"):
            assert MARKUP not in (await desk.get(path)).text
