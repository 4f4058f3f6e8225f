"""The page that publishes a meeting once: forms, plan, second officer, proof per LSO."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.main import Role
from app.store.broadcasts import broadcast
from app.store.database import Connection, Database
from tests.web.office import BOOT, Office, running
from tests.web.visitor import hidden, signed_in

PAGE = "/office/meetings/EC/14/publish"
MARKUP = "<script>alert(1)</script>"


async def written(office: Office, now: Any, words: str = "Write to the DC.") -> None:
    """A meeting whose minutes are written down and not published."""
    await office.network()
    at = (now - timedelta(days=2)).isoformat()
    meeting = await office.call("POST", "/api/v1/meetings", json={"body": "EC", "no": 14, "at": at})
    record = {"language": "en", "decisions": [{"no": 1, "text": {"en": words}}]}
    path = f"/api/v1/meetings/{meeting['id']}/record"
    await office.call("POST", path, json={"version": 0, "record": record})


async def test_a_meeting_is_published_planned_agreed_to_and_proven_on_one_page(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    role = Role(BOOT, sends=False, clock=lambda: now)
    async with running(database_url, tmp_path, role=role) as office:
        await written(office, now, f"Write to {MARKUP} the DC.")
        async with signed_in(office, "Sajida", "press") as press:
            assert "The General Secretary publishes them first" in (await press.get(PAGE)).text
        async with signed_in(office, "Nusrat", "general secretary") as secretary:
            version = hidden(await secretary.get(PAGE))["version"]
            stale = await secretary.send(PAGE, who="all", version="0")
            assert stale.status_code == 409
            long = {"version": version, "who": "all", "text_en": "Long words. " * 14}
            answer = await secretary.send(PAGE, **long)
            assert answer.status_code == 409
            assert "Shorten it" in answer.text
            assert "Long words. Long words." in answer.text
            made = await secretary.send(PAGE, who="all", version=version)
            assert made.headers["location"] == PAGE
            page = (await secretary.get(PAGE)).text
            assert "It waits for a second officer" in page
            assert "nothing is written in Pashto; its readers get" in page
            assert MARKUP not in page
            assert 'class="say"' not in page
        async with signed_in(office, "Rehmat", "president") as president:
            shown = await president.get(PAGE)
            assert "Send to 4 phones<" in shown.text
            plan = hidden(shown)["hash"]
            one = re.search(r"(/office/publications/\d+)/approval", shown.text)[1]
            async with Database(office.url) as database:
                plan_page = await database.read(_plan_page)
            assert (await president.get(plan_page)).headers["location"] == one
            assert (await president.get(one)).headers["location"] == PAGE
            assert "not the plan" in (await president.send(f"{one}/approval", hash="x")).text
            file = await president.get(f"{one}/forms/picture/en")
            assert file.content.startswith(b"\x89PNG")
            assert (await president.send(f"{one}/approval", hash=plan)).status_code == 303
            proof = (await president.get(PAGE)).text
            assert "0 of 4 people were sent it" in proof
            assert "4 people have not got it" in proof
            assert await office.states() == {"queued": 4}
            await president.send(f"{one}/cancellation")
            assert await office.states() == {"cancelled": 4}
            assert "It was taken back" in (await president.get(PAGE)).text


def _plan_page(conn: Connection) -> str:
    return f"/office/broadcasts/{conn.execute(select(broadcast.c.id)).scalar_one()}"


async def test_a_viewer_looks_and_plans_nothing_and_strange_addresses_give_a_page(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    role = Role(BOOT, sends=False, clock=lambda: now)
    async with running(database_url, tmp_path, role=role) as office:
        await written(office, now)
        async with signed_in(office, "Aziz", "viewer") as viewer:
            page = (await viewer.get(PAGE)).text
            assert "<form" not in page.split("<main")[1].split("</main")[0]
            assert (await viewer.send(PAGE, who="all")).status_code == 403
            for path in ("/office/meetings/EC/99/publish", "/office/publications/77"):
                assert (await viewer.get(path)).status_code == 404
            for path in ("abc", "77/forms/sheet/en", "77/forms/%00/en", str(2**70)):
                assert (await viewer.get(f"/office/publications/{path}")).status_code in {404, 422}
