"""Following up decisions: the page and the API, what the secretary may do, and who may not."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from app.main import Role
from app.store.database import Database
from tests.factories import Office as Rows
from tests.services.owed import Owing
from tests.web.office import BOOT, Office, problem_of, running
from tests.web.test_office_today import shown
from tests.web.visitor import signed_in

PAGE, API = "/office/follow-up", "/api/v1/follow-up"
MARKUP = "<script>alert(1)</script>"


@asynccontextmanager
async def owed(url: str, folder: Path, now: Any, text: str = "") -> AsyncIterator[Office]:
    """An office with a late decision, its owner, and what the owner texted."""
    async with Database(url) as database:
        owing = await Owing.open(await Rows.open(database, now))
        await owing.owner(1, "Sadaf " + MARKUP, language="en")
        await owing.decide(await owing.meeting(), days=-5)
        if text:
            await owing.office.say(1, text)
    async with running(url, folder, role=Role(BOOT, sends=False, clock=lambda: now)) as office:
        yield office


async def only_report(office: Office) -> int:
    (report,) = (await office.call("GET", API))["reports"]
    return int(report["id"])


async def test_the_secretary_confirms_what_an_owner_reported(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    text = f"14/2 DONE letter {MARKUP}"
    async with (
        owed(database_url, tmp_path, now, text) as office,
        signed_in(office, "Hidayat", "general secretary") as hidayat,
    ):
        raw = (await hidayat.get(PAGE)).text
        assert MARKUP not in raw
        assert "&lt;script&gt;" in raw
        page = await shown(hidayat, PAGE)
        assert "1 decision is late" in page
        assert "5 days" in page
        assert "14/2, says it is done" in page
        path = f"{PAGE}/{await only_report(office)}"
        answer = await hidayat.send(path, do="confirm", note="seen")
        assert answer.headers["location"] == f"{PAGE}?done=confirmed"
        done = await shown(hidayat, answer.headers["location"])
        assert "No decision is late" in done
        assert "Confirmed." in done
        assert await office.count("decision", "status = 'done'") == 1
        again = await hidayat.send(path, do="confirm")
        assert again.status_code == 422
        assert "Hidayat has decided about this report already." in again.text


async def test_a_report_that_is_refused_is_told_to_the_sender(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        owed(database_url, tmp_path, now, "14/2 DONE") as office,
        signed_in(office, "Hidayat", "general secretary") as hidayat,
    ):
        report_id = await only_report(office)
        unclear = await hidayat.send(f"{PAGE}/{report_id}", note="kept words")
        assert unclear.status_code == 422
        assert "kept words" in unclear.text
        answer = await hidayat.send(f"{PAGE}/{report_id}", do="refuse", note="Pump is dry")
        assert "A text that says so is on its way" in await shown(
            hidayat, answer.headers["location"]
        )
        assert await office.count("outbox", "dedupe_key LIKE 'report%'") == 1
        assert await office.count("decision", "status = 'done'") == 0


async def test_over_the_api_it_is_the_same(database_url: str, tmp_path: Path, now: Any) -> None:
    async with owed(database_url, tmp_path, now, "14/2 JARI 60 feet") as office:
        found = await office.call("GET", API)
        assert [one["code"] for one in found["late"]] == ["14/2"]
        assert (found["late"][0]["days_late"], found["waiting"]) == (5, 1)
        report_id = found["reports"][0]["id"]
        told = await office.call("POST", f"{API}/{report_id}/confirmation", json={"note": "ok"})
        assert told == {"id": report_id, "state": "confirmed"}
        answer = await office.client.post(f"{API}/{report_id}/refusal", json={})
        assert problem_of(answer)["code"] == "decided"
        missing = await office.client.post(f"{API}/987654/refusal", json={})
        assert (missing.status_code, problem_of(missing)["code"]) == (404, "not_found")


@pytest.mark.parametrize("post", ["president", "press", "viewer"])
async def test_others_look_and_decide_nothing(
    database_url: str, tmp_path: Path, now: Any, post: str
) -> None:
    async with (
        owed(database_url, tmp_path, now, "14/2 DONE") as office,
        signed_in(office, "Somebody", post) as visitor,
    ):
        page = await shown(visitor, PAGE)
        assert "14/2, says it is done" in page
        assert "Confirm that" not in page
        answer = await visitor.send(f"{PAGE}/{await only_report(office)}", do="confirm")
        assert answer.status_code == 403
        assert await office.count("decision", "status = 'done'") == 0


async def test_hostile_addresses_give_a_page(database_url: str, tmp_path: Path, now: Any) -> None:
    async with (
        owed(database_url, tmp_path, now) as office,
        signed_in(office, "Hidayat", "general secretary") as hidayat,
    ):
        for query in ("after=x", f"after={10**30}", "after=-1", "done=<b>", "after=%00"):
            assert (await hidayat.get(f"{PAGE}?{query}")).status_code == 200
        for number in (0, 987654, 10**30, "x"):
            answer = await hidayat.send(f"{PAGE}/{number}", do="confirm")
            assert answer.status_code in {404, 422}, number
