"""A page that stands open in somebody's browser never keeps the server from ending."""

import signal
from pathlib import Path

import httpx

from tests.cli.command import Munadi

LIST = "name,phone,basis\nGul,0390 1234501,paper form\n"


def test_a_server_ends_at_once_although_a_page_listens(tmp_path: Path) -> None:
    munadi = Munadi(tmp_path / "data")
    munadi.ok("network", "create", "mirkhai", "--name", "LSON Mirkhai")
    made = munadi.ok("user", "add", "Gul", "--post", "press", "--json").value
    with munadi.serving() as (process, address), httpx.Client(base_url=address) as browser:
        keys = {"Authorization": f"Bearer {made['token']}"}
        (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
        munadi.ok("import", str(tmp_path / "list.csv"))
        draft = {"audience": "all", "texts": {"en": "Water stops at 5."}}
        plan = browser.post("/api/v1/broadcasts", json=draft, headers=keys).json()
        browser.post("/office/sign-in", data={"name": "Gul", "password": made["password"]})
        with browser.stream("GET", f"/office/broadcasts/{plan['id']}/events") as answer:
            assert answer.status_code == 200
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0
            assert "event: end" in answer.read().decode()
