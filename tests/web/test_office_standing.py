"""Texts that go again and awareness items in the office: kept, agreed to, reviewed, listed."""

import html
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from app.main import Role
from tests.web.office import BOOT, Office, running
from tests.web.test_office_today import shown
from tests.web.visitor import Visitor, signed_in

STANDING, ITEMS = "/office/standing", "/office/awareness"
MARKUP = "Fees <script>alert(1)</script> &amp;"
LONG = "ب" * 500


@asynccontextmanager
async def office_of(url: str, folder: Path, now: Any) -> AsyncIterator[Office]:
    async with running(url, folder, role=Role(BOOT, sends=False, clock=lambda: now)) as office:
        await office.network()
        yield office


async def send(visitor: Visitor, path: str, **fields: str) -> str:
    """Send a form; gives where the browser is sent."""
    answer = await visitor.send(path, **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def field(visitor: Visitor, path: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', (await visitor.get(path)).text)
    assert found is not None
    return html.unescape(found[1])


FORM = {
    "name": "Fees",
    "audience": "all",
    "kind": "notice",
    "rule": "second Sunday",
    "clock": "10:00",
    "texts_ur-Latn": "Fees ka din hai.",
}


async def test_one_officer_writes_another_agrees_and_any_of_them_stops_it(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        office_of(database_url, tmp_path, now) as office,
        signed_in(office, "Sajida", "press") as press,
        signed_in(office, "Rehmat", "president") as president,
    ):
        assert "There is none yet" in await shown(press, STANDING)
        place = await send(press, f"{STANDING}/new", **{**FORM, "name": MARKUP})
        page = (await press.get(place)).text
        assert html.escape(MARKUP) in page
        assert "<script>alert" not in page
        assert "One of these has to agree" in await shown(press, place)
        assert "to go again and again waits for your consent" in await shown(
            president, "/office/today"
        )
        page = await shown(president, place)
        assert "13 December 2026, 10 January 2027" in page
        assert "today 4 people on 4 phones" in page
        assert (await press.send(f"{place}/approval", hash="x")).status_code in {403, 409}
        assert (await president.send(f"{place}/approval", hash="x")).status_code == 409
        await send(president, f"{place}/approval", hash=await field(president, place, "hash"))
        assert "Goes by itself" in await shown(press, STANDING)
        await leave_out_and_change(press, place)
        await send(president, f"{place}/stop")
        assert "Stopped" in await shown(press, STANDING)


async def leave_out_and_change(press: Visitor, place: str) -> None:
    """One goes without its next day, and waits for a second officer again once it is changed."""
    day = await field(press, place, "on")
    await send(press, f"{place}/left-out", on=day)
    assert "13 December" not in await shown(press, place)
    assert (await press.send(f"{place}/left-out", on="soon")).status_code == 422
    assert (await press.send(f"{place}/left-out", on=day)).status_code == 303
    form = (await press.get(f"{place}/change")).text
    assert "second Sunday" in form
    assert 'value="10:00"' in form
    await send(press, f"{place}/change", **{**FORM, "clock": "11:00"})
    assert "Waits for a second officer" in await shown(press, STANDING)


async def test_items_are_brought_in_reviewed_and_sent_in_turn(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        office_of(database_url, tmp_path, now) as office,
        signed_in(office, "Sajida", "press") as press,
        signed_in(office, "Rehmat", "president") as president,
    ):
        await send(press, f"{ITEMS}/starters")
        assert "Nobody has reviewed it yet" in await shown(press, ITEMS)
        assert "that come with Munadi" not in await shown(press, ITEMS)
        one = re.findall(rf"{ITEMS}/\d+", (await press.get(ITEMS)).text)[0]
        assert (await president.send(f"{one}/review", seen="then")).status_code == 409
        await send(president, f"{one}/review", seen=await field(president, one, "seen"))
        assert "Reviewed by Rehmat" in await shown(press, ITEMS)
        series = {**FORM, "texts_ur-Latn": "", "series": "awareness"}
        place = await send(press, f"{STANDING}/new", **series)
        assert "1 of 10 is reviewed" in await shown(president, place)
        await send(president, f"{place}/approval", hash=await field(president, place, "hash"))
        assert "9 Awareness items are left out until somebody reviews them" in await shown(
            press, "/office/today"
        )
        own = await send(
            press, f"{ITEMS}/new", key="well", series="awareness", source="x", texts_en="Boil."
        )
        assert "another officer must review them" in await shown(press, own)
        await send(press, own, key="well", series="awareness", source="y", texts_en="Boil it.")
        assert "Boil it." in await shown(press, own)
        await send(press, f"{own}/retire")
        assert "Put away" in await shown(press, ITEMS)


async def test_what_is_wrong_is_said_beside_what_was_typed(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        office_of(database_url, tmp_path, now) as office,
        signed_in(office, "Sajida", "press") as press,
        signed_in(office, "Nadia", "viewer") as viewer,
    ):
        wrong = (
            ({"rule": LONG}, "rule"),
            ({"clock": "99:99"}, "clock"),
            ({"starts_on": "31 Feb"}, "starts_on"),
            ({"ends_on": "31 Feb"}, "ends_on"),
            ({"ends_on": "1 Jan 2020"}, "ends_on"),
            ({"audience": MARKUP}, "audience"),
            ({"texts_ur-Latn": "", "series": LONG}, "series"),
            ({"texts_en": "http://example.org"}, "link"),
            ({"kind": "urgent"}, "urgent"),
            ({"name": ""}, "name"),
        )
        for change, what in wrong:
            answer = await press.send(f"{STANDING}/new", **{**FORM, **change})
            assert answer.status_code == 422, what
            assert 'role="alert"' in answer.text
            beside = re.findall(r'<b class="bad" id="(\w+)-fault"', answer.text)
            assert beside == [one for one in change if one == what]
            assert "<script>alert" not in answer.text
            assert "Fees ka din" in answer.text or "texts_ur-Latn" in change
        await send(press, f"{STANDING}/new", **{**FORM, "name": LONG})
        assert await office.count("standing") == 1
        answer = await press.send(f"{ITEMS}/new", key=LONG, series=LONG, source="", texts_en=LONG)
        assert answer.status_code == 422
        assert 'id="source-fault"' in answer.text
        for path in (f"{STANDING}/999", f"{ITEMS}/999", f"{STANDING}/{2**70}", f"{ITEMS}/x"):
            assert (await press.get(path)).status_code in {404, 422}, path
        assert (await viewer.get(STANDING)).status_code == 200
        for path in (f"{STANDING}/new", f"{STANDING}/1/stop", f"{ITEMS}/starters"):
            assert (await viewer.send(path, **FORM)).status_code == 403, path


async def test_a_text_can_be_written_for_a_day_and_an_hour(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        office_of(database_url, tmp_path, now) as office,
        signed_in(office, "Sajida", "press") as press,
        signed_in(office, "Rehmat", "president") as president,
    ):
        draft = (await press.get("/office/write")).headers["location"].partition("?")[0]
        fields = {"kind": "notice", "who": "all", "text_en": "Come.", "send_at": "21 Nov, 25:00"}
        answer = await press.send(draft, **fields, do="plan")
        assert answer.status_code == 422
        assert "has no hour" in answer.text
        assert "21 Nov, 25:00" in answer.text
        fields["send_at"] = "25 Nov, 18:30"
        await send(press, draft, **fields, do="count")
        assert "It goes at 25 Nov 18:30" in await shown(press, draft)
        place = await send(press, draft, **fields, do="plan")
        assert "Until 25 Nov 18:30 it can be taken back" in await shown(president, place)
        await send(president, f"{place}/approval", hash=await field(president, place, "hash"))
        assert "waits until 25 Nov 18:30" in await shown(president, place)
        assert "It goes out at 25 Nov 18:30" in await shown(press, "/office/today")
        assert await office.count("outbox", "state = 'queued'") == 4


async def test_the_api_does_the_same_and_tells_the_hour(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with office_of(database_url, tmp_path, now) as office:
        sajida = await office.officer("Sajida", "press")
        rehmat = await office.officer("Rehmat", "president")
        told = {"audience": "all", "texts": {"en": "Come."}, "send_at": "2026-11-25 18:30"}
        plan = await office.call("POST", "/api/v1/broadcasts", json=told, headers=sajida)
        assert plan["send_at"] == "2026-11-25T13:30:00+00:00"
        answer = await office.client.post(
            "/api/v1/broadcasts", json={**told, "send_at": "yesterday"}, headers=sajida
        )
        assert answer.json()["code"] == "hour"
        new = {"name": "Fees", "audience": "all", "rule": "every Sunday", "clock": "10:00"}
        made = await office.call(
            "POST", "/api/v1/standing", json={**new, "texts": {"en": "Come."}}, headers=sajida
        )
        path = f"/api/v1/standing/{made['id']}"
        agreed = await office.call(
            "POST", f"{path}/approval", json={"hash": made["hash"]}, headers=rehmat
        )
        assert agreed["next_on"] == "2026-11-22"
        await office.call("POST", f"{path}/left-out", json={"on": "2026-11-22"}, headers=sajida)
        found = await office.call("GET", path, headers=sajida)
        assert (found["days"][0], found["clock"], found["runs"]) == ("2026-11-29", "10:00", [])
        await office.call("POST", f"{path}/stop", json={}, headers=sajida)
        (one,) = (await office.call("GET", "/api/v1/standing", headers=sajida))["standing"]
        assert one["state"] == "stopped"
