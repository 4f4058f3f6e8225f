"""The calendar in the office, over the API, and the feed that everybody may follow."""

from datetime import date
from pathlib import Path
from typing import Any

from icalendar import Calendar

from app.main import Role
from app.store import networks
from tests.web.office import BOOT, running
from tests.web.test_office_today import shown
from tests.web.visitor import Visitor, signed_in, stranger

CALENDAR = "/office/calendar"
NEW = f"{CALENDAR}/rules/new"
MARKUP = "<script>alert(1)</script>"
KEPT = {"body": "EC", "rule": "mahine ka doosra itwar", "clock": "10", "from": "1 Nov", "in": "en"}
WRONG = (
    ({"rule": ""}, "does not say when it comes again"),
    ({"rule": MARKUP}, "is not understood in"),
    ({"rule": "every third Friday"}, "can be meant in two ways"),
    ({"rule": "every month"}, "Say which day of the month"),
    ({"rule": "y" * 500}, "does not say when it comes again"),
    ({"clock": ""}, "The hour is missing."),
    ({"clock": "24:00"}, "The hour is missing."),
    ({"from": "soon"}, "is no date"),
    ({"until": "never"}, "is no date"),
    ({"from": "9 Nov 2026", "until": "10 Nov 2026"}, "it ends before its first day"),
    ({"body": MARKUP}, "Choose which body meets."),
)


async def what_is_wrong_is_said(desk: Visitor) -> None:
    for fields, said in WRONG:
        answer = await desk.send(NEW, **{**KEPT, "place": MARKUP, **fields})
        assert answer.status_code == 422, fields
        assert said in answer.text, fields
        assert MARKUP not in answer.text


async def nonsense_is_refused(desk: Visitor, rule: str) -> None:
    for path, fields in (
        (f"{rule}/days", {"day": "2026-12-14"}),
        (f"{rule}/days", {"day": MARKUP}),
        (f"{CALENDAR}/rules/0/end", {}),
        (f"{CALENDAR}/rules/{'9' * 40}/end", {}),
        (f"{CALENDAR}/rules/x/days", {"day": "2026-12-13"}),
    ):
        answer = await desk.send(path, **fields)
        assert answer.status_code in {404, 409, 422}, (path, answer.status_code)
        assert MARKUP not in answer.text
    for query in ("month=2026-13", "month=0000-01", "month=9999-12", "month=%00", "month=x"):
        assert (await desk.get(f"{CALENDAR}?{query}")).status_code in {200, 404, 409, 422}


async def test_the_calendar_from_a_rule_to_the_feed(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    role = Role(BOOT, sends=False, clock=lambda: now)
    async with (
        running(database_url, tmp_path, role=role) as office,
        signed_in(office, "Nusrat", "general secretary") as desk,
        signed_in(office, "Viewer", "viewer") as viewer,
        stranger(office) as anybody,
    ):
        await office.network()
        await what_is_wrong_is_said(desk)
        assert "No body meets by a rule yet." in await shown(desk, CALENDAR)
        assert (await viewer.send(NEW, **KEPT)).status_code == 403
        made = await desk.send(NEW, **KEPT, place=f"Shahi {MARKUP}")
        rule = made.headers["location"]
        assert rule.startswith(f"{CALENDAR}/rules/")
        page = await shown(desk, rule)
        assert "second Sunday of every month" in page
        assert "At 10:00, from 1 November 2026 on." in page
        assert "Sun 13 December 2026" in page
        december = await shown(viewer, f"{CALENDAR}?month=2026-12")
        for words in ("December 2026", "Rajab 1448", "Executive Committee 1", "To come", "Shahi"):
            assert words in december, words
        assert "not called yet" in await shown(viewer, f"{CALENDAR}?month=2027-02")
        assert "ہر مہینے کا دوسرا اتوار" in await shown(desk, f"{CALENDAR}?lang=ur")
        await shown(desk, f"{CALENDAR}?lang=en")
        assert (await desk.send(NEW, **KEPT)).status_code == 422

        (one,) = Calendar.from_ical((await anybody.get("/p/mirkhai/calendar.ics")).content).walk(
            "VEVENT"
        )[:1]
        assert one["DTSTART"].dt.date() == date(2026, 12, 13)
        await desk.send(f"{rule}/days", day="2026-12-13", do="skip")
        assert "Meet on 13 Dec after all" in await shown(desk, rule)
        assert "Cancelled" in (await anybody.get("/p/mirkhai/calendar.ics?lang=en")).text
        await desk.send(f"{rule}/days", day="2026-12-13", do="again")
        assert "Leave 13 Dec out" in await shown(desk, rule)
        assert "Cancelled" not in (await anybody.get("/p/mirkhai/calendar.ics?lang=en")).text
        await nonsense_is_refused(desk, rule)
        assert (await desk.send(f"{rule}/end", do="off")).headers["location"] == CALENDAR
        assert "Called off" in await shown(desk, f"{CALENDAR}?month=2026-12")
        assert (await desk.get(rule)).status_code == 404


async def test_the_calendar_over_the_api(database_url: str, tmp_path: Path, now: Any) -> None:
    role = Role(BOOT, sends=False, clock=lambda: now)
    async with running(database_url, tmp_path, role=role) as office:
        await office.network()
        secretary = await office.officer("Nusrat", "general secretary")
        rules = "/api/v1/meeting-rules"
        kept = {"body": "EC", "rule": "FREQ=MONTHLY;BYDAY=2SU", "clock": "10:00"}
        made = await office.call("POST", rules, json=kept, headers=secretary)
        (told,) = (await office.call("GET", rules))["rules"]
        assert (told["id"], told["rule"], told["next_days"][0]) == (
            made["id"],
            kept["rule"],
            "2026-12-13",
        )
        days = (await office.call("GET", "/api/v1/calendar", params={"month": "2026-12-05"}))[
            "days"
        ]
        assert [(one["day"], one["moon"]["day"], one["meetings"][0]["label"]) for one in days] == [
            ("2026-12-13", 4, "1")
        ]
        for change, status in (
            ({"rule": "now and then"}, 422),
            ({"rule": "daily", "starts_on": "1850-01-01"}, 422),
            ({"clock": "x"}, 422),
            ({}, 409),
        ):
            answer = await office.client.post(rules, json={**kept, **change}, headers=secretary)
            assert answer.status_code in {status, 400, 409, 422}, change
            assert answer.status_code >= 400
        one = f"{rules}/{made['id']}"
        for way in ("skip", "again"):
            await office.call("POST", f"{one}/{way}", json={"day": "2026-12-13"}, headers=secretary)
        ended = await office.call("POST", f"{one}/end", json={}, headers=secretary)
        assert ended == {"id": made["id"], "left": 2}
        assert (await office.client.get(one)).status_code == 404
        network = await office.app.state.runtime.database.read(networks.named, "mirkhai")
        assert network.hijri_offset == 0
