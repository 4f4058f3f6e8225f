"""An office in processes of its own that can be killed at any moment, and what it left behind."""

import asyncio
import csv
import inspect
import io
import json
import os
import random
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
from sqlalchemy import Connection, func, insert, select

from app.catalogue import Catalogue
from app.domain.broadcast import Kind
from app.services.add_account import NewAccount, add_account
from app.services.approve_broadcast import Approver, approve_broadcast
from app.services.create_network import NewNetwork, create_network
from app.services.plan_broadcast import Draft, plan_broadcast
from app.services.price_plan import Plan
from app.store import routes
from app.store.addresses import add_addresses, address
from app.store.database import Database
from app.store.outbox import attempt, outbox
from app.store.people import person, person_address
from app.store.routes import RouteSetting
from tests.standins.client import TwilioStandIn

ROOT = Path(__file__).resolve().parents[2]
MESSAGE_TEMPLATES = ROOT / "message_templates"
READY_S = 60.0
TWINKLE_S = 0.005
IN_FLIGHT = 20
SEED = int(os.environ.get("MUNADI_TEST_SEED") or random.randrange(1_000_000))  # noqa: S311
"""Decides the moments of a run; printed with a failure, and taken again when it is given."""
NOW = partial(datetime.now, UTC)
PUBLIC_URL = "https://office.example"
WORDS = "Flood water is near: go up to the school."


def numbers(count: int) -> list[str]:
    """So many test numbers, which no member can have."""
    return [f"+92364{n:07d}" for n in range(1, count + 1)]


def contact_list(count: int) -> bytes:
    """A file of contacts with as many test numbers."""
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(["name", "phone"])
    writer.writerows((f"Member {n}", number) for n, number in enumerate(numbers(count), 1))
    return rows.getvalue().encode()


async def until(is_so: Callable[[], Any], *, within_s: float = 30.0) -> Any:
    """Wait for it, looking again and again; gives what made it so."""
    async with asyncio.timeout(within_s):
        while True:
            found = is_so()
            if found := await found if inspect.isawaitable(found) else found:
                return found
            await asyncio.sleep(TWINKLE_S)


@dataclass
class Office:
    """One data folder, one database, one wire to a stand-in, and the processes at work on them."""

    folder: Path
    database_url: str
    twilio: TwilioStandIn
    per_second: float = 200.0
    processes: dict[str, Process] = field(default_factory=dict)
    killed: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.database = Database(self.database_url)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for name in list(self.processes):
            await self.kill(name)
        await self.database.close()

    @property
    def is_sqlite(self) -> bool:
        return self.database.is_sqlite

    def environment(self) -> dict[str, str]:
        """The settings of the office, in a file and in the environment, as a keeper gives them."""
        wire = self.twilio.channel_options(
            in_flight=IN_FLIGHT,
            per_second=self.per_second,
            burst=IN_FLIGHT,
            lookup_after_s=1.0,
            timeout_s=10.0,
            poll_s=2.0,
        )
        lines = [f"{key} = {json.dumps(value)}" for key, value in wire.items()]
        channels = self.folder / "channels.toml"
        channels.write_text("[[channel]]\n" + "\n".join(lines) + "\n", encoding="utf-8")
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "MUNADI_DATA_DIR": str(self.folder),
            "MUNADI_DATABASE_URL": self.database_url,
            "MUNADI_CHANNELS": str(channels),
            "MUNADI_PUBLIC_URL": PUBLIC_URL,
        }

    async def command(self, *words: str, token: str = "") -> Process:
        """Start one command of the command line; the caller waits for it, or kills it."""
        environment = self.environment() | ({"MUNADI_TOKEN": token} if token else {})
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "app.cli", *words,
            env=environment, cwd=ROOT, stdin=DEVNULL, stdout=PIPE, stderr=PIPE,
        )  # fmt: skip

    async def run(self, *words: str, token: str = "") -> Any:
        """Run a command that answers with one line of JSON, and give that answer."""
        process = await self.command(*words, token=token)
        told, complaint = await process.communicate()
        assert process.returncode == 0, complaint.decode()[-2000:]
        return json.loads(told.splitlines()[-1])

    async def start(self, name: str, *words: str) -> Process:
        """Start a process of the office under a name and wait until it says that it is there."""
        log = (self.folder / f"{name}.log").open("ab")
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, *words,
                env=self.environment(), cwd=ROOT, stdin=DEVNULL, stdout=PIPE, stderr=log,
            )  # fmt: skip
        finally:
            log.close()
        self.processes[name] = process
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), READY_S)
        assert line, self.last_words()
        return process

    async def serve(self, name: str = "server") -> str:
        """Start `serve` and give its address once it answers."""
        await self.start(name, "-m", "app.cli", "serve", "--port", "0")
        url = json.loads((self.folder / "server.json").read_text())["url"]
        async with httpx.AsyncClient(trust_env=False) as client:
            await until(lambda: _answers(client, url), within_s=READY_S)
        return str(url)

    async def worker(self, name: str) -> None:
        """Start `worker` under a name."""
        await self.start(name, "-m", "app.cli", "worker")

    async def kill(self, name: str) -> None:
        """kill -9, and read the last of its pipes."""
        process = self.processes.pop(name)
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
            self.killed.append(process.pid)
        await process.communicate()

    def last_words(self) -> str:
        """The end of what its processes wrote down."""
        return "\n".join(log.read_text()[-2000:] for log in self.folder.glob("*.log"))

    async def freeze(self, name: str, for_s: float) -> None:
        """Stop a process in the middle of whatever it does, and let it go on later."""
        process = self.processes[name]
        process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(for_s)
        process.send_signal(signal.SIGCONT)

    async def has_sent(self, many: int) -> None:
        """Wait until the stand-in has taken so many texts; says what stands in the way."""
        try:
            await until(lambda: len(self.accepted()) >= many, within_s=60)
        except TimeoutError:
            told = f"{await self.states()} {await self.database.read(routes.every)}"
            raise AssertionError(f"the sending stands still: {told}\n{self.last_words()}") from None

    def accepted(self) -> list[dict[str, Any]]:
        """What the stand-in has taken from us so far, from its file."""
        ledger = self.twilio.ledger
        assert ledger is not None
        lines = ledger.read_bytes().split(b"\n")[:-1] if ledger.exists() else []
        found = (json.loads(line) for line in lines)
        return [one for one in found if one["direction"] != "inbound"]

    async def states(self, **only: Any) -> Mapping[str, int]:
        """How many texts stand in each state."""
        return await self.database.read(_states, only)

    async def lost_answers(self) -> Mapping[str, int]:
        """How many calls of each process never came to an end that it wrote down."""
        return await self.database.read(_lost_answers)


