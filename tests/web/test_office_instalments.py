"""Instalments in the office, over the API and for whom they are."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from app.main import Role
from tests.web.office import BOOT, NETWORK, Office, problem_of, running
from tests.web.test_office_today import shown
from tests.web.visitor import signed_in

PAGE, API = "/office/instalments", "/api/v1/instalments"
MARKUP = "<script>alert(1)"
PEOPLE = """name,sex,phone,basis
Nusrat Ansari,F,0364 1000001,paper form
Amina Bibi,F,0364 1000002,paper form
"""


@asynccontextmanager
async def lending(database_url: str, folder: Path, now: datetime) -> AsyncIterator[Office]:
    """An office with two people who may owe something."""
    role = Role(BOOT, sends=False, clock=lambda: now)
    async with running(database_url, folder, role=role) as office:
        await office.call("POST", "/api/v1/networks", json=NETWORK)
        await office.members(PEOPLE)
        yield office


async def test_the_finance_secretary_writes_down_takes_a_list_and_notes_what_was_paid(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with (
        lending(database_url, tmp_path, now) as office,
        signed_in(office, "Farida", "finance secretary") as farida,
        signed_in(office, "Hidayat", "general secretary") as hidayat,
    ):
        assert (await hidayat.get(PAGE)).status_code == 403
        assert "Nothing is written down yet" in await shown(farida, PAGE)
        one = {"who": "0364 1000001", "due": "3 Dec 2026", "label": MARKUP}
        assert (await farida.send(PAGE, **one)).status_code == 303
        raw = (await farida.get(PAGE)).text
        assert MARKUP not in raw
        assert "1 instalment is to be paid" in await shown(farida, PAGE)
        for wrong, said in (
            ({"label": "Rs 500"}, "looks like an amount"),
            ({"who": "x" * 500}, "Nobody is listed"),
            ({"due": "soon"}, "soon"),
            ({"due": ""}, "no day"),
        ):
            answer = await farida.send(PAGE, **{**one, "label": "seed", **wrong})
            assert (answer.status_code, said in answer.text) == (422, True), wrong
            assert all(f'<b class="bad" id="{name}-fault"' in answer.text for name in wrong), wrong
        rows = "name,phone,due,for\nAmina Bibi,,5 Dec 2026,seed\nNobody,,5 Dec,seed\n"
        taken = await farida.send(f"{PAGE}/list", rows=rows)
        assert "1 row is new" in taken.text
        assert "Nobody is listed as" in taken.text
        assert (await farida.send(f"{PAGE}/list", rows="")).status_code == 422
        ids = re.findall(rf'action="{PAGE}/(\d+)"', (await farida.get(PAGE)).text)
        assert len(ids) == 2
        assert (await farida.send(f"{PAGE}/{ids[0]}", do="paid")).status_code == 303
        assert "Paid on 21 November 2026" in await shown(farida, PAGE)
        for path, fields, status in (
            (ids[0], {"do": "unpaid"}, 303),
            (ids[0], {"do": "remove"}, 303),
            (ids[0], {"do": "remove"}, 404),
            (ids[1], {"do": "x"}, 422),
            ("9" * 30, {"do": "paid"}, 404),
            ("x", {"do": "paid"}, 404),
        ):
            answer = await farida.send(f"{PAGE}/{path}", **fields)
            assert answer.status_code == status, (path, fields)


async def test_a_finance_secretary_does_the_same_over_the_api_and_the_keeper_does_not(
    database_url: str, tmp_path: Path, now: Any
) -> None:
    async with lending(database_url, tmp_path, now) as office:
        told = await office.call(
            "POST", "/api/v1/accounts", json={"name": "Fazal", "post": "finance secretary"}
        )
        headers = {"Authorization": f"Bearer {told['token']}"}

        async def call(method: str, path: str, **body: Any) -> Any:
            return await office.client.request(method, API + path, headers=headers, **body)

        line = {"who": "Nusrat Ansari", "due": "2026-12-09", "label": "goat loan"}
        assert (await call("POST", "", json={**line, "who": "Amina Bibi"})).is_success
        made = (await call("POST", "", json=line)).json()["id"]
        assert (await call("POST", f"/{made}/paid", json={})).json() == {"id": made, "paid": True}
        listed = (await call("GET", "")).json()
        assert [(one["name"], one["paid_on"]) for one in listed["lines"]] == [
            ("Amina Bibi", None),
            ("Nusrat Ansari", "2026-11-21"),
        ]
        bad = await call("POST", "", json={**line, "label": "Rs 1,000"})
        assert problem_of(bad)["code"] == "label_amount"
        faults = (await call("POST", "/list", json={"text": "Zar,,3 Dec,goat"})).json()["faults"]
        assert [(one["row"], one["code"]) for one in faults] == [(1, "nobody")]
        assert (await call("POST", f"/{made}/removal", json={})).is_success
        assert (await call("POST", f"/{made}/removal", json={})).status_code == 404
        # The keeper looks after the machine, not after who owes what.
        assert (
            await office.client.get(API, headers={"Authorization": f"Bearer {BOOT}"})
        ).status_code == 403
