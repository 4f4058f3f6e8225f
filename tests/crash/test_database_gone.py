"""The database goes away in mid-run: answers that came back are kept until it takes them."""

import asyncio
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, func, select

from app.domain.messages import Mt, Sent, State
from app.services.dispatch_outbox import Patience
from app.store.database import sqlite_path
from app.store.migrate import upgrade
from app.store.outbox import attempt
from tests import postgres
from tests.crash.office import Office, approved, until
from tests.crash.test_kills import alone, calm, each_got_it_once
from tests.services import wires
from tests.standins.client import TwilioStandIn


@pytest.fixture(scope="module")
def durable_server() -> Iterator[postgres.Server]:
    """A PostgreSQL of its own that may be crashed and forgets nothing."""
    try:
        with postgres.running(durable=True) as server:
            yield server
    except postgres.Unavailable as reason:
        pytest.skip(f"without PostgreSQL: {reason}")


def crash_and_restart(server: postgres.Server) -> None:
    """Stop it without a word to anybody, as a failing machine would, and start it again."""
    told = ("-D", server.folder / "data", "-m", "immediate", "-w", "-l", server.folder / "log")
    subprocess.run(
        [server.binaries / "pg_ctl", *told, "restart"],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        **postgres._as_owner(server.folder),
    )


async def through_crashes(
    office: Office, server: postgres.Server, texts: int, at: list[int]
) -> None:
    """Crash the database whenever so many texts have been accepted."""
    for moment in at:
        await office.has_sent(moment)
        assert len(office.accepted()) < texts
        await asyncio.to_thread(crash_and_restart, server)


async def both_have_sent(office: Office) -> bool:
    """Whether two processes have begun to send."""
    return await office.database.read(workers) == 2


def workers(conn: Connection) -> int:
    """How many processes have made calls."""
    return int(conn.execute(select(func.count(func.distinct(attempt.c.worker)))).scalar_one())


@pytest.mark.slow
async def test_a_crash_of_postgresql_loses_nothing_and_sends_nothing_twice(
    durable_server: postgres.Server, tmp_path: Path
) -> None:
    async with AsyncExitStack() as stack:
        url = stack.enter_context(durable_server.database())
        upgrade(url)
        twilio = await stack.enter_async_context(TwilioStandIn(tmp_path / "ledger", delay_ms=200))
        office = await stack.enter_async_context(Office(tmp_path, url, twilio, per_second=60))
        sent = await approved(office, 300)
        for name in ("one", "two"):
            await alone(office)(name)
        await through_crashes(office, durable_server, 300, [60])
        await calm(office, 40)
        await each_got_it_once(office, 300, sent.words, blows=2)


@pytest.mark.slow
async def test_workers_go_on_through_three_crashes_of_postgresql(
    durable_server: postgres.Server, tmp_path: Path
) -> None:
    async with AsyncExitStack() as stack:
        url = stack.enter_context(durable_server.database())
        upgrade(url)
        twilio = await stack.enter_async_context(TwilioStandIn(tmp_path / "ledger", delay_ms=300))
        office = await stack.enter_async_context(Office(tmp_path, url, twilio, per_second=50))
        sent = await approved(office, 1000)
        for name in ("one", "two"):
            await office.worker(name)
        await until(lambda: both_have_sent(office))
        await through_crashes(office, durable_server, 1000, [100, 350, 700])
        await calm(office, 120)
        await each_got_it_once(office, 1000, sent.words, blows=4)
        assert office.killed == []
        assert [one.returncode for one in office.processes.values()] == [None, None]


@asynccontextmanager
async def nobody_else_may_write(url: str) -> AsyncIterator[None]:
    """Hold what every dispatcher needs in a transaction of a stranger."""
    path = sqlite_path(url)
    if path is not None:
        with closing(sqlite3.connect(path, isolation_level=None)) as stranger:
            stranger.execute("BEGIN IMMEDIATE")
            yield
            stranger.execute("ROLLBACK")
        return
    with psycopg.connect(url) as stranger:
        stranger.execute("LOCK TABLE outbox IN SHARE MODE")
        yield
        stranger.rollback()


async def test_answers_wait_for_a_busy_database_and_their_slots_with_them(
    database_url: str,
) -> None:
    gate = asyncio.Event()

    async def wait(mt: Mt) -> Sent:
        await gate.wait()
        return await wires.accept(mt)

    async with wires.opened(database_url) as office:
        await office.queue(40)
        wire = wires.ToldWire(wait)
        loop = asyncio.get_running_loop()
        async with wires.working(office, wire, patience=Patience(10, 30)):
            await until(lambda: len(wire.seen) == 4, within_s=10)
            async with nobody_else_may_write(database_url):
                gate.set()
                until_then = loop.time() + (0.5 if office.database.is_sqlite else 2.5)
                await until(lambda: loop.time() > until_then, within_s=10)
                assert len(wire.seen) == 4
                assert (await office.states()).count(State.SENDING) == 4
            await until(lambda: len(wire.seen) == 40, within_s=20)
        assert await office.states() == [State.SENT] * 40
        assert len({mt.text for mt in wire.seen}) == 40
