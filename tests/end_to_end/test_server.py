"""The server as a process of its own: found by commands, refused twice, killed, full, stopped."""

import asyncio
import json
import resource
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import psutil
import pytest

from tests.cli.command import Munadi
from tests.standins.client import TwilioStandIn
from tests.web.office import FAST, MEMBERS, NETWORK, PUBLIC_URL, inbound, problem_of, signed, until

STOPS_WITHIN_S = 10.0


def channels_file(folder: Path, twilio: TwilioStandIn, **more: object) -> str:
    """Write the wire to the stand-in as a keeper would; gives the file."""
    options = twilio.channel_options(**{**FAST, "poll_s": 0.0, **more})
    lines = [f"{key} = {json.dumps(value)}" for key, value in options.items()]
    path = folder / "channels.toml"
    path.write_text("\n".join(["[[channel]]", *lines]), encoding="utf-8")
    return str(path)


class Told(httpx.Client):
    """A client of the running server with the keeper's token, as a command is one."""

    def __init__(self, munadi: Munadi) -> None:
        told = json.loads(munadi.server_file.read_text())
        super().__init__(
            base_url=told["url"],
            headers={"Authorization": f"Bearer {told['token']}"},
            timeout=30.0,
            trust_env=False,
        )

    def tell(self, path: str, **request: Any) -> Any:
        answer = self.post(f"/api/v1/{path}", **request)
        assert answer.is_success, answer.text
        return answer.json()


def with_members(munadi: Munadi) -> None:
    """Set a network up."""
    with Told(munadi) as office:
        office.tell("networks", json=NETWORK)
        office.tell("imports", params={"name": "members.csv"}, content=MEMBERS.encode())


def send(munadi: Munadi, *, now: bool = False) -> int:
    """Plan and approve a text to everyone of the body; gives how many phones it is for."""
    with Told(munadi) as office:
        token = office.tell("accounts", json={"name": "Rehmat", "post": "president"})["token"]
        body = {"audience": "gb", "texts": {"en": "Water stops."}, "kind": "urgent"}
        plan = office.tell("broadcasts", json=body)
        yes = {"hash": plan["hash"], "now": now}
        by = {"Authorization": f"Bearer {token}"}
        office.tell(f"broadcasts/{plan['id']}/approval", json=yes, headers=by)
    return int(plan["addresses"])


TEXTS = ("KARWAI", "IJLAS", "KHABAR")
"""Three questions; the same words at once again would have one answer only."""


def post(address: str, sid: str, path: str = "/hooks/tw", text: str = "KARWAI") -> httpx.Response:
    """Bring a signed text to a running server."""
    request = signed(inbound("+923641000001", text, sid), path=path)
    request["url"] = address + path
    return httpx.post(**request, timeout=30.0, trust_env=False)


def ready(address: str) -> httpx.Response:
    return httpx.get(f"{address}/ready", timeout=30.0, trust_env=False)


async def test_a_server_is_found_by_commands_and_leaves_nothing_when_it_ends(
    database_url: str, tmp_path: Path
) -> None:
    async with TwilioStandIn(tmp_path / "ledger.jsonl", delay_ms=500) as twilio:
        more = {"MUNADI_DATABASE_URL": database_url, "MUNADI_PUBLIC_URL": PUBLIC_URL}
        munadi = Munadi(tmp_path / "data", more)
        munadi.folder.mkdir()
        more["MUNADI_CHANNELS"] = channels_file(tmp_path, twilio)
        with munadi.serving() as (process, address):
            told = json.loads(munadi.server_file.read_text())
            assert told["url"] == address
            assert munadi.server_file.stat().st_mode & 0o777 == 0o600
            listens = [one for one in psutil.Process(process.pid).net_connections("inet")
                       if one.status == psutil.CONN_LISTEN]  # fmt: skip
            assert {one.laddr.ip for one in listens} == {"127.0.0.1"}
            assert (await asyncio.to_thread(ready, address)).status_code == 200
            await asyncio.to_thread(with_members, munadi)
            phones = await asyncio.to_thread(lambda: send(munadi, now=True))

            async def is_under_way() -> bool:
                counts = await asyncio.to_thread(munadi.ok, "outbox", "--json")
                return bool(counts.value["sending"] or counts.value["sent"])

            await until(is_under_way, "the first call")
            process.send_signal(signal.SIGTERM)
            assert await asyncio.to_thread(process.wait, STOPS_WITHIN_S) == 0
        assert not munadi.server_file.exists()
        counts = (await asyncio.to_thread(munadi.ok, "outbox", "--json")).value
        assert counts["uncertain"] == counts["sending"] == 0
        assert counts["sent"] + counts["queued"] == phones
        assert len(await twilio.texts()) == counts["sent"]


