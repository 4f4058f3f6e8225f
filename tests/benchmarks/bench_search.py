"""How long it takes to find decisions among 20,000, beside a bare full-text query.

    .venv/bin/python tests/benchmarks/bench_search.py [sqlite|postgresql] [DECISIONS]

Asked are the tables of spellings (`tests/services/spelling_variants.py`), words that hundreds or
thousands of decisions hold, numbers, and words that nobody wrote. `ratio` is the p95 of the whole
search (access, ranking, texts in all languages, 25 lines) beside that of a bare MATCH or @@ for
the very words on the same index, 25 ids, measured in turns in the same run.
"""

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from functools import partial
from random import Random
from typing import Any

import ground
from sqlalchemy import text

from app.domain.search_key import words_asked
from app.services.find_decisions import Question, find_decisions
from app.store.database import Connection, Database
from tests.services import spelling_variants
from tests.services.decided import decide, filler

ROUNDS = 5
SHOWN = 25
LIMIT_MS = 10.0
COMMON = ("booni", "ijlas", "sports", "committee", "قرض کا رجسٹر", "honey training", "daura mastuj")
OTHERS = ("12/3", "D100/7", "xyzzy", "", "water", "pani", "kuchh nahin mila", "بچت", "goat")
BARE = {
    "sqlite": "SELECT rowid FROM search_words WHERE search_words MATCH :asked LIMIT 25",
    "postgresql": "SELECT decision_id FROM search_words"
    " WHERE words @@ CAST(:asked AS tsquery) LIMIT 25",
}


def _bare(conn: Connection, asked: str) -> int:
    return len(conn.execute(text(BARE[conn.dialect.name]), {"asked": asked}).all())


async def _timed(work: Callable[[], Awaitable[Any]]) -> float:
    begun = time.perf_counter()
    await work()
    return (time.perf_counter() - begun) * 1_000


def _query(kind: str, words: str) -> str:
    plain = words_asked(words, 8) or ("x",)
    if kind == "sqlite":
        return " AND ".join(f'norm : "{word}"' for word in plain)
    return " & ".join(f"'n{word}'" for word in plain)


async def measure(kind: str, decisions: int) -> dict[str, Any]:
    """Fill a database of that kind and ask everything several times."""
    with ground.fresh_url(kind) as url:
        async with ground.opened(url) as database:
            network_id = await ground.people_in(database, 1)
            await _fill(database, network_id, decisions)
            return {"database": kind, "decisions": decisions, **await _rounds(database, kind)}


async def _fill(database: Database, network_id: int, decisions: int) -> None:
    random = Random(7)  # noqa: S311 -- the same decisions each time
    own = list(spelling_variants.DECISIONS.values())
    texts = [*own, *(filler(random) for _ in range(decisions - len(own)))]
    random.shuffle(texts)
    begun = time.perf_counter()
    await database.write(decide, network_id, texts, ground.NOON)
    print(f"filled in {time.perf_counter() - begun:.0f} s", file=sys.stderr)
    await database.write(lambda conn: conn.execute(text("ANALYZE")))


async def _rounds(database: Database, kind: str) -> dict[str, Any]:
    topics = ground.catalogue().vocabulary().topics
    spelled = (*spelling_variants.TUNED, *spelling_variants.HELD_OUT)
    asked = [*(words for words, _ in spelled), *COMMON, *OTHERS]
    times: dict[str, list[float]] = {words: [] for words in asked}
    bare: list[float] = []
    for _ in range(ROUNDS):
        for words in asked:
            question = Question(words, topics, SHOWN)
            finding = partial(
                find_decisions, database, 1, question, public=True, today=ground.NOON.date()
            )
            times[words].append(await _timed(finding))
            plain = _query(kind, words)
            bare.append(await _timed(partial(database.read, _bare, plain)))
    found = [one for each in times.values() for one in each]
    middle = sorted(((ground.median(each), words) for words, each in times.items()), reverse=True)
    figures = {
        "median_ms": ground.median(found),
        "p95_ms": _p95(found),
        "bare_median_ms": ground.median(bare),
        "bare_p95_ms": _p95(bare),
        "ratio": ground.median(found) / ground.median(bare),
        "p95_ratio": _p95(found) / _p95(bare),
    }
    slowest = {words: round(ms, 2) for ms, words in middle[:8]}
    return {**ground.rounded(figures), "slowest_ms": slowest}


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def main() -> None:
    """Measure what the command line asks for, or both databases."""
    asked = sys.argv[1:]
    decisions = int(asked[1]) if len(asked) > 1 else 20_000
    for kind in asked[:1] or ("sqlite", "postgresql"):
        found = asyncio.run(measure(kind, decisions))
        print(json.dumps(found, ensure_ascii=False))
        is_kept = found["p95_ms"] <= LIMIT_MS
        print("kept" if is_kept else "MISSED", f"p95 {found['p95_ms']:.1f} ms <= {LIMIT_MS:.0f} ms")


if __name__ == "__main__":
    main()
