"""People over the API: found, added, changed, reached, agreed, merged, welcomed and forgotten."""

from pathlib import Path
from typing import Any

import pytest

from tests.web.office import ENGLISH, ROMAN, URDU, Office, running

PEOPLE = "/api/v1/people"


async def found(office: Office, q: str) -> list[dict[str, Any]]:
    page = await office.call("GET", PEOPLE, params={"q": q})
    return list(page["items"])


async def the(office: Office, name: str) -> int:
    (one,) = await found(office, name)
    return int(one["id"])


async def refused(office: Office, path: str, body: dict[str, Any], **more: Any) -> tuple[int, str]:
    answer = await office.client.post(path, json=body, **more)
    return answer.status_code, answer.json()["code"]


async def test_people_are_listed_in_pages_with_masked_numbers(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        names, cursor = [], None
        for _ in range(3):
            query = {"limit": 2, **({"cursor": cursor} if cursor else {})}
            page = await office.call("GET", PEOPLE, params=query)
            names += [one["name"] for one in page["items"]]
            assert "641000001" not in str(page)
            assert page["total"] == 4
            cursor = page["next"]
            if cursor is None:
                break
        assert names == ["Ali Raza", "Karim Khan", "Noor Jehan", "Zarina Bibi"]
        assert [one["name"] for one in await found(office, "0364 1000002")] == ["Noor Jehan"]


async def test_a_person_is_added_changed_in_part_reached_and_taken_out(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        new = {"name": "Gul Rukh", "sex": "f", "language": "ur", "notes": "Call first."}
        who = (await office.call("POST", PEOPLE, json=new))["id"]
        path = f"{PEOPLE}/{who}"
        assert (await office.call("POST", path, json={"local_name": "گل رخ"}))["changed"]
        link = {"raw": "0364 1000001", "whose": "family"}
        linked = await office.call("POST", f"{path}/addresses", json=link)
        assert len(linked["shared_with"]) == 1
        page = await office.call("GET", path)
        kept = (page["name"], page["sex"], page["local_name"], page["notes"])
        assert kept == ("Gul Rukh", "f", "گل رخ", "Call first.")
        (phone,) = page["addresses"]
        assert (phone["whose"], phone["is_private"]) == ("family", False)
        assert [one["name"] for one in phone["others"]] == ["Zarina Bibi"]
        where = f"{path}/addresses/{phone['id']}"
        await office.call("POST", where, json={"whose": "own", "private": True})
        await office.call("POST", f"{where}/removal", json={})
        assert (await office.call("GET", path))["addresses"] == []
        await office.call("POST", f"{path}/removal", json={})
        assert (await office.client.get(path)).status_code == 404


async def test_consent_from_paper_needs_a_basis_and_never_lifts_a_stop_by_itself(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        (one,) = await found(office, "Zarina")
        path = f"/api/v1/addresses/{one['phones'][0]['address_id']}/consents"
        assert await refused(office, path, {"choice": "all", "basis": " "}) == (422, "basis")
        body = {"choice": "alerts", "basis": "visit of 12 Oct"}
        assert (await office.call("POST", path, json=body))["standing"] == "alerts"


async def test_the_same_person_twice_is_made_one_after_a_look(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        keep, other = await the(office, "Ali"), await the(office, "Karim")
        path = f"{PEOPLE}/{keep}/merge"
        planned = await office.call("POST", path, json={"other": other, "dry_run": True})
        assert (planned["phones"], planned["clash"]) == (1, "")
        assert len(await found(office, "")) == 4
        await office.call("POST", path, json={"other": other})
        assert len((await office.call("GET", f"{PEOPLE}/{keep}"))["addresses"]) == 2
        assert len(await found(office, "")) == 3


async def test_welcomes_are_priced_and_go_once(database_url: str, tmp_path: Path) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        planned = await office.call("GET", "/api/v1/welcomes")
        done = await office.call("POST", "/api/v1/welcomes", json={})
        assert done["texts"] == planned["addresses"]
        assert (await office.call("POST", "/api/v1/welcomes", json={}))["texts"] == 0


async def test_a_number_is_forgotten_and_can_be_forgotten_again(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        done = await office.call("POST", "/api/v1/forget", json={"msisdn": "0364 1000004"})
        assert (done["people"], done["unlinked"], done["keeps_stop"]) in {
            (1, 0, False),
            (0, 1, False),
        }
        again = await office.call("POST", "/api/v1/forget", json={"msisdn": "+923641000004"})
        assert not any(again.values())
        assert await found(office, "0364 1000004") == []
        assert await refused(office, "/api/v1/forget", {"msisdn": "0364"}) == (422, "number")


@pytest.mark.parametrize("post", ["press", "viewer"])
async def test_only_those_who_may_edit_change_people(
    database_url: str, tmp_path: Path, post: str
) -> None:
    async with running(database_url, tmp_path) as office:
        await office.network()
        headers = {"headers": await office.officer("Guest", post)}
        for path, body in (
            (PEOPLE, {"name": "Gul"}),
            (f"{PEOPLE}/1", {"name": "Gul"}),
            (f"{PEOPLE}/1/removal", {}),
            (f"{PEOPLE}/1/merge", {"other": 2}),
            (f"{PEOPLE}/1/addresses", {"raw": ROMAN}),
            (f"{PEOPLE}/1/addresses/1", {"whose": "own", "private": True}),
            (f"{PEOPLE}/1/addresses/1/removal", {}),
            ("/api/v1/addresses/1/consents", {"choice": "stop", "basis": "x"}),
            ("/api/v1/addresses/1/confirmation", {}),
            ("/api/v1/addresses/1/wrong", {}),
            ("/api/v1/welcomes", {}),
            ("/api/v1/forget", {"msisdn": URDU}),
        ):
            assert await refused(office, path, body, **headers) == (403, "not_allowed"), path
        answer = await office.client.get(PEOPLE, params={"q": ENGLISH}, **headers)
        assert len(answer.json()["items"]) == 1
