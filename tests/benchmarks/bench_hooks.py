"""How fast signed keyword webhooks are answered with their reply committed, beside a bare program.

Run `python tests/benchmarks/bench_hooks.py [HOOKS]`; prints one JSON line. SQLite runs with
synchronous FULL on both sides. `ratio` is ours over `bare_hook.py` when saturated by 64
connections (median of alternating rounds). `p99_ms` is our slowest hundredth at an even
200 webhooks a second while a broadcast runs at full speed with 50 calls in flight.
"""

import asyncio
import contextlib
import json
import os
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE
from collections import deque
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[2]))

from twilio.request_validator import RequestValidator

from app.services.call_meeting import NewMeeting, call_meeting
from app.services.publish_minutes import MinutesDraft, publish_minutes
from app.store import migrate
from app.store.database import Database
from app.store.routes import RouteSetting
from tests.benchmarks import bench_dispatch, ground
from tests.standins.client import AUTH_TOKEN, SENDER, TwilioStandIn

ROOT = Path(__file__).parents[2]
PUBLIC = "https://office.example.org"
CONNECTIONS = 64
MEMBERS = 2_000
RATE = 200
SECONDS = 10
ROUNDS = 3
WORDS = ("KARWAI", "1", "minits", "2", "faisla", "help")
IN_FLIGHT = 50


def requests(number: int, mark: str) -> list[bytes]:
    """Signed webhooks, ready for the wire."""
    validator, found = RequestValidator(AUTH_TOKEN), []
    for n in range(number):
        form = {
            "MessageSid": f"SM{mark}{n:028d}",
            "From": f"+92364{n % MEMBERS + 1:07d}",
            "To": SENDER,
            "SmsStatus": "received",
            "Body": WORDS[n % len(WORDS)],
        }
        signature = validator.compute_signature(f"{PUBLIC}/hooks/tw", form)
        body = urlencode(form).encode()
        head = (
            f"POST /hooks/tw HTTP/1.1\r\nHost: localhost\r\nX-Twilio-Signature: {signature}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        found.append(head.encode() + body)
    return found


async def answer(reader: asyncio.StreamReader) -> bytes:
    """The status line of one answer, read to its end."""
    head = await reader.readuntil(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            await reader.readexactly(int(line[15:]))
    return head


async def saturate(port: int, hooks: Sequence[bytes]) -> float:
    """Webhooks answered a second over many connections, each as fast as it is answered."""
    left = iter(hooks)

    async def connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for hook in left:
            writer.write(hook)
            head = await answer(reader)
            assert head.startswith(b"HTTP/1.1 2"), head
        writer.close()

    start = time.perf_counter()
    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    return len(hooks) / (time.perf_counter() - start)


async def evenly(port: int, hooks: Sequence[bytes]) -> list[float]:
    """How long each of an even stream of webhooks waited for its answer, in seconds."""
    loop, spent = asyncio.get_running_loop(), []
    free: deque[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = deque()
    start = loop.time()

    async def send(hook: bytes, due: float) -> None:
        pair = free.popleft() if free else await asyncio.open_connection("127.0.0.1", port)
        pair[1].write(hook)
        head = await answer(pair[0])
        assert head.startswith(b"HTTP/1.1 2"), head
        spent.append(loop.time() - due)
        free.append(pair)

    under_way = []
    for n, hook in enumerate(hooks):
        due = start + n / RATE
        await asyncio.sleep(max(due - loop.time(), 0))
        under_way.append(asyncio.create_task(send(hook, due)))
    await asyncio.gather(*under_way)
    return spent


@contextlib.asynccontextmanager
async def bare_server() -> AsyncIterator[int]:
    """The bare program; gives its port."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(__file__).with_name("bare_hook.py")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, script, f"{folder}/bare.db", PUBLIC, AUTH_TOKEN), stdout=PIPE
        )
        assert process.stdout is not None
        try:
            yield int(await process.stdout.readline())
        finally:
            process.kill()
            await process.communicate()


@contextlib.asynccontextmanager
async def our_server(
    stand_in: TwilioStandIn, *, texts: int, pace: str
) -> AsyncIterator[tuple[int, str]]:
    """The product as it is served, with members, minutes and `texts` due: its port and database."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/munadi.db"
        migrate.upgrade(url)
        async with Database(url) as database:
            await fill(database, texts)
        wire = {**stand_in.channel_options(), "poll_s": 0}
        lines = [f"{key} = {json.dumps(value)}" for key, value in wire.items()]
        channels = write(folder, ["[[channel]]", *lines, f"in_flight = {IN_FLIGHT}", pace])
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
            line = await process.stdout.readline()
            yield int(line.decode().strip().rsplit(":", 1)[1]), url
        finally:
            process.kill()
            await process.communicate()


def write(folder: str, lines: Sequence[str]) -> str:
    """The path of the wires' configuration."""
    path = Path(folder, "channels.toml")
    path.write_text("\n".join(lines))
    return str(path)


async def fill(database: Database, texts: int) -> None:
    """Members, published minutes, a meeting to come; and a broadcast of `texts` if any."""
    reaches = frozenset({"test"})
    setting = RouteSetting("tw", "twilio", reaches, 0, "USD", IN_FLIGHT, 0, 1, 0, 0, 0)
    if texts:
        await bench_dispatch.ready(database, texts, setting)
    else:
        await ground.people_in(database, MEMBERS)
    when = datetime(2026, 11, 1, 5, 0, tzinfo=UTC)
    for no, at in ((14, when), (15, datetime(2030, 1, 1, tzinfo=UTC))):
        new = NewMeeting("EC", no, str(no), at, venue={"en": "LSO Roshni"})
        await call_meeting(database, "bench", new, by="bench", now=when)
    summary = "Minutes 14, EC 1 Nov, 11 present. 1 Road letter to DC: President 2 School list"
    draft = MinutesDraft("EC", "14", 11, 4, {"en": summary})
    await publish_minutes(database, "bench", draft, by="bench", now=when)


async def run(number: int) -> dict[str, object]:
    """All rounds."""
    bare: list[float] = []
    ours: list[float] = []
    async with TwilioStandIn() as stand_in:
        for _ in range(ROUNDS):
            async with bare_server() as port:
                await saturate(port, requests(200, "w"))
                bare.append(await saturate(port, requests(number, "b")))
            async with our_server(stand_in, texts=0, pace="per_second = 1.0") as (port, _):
                await saturate(port, requests(200, "w"))
                ours.append(await saturate(port, requests(number, "o")))
    async with (
        TwilioStandIn(delay_ms=20) as stand_in,
        our_server(stand_in, texts=30_000, pace="per_second = 100000.0\nburst = 1000") as (port, _),
    ):
        spent = sorted(await evenly(port, requests(RATE * SECONDS, "e")))
        sent = len(await stand_in.texts())
    ratios = [a / b for a, b in zip(ours, bare, strict=True)]
    return ground.rounded(
        {
            "bare_per_s": ground.median(bare),
            "ours_per_s": ground.median(ours),
            "ratio": ground.median(ratios),
            "p50_ms": statistics.median(spent) * 1000,
            "p99_ms": spent[int(len(spent) * 0.99)] * 1000,
            "broadcast_per_s_meanwhile": sent / SECONDS,
        }
    )


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))))
