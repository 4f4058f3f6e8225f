"""A meeting to come: who said what, whom to call, what is read out, when they are told."""

import re
from pathlib import Path

from tests.web.office import running
from tests.web.test_office_today import shown
from tests.web.visitor import signed_in

MEETING = "/office/meetings/EC/23"
REMINDERS = "/office/reminders"
MARKUP = "<b onclick=alert(1)>Nasreen</b> & <x>"


def people_to_call(page: str) -> list[str]:
    """The ids in the forms of the call list."""
    return re.findall(r'name="person" value="([0-9]+)"', page)


async def test_a_meeting_to_come_shows_who_comes_and_when_they_are_told(
    demo_url: str, tmp_path: Path
) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        page = await shown(guest, f"{MEETING}?lang=en")
        assert "9 of 15 said yes, 4 of them women. 8 are needed: the meeting counts." in page
        assert "sends Nasreen" in page
        assert "7 days before to all" in page
        assert "14 delivered" in page or "15 delivered" in page
        assert "2 hours before" in page
        raw = (await guest.get(MEETING)).text
        assert f'href="{MEETING}/calls"' in raw
        for kind in ("meeting", "aloud", "attendance"):
            found = re.search(rf'href="(/office/print/{kind}\?of=[0-9]+)"', raw)
            assert found is not None
            assert (await guest.get(found[1])).status_code == 200
        assert f'href="{MEETING}/answer' not in raw
        held = await shown(guest, "/office/meetings/EC/22")
        assert "1 day before to those who have not answered" in held
        assert "Call " not in held


async def test_what_somebody_says_on_the_phone_is_written_down(
    demo_url: str, tmp_path: Path
) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Gul", "general secretary") as gul,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        page = await shown(gul, f"{MEETING}/calls?lang=en")
        assert "4 people to call" in page
        assert "Do you come, yes or no?" in page
        raw = (await gul.get(f"{MEETING}/calls")).text
        first, second, third, *_ = people_to_call(raw)
        assert "السلام" in (await gul.get(f"{MEETING}/calls?in=ur")).text
        assert "Do you come" in (await gul.get(f"{MEETING}/calls?in=<x>&lang=en")).text
        told = {"person": first, "answer": "coming", "back": "calls"}
        answer = await gul.send(f"{MEETING}/answer", **told)
        assert answer.headers["location"] == f"{MEETING}/calls"
        assert "3 people to call" in await shown(gul, f"{MEETING}/calls?lang=en")
        told = {"person": second, "answer": "not", "stand_in": MARKUP}
        answer = await gul.send(f"{MEETING}/answer", **told)
        assert answer.headers["location"] == MEETING
        raw = (await gul.get(MEETING)).text
        assert "<b onclick" not in raw
        assert "written down in the office" in await shown(gul, f"{MEETING}?lang=en")
        for wrong in (
            {"person": third, "answer": "x"},
            {"person": third, "answer": "not", "stand_in": "x" * 500},
        ):
            refused = await gul.send(f"{MEETING}/answer", **wrong)
            assert refused.status_code == 422
            assert "Nothing was changed." in refused.text
        for who in ("", "0", "-1", "9" * 30, "x", "999999"):
            assert (await gul.get(f"{MEETING}/answer?person={who}")).status_code == 404
        assert (await guest.get(f"{MEETING}/answer?person={third}")).status_code == 403
        assert (await guest.send(f"{MEETING}/answer", **told)).status_code == 403


async def test_only_who_may_see_numbers_takes_the_list_with_them(
    demo_url: str, tmp_path: Path
) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Gul", "general secretary") as gul,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        raw = (await guest.get(f"{MEETING}/calls")).text
        assert "0390-" not in raw
        assert people_to_call(raw) == []
        assert (await guest.send(f"{MEETING}/calls", tag="en")).status_code == 403
        taken = await gul.send(f"{MEETING}/calls", tag="en")
        assert taken.headers["content-type"] == "application/pdf"
        assert taken.content.startswith(b"%PDF")
        assert await office.count("journal", "action = 'call list taken'") == 1
        assert (await gul.send(f"{MEETING}/calls", tag="<x>")).status_code < 500
        assert (await gul.get("/office/meetings/EC/22/calls")).status_code < 500
        assert (await gul.get("/office/meetings/EC/99/calls")).status_code == 404


async def test_the_plan_of_reminders_is_kept_for_each_body(demo_url: str, tmp_path: Path) -> None:
    async with (
        running(demo_url, tmp_path) as office,
        signed_in(office, "Gul", "general secretary") as gul,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        page = await shown(guest, f"{REMINDERS}?body=EC&lang=en")
        assert "7 days before, 1 day before, 2 hours before" in page
        assert "Keep this plan" not in page
        assert (await guest.send(REMINDERS, body="EC", lead120="1")).status_code == 403
        kept = {"body": "EC", "lead14400": "1", "lead60": "1"}
        assert (await gul.send(REMINDERS, **kept)).headers["location"] == REMINDERS
        page = await shown(gul, f"{REMINDERS}?lang=en")
        assert "10 days before, 1 hour before its own" in page
        assert "1 hour before" in await shown(gul, f"{MEETING}?lang=en")
        many = {"body": "EC", **{f"lead{1440 * day}": "1" for day in range(1, 8)}}
        for wrong in (many, {"body": "EC", "lead5": "1"}, {"body": "EC", "lead99999999": "1"}):
            refused = await gul.send(REMINDERS, **wrong)
            assert refused.status_code == 422
            assert "Nothing was changed." in refused.text
        assert (await gul.send(REMINDERS, body="XX", lead60="1")).status_code == 404
        await gul.send(REMINDERS, body="EC", do="usual")
        assert "its own" not in await shown(gul, f"{REMINDERS}?lang=en")
        await gul.send(REMINDERS, body="EC")
        assert "never" in await shown(gul, f"{REMINDERS}?lang=en")
        for odd in ("XX", "<x>", "x" * 500):
            assert (await gul.get(REMINDERS, params={"body": odd})).status_code == 200
