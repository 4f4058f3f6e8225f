"""How much two workers on PostgreSQL send beside one.

Run `python tests/benchmarks/bench_workers.py [TEXTS]`; prints one JSON line. Each worker is a
process of its own with 50 calls in flight; PostgreSQL runs with fsync on; the stand-in answers
after 20 ms. Rounds alternate; the ratio is the median of rounds.
"""

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.store import outbox
from app.store.database import Database
from tests.benchmarks import bench_dispatch, ground
from tests.standins.client import TwilioStandIn

ROUNDS = 3


async def worker(url: str, base_url: str, route_id: int) -> Process:
    """A worker process that is ready and waits for its start signal on standard input."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, __file__, "worker", url, base_url, str(route_id)),
        stdin=PIPE,
        stdout=PIPE,
    )
    assert process.stdout is not None
    await process.stdout.readline()
    return process


async def seconds(texts: int, workers: int) -> float:
    """Texts a second of so many workers together."""
    with ground.fresh_url("postgresql") as url:
        async with TwilioStandIn(delay_ms=bench_dispatch.DELAY_MS) as stand_in:
            async with Database(url) as database:
                setting = bench_dispatch.setting("twilio")
                route_id = await bench_dispatch.ready(database, texts, setting)
            team = [await worker(url, stand_in.url, route_id) for _ in range(workers)]
            start = time.perf_counter()
            await asyncio.gather(*(one.communicate(b"go\n") for one in team))
            spent = time.perf_counter() - start
            async with Database(url) as database:
                counts = await database.read(outbox.counts)
    assert counts["sent"] == texts, counts
    return texts / spent


async def run(texts: int) -> dict[str, object]:
    """All rounds."""
    one: list[float] = []
    two: list[float] = []
    for _ in range(ROUNDS):
        one.append(await seconds(texts, 1))
        two.append(await seconds(texts, 2))
    ratios = [both / alone for both, alone in zip(two, one, strict=True)]
    return ground.rounded(
        {
            "texts": texts,
            "one_per_s": ground.median(one),
            "two_per_s": ground.median(two),
            "ratio": ground.median(ratios),
        }
    )


def be_worker(url: str, base_url: str, route_id: str) -> None:
    """Say that it is ready, wait for the word, send all."""
    print("ready", flush=True)
    sys.stdin.readline()
    asyncio.run(bench_dispatch.send(url, base_url, int(route_id)))


def main(arguments: Sequence[str]) -> None:
    """Print one line."""
    if arguments and arguments[0] == "worker":
        be_worker(*arguments[1:])
        return
    print(json.dumps(asyncio.run(run(int(arguments[0]) if arguments else 5_000))))


if __name__ == "__main__":
    main(sys.argv[1:])
