"""How long ten thousand due reminders of one meeting take to plan, and the longest transaction.

Run `python tests/benchmarks/bench_reminders.py [sqlite|postgresql]`; prints one JSON line.
`plan_s` is from nothing claimed to all of them approved, `all_s` until they stand in the outbox.
`ratio` is `plan_s` over SQLAlchemy core's `insert` of as many rows into the same two tables,
1,000 a commit, in alternating rounds. `move_ms` is the change of that meeting's day with all of
its texts still waiting: the longest transaction of it.
"""

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import insert, select

from app.services._stage_notice import CHUNK, Making, stage_chunk
from app.services.approve_broadcast import fan_out_broadcast
from app.services.call_meeting import NewMeeting, call_meeting
from app.services.change_meeting import MeetingChange, change_meeting
from app.services.plan_reminders import plan_reminders
from app.services.remind_meetings import make_notices
from app.store import networks, notice_walk, outbox, routes
from app.store.broadcasts import broadcast, recipient
from app.store.database import Connection, Database
from app.store.notices import meeting_notice, meeting_reminder
from app.store.people import person
from app.store.seats import seat
from tests.benchmarks import bench_dispatch, ground

MANY = 10_000
ROUNDS = 3
MEETS = ground.NOON + timedelta(days=15)


class Timed(Database):
    """A database that remembers its longest transaction."""

    longest_s = 0.0

    async def write(self, work: Any, *args: Any) -> Any:
        """Do it and look at the clock."""
        begun = time.perf_counter()
        done = await super().write(work, *args)
        self.longest_s = max(self.longest_s, time.perf_counter() - begun)
        return done


def seat_all(conn: Connection) -> None:
    """Give everybody a seat in the general body."""
    ids = conn.execute(select(person.c.id)).scalars().all()
    conn.execute(insert(seat), [{"network_id": 1, "person_id": n, "body": "GB"} for n in ids])


async def full_house(database: Database) -> int:
    """A meeting of so many people; gives its id."""
    await ground.people_in(database, MANY)
    await database.write(routes.configure, [bench_dispatch.setting("twilio")])
    await database.write(seat_all)
    (network,) = await database.read(networks.every)
    new = NewMeeting("GB", 1, "1", MEETS, {"en": "LSO Roshni, Shahi"})
    return await call_meeting(database, network.slug, new, by="bench", now=ground.NOON)


async def ours(kind: str) -> dict[str, float]:
    """One round: plan, fan out, move."""
    with ground.fresh_url(kind) as url:
        async with Timed(url) as database:
            meeting_id = await full_house(database)
            (network,) = await database.read(networks.every)
            words = ground.catalogue()
            database.longest_s = 0.0
            start = time.perf_counter()
            assert await plan_reminders(database, now=ground.NOON)
            (walk,) = await database.read(notice_walk.making)
            making = Making(network, words, walk, ground.NOON, CHUNK)
            while (made := await database.write(stage_chunk, making)) is None:
                pass
            planned, longest = time.perf_counter() - start, database.longest_s
            await fan_out_broadcast(database, made[0], now=ground.NOON)
            all_s = time.perf_counter() - start
            counts = await database.read(outbox.counts)
            assert counts["queued"] == MANY, counts
            database.longest_s = 0.0
            change = MeetingChange(at=MEETS + timedelta(days=1))
            later = ground.NOON + timedelta(minutes=1)
            await change_meeting(database, 1, meeting_id, change, by="bench", now=later)
            move = database.longest_s
            await make_notices(database, catalogue=words, now=later)
            counts = await database.read(outbox.counts)
            assert counts["cancelled"] == MANY, counts
    return {
        "plan_s": planned,
        "all_s": all_s,
        "chunk_ms": 1_000 * longest,
        "move_ms": 1_000 * move,
        "take_back_ms": 1_000 * database.longest_s,
    }


def put(conn: Connection, notices: Sequence[Any], recipients: Sequence[Any]) -> None:
    """The bare limit: two executemany."""
    conn.execute(insert(meeting_reminder), notices)
    conn.execute(insert(recipient), recipients)


async def bare(kind: str) -> float:
    """Seconds of core inserts of as many rows."""
    with ground.fresh_url(kind) as url:
        async with Database(url) as database:
            meeting_id = await full_house(database)
            await plan_reminders(database, now=ground.NOON)
            values = {
                "network_id": 1,
                "ref": 900,
                "kind": "notice",
                "state": "planning",
                "audience": "x+",
                "created_at": ground.NOON,
            }
            await database.write(lambda conn: conn.execute(insert(broadcast).values(**values)))
            ids = await database.read(
                lambda conn: [
                    conn.execute(select(table.c.id)).scalar_one()
                    for table in (broadcast, meeting_notice)
                ]
            )
            start = time.perf_counter()
            for first in range(1, MANY + 1, 1_000):
                people = range(first, first + 1_000)
                one = {"meeting_id": meeting_id, "revision": 0, "lead": 1, "notice_id": ids[1]}
                other = {"broadcast_id": ids[0], "rank": 0, "language": "en", "route_id": 1}
                await database.write(
                    put,
                    [{**one, "person_id": n, "address_id": n, "way": "text"} for n in people],
                    [{**other, "address_id": n} for n in people],
                )
            return time.perf_counter() - start


async def run(kind: str) -> dict[str, object]:
    """All rounds."""
    theirs: list[float] = []
    mine: list[dict[str, float]] = []
    for _ in range(ROUNDS):
        theirs.append(await bare(kind))
        mine.append(await ours(kind))
    found = {name: ground.median([one[name] for one in mine]) for name in mine[0]}
    ratio = ground.median([a["plan_s"] / b for a, b in zip(mine, theirs, strict=True)])
    return ground.rounded(
        {"database": kind, "bare_s": ground.median(theirs), "ratio": ratio, **found}
    )


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(sys.argv[1] if len(sys.argv) > 1 else "sqlite"))))
