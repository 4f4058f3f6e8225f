"""What the month's measure costs: planning and sending to 25,000 phones with it and without it.

    .venv/bin/python tests/benchmarks/bench_month.py [sqlite|postgresql] [PEOPLE]

Every phone has a year behind it (four texts a month). One in `full_every` had four this month,
the others three. In turns in the same run a broadcast to all is planned, approved and taken back
with a cap of 4 and with none; `plan_ratio` and `send_ratio` are the middles beside each other. With
every second phone full there is a digest of half the network to write down besides: that run is
shown, and only the other one has a limit.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import Any

import ground
from sqlalchemy import insert, literal, select, text

from app.domain.broadcast import Kind
from app.services.approve_broadcast import Approver, approve_broadcast
from app.services.cancel_broadcast import cancel_broadcast
from app.services.plan_broadcast import Draft, plan_broadcast
from app.store import broadcasts, networks, routes
from app.store.addresses import address
from app.store.database import Connection, Database
from app.store.outbox import outbox

ROUNDS = 3
CAP = 4
MOST_TIMES = 1.2
MONTHS = 12
FULL_EVERY = (50, 2)
"""So many phones are there to one that had enough; the limit is for the first."""


def _a_year(conn: Connection, network_id: int, route_id: int, every: int) -> None:
    """Four texts a month for everybody; this month's last one for some phones only."""
    for month in range(MONTHS, -1, -1):
        for no in range(CAP):
            due = ground.NOON - timedelta(days=30 * month + no)
            is_last = month == 0 and no == 0
            _one(conn, network_id, route_id, due, every if is_last else 1)


def _one(conn: Connection, network_id: int, route_id: int, due: datetime, every: int) -> None:
    ref = networks.next_ref(conn, network_id)
    values = {"network_id": network_id, "ref": ref, "kind": "notice", "state": "running"}
    values |= {"audience": "all", "created_at": due, "approved_at": due, "due_at": due}
    worded = {"language": "en", "body": "x", "encoding": "GSM-7", "segments": 1}
    broadcast_id = broadcasts.add(conn, values, [worded])
    row = {
        "network_id": literal(network_id),
        "address_id": address.c.id,
        "route_id": literal(route_id),
        "broadcast_id": literal(broadcast_id),
        "dedupe_key": literal(f"b{broadcast_id}:a").concat(address.c.id),
        "lane": literal(2),
        "state": literal("delivered"),
        "due_at": literal(due, type_=outbox.c.due_at.type),
        "attempts": literal(1),
        "segments": literal(1),
        "created_at": literal(due, type_=outbox.c.due_at.type),
        "updated_at": literal(due, type_=outbox.c.due_at.type),
    }
    missing = {"reason": "", "currency": "", "language": "en", "price_micro": 0}
    row |= {name: literal(value) for name, value in missing.items()}
    row["goes_first"] = text("false")  # type: ignore[assignment]
    phones = select(*row.values()).where(address.c.id % every == 0)
    conn.execute(insert(outbox).from_select(list(row), phones))


async def _timed(work: Awaitable[Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = await work
    return (time.perf_counter() - begun) * 1000, found


async def measure(kind: str, people: int, every: int) -> dict[str, Any]:
    """The middles with a cap and without."""
    with ground.fresh_url(kind) as url:
        async with ground.opened(url) as database:
            network_id = await ground.people_in(database, people)
            wires = await database.write(
                lambda conn: routes.configure(conn, [ground.wire("test", "simulator", "test", 1)])
            )
            by = await ground.officer_in(database)
            await database.write(_a_year, network_id, dict(wires)["test"], every)
            await database.write(lambda conn: conn.execute(text("ANALYZE")))
            return await _rounds(database, network_id, by)


async def _rounds(database: Database, network_id: int, by: int) -> dict[str, Any]:
    words, plans, sends = ground.catalogue(), {0: [], CAP: []}, {0: [], CAP: []}  # type: ignore[var-annotated]
    texts: dict[int, int] = {}
    for no in range(ROUNDS):
        for cap in (0, CAP):
            await database.write(networks.change, network_id, {"routine_cap": cap})
            draft = Draft("all", {"en": f"Meeting {no}."}, Kind.NOTICE, "a", None, "bench")
            took, plan = await _timed(
                plan_broadcast(database, draft, catalogue=words, now=ground.NOON)
            )
            plans[cap].append(took)
            approver = Approver("other", by, plan.hash, at_once=True)
            took, sent = await _timed(
                approve_broadcast(database, plan.id, by=approver, now=ground.NOON)
            )
            sends[cap].append(took)
            texts[cap] = sent
            await cancel_broadcast(database, plan.id, by="other", now=ground.NOON)
    figures = {f"plan_{cap}_ms": ground.median(times) for cap, times in plans.items()}
    figures |= {f"send_{cap}_ms": ground.median(times) for cap, times in sends.items()}
    ratios = {
        "plan_ratio": figures[f"plan_{CAP}_ms"] / figures["plan_0_ms"],
        "send_ratio": figures[f"send_{CAP}_ms"] / figures["send_0_ms"],
    }
    return ground.rounded({"texts": str(texts), **figures, **ratios})


def main() -> None:
    """Measure what the command line asks for, or both databases."""
    asked = sys.argv[1:]
    people = int(asked[1]) if len(asked) > 1 else 25_000
    for kind in asked[:1] or ["sqlite", "postgresql"]:
        for every in FULL_EVERY:
            found = asyncio.run(measure(kind, people, every))
            told = {"database": kind, "people": people, "full_every": every}
            print(json.dumps({**told, **found}))
            if every == FULL_EVERY[0]:
                is_kept = found["plan_ratio"] <= MOST_TIMES
                said = f"planning takes {found['plan_ratio']:.2f} times"
                print("kept" if is_kept else "MISSED", said)


if __name__ == "__main__":
    main()