@pytest.mark.slow
def test_two_servers_never_share_one_file_and_a_killed_one_leaves_nothing_stale(
    tmp_path: Path,
) -> None:
    munadi = Munadi(tmp_path / "data")
    with munadi.serving() as (process, _address):
        elsewhere = Munadi(
            tmp_path / "other", {"MUNADI_DATABASE_URL": f"sqlite:///{munadi.folder}/munadi.db"}
        )
        second = munadi.run("serve", "--port", "0")
        assert (second.code, second.out) == (1, "")
        assert second.err.startswith("munadi: Another Munadi uses the data in ")
        assert elsewhere.run("network", "create", "a", "--name", "b").code == 1
        process.kill()
        process.wait()
    assert munadi.server_file.exists()
    munadi.ok("network", "create", "mirkhai", "--name", "LSON Mirkhai")
    with munadi.serving() as (_process, address):
        assert httpx.get(f"{address}/health", trust_env=False).json() == {"status": "alive"}
        port = str(urlsplit(address).port)
        taken = Munadi(tmp_path / "third").run("serve", "--port", port)
        assert taken.code == 1
        assert taken.err.startswith(f"munadi: http://127.0.0.1:{port} cannot be used")


def served(folder: Path) -> Munadi:
    """An office whose wire leads nowhere, for what comes in."""
    folder.mkdir()
    options = TwilioStandIn().channel_options(base_url="http://127.0.0.1:9", poll_s=0.0)
    lines = [f"{key} = {json.dumps(value)}" for key, value in options.items()]
    (folder / "channels.toml").write_text("\n".join(["[[channel]]", *lines]))
    more = {
        "MUNADI_PUBLIC_URL": PUBLIC_URL,
        "MUNADI_CHANNELS": str(folder / "channels.toml"),
        "MUNADI_DATABASE_URL": f"sqlite:///{folder}/munadi.db",
    }
    return Munadi(folder, more)


def stored(munadi: Munadi) -> int:
    with closing(sqlite3.connect(munadi.folder / "munadi.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM inbound").fetchone()[0])


@pytest.mark.slow
def test_a_locked_database_answers_503_and_takes_the_same_webhook_afterwards(
    tmp_path: Path,
) -> None:
    munadi = served(tmp_path / "data")
    with munadi.serving() as (_process, address):
        with_members(munadi)
        with closing(sqlite3.connect(munadi.folder / "munadi.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            refused = post(address, "SM1")
            assert problem_of(refused)["status"] == 503
            assert int(refused.headers["retry-after"]) > 0
            other.execute("ROLLBACK")
        assert stored(munadi) == 0
        assert post(address, "SM1").status_code == 200
        assert stored(munadi) == 1


@pytest.mark.slow
async def test_a_full_disk_costs_no_text_and_no_false_yes(tmp_path: Path) -> None:
    """The limit on the size of files makes every write fail, for root too, and can be lifted."""
    async with TwilioStandIn(tmp_path / "ledger.jsonl") as twilio:
        munadi = served(tmp_path / "data")
        channels_file(munadi.folder, twilio)
        with munadi.serving() as (process, address):
            await asyncio.to_thread(with_members, munadi)
            phones = await asyncio.to_thread(send, munadi)
            before = resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, -1))
            with closing(sqlite3.connect(munadi.folder / "munadi.db")) as other:
                other.execute("UPDATE outbox SET due_at = created_at")
                other.commit()
            for n, text in enumerate(TEXTS):
                answer = await asyncio.to_thread(post, address, f"SM{n}", text=text)
                assert problem_of(answer)["status"] == 503
            assert (await asyncio.to_thread(ready, address)).status_code == 503
            told = await asyncio.to_thread(munadi.run, "network", "create", "b", "--name", "b")
            assert told.code == 1
            assert (await twilio.control())["sends"] == 0
            assert await asyncio.to_thread(stored, munadi) == 0

            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, before)
            for n, text in enumerate(TEXTS):
                answer = await asyncio.to_thread(post, address, f"SM{n}", text=text)
                assert answer.status_code == 200

            async def all_sent() -> bool:
                return (await twilio.control())["accepted"] == phones + len(TEXTS)

            await until(all_sent, "the broadcast and three replies")
            assert process.poll() is None
        counts = (await asyncio.to_thread(munadi.ok, "outbox", "--json")).value
        assert counts["uncertain"] == 0


def test_a_reader_that_goes_away_ends_a_command_quietly(tmp_path: Path) -> None:
    command = Munadi(tmp_path / "data")
    line = f'{{"text": "{"x" * 1000}"}}\n'
    done = subprocess.run(
        ["sh", "-c", '"$0" -P -m app.cli segments | head -n 1', sys.executable],
        input=line * 2000,
        capture_output=True,
        text=True,
        cwd="/",
        env=command.environment(),
        timeout=60,
        check=False,
    )
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_worker_refuses_sqlite(tmp_path: Path) -> None:
    done = Munadi(tmp_path / "data").run("worker")
    assert (done.code, done.out) == (1, "")
    assert done.err == "munadi: A worker needs PostgreSQL: on SQLite `serve` does its work.\n"
