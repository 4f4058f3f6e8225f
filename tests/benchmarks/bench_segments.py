"""How many distinct one-segment texts a second one core counts, beside the least it could do.

Run `python tests/benchmarks/bench_segments.py`; prints one JSON line. The bare limit is a loop
of one compiled expression and `len` over the same texts; the rounds of both alternate.
"""

import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.domain.gsm import count, segments
from app.domain.gsm_tables import EXTENSION_CHARACTERS, SEPTETS

TEXTS = 60_000
ROUNDS = 7

_NOTICES = (
    "LSON Mirkhai: EC ijlas itwar {day} Oct subah 10 baje, daftar LSO Roshni. Ref {number}",
    "Faisla {number}/1 ({day} Oct): Shahi-Laspa sarak ki marammat ke liye DC ko khat likha gaya",
    "Decision {number} [road]: letter sent {day} Oct, diary no 553. Who: President & Gen Sec",
    "اجلاس EC اتوار {day} اکتوبر صبح 10 بجے، LSO روشنی شاہی۔ {number}",
    "فیصلہ {number}: سڑک کی مرمت کے لیے ڈی سی کو خط۔ {day} اکتوبر تک",
)
_BASIC = re.escape("".join(set(SEPTETS) - set(EXTENSION_CHARACTERS.values())))
_bare = re.compile(f"[{_BASIC}]*").fullmatch


def distinct_texts() -> list[str]:
    """Three in five GSM-7 (one of them with brackets), two in five Urdu; each of one segment."""
    texts = [
        _NOTICES[number % len(_NOTICES)].format(day=number % 28 + 1, number=number)
        for number in range(TEXTS)
    ]
    assert len(set(texts)) == TEXTS
    assert all(len(segments(text)) == 1 for text in texts)
    return texts


def seconds(work: Callable[[list[str]], None], texts: list[str]) -> float:
    """How long the work takes over all texts."""
    start = time.perf_counter()
    work(texts)
    return time.perf_counter() - start


def ours(texts: list[str]) -> None:
    """What the product does."""
    for text in texts:
        segments(text)


def counted(texts: list[str]) -> None:
    """The same without making the segments."""
    for text in texts:
        count(text)


def bare(texts: list[str]) -> None:
    """The least that could be done."""
    for text in texts:
        _bare(text)
        len(text)


def main() -> None:
    """Alternate the three, and print the medians."""
    texts = distinct_texts()
    rounds = [[seconds(work, texts) for work in (bare, ours, counted)] for _ in range(ROUNDS)]
    limit, cut, tallied = (statistics.median(column) for column in zip(*rounds, strict=True))
    report = {
        "texts": TEXTS,
        "rounds": ROUNDS,
        "segments_per_s": round(TEXTS / cut),
        "count_per_s": round(TEXTS / tallied),
        "bare_per_s": round(TEXTS / limit),
        "ratio_to_bare": round(statistics.median(r[0] / r[1] for r in rounds), 3),
        "floor_per_s": 200_000,
        "reached": TEXTS / cut >= 200_000,
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