async def _answers(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(f"{url}/ready")).is_success
    except httpx.HTTPError:
        return False


def _states(conn: Connection, only: Mapping[str, Any]) -> Mapping[str, int]:
    conditions = [outbox.c[name] == value for name, value in only.items()]
    rows = conn.execute(
        select(outbox.c.state, func.count()).where(*conditions).group_by(outbox.c.state)
    )
    return Counter({row[0]: row[1] for row in rows})


def _lost_answers(conn: Connection) -> Mapping[str, int]:
    rows = conn.execute(
        select(attempt.c.worker, func.count())
        .where(attempt.c.outcome.in_(("", "found", "not accepted")))
        .group_by(attempt.c.worker)
    )
    return {row[0]: row[1] for row in rows}


@dataclass(frozen=True, slots=True)
class Approved:
    """A broadcast on its way: its id and the words that its phones get."""

    id: int
    words: str
    tokens: tuple[str, str]


def _crowd(conn: Connection, count: int, now: datetime) -> None:
    """So many consenting people with a test number each, network 1; faster than an import."""
    ids = range(1, count + 1)
    rows = [{"id": n, "network_id": 1, "name": f"Member {n}"} for n in ids]
    conn.execute(insert(person), rows)
    add_addresses(
        conn,
        [
            {
                "network_id": 1,
                "msisdn": number,
                "reach": "test",
                "standing": "active",
                "created_at": now,
            }
            for number in numbers(count)
        ],
    )
    found = conn.execute(select(address.c.id).order_by(address.c.msisdn)).scalars()
    links = [{"person_id": n, "address_id": one} for n, one in zip(ids, found, strict=True)]
    conn.execute(insert(person_address), links)


async def people(database: Database, count: int) -> tuple[str, str]:
    """A network of so many test numbers and two officers; gives the officers' tokens."""
    now = NOW()
    await create_network(database, NewNetwork(slug="mirkhai", name="Mirkhai"), by="t", now=now)
    first = await add_account(database, NewAccount("Sajida", "press"), now=now)
    second = await add_account(database, NewAccount("Rehmat", "president"), now=now)
    if count:
        await database.write(_crowd, count, now)
    return first.token, second.token


async def planned(office: Office, count: int) -> tuple[Plan, tuple[str, str]]:
    """An urgent broadcast to so many test numbers that waits for its approval; and the tokens."""
    tokens = await people(office.database, count)
    await office.database.write(routes.configure, [_route(office)])
    draft = Draft("all", {"en": WORDS}, Kind.URGENT, "Sajida", 1)
    plan = await plan_broadcast(
        office.database, draft, catalogue=Catalogue.load(MESSAGE_TEMPLATES), now=NOW()
    )
    return plan, tokens


async def approved(office: Office, count: int) -> Approved:
    """The same, approved and in the outbox."""
    plan, tokens = await planned(office, count)
    by = Approver("Rehmat", 2, plan.hash, at_once=True)
    put = await approve_broadcast(office.database, plan.id, by=by, now=NOW())
    assert put == count
    return Approved(plan.id, plan.texts[0].body, tokens)


def _route(office: Office) -> RouteSetting:
    return RouteSetting(
        name="tw",
        kind="twilio",
        reaches=frozenset({"real", "test"}),
        price_micro=0,
        currency="USD",
        in_flight=IN_FLIGHT,
        interval_us=round(1_000_000 / office.per_second),
        burst=IN_FLIGHT,
        per_window=0,
        window_us=0,
        per_day=0,
    )
