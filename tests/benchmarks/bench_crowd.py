"""Whether a crowd that texts at once is heard in full: each text once, and soon.

Run `python tests/benchmarks/bench_crowd.py`; prints one JSON line. A thousand different signed
webhooks and a hundred repeats of them come over a hundred connections at once, while SQLite
commits with synchronous FULL. `stored` must be 1,000, `refused` 0, and `p99_ms` at most 2,000.
"""

import asyncio
import json
import random
import sys
import time
from collections import deque
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import Connection, func, select

from app.store.database import Database
from app.store.inbound import inbound
from tests.benchmarks import ground
from tests.benchmarks.bench_hooks import answer, our_server, requests
from tests.standins.client import TwilioStandIn

TEXTS = 1_000
REPEATS = 100
CONNECTIONS = 100
SEED = 6


async def crowd(port: int, hooks: list[bytes]) -> tuple[list[float], int]:
    """How long each webhook waited for its answer in seconds, and how many were no 2xx."""
    left, spent, refused = deque(hooks), [], 0

    async def connection() -> None:
        nonlocal refused
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while left:
            hook = left.popleft()
            start = time.perf_counter()
            writer.write(hook)
            head = await answer(reader)
            spent.append(time.perf_counter() - start)
            refused += not head.startswith(b"HTTP/1.1 2")
        writer.close()

    await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))
    return sorted(spent), refused


def texts_in(conn: Connection) -> int:
    """How many texts are stored."""
    return int(conn.execute(select(func.count()).select_from(inbound)).scalar_one())


async def run() -> dict[str, object]:
    """One crowd."""
    hooks = requests(TEXTS, "c")
    again = random.Random(SEED).sample(hooks, REPEATS)  # noqa: S311 -- a draw that can be repeated
    async with (
        TwilioStandIn() as stand_in,
        our_server(stand_in, texts=0, pace="per_second = 1.0") as (port, url),
    ):
        spent, refused = await crowd(port, [*hooks, *again])
        async with Database(url) as database:
            stored = await database.read(texts_in)
    figures = {"stored": stored, "refused": refused, "p99_ms": spent[int(len(spent) * 0.99)] * 1000}
    return ground.rounded(figures)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run())))
