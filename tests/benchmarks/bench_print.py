"""How long a page of PDF takes, beside bare typst setting the same text, and what 1,000 cost.

    .venv/bin/python tests/benchmarks/bench_print.py [SHEETS]

Every page has words of its own, so that nothing is remembered from the one before. `ratio` is the
median of the whole way (cleaning, fonts' letters, isolates, layout, tags, text attached) beside
bare typst with the same font, size and words, measured in turns. `memory` is what the process
holds after a warm-up and after all the sheets.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import typst

sys.path.insert(0, str(Path(__file__).parents[2]))

from app.printing.coverage import FONTS
from app.printing.render import render
from tests.printing.samples import TAGS, TEXTS, notice

WARM = 30
ROUNDS = 60
LIMIT = 3.0
GROWTH_LIMIT_MB = 15
DIRECTIONS = {"ur": "rtl", "sd": "rtl", "ps": "rtl"}
FAMILIES = {"ur": "Noto Nastaliq Urdu", "sd": "Scheherazade New", "ps": "Scheherazade New"}
BARE = """
#let d = json(bytes(sys.inputs.d))
#set page(paper: "a4", margin: 15mm)
#set text(font: d.font, lang: d.lang, dir: if d.dir == "rtl" {{ rtl }} else {{ ltr }}, size: 20pt)
#for t in d.texts {{ par(t) }}
""".replace("{{", "{").replace("}}", "}")


def texts(tag: str, no: int) -> tuple[str, ...]:
    """Words that no page before had."""
    return tuple(f"{text} {no} {text[::3]}" for text in TEXTS[tag])


def bare() -> Callable[[str, int], object]:
    """typst alone, warm: fonts read once, the same words as the notice has on its page."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[FONTS])
    compiler = typst.Compiler(font_paths=fonts)

    def page(tag: str, no: int) -> object:
        said = render(notice(tag, *texts(tag, no)), "txt").content.decode().split("\n\n")
        data = {
            "texts": said,
            "font": FAMILIES.get(tag, "Libertinus Serif"),
            "lang": tag[:2],
            "dir": DIRECTIONS.get(tag, "ltr"),
        }
        given = {"d": json.dumps(data)}
        begun = time.perf_counter()
        compiler.compile(BARE.encode(), format="pdf", sys_inputs=given)
        return time.perf_counter() - begun

    return page


def ours(tag: str, no: int) -> float:
    """One notice as a PDF."""
    sheet = notice(tag, *texts(tag, no))
    begun = time.perf_counter()
    render(sheet, "pdf")
    return time.perf_counter() - begun


def main(sheets: int) -> int:
    """Measure and say it; 1 when a figure is worse than asked for."""
    page = bare()
    is_good = True
    for tag in TAGS:
        times: tuple[list[float], list[float]] = ([], [])
        for no in range(WARM + ROUNDS):
            for kept, one in zip(times, (ours, page), strict=True):
                kept.append(float(one(tag, no)))  # type: ignore[arg-type]
        mine, theirs = (statistics.median(kept[WARM:]) * 1_000 for kept in times)
        is_good = is_good and mine <= LIMIT * theirs
        line = {"language": tag, "ms": round(mine, 2), "bare_ms": round(theirs, 2)}
        print(json.dumps({**line, "ratio": round(mine / theirs, 2)}))
    process = psutil.Process()
    before = process.memory_info().rss
    half = 0
    for no in range(sheets):
        render(notice(TAGS[no % len(TAGS)], *texts(TAGS[no % len(TAGS)], 1_000 + no)), "pdf")
        if no == sheets // 2:
            half = process.memory_info().rss
    after = process.memory_info().rss
    grown = (after - half) / 1_000_000
    print(
        json.dumps(
            {
                "sheets": sheets,
                "mb_before": round(before / 1e6),
                "mb_half": round(half / 1e6),
                "mb_after": round(after / 1e6),
            }
        )
    )
    return 0 if is_good and grown <= GROWTH_LIMIT_MB else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000))
