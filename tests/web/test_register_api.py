"""The register over the API: one meeting from the call to the answer of its letter."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.web.office import ROMAN, Office, running

API = "/api/v1"
RECORD = {
    "language": "ur-Latn",
    "items": [{"title": {"ur-Latn": "Pani"}, "said": {"ur-Latn": "Line tooti hai."}}],
    "decisions": [
        {
            "no": 1,
            "text": {"ur-Latn": "Pani ki line theek ho.", "en": "Repair the water line."},
            "short": {"ur-Latn": "Pani ki line"},
            "topics": ["water"],
            "owner": {"body": "GB", "post": "President"},
        },
        {"no": 2, "text": {"en": "A dispute."}, "restricted": "A dispute"},
    ],
    "resolutions": [
        {"no": 1, "text": {"en": "Repair the road."}, "addressee": {"en": "XEN Works"}}
    ],
    "summaries": {"ur-Latn": "Karwai 6: 1 Pani ki line. Tafseel D1"},
}


def days_ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


async def meeting(office: Office, no: int = 6, days: int = 3, **more: Any) -> str:
    """Call a General Body; gives the path of the meeting."""
    body = {"body": "GB", "no": no, "at": days_ago(days).isoformat(), "quorum": 2, **more}
    made = await office.call("POST", f"{API}/meetings", json=body)
    return f"{API}/meetings/{made['id']}"


async def attended(office: Office, path: str) -> None:
    people = (await office.call("GET", f"{path}/attendance"))["people"]
    marks = [{"person_id": one["person_id"], "presence": "present"} for one in people]
    guest = {"name": "Engineer", "presence": "present"}
    await office.call("POST", f"{path}/attendance", json={"marks": [*marks, guest]})


async def published(office: Office, path: str, record: dict[str, Any], version: int = 0) -> int:
    told = {"version": version, "record": record}
    kept = await office.call("POST", f"{path}/record", json=told)
    made = await office.call("POST", f"{path}/publication", json=kept)
    return int(made["revision"])


async def refused(office: Office, path: str, body: dict[str, Any], **more: Any) -> tuple[int, str]:
    answer = await office.client.post(path, json=body, **more)
    return answer.status_code, answer.json()["code"]


async def test_a_meeting_is_typed_once_and_answered_by_text(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        path = await meeting(office)
        await attended(office, path)
        assert await published(office, path, RECORD) == 1
        shown = await office.call("GET", path)
        assert (shown["state"], shown["present"], shown["women"]) == ("held", 3, 2)
        assert shown["record"]["decisions"][0]["text"] == RECORD["decisions"][0]["text"]
        assert len(shown["attendance"]) == 4
        simulated = {"msisdn": ROMAN, "text": "KARWAI", "key": "first-text"}
        told = await office.call("POST", f"{API}/say", json=simulated)
        assert "Pani ki line" in str(told)

        changed = {**RECORD, "thanks": "Dua"}
        assert await published(office, path, changed, version=1) == 2
        old = await office.call("GET", f"{path}/revisions/1")
        assert "thanks" not in old["record"]
        listed = (await office.call("GET", f"{path}/revisions"))["revisions"]
        assert [one["no"] for one in listed] == [1, 2]
        await attended(office, await meeting(office, 7, 1))
        await office.call("POST", f"{path}/confirmation", json={})
        assert (await office.call("GET", path))["confirmed_at"]


async def test_decisions_and_letters_go_their_way(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        path = await meeting(office)
        await attended(office, path)
        await published(office, path, RECORD)
        later = await meeting(office, 7, -9)
        drafted = (await office.call("GET", f"{later}/agenda"))["items"]
        assert [(one["carried"], one.get("restricted", "")) for one in drafted] == [
            ("6/1", ""),
            ("6/2", "A dispute"),
        ]
        decision = f"{API}/decisions/1"
        await office.call("POST", decision, json={"state": "done", "note": "line runs"})
        shown = await office.call("GET", decision)
        assert (shown["status"], shown["owner"]["en"]) == ("done", "President")
        assert [one["note"] for one in shown["steps"]] == ["", "line runs"]
        assert len((await office.call("GET", f"{later}/agenda"))["items"]) == 1

        letter = f"{API}/resolutions/1"
        sent = {"letter_no": "LSON/6/1", "sent_on": days_ago(1).date().isoformat()}
        await office.call("POST", letter, json=sent)
        await office.call("POST", letter, json={"diary_no": "12"})
        [line] = (await office.call("GET", f"{API}/resolutions"))["resolutions"]
        assert (line["code"], line["letter_no"], line["diary_no"]) == ("6/R1", "LSON/6/1", "12")
        assert (await office.call("GET", letter))["sent_on"] == sent["sent_on"]
        assert await refused(office, letter, {"replied_on": "1999-01-01"}) == (422, "days_order")


async def test_a_meeting_is_found_by_its_name_and_moved(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        path = await meeting(office, days=-5)
        found = await office.call("GET", f"{API}/meetings", params={"body": "GB", "label": "6"})
        assert path.endswith(f"/{found['meetings'][0]['id']}")
        await office.call("POST", path, json={"state": "postponed"})
        page = await office.call("GET", f"{API}/meetings")
        assert [one["state"] for one in page["meetings"]] == ["postponed"]
        told = {"version": 0, "record": RECORD}
        await office.call("POST", f"{path}/record", json=told)
        assert await refused(office, f"{path}/publication", {"version": 1}) == (422, "not_held")


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (
            {"decisions": [{"no": 1, "text": {"en": "x"}, "due": "1999-12-31"}]},
            "due_before_meeting",
        ),
        ({"decisions": [{"no": 1}]}, "decision_empty"),
        ({"decisions": [{"no": 1, "text": {"en": "x"}}] * 2}, "decision_twice"),
        ({"resolutions": [{"no": 1, "text": {"en": "x"}}]}, "addressee_missing"),
    ],
)
async def test_what_cannot_be_published_is_kept_and_named(
    database_url: str, tmp_path: Path, record: dict[str, Any], code: str
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        path = await meeting(office, quorum=0)
        await office.call("POST", f"{path}/record", json={"version": 0, "record": record})
        assert (await refused(office, f"{path}/publication", {"version": 1}))[1] == code
        stale = {"version": 0, "record": {}}
        assert (await refused(office, f"{path}/record", stale))[1] == "changed_meanwhile"
        broken = {"version": 1, "record": {"decision": []}}
        assert (await refused(office, f"{path}/record", broken))[1] == "unknown_part"


async def test_only_who_writes_minutes_may_and_strange_ids_are_not_there(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        path = await meeting(office)
        viewer = {"headers": await office.officer("Gul", "viewer")}
        for door, body in (
            (path, {"quorum": 3}),
            (f"{path}/record", {"version": 0, "record": {}}),
            (f"{path}/publication", {"version": 0}),
            (f"{path}/attendance", {"marks": []}),
            (f"{path}/confirmation", {}),
            (f"{API}/decisions/1", {"state": "done"}),
            (f"{API}/resolutions/1", {}),
        ):
            assert await refused(office, door, body, **viewer) == (403, "not_allowed")
        for door in ("meetings/99", "meetings/99/agenda", "decisions/99", "resolutions/99"):
            answer = await office.client.get(f"{API}/{door}")
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        for door in ("meetings/0", "meetings/x", f"decisions/{2**63}", "resolutions/-1"):
            assert (await office.client.get(f"{API}/{door}")).status_code == 422
