"""How fast the tree of a network of 25,000 units is shown, beside its bare SQL.

Run `python tests/benchmarks/bench_tree.py [sqlite|postgresql] [TIMES]`; prints one JSON line for
each question. `ours` is the use case with its transaction and its values; `bare` sends the same
statements, already compiled, over an open connection and fetches their rows; `ratio` is between
their medians, asked in turns. `page` is the whole answer of the server with its HTML.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import event, insert, text

from app.services.add_units import NewUnit, add_units
from app.services.create_network import NewNetwork, create_network
from app.services.show_tree import Asked, find_units, show_children, show_tree
from app.services.show_unit import show_unit
from app.store import units
from app.store.database import Connection, Database
from app.store.people import person
from tests.benchmarks import ground
from tests.web.office import running
from tests.web.visitor import signed_in

LSOS, VOS, COS = 180, 13, 9
"""In each: 1 + 180 + 180 * 13 + 180 * 13 * 9 + outside bodies = 24,000 and some units."""
OUTSIDE = 1_500
PEOPLE_EACH = 1
WARM = 5
TODAY = ground.NOON.date()

Ask = Callable[[], Awaitable[Any]]


def a_network() -> list[NewUnit]:
    """25,000 units without the one that stands above all."""
    news = [NewUnit("media", f"Club {n}") for n in range(OUTSIDE)]
    for one in range(LSOS):
        lso = f"Lso {one}"
        news.append(NewUnit("LSO", lso, local_name="روشنی", place="Shahi"))
        for two in range(VOS):
            news.append(NewUnit("VO", f"Dosti {two}", under=(lso,), cut_from=1201, cut_until=331))
            way = (lso, f"VO Dosti {two}")
            news += [NewUnit("CO", f"Gul {three}", under=way) for three in range(COS)]
    return news


async def build(database: Database) -> tuple[int, tuple[int, ...]]:
    """The network with its people; gives its id and the ids of its units, the top first."""
    new = NewNetwork(slug="bench", name="LSON Bench")
    network_id = await create_network(database, new, by="bench", now=ground.NOON)
    news, begun = a_network(), time.perf_counter()
    made = await add_units(database, "bench", news, by="bench", now=ground.NOON)
    print(json.dumps({"units_added": made.added, "seconds": time.perf_counter() - begun}))

    def people(conn: Connection, ids: tuple[int, ...]) -> None:
        base = {"network_id": network_id, "name": "Gul Rukh", "name_key": "gul rukh", "sex": "f"}
        conn.execute(insert(person), [{**base, "unit_id": one} for one in ids * PEOPLE_EACH])

    for first in range(0, len(made.ids), ground.CHUNK):
        await database.write(people, made.ids[first : first + ground.CHUNK])
    # What a server does by itself within a minute; without it PostgreSQL guesses.
    await database.write(lambda conn: conn.execute(text("ANALYZE")))
    root = await database.read(units.root, network_id)
    return network_id, (root.id, *made.ids)


async def statements_of(database: Database, ask: Ask) -> list[tuple[str, Any]]:
    """What a question sends to the database, as the driver gets it."""
    sent: list[tuple[str, Any]] = []

    def heard(_conn: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            sent.append((statement, values))

    # The reader of PostgreSQL is an option of the engine that listens.
    engine = database._reader if database.is_sqlite else database._writer
    event.listen(engine, "before_cursor_execute", heard)
    await ask()
    event.remove(engine, "before_cursor_execute", heard)
    assert sent
    return sent


async def measure(database: Database, name: str, ask: Ask, times: int) -> None:
    """Print how long a question takes, in turns with its bare statements."""
    sent = await statements_of(database, ask)

    def bare() -> float:
        with database._reader.connect() as conn:
            cursor = conn.connection.cursor()
            begun = time.perf_counter()
            for statement, values in sent:
                cursor.execute(statement, values)
                cursor.fetchall()
            return time.perf_counter() - begun

    ours, alone = [], []
    for n in range(times + WARM):
        begun = time.perf_counter()
        await ask()
        spent = time.perf_counter() - begun
        other = await asyncio.to_thread(bare)
        if n >= WARM:
            ours.append(spent * 1000)
            alone.append(other * 1000)
    figures = {
        "question": name,
        "statements": len(sent),
        "ours_ms": ground.median(ours),
        "p95_ms": sorted(ours)[int(len(ours) * 0.95)],
        "bare_ms": ground.median(alone),
        "ratio": ground.median(ours) / ground.median(alone),
    }
    print(json.dumps(ground.rounded(figures)), flush=True)


def questions(database: Database, network_id: int, ids: tuple[int, ...]) -> dict[str, Ask]:
    """What the pages of the tree ask."""
    top = ids[1 + OUTSIDE]
    return {
        "top of the tree": lambda: show_tree(database, network_id, today=TODAY),
        "units under an LSO": lambda: show_children(database, network_id, Asked(top), today=TODAY),
        "third page of outside bodies": lambda: show_children(
            database, network_id, replace(Asked(), after=f"{ids[150]}:club 234"), today=TODAY
        ),
        "an LSO": lambda: show_unit(database, network_id, top, today=TODAY),
        "the LSON": lambda: show_unit(database, network_id, ids[0], today=TODAY),
        "a CO": lambda: show_unit(database, network_id, ids[1 + OUTSIDE + 5], today=TODAY),
        "find a name": lambda: find_units(database, network_id, "dosti 7", today=TODAY),
    }


async def pages(url: str, times: int) -> None:
    """Print how long the server takes to answer with whole pages."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            running(url, Path(folder)) as office,
            signed_in(office, "Bench", "press") as visitor,
        ):
            for path in ("/office/people", "/office/units?kind=media", "/office/units?q=dosti"):
                spent = []
                for n in range(times + WARM):
                    begun = time.perf_counter()
                    answer = await visitor.get(path)
                    if n >= WARM:
                        spent.append((time.perf_counter() - begun) * 1000)
                    assert answer.status_code == 200, answer.text
                figures = {"page": path, "ours_ms": ground.median(spent), "most_ms": max(spent)}
                print(json.dumps(ground.rounded(figures)), flush=True)


async def run(url: str, times: int) -> None:
    """Build the network and ask."""
    async with ground.opened(url) as database:
        network_id, ids = await build(database)
        for name, ask in questions(database, network_id, ids).items():
            await measure(database, name, ask, times)
    await pages(url, times)


def main(kind: str, times: int) -> None:
    """On one of the two databases."""
    with ground.fresh_url(kind) as url:
        asyncio.run(run(url, times))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite", int((sys.argv[2:] or ["30"])[0]))
