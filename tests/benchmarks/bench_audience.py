"""How long an audience takes to count: 25,000 people, and a million beside the bare COUNT.

    .venv/bin/python tests/benchmarks/bench_audience.py [sqlite|postgresql] [PEOPLE]

A tenth of the people share a phone with another one, and a tenth have a second phone. `ratio` is
the whole count (people, phones, each reason) beside a bare count over the same join of people with
their addresses, measured in turns in the same run. The bare one counts `address.id`: a `count(*)`
lets PostgreSQL leave the last of the three tables out; `star_ratio` is beside that one.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import ground
from sqlalchemy import func, insert, select, text

from app.services.count_audience import Question, count_audience
from app.store import routes
from app.store.addresses import address
from app.store.database import Connection, Database
from app.store.people import person, person_address
from app.store.seats import seat
from app.store.units import unit

ROUNDS = 7
LIMIT_MS = {25_000: 100.0}
MOST_TIMES = 3.0
WORDS = {
    "all": "all",
    "women": "women",
    "under a unit": "women under Sarwan",
    "less": "all but not vos",
}


def _dress(conn: Connection, network_id: int, people: int) -> None:
    """Give the people units, sexes, seats, and every tenth of them a phone that is shared."""
    _add_units(conn, network_id)
    sex = text("CASE WHEN id % 2 = 0 THEN 'f' ELSE 'm' END")
    half = person.update().where(person.c.id % 32 < 16)
    conn.execute(half.values(sex=sex, unit_id=person.c.id % 32 + 1))
    links = person_address.alias("links")
    for other, remainder in ((1, 0), (-1, 5)):
        phone = links.c.address_id + other
        pairs = select(links.c.person_id, phone, links.c.whose, links.c.is_private)
        chosen = pairs.where(links.c.person_id % 20 == remainder, phone <= people)
        columns = ["person_id", "address_id", "whose", "is_private"]
        conn.execute(insert(person_address).from_select(columns, chosen))
    office = (text("'VO'"), text("'President'"), text("''"))
    holders = select(person.c.network_id, person.c.id, person.c.unit_id, *office)
    columns = ["network_id", "person_id", "unit_id", "body", "post", "local_post"]
    conn.execute(insert(seat).from_select(columns, holders.where(person.c.id % 100 == 0)))
    _add_wire(conn)


def _add_units(conn: Connection, network_id: int) -> None:
    """An LSO with fifteen VOs."""
    lso = {"network_id": network_id, "id": 1, "parent_id": None, "kind": "LSO"}
    rows = [{**lso, "name": "Sarwan", "name_key": "sarwan"}]
    for no in range(2, 17):
        under = {"id": no, "parent_id": 1, "kind": "VO", "name": f"VO {no}"}
        rows.append({**lso, **under, "name_key": f"vo {no}"})
    conn.execute(insert(unit), rows)


def _add_wire(conn: Connection) -> None:
    """One wire that reaches them all."""
    routes.configure(conn, [ground.wire("test", "simulator", "test", 1)])


def _bare(conn: Connection, counted: Any = address.c.id) -> int:
    """The floor: the same join, only counted."""
    joined = person.outerjoin(person_address, person_address.c.person_id == person.c.id)
    joined = joined.outerjoin(address, address.c.id == person_address.c.address_id)
    return int(conn.execute(select(func.count(counted)).select_from(joined)).scalar_one())


async def _timed(work: Callable[[], Any]) -> float:
    begun = time.perf_counter()
    await work()
    return (time.perf_counter() - begun) * 1000


async def measure(kind: str, people: int) -> dict[str, Any]:
    """The middle of some rounds of each question, and of the floor between them."""
    with ground.fresh_url(kind) as url:
        async with ground.opened(url) as database:
            network_id = await ground.people_in(database, people)
            await database.write(_dress, network_id, people)
            await _settle(database, kind)
            return await _rounds(database, kind, people)


async def _settle(database: Database, kind: str) -> None:
    await database.write(lambda conn: conn.execute(text("ANALYZE")))
    if kind == "postgresql":
        # What autovacuum does by itself after a while: the floor profits from it too.
        def vacuum() -> None:
            with database._writer.connect() as conn:
                conn.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM"))

        if hasattr(database, "_writer"):
            await asyncio.to_thread(vacuum)


async def _rounds(database: Database, kind: str, people: int) -> dict[str, Any]:
    bare: list[float] = []
    star: list[float] = []
    counted: dict[str, list[float]] = {name: [] for name in WORDS}
    for _ in range(ROUNDS):
        for name, words in WORDS.items():
            bare.append(await _timed(partial(database.read, _bare)))
            star.append(await _timed(partial(database.read, _bare, person.c.id)))
            question = Question("bench", words)
            counting = partial(count_audience, database, question, now=ground.NOON, sample=0)
            counted[name].append(await _timed(counting))
    floor, lower = ground.median(bare), ground.median(star)
    rows = {
        name: ground.rounded(
            {
                "ms": (ms := ground.median(times)),
                "ratio": ms / floor,
                "star_ratio": ms / lower,
            }
        )
        for name, times in counted.items()
    }
    figures = ground.rounded({"bare_ms": floor, "star_ms": lower})
    return {"database": kind, "people": people, **figures, "counts": rows}


def main() -> None:
    """Measure what the command line asks for, or both sizes."""
    asked = sys.argv[1:]
    runs = (
        [(asked[0], int(asked[1]) if len(asked) > 1 else 25_000)]
        if asked
        else [("sqlite", 25_000), ("postgresql", 25_000), ("postgresql", 1_000_000)]
    )
    for kind, people in runs:
        found = asyncio.run(measure(kind, people))
        print(json.dumps(found))
        worst = max(row["ms"] for row in found["counts"].values())
        ratio = max(row["ratio"] for row in found["counts"].values())
        limit = LIMIT_MS.get(people)
        is_kept = worst <= limit if limit else ratio <= MOST_TIMES
        print(
            "kept" if is_kept else "MISSED", f"worst {worst:.1f} ms, {ratio:.2f} x the bare COUNT"
        )


if __name__ == "__main__":
    main()
