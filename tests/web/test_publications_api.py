"""Publishing over the API: planned by one officer, approved by another, proof for both."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from app.main import Role
from tests.web.office import BOOT, Office, running

PUBLICATIONS = "/api/v1/publications"


async def ready(office: Office, now: Any) -> int:
    """A meeting whose minutes are published; gives its id."""
    await office.network()
    at = (now - timedelta(days=2)).isoformat()
    made = await office.call("POST", "/api/v1/meetings", json={"body": "EC", "no": 14, "at": at})
    record = {
        "language": "en",
        "decisions": [{"no": 1, "text": {"en": "Write to the DC."}, "short": {"en": "Road"}}],
    }
    meeting = f"/api/v1/meetings/{made['id']}"
    kept = await office.call("POST", f"{meeting}/record", json={"version": 0, "record": record})
    await office.call("POST", f"{meeting}/publication", json={"version": kept["version"]})
    return int(made["id"])


async def test_one_officer_plans_and_another_sends_with_the_hash_that_was_shown(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    role = Role(BOOT, sends=False, clock=lambda: now)
    async with running(database_url, tmp_path, role=role) as office:
        meeting_id = await ready(office, now)
        press = await office.officer("Sajida", "press")
        sadar = await office.officer("Rehmat", "president")
        told = {"body": "EC", "label": "14", "audience": "all"}
        planned = await office.call("POST", PUBLICATIONS, json=told, headers=press)
        assert planned["meeting_id"] == meeting_id
        assert planned["text"]["texts"]["en"]["text"].startswith("Mirkhai: Minutes 14, EC")
        assert planned["unreached"] == {"mail": {"no_mail": 4}}
        one = f"{PUBLICATIONS}/{planned['id']}"
        file = await office.client.get(f"{one}/forms/sheet/en", headers=press)
        assert file.content.startswith(b"%PDF")
        own = await office.client.post(
            f"{one}/approval", json={"hash": planned["hash"]}, headers=press
        )
        assert own.json()["code"] == "own_text"
        path = f"/api/v1/broadcasts/{planned['broadcast_id']}/approval"
        sent = await office.call("POST", path, json={"hash": planned["hash"]}, headers=sadar)
        assert sent["addresses"] == 4
        assert (await office.call("GET", one))["state"] == "approved"
        reach = await office.call("GET", f"{one}/reach")
        assert (reach["people"], reach["got"]) == (4, 0)
        assert (await office.call("POST", f"{one}/cancellation", json={}))["cancelled"] == 4


async def test_another_meeting_or_publication_gives_a_plain_answer(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    role = Role(BOOT, sends=False, clock=lambda: now)
    async with running(database_url, tmp_path, role=role) as office:
        await office.network()
        for told in ({"meeting_id": 99}, {"body": "EC", "label": "99"}):
            answer = await office.client.post(PUBLICATIONS, json=told)
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        for path in ("/77", "/77/reach", "/77/forms/sheet/en"):
            assert (await office.client.get(PUBLICATIONS + path)).status_code == 404
        for path in ("/77/approval", "/77/cancellation"):
            answer = await office.client.post(PUBLICATIONS + path, json={"hash": "x"})
            assert answer.status_code in {403, 404}
