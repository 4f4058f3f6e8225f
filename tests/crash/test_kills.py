"""kill -9 at random moments of a broadcast: every phone gets its text, none gets it twice."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.domain.errors import Busy
from app.domain.messages import State
from tests.crash.office import IN_FLIGHT, SEED, Office, approved, numbers, until
from tests.standins.client import TwilioStandIn

Start = Callable[[str], Awaitable[object]]
UNFINISHED = (State.QUEUED, State.SENDING, State.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Storm:
    """How many texts, how often somebody pulls the plug, and what is started again each time."""

    texts: int
    kills: int
    names: tuple[str, ...]
    start: Start


async def weather(office: Office, storm: Storm, seed: int) -> None:
    """Kill a sending process whenever so many texts have been accepted; start it again."""
    print(f"seed {seed}")
    chance = random.Random(seed)  # noqa: S311
    moments = sorted(chance.randrange(storm.texts * 2 // 3) for _ in range(storm.kills))
    await asyncio.gather(*(storm.start(name) for name in storm.names))
    for moment in moments:
        await office.has_sent(moment)
        await asyncio.sleep(chance.uniform(0.0, 0.1))
        assert len(office.accepted()) < storm.texts, "there is nothing left to cut off"
        name = chance.choice(storm.names)
        await office.kill(name)
        lost = await office.states()
        most = IN_FLIGHT * (len(storm.names) + len(office.killed) - 1)
        assert lost[State.SENDING] + lost[State.UNCERTAIN] <= most
        await storm.start(name)


async def is_over(office: Office) -> bool:
    """Whether nothing is queued, under way or in doubt; not while the database is away."""
    try:
        return not set(UNFINISHED) & set(await office.states())
    except Busy:
        return False


async def calm(office: Office, within_s: float) -> None:
    """Wait until nothing is queued, under way or in doubt."""
    try:
        await until(lambda: is_over(office), within_s=within_s)
    except TimeoutError:
        pytest.fail(f"it never ends: {await office.states()}\n{office.last_words()}")


async def each_got_it_once(office: Office, texts: int, words: str, blows: int = 1) -> None:
    """The stand-in's own ledger and our outbox say the same: nothing lost, nothing twice."""
    accepted = Counter((one["to"], one["body"]) for one in office.accepted())
    assert accepted == Counter({(number, words): 1 for number in numbers(texts)})
    assert await office.states() == {State.SENT: texts}
    assert max((await office.lost_answers()).values(), default=0) <= blows * IN_FLIGHT


def alone(office: Office, call_s: float = 2.0, lease_s: float = 5.0) -> Start:
    """Starts the dispatcher alone, with a lease of a few seconds."""

    async def start(name: str) -> None:
        told = (office.database_url, office.twilio.url, str(call_s), str(lease_s))
        await office.start(name, "-m", "tests.crash.dispatch", *told)

    return start


@pytest.fixture
def names(database_url: str) -> tuple[str, ...]:
    """One process on SQLite, two on PostgreSQL."""
    return ("one",) if database_url.startswith("sqlite") else ("one", "two")


@pytest.mark.parametrize(
    "database_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True
)
async def test_a_few_kills_lose_nothing_and_send_nothing_twice(
    database_url: str, names: tuple[str, ...], tmp_path: Path
) -> None:
    async with (
        TwilioStandIn(tmp_path / "ledger", delay_ms=150) as twilio,
        Office(tmp_path, database_url, twilio, per_second=40) as office,
    ):
        sent = await approved(office, 120)
        await weather(office, Storm(120, 2, names, alone(office)), SEED)
        await calm(office, 30)
        await each_got_it_once(office, 120, sent.words)


@pytest.mark.slow
async def test_twenty_kills_lose_nothing_and_send_nothing_twice(
    database_url: str, names: tuple[str, ...], tmp_path: Path
) -> None:
    # Where one process goes on while another starts, all would be sent before the last kill.
    per_second = 200 if len(names) == 1 else 35
    async with (
        TwilioStandIn(tmp_path / "ledger", delay_ms=20_000 / per_second) as twilio,
        Office(tmp_path, database_url, twilio, per_second=per_second) as office,
    ):
        sent = await approved(office, 1500)
        start = office.serve if office.is_sqlite else office.worker
        await weather(office, Storm(1500, 20, names, start), SEED)
        await calm(office, 180)
        await each_got_it_once(office, 1500, sent.words)


@pytest.mark.parametrize(
    "database_url", [pytest.param("sqlite", marks=pytest.mark.slow), "postgresql"], indirect=True
)
async def test_a_process_frozen_for_longer_than_its_lease_sends_nothing_twice(
    database_url: str, names: tuple[str, ...], tmp_path: Path
) -> None:
    async with (
        TwilioStandIn(tmp_path / "ledger", delay_ms=40) as twilio,
        Office(tmp_path, database_url, twilio) as office,
    ):
        sent = await approved(office, 200)
        start = alone(office, call_s=0.5, lease_s=1.5)
        for name in names:
            await start(name)
        for share in (40, 120):
            await office.has_sent(share)
            await office.freeze(names[0], 2.5)
        await calm(office, 30)
        await each_got_it_once(office, 200, sent.words, blows=4)
