"""Pages and API of the hours, of what waits, and of a clock that may be wrong."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

from app.main import Role
from app.services.watch_clock import watch_clock
from app.store.database import Database
from tests.web.office import BOOT, Office, problem_of, running
from tests.web.test_office_today import plan, shown
from tests.web.visitor import Visitor, signed_in

HELD, HOURS, DAYS, CLOCK = "/office/held", "/office/hours", "/office/hours/days", "/office/clock"
NIGHT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
MARKUP = "<script>alert(1)</script>"
FORM = {
    "quiet_from": "20:00",
    "quiet_until": "9",
    "friday_from": "12.30",
    "friday_until": "14:30",
    "ramadan_from": "۱۷:۰۰",
    "ramadan_until": "10:00",
    "hijri_offset": "1",
    "routine_cap": "6",
}


class Wall:
    """The clock of the computer, which anybody may set."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@asynccontextmanager
async def at_night(url: str, folder: Path) -> AsyncIterator[tuple[Office, Wall]]:
    """An office at nine in the evening with a text to four phones that waits for the morning."""
    wall = Wall(NIGHT)
    async with running(url, folder, role=Role(BOOT, sends=False, clock=wall)) as office:
        await office.network()
        made = await plan(office, await office.officer("Gul", "press"))
        headers = await office.officer("Nusrat", "president")
        path = f"/api/v1/broadcasts/{made['id']}/approval"
        body = {"hash": made["hash"], "now": True}
        answer = await office.client.post(path, json=body, headers=headers)
        assert answer.is_success, answer.text
        yield office, wall


async def look(office: Office, clock: Callable[[], datetime]) -> bool:
    """Watch the clock as the timetable does."""
    async with Database(office.url) as database:
        return await watch_clock(database, now=clock())


async def told(visitor: Visitor, path: str, **fields: str) -> str:
    """What the page says on which the form was shown again."""
    answer = await visitor.send(path, **fields)
    assert answer.status_code == 422, answer.text
    return unescape(re.sub(r"<[^>]*>", "", answer.text))


async def test_what_waits_is_seen_with_its_hour_and_can_be_taken_back(
    database_url: str, tmp_path: Path
) -> None:
    async with at_night(database_url, tmp_path) as (office, _wall):
        async with signed_in(office, "Guest", "viewer") as guest:
            page = await shown(guest, HELD)
            assert "4 texts wait" in page
            assert "Night: routine texts wait for the morning" in page
            assert "22 Nov 09:00 in 12 hours" in page
            assert "Take back" not in page
            assert "4 texts are held. The first go on at 22 Nov 09:00." in await shown(guest)
            assert (await guest.send(HELD, broadcast="1")).status_code == 403
            assert (await guest.send(HOURS, **FORM)).status_code == 403
            assert (await guest.send(DAYS, kind="festival", first="25 Dec")).status_code == 403
            assert "20:00–09:00" in await shown(guest, HOURS)
        (line,) = (await office.call("GET", "/api/v1/held"))["waiting"]
        assert (line["why"], line["texts"]) == ("night", 4)
        async with signed_in(office, "Sajida", "press") as sajida:
            for hostile in ("", "x", "٣", "9" * 30, "987654321", "-1"):
                answer = await sajida.send(HELD, broadcast=hostile)
                assert answer.status_code in {404, 422}, hostile
            assert await office.states() == {"held": 4}
            answer = await sajida.send(HELD, broadcast=str(line["broadcast_id"]))
            assert answer.headers["location"] == f"{HELD}?done=taken_back"
            assert await office.states() == {"cancelled": 4}
            assert "Nothing waits" in await shown(sajida, f"{HELD}?done={MARKUP}")


