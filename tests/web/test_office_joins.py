"""Asked to join: the list, the decision on the page and over the API, and who may decide."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.web.office import NETWORK, Office, problem_of, running
from tests.web.test_office_today import say, shown
from tests.web.visitor import signed_in

JOINS = "/office/joins"
API = "/api/v1/joins"
PHONE = "+923641000077"


async def opened(office: Office, *names: str) -> list[int]:
    """A network that somebody of each name asks to join; gives the ids of the requests."""
    await office.call("POST", "/api/v1/networks", json=NETWORK)
    for n, name in enumerate(names):
        await say(office, f"JOIN {name}", f"+9236410000{77 + n}")
    return [one["id"] for one in (await office.call("GET", API))["items"]]


async def officer(office: Office, post: str) -> dict[str, str]:
    made = await office.call("POST", "/api/v1/accounts", json={"name": post.title(), "post": post})
    return {"Authorization": f"Bearer {made['token']}"}


async def test_the_general_secretary_puts_somebody_on_the_list(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        (request_id,) = await opened(office, "Zarmina Wafa")
        async with signed_in(office, "Nusrat", "general secretary") as nusrat:
            assert "1 phone asked to join." in await shown(nusrat, "/office/messages")
            page = await shown(nusrat, JOINS)
            assert "1 phone asked to join" in page
            assert "JOIN Zarmina Wafa" in page
            assert PHONE[4:] not in (await nusrat.get(JOINS)).text
            answer = await nusrat.send(f"{JOINS}/{request_id}", do="approve", name="Zarmina Khan")
            assert answer.headers["location"] == f"{JOINS}?done=approved"
            done = await shown(nusrat, answer.headers["location"])
            assert "Put on the list. A text that says so is on its way." in done
            assert "Nobody waits to join" in done
            assert "asked to join" not in await shown(nusrat, "/office/messages?which=all")
        assert await office.count("person", "name = 'Zarmina Khan'") == 1
        assert await office.count("address", "standing = 'active'") == 1


async def test_a_refusal_is_said_kindly_and_nobody_is_added(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        (request_id,) = await opened(office, "Zarmina Wafa")
        async with signed_in(office, "Rehmat", "president") as rehmat:
            answer = await rehmat.send(f"{JOINS}/{request_id}", do="refuse")
            assert "Not put on the list." in await shown(rehmat, answer.headers["location"])
            again = await rehmat.send(f"{JOINS}/{request_id}", do="approve")
            assert again.status_code == 422
            assert "Rehmat has decided about this request already." in again.text
        assert await office.count("person") == 0
        assert await office.count("outbox", "dedupe_key LIKE 'join%'") == 1


async def test_a_namesake_can_be_chosen_and_a_unit_found_by_its_name(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        first, second, third = await opened(office, "Zarmina Wafa", "Zarmina wafa", "Gul")
        lso = {"kind": "LSO", "name": "Sarwan"}
        await office.call("POST", "/api/v1/units", json=lso)
        async with signed_in(office, "Nusrat", "general secretary") as nusrat:
            await nusrat.send(f"{JOINS}/{first}", do="approve", unit="LSO Sarwan")
            page = (await nusrat.get(JOINS)).text
            assert "It is <bdi>Zarmina Wafa</bdi>, who is on the list" in page
            assert "LSO Sarwan" in page
            (known,) = re.findall('name="who" value="([0-9]+)"', page)
            await nusrat.send(f"{JOINS}/{second}", do="approve", who=known)
            wrong = await nusrat.send(
                f"{JOINS}/{third}", do="approve", unit="Nowhere", name="Gul B"
            )
            assert wrong.status_code == 422
            assert "There is no unit called Nowhere." in wrong.text
            assert 'value="Gul B"' in wrong.text
            assert 'value="Nowhere"' in wrong.text
        assert await office.count("person") == 1
        assert await office.count("person_address") == 2
        assert await office.count("person", "unit_id IS NOT NULL") == 1


@pytest.mark.parametrize("post", ["press", "keeper", "viewer"])
async def test_who_may_not_decide_sees_the_list_without_its_buttons(
    database_url: str, tmp_path: Path, post: str
) -> None:
    async with running(database_url, tmp_path) as office:
        (request_id,) = await opened(office, "Zarmina Wafa")
        async with signed_in(office, "Sajida", post) as sajida:
            page = await shown(sajida, JOINS)
            assert "The General Secretary or the President decides." in page
            assert "Do not put on the list" not in page
            for do in ("approve", "refuse"):
                answer = await sajida.send(f"{JOINS}/{request_id}", do=do)
                assert answer.status_code == 403
        assert await office.count("join_request", "state = 'waiting'") == 1


async def test_markup_long_names_and_odd_addresses_give_a_page(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        ids = await opened(office, "<script>alert(1)</script>", "x" * 500)
        async with signed_in(office, "Nusrat", "general secretary") as nusrat:
            page = (await nusrat.get(JOINS)).text
            assert "<script>alert" not in page
            assert "x" * 200 in page
            for path in (
                f"{JOINS}?after=99999999999999999999999",
                f"{JOINS}?after=%00&done=<b>",
                f"{JOINS}?after=-1",
            ):
                assert (await nusrat.get(path)).status_code == 200
            for fields in ({}, {"do": "x"}, {"do": "approve", "who": "9" * 30}):
                answer = await nusrat.send(f"{JOINS}/{ids[0]}", **fields)
                assert answer.status_code in {404, 422}
            answer = await nusrat.send(f"{JOINS}/987654321", do="approve")
            assert answer.status_code == 404
            long = await nusrat.send(f"{JOINS}/{ids[0]}", do="approve", name="y" * 500)
            assert long.status_code == 422
        assert await office.count("join_request", "state = 'waiting'") == 2


async def test_over_the_api_a_request_is_listed_page_by_page_and_decided_once(
    database_url: str, tmp_path: Path
) -> None:
    async with running(database_url, tmp_path) as office:
        ids = await opened(office, "Zarmina", "Gul", "Naz")
        secretary = await officer(office, "general secretary")
        first = await get(office, secretary, limit=2)
        assert [one["name"] for one in first["items"]] == ["Zarmina", "Gul"]
        rest = await get(office, secretary, limit=2, cursor=first["next"])
        assert ([one["name"] for one in rest["items"]], rest["next"]) == (["Naz"], None)
        assert all(PHONE[4:] not in one["number"] for one in first["items"])
        made = await post(office, secretary, ids[0], "approval", name="Zarmina Wafa")
        assert (made["id"], made["told"]) == (ids[0], True)
        assert await post(office, secretary, ids[1], "refusal") == {"id": ids[1], "told": True}
        twice = await office.client.post(f"{API}/{ids[0]}/refusal", json={}, headers=secretary)
        assert problem_of(twice)["code"] == "decided"
        press = await officer(office, "press")
        for path in ("approval", "refusal"):
            answer = await office.client.post(f"{API}/{ids[2]}/{path}", json={}, headers=press)
            assert answer.status_code == 403
        assert len((await get(office, press))["items"]) == 1


async def get(office: Office, who: dict[str, str], **query: Any) -> Any:
    answer = await office.client.get(API, params=query, headers=who)
    assert answer.is_success, answer.text
    return answer.json()


async def post(office: Office, who: dict[str, str], request_id: int, path: str, **body: Any) -> Any:
    answer = await office.client.post(f"{API}/{request_id}/{path}", json=body, headers=who)
    assert answer.is_success, answer.text
    return answer.json()
