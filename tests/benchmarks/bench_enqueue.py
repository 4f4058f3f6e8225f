"""How fast an approved broadcast enters the outbox, beside a bare insert of the same rows.

Run `python tests/benchmarks/bench_enqueue.py [sqlite|postgresql]`; prints one JSON line.
`ratio` is rows a second of the approval (its fan-out included) over those of SQLAlchemy core's
`insert` of the same rows into the same table, 1,000 a commit, in alternating rounds.
`growth_mb` is how much more memory 100,000 rows take than 10,000.
"""

import asyncio
import gc
import json
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import psutil
from sqlalchemy import insert

from app.domain.broadcast import Kind
from app.services.approve_broadcast import Approver, approve_broadcast
from app.services.plan_broadcast import Draft, plan_broadcast
from app.store import outbox, routes
from app.store.database import Connection, Database
from tests.benchmarks import bench_dispatch, ground

FEW, MANY = 10_000, 100_000
ROUNDS = 3
AT_ONCE = 1_000


async def planned(database: Database, people: int) -> tuple[int, str, int]:
    """A plan for so many people; gives its id, its hash and who may approve it."""
    await ground.people_in(database, people)
    await database.write(routes.configure, [bench_dispatch.setting("twilio")])
    at = datetime.now(UTC)
    draft = Draft("all", {"en": "Kal ijlas hai, subah 10 baje."}, Kind.URGENT, "bench", None)
    plan = await plan_broadcast(database, draft, catalogue=ground.catalogue(), now=at)
    return plan.id, plan.hash, await ground.officer_in(database)


async def ours(kind: str, people: int) -> tuple[float, float]:
    """Rows a second of the approval, and the megabytes that it added to this process."""
    with ground.fresh_url(kind) as url:
        async with Database(url) as database:
            broadcast_id, shown, other = await planned(database, people)
            gc.collect()
            before = psutil.Process().memory_info().rss
            start = time.perf_counter()
            by = Approver("other", other, shown, at_once=True)
            await approve_broadcast(database, broadcast_id, by=by, now=datetime.now(UTC))
            spent = time.perf_counter() - start
            grown = (psutil.Process().memory_info().rss - before) / 2**20
            counts = await database.read(outbox.counts)
    assert counts["queued"] == people, counts
    return people / spent, grown


def put(conn: Connection, rows: Sequence[dict[str, object]]) -> None:
    """The bare limit: one executemany."""
    conn.execute(insert(outbox.outbox), rows)


async def bare(kind: str, people: int) -> float:
    """Rows a second of core inserts of the same rows."""
    with ground.fresh_url(kind) as url:
        async with Database(url) as database:
            broadcast_id, _, _ = await planned(database, people)
            at = datetime.now(UTC)
            start = time.perf_counter()
            for first in range(0, people, AT_ONCE):
                rows = [
                    {
                        "network_id": 1,
                        "address_id": n + 1,
                        "route_id": 1,
                        "broadcast_id": broadcast_id,
                        "dedupe_key": f"b{broadcast_id}:a{n + 1}",
                        "lane": 0,
                        "language": "en",
                        "segments": 1,
                        "price_micro": 0,
                        "currency": "USD",
                        "state": "queued",
                        "reason": "",
                        "due_at": at,
                        "created_at": at,
                        "updated_at": at,
                    }
                    for n in range(first, first + AT_ONCE)
                ]
                await database.write(put, rows)
            return people / (time.perf_counter() - start)


async def run(kind: str) -> dict[str, object]:
    """All rounds."""
    _, little = await ours(kind, FEW)
    theirs: list[float] = []
    mine: list[float] = []
    much = 0.0
    for _ in range(ROUNDS):
        theirs.append(await bare(kind, MANY))
        rate, grown = await ours(kind, MANY)
        mine.append(rate)
        much = max(much, grown)
    return ground.rounded(
        {
            "database": kind,
            "bare_rows_per_s": ground.median(theirs),
            "ours_rows_per_s": ground.median(mine),
            "ratio": ground.median([a / b for a, b in zip(mine, theirs, strict=True)]),
            "growth_mb": much - little,
        }
    )


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(sys.argv[1] if len(sys.argv) > 1 else "sqlite"))))