async def test_hours_and_days_are_kept_and_what_waits_waits_for_them(
    database_url: str, tmp_path: Path
) -> None:
    async with (
        at_night(database_url, tmp_path) as (office, _wall),
        signed_in(office, "Hidayat", "general secretary") as hidayat,
    ):
        answer = await hidayat.send(HOURS, **FORM)
        assert answer.headers["location"] == f"{HOURS}?done=kept"
        kept = await office.call("GET", "/api/v1/hours")
        assert (kept["quiet_until"], kept["ramadan_from"], kept["routine_cap"]) == (
            *("09:00", "17:00"),
            6,
        )
        first = kept["about"][0]
        assert (first["name"], first["first"]) == ("Ramadan", "2027-02-09")
        for fields, sentence in (
            ({"quiet_from": "late"}, "'late' is no time of day"),
            ({"quiet_from": "25:00"}, "no time of day"),
            ({"quiet_from": "09:30"}, "less than 2 hours"),
            ({"ramadan_until": ""}, "both times"),
            ({"routine_cap": "x" * 500}, "is no number"),
            ({"hijri_offset": "9"}, "from -3 to 3"),
        ):
            assert sentence in await told(hidayat, HOURS, **{**FORM, **fields})
        days = {"kind": "mourning", "first": "22 Nov", "last": "", "name": MARKUP}
        assert (await hidayat.send(DAYS, **days)).status_code == 303
        for fields, sentence in (
            ({}, "kept as mourning already, from 2026-11-22 to 2026-11-22"),
            ({"kind": "party"}, "choose one of the list"),
            ({"first": "", "last": ""}, "Write the first day"),
            ({"first": "30 Feb"}, "30 Feb"),
            ({"first": "25 Nov", "last": "24 Nov"}, "before the first"),
            ({"first": "25 Nov", "name": "x" * 500}, "more than 60 letters"),
        ):
            assert sentence in await told(hidayat, DAYS, **{**days, **fields})
        for path in (HELD, HOURS):
            raw = (await hidayat.get(path)).text
            assert MARKUP not in raw
            assert "Mourning" in raw
        assert "23 Nov 09:00" in await shown(hidayat, HELD)
        assert (await hidayat.send(DAYS, do="drop", **days)).status_code == 303
        assert "22 Nov 09:00" in await shown(hidayat, HELD)


async def test_a_wrong_clock_stands_on_the_first_page_until_a_person_says_it_is_right(
    database_url: str, tmp_path: Path
) -> None:
    async with at_night(database_url, tmp_path) as (office, wall), AsyncExitStack() as doors:
        assert await look(office, wall)
        wall.at = NIGHT + timedelta(days=2)
        assert not await look(office, wall)
        sajida = await doors.enter_async_context(signed_in(office, "Sajida", "press"))
        guest = await doors.enter_async_context(signed_in(office, "Guest", "viewer"))
        for page in (await shown(sajida), await shown(sajida, HELD)):
            assert "off for more than a day: it says 23 November 2026, 21:00." in page
            assert "All was well last on 21 November 2026, 21:00." in page
            assert "The clock is right: it is 23 November 2026, 21:00" in page
        page = await shown(guest)
        assert "Nothing goes out, not even answers" in page
        assert "The clock is right" not in page
        at = wall.at.isoformat()
        assert (await guest.send(CLOCK, shown_at=at)).status_code == 403
        for odd in ("", "now", "2026-11-23T21:00:00", NIGHT.isoformat(), "9" * 500):
            assert (await sajida.send(CLOCK, shown_at=odd)).status_code in {409, 422}, odd
        assert "The clock is right" in await shown(sajida)
        answer = await sajida.send(CLOCK, shown_at=at)
        assert answer.headers["location"] == f"{HELD}?done=confirmed"
        assert "Written down: the clock is right." in await shown(sajida, f"{HELD}?done=confirmed")
        wall.at = NIGHT
        assert "was put back: it says 21 November 2026, 21:00." in await shown(sajida)
        state = await office.call("GET", "/api/v1/clock")
        assert (state["is_believed"], state["confirmed_by"]) == (False, "Sajida")
        state = await office.call("POST", "/api/v1/clock", json={"shown_at": state["now"]})
        assert state["is_believed"]


async def test_the_api_keeps_hours_and_refuses_what_cannot_be(
    database_url: str, tmp_path: Path
) -> None:
    async with at_night(database_url, tmp_path) as (office, _wall):
        await office.call("POST", "/api/v1/hours", json={"quiet_until": "07:00"})
        assert (await office.call("GET", "/api/v1/held"))["waiting"][0]["until"][11:13] == "02"
        day: dict[str, Any] = {"kind": "festival", "first": "2026-12-25"}
        await office.call("POST", "/api/v1/hours/days", json={**day, "last": "2026-12-26"})
        await office.call("POST", "/api/v1/hours/days/removal", json=day)
        for path, body in (
            ("/hours", {"quiet_until": "7"}),
            ("/hours", {"quiet_from": "07:01"}),
            ("/hours/days", {**day, "last": "2026-12-24"}),
            ("/hours/days/removal", day),
            ("/clock", {"shown_at": "2026-11-21T16:00:00"}),
        ):
            problem_of(await office.client.post(f"/api/v1{path}", json=body))
