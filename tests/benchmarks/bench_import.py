"""How long a list takes to come in, how much memory, and what a hook waits meanwhile.

Run `python tests/benchmarks/bench_import.py [ROWS]`; prints one JSON line. A real server on SQLite
(synchronous FULL) gets the list over its API, with signed hooks all the while. `seconds` from the
request to the last byte of the answer, `cpu_seconds` the server's own, `peak_mb` its largest
resident size, `hook_max_ms` the longest wait of a hook, `ratio` our time over that of a bare
program which inserts the same people, numbers and links with executemany.
"""

import asyncio
import contextlib
import csv
import io
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import httpx

from app.domain.names import name_key
from app.services.create_network import NewNetwork, create_network
from app.store import migrate, units
from app.store.database import Database
from tests.benchmarks import ground
from tests.benchmarks.bench_hooks import PUBLIC, ROOT, requests, write
from tests.standins.client import TwilioStandIn

WORDS = (
    "Zarmina Gul Bibi Nusrat Rehmat Sher Aziz Sajida Mumtaz Hidayat Shireen Rukhsana",
    "Rukh Naz Wali Jan Pari Khan Noor Bano Shah Mah Taj Sahar",
    "Wafa Ansari Nawab Darwesh Parveen Sahar Gul Afridi Marwat Khattak Yousaf Hunzai",
)
COS = 1_074
HOOK_EVERY_S = 0.1
MOST_HOOKS = 3_000


def contact_list(rows: int) -> bytes:
    """A list as a district has it, with test numbers that nobody can have."""
    chance = random.Random(1)  # noqa: S311
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["Name", "Sex", "CO", "Post", "Mobile No", "Language"])
    for n in range(rows):
        name = " ".join(chance.choice(some.split()) for some in WORDS)
        post = {0: "President", 1: "Manager"}.get(n // COS, "Member")
        number = f"0364{n + 1:07d}"
        writer.writerow([name, chance.choice("fm"), f"Tanzeem {n % COS}", post, number, "Urdu"])
    return text.getvalue().encode()


def bare_seconds(content: bytes) -> float:
    """The same people, numbers and links, inserted with executemany."""
    start = time.perf_counter()
    rows = list(csv.reader(io.StringIO(content.decode())))[1:]
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        connection = sqlite3.connect(f"{folder}/bare.db")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE person (id INTEGER PRIMARY KEY, name, key, sex, lang)")
        connection.execute("CREATE TABLE address (id INTEGER PRIMARY KEY, number UNIQUE)")
        connection.execute("CREATE TABLE link (person, address, PRIMARY KEY (person, address))")
        people = [
            (n, row[0], name_key(row[0]), row[1], row[5]) for n, row in enumerate(rows, start=1)
        ]
        connection.executemany("INSERT INTO person VALUES (?, ?, ?, ?, ?)", people)
        numbers = [(n, row[4]) for n, row in enumerate(rows, start=1)]
        connection.executemany("INSERT INTO address VALUES (?, ?)", numbers)
        connection.executemany("INSERT INTO link VALUES (?, ?)", [(n, n) for n, _ in numbers])
        connection.commit()
        connection.close()
    return time.perf_counter() - start


@contextlib.asynccontextmanager
async def server(stand_in: TwilioStandIn) -> AsyncIterator[tuple[Process, str, str]]:
    """The product as it is served; gives its process, address and token."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
        url = f"sqlite:///{folder}/munadi.db"
        migrate.upgrade(url)
        async with Database(url) as database:
            new = NewNetwork(slug="bench", name="Bench", short_names={"en": "Bench"})
            network_id = await create_network(database, new, by="bench", now=ground.now())
            rows = [
                {"network_id": network_id, "kind": "CO", "name": f"Tanzeem {n}"} for n in range(COS)
            ]
            await database.write(units.add_many, rows)
        wire = {**stand_in.channel_options(), "poll_s": 0}
        lines = ["[[channel]]", *(f"{key} = {json.dumps(value)}" for key, value in wire.items())]
        channels = write(folder, lines)
        environ = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "MUNADI_DATA_DIR": folder,
            "MUNADI_CHANNELS": channels,
            "MUNADI_PUBLIC_URL": PUBLIC,
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app.cli", "serve", "--port", "0"),
            env=environ,
            stdout=PIPE,
            stderr=DEVNULL,
        )
        assert process.stdout is not None
        try:
            await process.stdout.readline()
            yield process, *reached(folder)
        finally:
            process.kill()
            await process.communicate()


def reached(folder: str) -> tuple[str, str]:
    """Where the server of a data folder answers, and its token."""
    found = json.loads(Path(folder, "server.json").read_text())
    return found["url"], found["token"]


def peak_mb(pid: int) -> float:
    """The largest resident size of a process so far."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this system tells no peak of memory")


def cpu_seconds(pid: int) -> float:
    """The processor time that a process has used, which a busy computer does not lengthen."""
    spent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(map(int, spent)) / os.sysconf("SC_CLK_TCK")


async def hooks(url: str, waits: list[float]) -> None:
    """Post one signed hook after the other, each on its own connection, until cancelled."""
    host, _, port = url.removeprefix("http://").partition(":")
    for hook in requests(MOST_HOOKS, "i"):
        start = time.perf_counter()
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(hook)
        head = await reader.readuntil(b"\r\n")
        assert head.startswith(b"HTTP/1.1 2"), head
        waits.append(time.perf_counter() - start)
        writer.close()
        await asyncio.sleep(HOOK_EVERY_S)


async def run(rows: int) -> dict[str, object]:
    """One import with hooks meanwhile, beside the bare program."""
    content = contact_list(rows)
    bare = min(bare_seconds(content) for _ in range(3))
    waits: list[float] = []
    async with TwilioStandIn() as stand_in, server(stand_in) as (process, url, token):
        before, cpu_before = peak_mb(process.pid), cpu_seconds(process.pid)
        hooking = asyncio.create_task(hooks(url, waits))
        async with httpx.AsyncClient(timeout=600, trust_env=False) as client:
            start = time.perf_counter()
            answer = await client.post(
                f"{url}/api/v1/imports",
                params={"name": "list.csv", "basis": "signed list"},
                content=content,
                headers={"Authorization": f"Bearer {token}"},
            )
            seconds = time.perf_counter() - start
        hooking.cancel()
        await asyncio.gather(hooking, return_exceptions=True)
        peak, cpu = peak_mb(process.pid), cpu_seconds(process.pid) - cpu_before
    told = answer.json()
    return ground.rounded(
        {
            "rows": rows,
            "totals": told["totals"],
            "seconds": seconds,
            "cpu_seconds": cpu,
            "bare_seconds": bare,
            "ratio": seconds / bare,
            "before_mb": before,
            "peak_mb": peak,
            "hooks": len(waits),
            "hook_p50_ms": ground.median(waits) * 1000,
            "hook_max_ms": max(waits) * 1000,
        }
    )


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))))
