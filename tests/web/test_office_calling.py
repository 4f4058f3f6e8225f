"""Calling a meeting and changing it: by officers who write minutes, in plain dates."""

import re
from pathlib import Path

import pytest

from app.store.database import Database
from app.store.meetings import meeting
from tests.web.forms import form_on
from tests.web.office import running
from tests.web.test_office_today import shown
from tests.web.visitor import signed_in

MEETINGS = "/office/meetings"
NEW = f"{MEETINGS}/new"
SECRETARY = ("Nusrat Ansari B", "general secretary")
MARKUP = "<script>alert(1)</script>"
CALLED = {"body": "EC", "label": "", "day": "9 Nov 2040", "clock": "10:00", "quorum": "8"}


async def test_a_meeting_is_called_under_the_next_number(demo_url: str, tmp_path: Path) -> None:
    async with running(demo_url, tmp_path) as office, signed_in(office, *SECRETARY) as desk:
        offered = re.search(r"Empty for the next one: EC (\d+), GB 8", await shown(desk, NEW))
        assert offered
        no = int(offered[1])
        assert not await office.count("meeting", f"body = 'EC' AND no >= {no}")
        assert await office.count("meeting", f"body = 'EC' AND no = {no - 1}") == 1
        made = await desk.send(NEW, **CALLED, place="Shahi", agenda="Roads\nWater")
        assert made.headers["location"] == f"{MEETINGS}/EC/{no}"
        page = await shown(desk, f"{MEETINGS}/EC/{no}")
        assert "9 November 2040, 10:00" in page
        assert "Shahi" in page
        assert "Roads Water" in page
        assert "To come" in page
        assert f"EC {no + 1}" in await shown(desk, NEW)
        listed = await shown(desk, MEETINGS)
        assert listed.index(f"Executive Committee {no}") < listed.index("Executive Committee 23")


WRONG = (
    ({"label": "23"}, "EC meeting 23 is there already."),
    ({"label": "first"}, "is no number of a meeting"),
    ({"day": ""}, "The day is missing."),
    ({"day": "soon"}, "is no date"),
    ({"clock": ""}, "The hour is missing."),
    ({"clock": "25:00"}, "has no hour"),
    ({"quorum": "many"}, "is no number"),
    ({"body": "XX"}, "Choose which body meets."),
    ({"body": MARKUP, "place": MARKUP}, "Choose which body meets."),
)


async def test_what_is_wrong_is_said_and_nothing_is_called(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, *SECRETARY) as desk:
        before = await office.count("meeting")
        for wrong, said in WRONG:
            answer = await desk.send(NEW, **{**CALLED, "agenda": "Roads", **wrong})
            assert answer.status_code == 422
            assert said in answer.text
            assert "Nothing was changed." in answer.text
            assert ">\nRoads</textarea>" in answer.text
            assert MARKUP not in answer.text
        assert await office.count("meeting") == before


async def test_a_meeting_is_moved_postponed_called_off_and_on_again(
    demo_url: str, tmp_path: Path
) -> None:
    path = f"{MEETINGS}/EC/24"
    async with running(demo_url, tmp_path) as office, signed_in(office, *SECRETARY) as desk:
        await desk.send(NEW, **CALLED, place="Shahi", agenda="Roads")
        change = {"day": "10 Nov 2040", "clock": "11:30", "quorum": "8", "place": "Laspa"}
        await desk.send(f"{path}/change", **change, do="keep", **{"in": "en"})
        page = await shown(desk, path)
        assert "10 November 2040, 11:30" in page
        assert "Laspa" in page
        await desk.send(f"{path}/change", **{**change, "day": ""}, do="postpone")
        assert "Postponed" in await shown(desk, path)
        await desk.send(f"{path}/change", **change, do="cancel")
        assert "Called off" in await shown(desk, path)
        await desk.send(f"{path}/change", **change, do="on")
        assert "To come" in await shown(desk, path)
        # Another language beside the first, not instead of it.
        await desk.send(f"{path}/change", **{**change, "place": "لاسپہ", "in": "ur"}, do="keep")
        assert "Laspa" in await shown(desk, path)
        assert "لاسپہ" in (await desk.get(f"{path}?lang=ur")).text


async def test_published_minutes_hold_their_day(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, *SECRETARY) as desk:
        change = {"day": "10 Nov 2040", "clock": "11:30", "quorum": "", "place": "Laspa"}
        answer = await desk.send(f"{MEETINGS}/EC/22/change", **change, do="keep")
        assert answer.status_code == 422
        assert "are published" in answer.text


async def meet(url: str, label: str) -> None:
    """Let that meeting of the Executive Committee be held."""
    async with Database(url) as database:
        held = meeting.update().where(meeting.c.body == "EC", meeting.c.label == label)
        await database.write(lambda conn: conn.execute(held.values(state="held")))


async def test_confirmed_and_earlier_revisions_can_be_read(demo_url: str, tmp_path: Path) -> None:
    path = f"{MEETINGS}/EC/22"
    async with running(demo_url, tmp_path) as office, signed_in(office, *SECRETARY) as desk:
        early = await desk.send(f"{path}/confirmation")
        assert "has not met again since its meeting 22" in early.text
        await meet(demo_url, "23")
        assert "The next meeting confirmed them" in await shown(desk, path)
        assert (await desk.send(f"{path}/confirmation")).status_code == 303
        page = await shown(desk, path)
        assert "Confirmed" in page
        assert "The next meeting confirmed them" not in page
        form = form_on((await desk.get(f"{path}/edit")).text)
        assert form["d1-text"]
        await desk.post(f"{path}/edit", {**form, "do": "save", "d1-text": "Quite other words."})
        assert "Quite other words." in await shown(desk, path)
        assert "Changed since." in await shown(desk, path)
        old = await shown(desk, f"{path}?revision=1")
        assert "This is revision 1" in old
        assert "Quite other words." not in old
        async with signed_in(office, "Guest", "viewer") as guest:
            assert "Quite other words." not in await shown(guest, path)


@pytest.mark.parametrize("post", ["viewer", "press"])
async def test_others_neither_call_nor_change(demo_file: str, tmp_path: Path, post: str) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, "Other", post) as other:
        assert "Call a meeting" not in await shown(other, MEETINGS)
        for path in (NEW, f"{MEETINGS}/EC/23/change"):
            assert (await other.get(path)).status_code == 403
            assert (await other.send(path, **CALLED)).status_code == 403
        answer = await other.send(f"{MEETINGS}/EC/22/confirmation")
        assert answer.status_code == 403


async def test_odd_meetings_have_a_page_and_are_never_there(demo_file: str, tmp_path: Path) -> None:
    async with running(demo_file, tmp_path) as office, signed_in(office, *SECRETARY) as desk:
        for odd in ("0", "x" * 500, "%00", "9" * 40, "..%2F..", "%D9%A1", "<b>"):
            for path in (f"{MEETINGS}/EC/{odd}/change", f"{MEETINGS}/{odd}/23/edit"):
                assert (await desk.get(path)).status_code == 404, path
                assert (await desk.send(path, **CALLED)).status_code == 404, path
            asked = await desk.get(f"{MEETINGS}/EC/22?revision={odd}")
            assert asked.status_code in {200, 404}, odd
            assert (await desk.get(f"{NEW}?body={odd}")).status_code == 200
