"""How soon the office answers and how much memory it needs when nothing happens.

Run `python tests/benchmarks/bench_start.py`; prints one JSON line: seconds from the command to
`/ready` of the first `demo` (network and minutes made) and of a later `serve`, and the
megabytes (RSS) of the idle server.
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
IDLE_S = 5


@contextlib.contextmanager
def started(command: str, folder: str) -> Iterator[tuple[float, subprocess.Popen[bytes]]]:
    """The server, with the seconds that it took until `/ready` said yes."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "MUNADI_DATA_DIR": folder}
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "app.cli", command, "--port", "0"],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            while not is_ready(Path(folder, "server.json")):
                passed(process, 0.02)
            yield time.perf_counter() - start, process
        finally:
            process.terminate()


def passed(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Let the time pass; fails when the server ends meanwhile."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        raise RuntimeError(f"the server ended with {process.wait(seconds)}")


def is_ready(announced: Path) -> bool:
    """Whether the server that announced itself there is ready."""
    try:
        url = json.loads(announced.read_text())["url"]
        with urllib.request.urlopen(f"{url}/ready", timeout=5) as answer:  # noqa: S310 -- loopback
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False


def main() -> None:
    """Print one line."""
    with tempfile.TemporaryDirectory() as folder:
        with started("demo", folder) as (demo_s, _):
            pass
        with started("serve", folder) as (serve_s, process):
            passed(process, IDLE_S)
            idle = psutil.Process(process.pid).memory_info().rss / 2**20
    figures = {"demo_ready_s": demo_s, "serve_ready_s": serve_s, "idle_rss_mb": idle}
    print(json.dumps({name: round(value, 2) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
