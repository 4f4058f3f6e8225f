"""How long it takes to understand a text: `python tests/benchmarks/bench_parse.py` prints JSON.

`exact` is one dictionary look-up of the folded text, the least that any keyword service must do;
the ratio says what order of rules, courtesy, codes and likeness cost beside it. Times are of the
processor, so that what else the machine does is not counted.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from app.catalogue import Catalogue  # noqa: E402
from bots.conversation import understand  # noqa: E402
from bots.fold import fold  # noqa: E402

_ROUNDS = 20


def _microseconds(act: Callable[[str], object], texts: list[str]) -> list[float]:
    times = []
    for _ in range(_ROUNDS):
        for text in texts:
            start = time.thread_time_ns()
            act(text)
            times.append((time.thread_time_ns() - start) / 1000)
    return sorted(times)


def main() -> None:
    """Measure the labelled texts, keyword texts alone, and words that nobody knows."""
    catalogue = Catalogue.load(ROOT / "message_templates")
    words = catalogue.vocabulary()
    texts = [row.text for row in catalogue.trial()]
    groups = {
        "all": texts,
        "exact": [text for text in texts if fold(text) in words.exact],
        "unknown": [f"{text[:6]}qx{number}v zzkt" for number, text in enumerate(texts)],
        "misspelt": [f"{text[:9]}w" for text in texts],
    }
    report: dict[str, object] = {"texts": len(texts)}
    for name, group in groups.items():
        times = _microseconds(lambda text: understand(text, words), group)
        report[f"{name}_median_us"] = round(statistics.median(times), 1)
        report[f"{name}_p99_us"] = round(times[len(times) * 99 // 100], 1)
    bare = _microseconds(lambda text: words.exact.get(fold(text)), texts)
    report["bare_lookup_median_us"] = round(statistics.median(bare), 1)
    whole = statistics.median(_microseconds(lambda text: understand(text, words), texts))
    report["ratio_to_bare_lookup"] = round(whole / statistics.median(bare), 1)
    print(json.dumps(report))


if __name__ == "__main__":
    main()
