"""The meeting's page and the API tell who said that they come."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.web.office import ENGLISH, ROMAN, URDU, Office, running
from tests.web.test_office_today import shown
from tests.web.visitor import signed_in

API = "/api/v1"


async def called(office: Office) -> int:
    at = datetime.now(UTC) + timedelta(days=3)
    body = {"body": "GB", "no": 6, "at": at.isoformat()}
    return int((await office.call("POST", f"{API}/meetings", json=body))["id"])


async def say(office: Office, sender: str, text: str) -> None:
    simulated = {"msisdn": sender, "text": text, "key": f"{sender} {text}"}
    await office.call("POST", f"{API}/say", json=simulated)


async def test_who_said_yes_and_who_said_no_is_counted_with_the_women(
    database_url: str, tmp_path: Path
) -> None:
    async with (
        running(database_url, tmp_path) as office,
        signed_in(office, "Guest", "viewer") as guest,
    ):
        await office.network()
        meeting_id = await called(office)
        assert "Nobody has answered yet." in await shown(guest, "/office/meetings/GB/6")
        await say(office, ROMAN, "11")
        await say(office, URDU, "11")
        await say(office, ENGLISH, "not coming")
        await say(office, URDU, "12")
        told = await office.call("GET", f"{API}/meetings/{meeting_id}/answers")
        counted = {name: told[name] for name in told if "coming" in name or "silent" in name}
        assert counted == {
            "coming": 1,
            "women_coming": 1,
            "not_coming": 2,
            "women_not_coming": 1,
            "silent": 0,
            "women_silent": 0,
        }
        page = await shown(guest, "/office/meetings/GB/6")
        page = page[page.index("Who said") :]
        assert "Coming1, 1 of them women" in page
        assert "Not coming2, 1 of them women" in page
        assert "No answer yet0" in page


async def test_a_meeting_that_is_not_there_has_no_answers(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        answer = await office.client.get(f"{API}/meetings/99/answers")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
