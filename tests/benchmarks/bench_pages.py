"""How fast every page is answered on the demo network, beside its bare HTML, and what it weighs.

Run `python tests/benchmarks/bench_pages.py [TIMES]`; prints one JSON line for each page. `ratio` is
the median of ours, compressed with Brotli as browsers ask for it, over that of a plain Starlette
route that gives the same HTML from memory on the same server; both are asked in turns over one
connection. `br` and `gzip` are the bytes of the page with its sheet, script and icon, head
included, with an empty cache.
"""

import asyncio
import http.client
import json
import os
import re
import socket
import statistics
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[2]))

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from app.cli.server import DEMO_DATA
from app.main import Role, create_app
from app.services.make_demo import make_demo
from app.settings import read_settings
from app.store import migrate
from tests.benchmarks import ground
from tests.browser.ground import Demo, lived_in, serving
from tests.browser.sheets import SHEETS, Sheet

ASSET = re.compile(rb'(?:href|src)="(/static/[^"]+)"')
WARM = 10

LEADS_ON = "/office/write"
"""No page of its own: it leads to a blank one, which is measured with a draft in it."""


def serve(folder: Path) -> None:
    """Serve the demo and, under /bare/, whatever HTML was put there, until killed."""
    settings = read_settings(os.environ, data_dir=folder)
    migrate.upgrade(settings.database_url)
    app, held = create_app(settings, Role(boot_token="bench")), {}

    async def bare(request: Request) -> Response:
        if request.method == "PUT":
            held[request.url.path] = await request.body()
        return HTMLResponse(held[request.url.path])

    plain = Starlette(routes=[Route("/bare/{n}", bare, methods=["GET", "PUT"])])

    async def both(scope: Scope, receive: Receive, send: Send) -> None:
        is_bare = scope.get("path", "").startswith("/bare/")
        await (plain if is_bare else app)(scope, receive, send)

    # With its protocol named, as `serve` has it: small answers leave at once.
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.bind(("127.0.0.1", 0))
    sock.listen()
    url = f"http://127.0.0.1:{sock.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(both, access_log=False, log_level="critical"))

    async def run() -> None:
        async with ground.opened(settings.database_url) as database:
            words = ground.catalogue()
            made = await make_demo(database, DEMO_DATA, catalogue=words, now=ground.now())
        (folder / "demo-accounts.json").write_text(json.dumps([asdict(one) for one in made]))
        settings.server_file.write_text(json.dumps({"url": url, "token": "bench"}))
        await server.serve([sock])

    asyncio.run(run())


class Asking:
    """One connection to the server, as a browser keeps it open."""

    def __init__(self, demo: Demo) -> None:
        there = urlsplit(demo.address)
        self._wire = http.client.HTTPConnection(str(there.hostname), there.port, timeout=60)
        self._demo = demo

    def ask(
        self, path: str, sheet: Sheet, coding: str, body: bytes | None = None
    ) -> tuple[float, bytes, int]:
        """Seconds until the last byte, the content, and the bytes of head and content."""
        headers = {"Accept-Encoding": coding}
        if sheet.post:
            headers["Cookie"] = f"munadi_session={self._demo.cookie(sheet.post)}"
        start = time.perf_counter()
        self._wire.request("GET" if body is None else "PUT", path, body, headers)
        answer = self._wire.getresponse()
        content = answer.read()
        spent = time.perf_counter() - start
        assert answer.status == 200, (path, answer.status)
        head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders()) + 19
        return spent, content, head + len(content)


def weigh(asking: Asking, sheet: Sheet, path: str, coding: str) -> int:
    """The bytes of a first visit."""
    _, html, _ = asking.ask(path, sheet, "identity")
    files = sorted({one.decode() for one in ASSET.findall(html)})
    return sum(asking.ask(one, sheet, coding)[2] for one in (path, *files))


def measure(demo: Demo, sheet: Sheet, times: int) -> dict[str, Any]:
    """One page, asked in turns with its bare HTML."""
    asking, path = Asking(demo), sheet.address.format(**demo.places)
    _, html, _ = asking.ask(path, sheet, "identity")
    asking.ask("/bare/page", sheet, "identity", html)
    ours: list[float] = []
    bare: list[float] = []
    for n in range(times + WARM):
        pair = (asking.ask(path, sheet, "br")[0], asking.ask("/bare/page", sheet, "identity")[0])
        if n >= WARM:
            ours.append(pair[0] * 1000)
            bare.append(pair[1] * 1000)
    return ground.rounded(
        {
            "page": f"{sheet.address} {sheet.post}".strip(),
            "p50_ms": statistics.median(ours),
            "p95_ms": sorted(ours)[int(len(ours) * 0.95)],
            "bare_p50_ms": statistics.median(bare),
            "ratio": statistics.median(ours) / statistics.median(bare),
            "br": weigh(asking, sheet, path, "br"),
            "gzip": weigh(asking, sheet, path, "gzip"),
        }
    )


def main(times: int) -> None:
    """Print one line for each page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "data")
        command = (sys.executable, __file__, "--serve", str(folder))
        with serving(folder, command) as demo:
            lived_in(demo)
            for sheet in SHEETS:
                if sheet.address == LEADS_ON:
                    continue
                print(json.dumps(measure(demo, sheet, times)), flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
