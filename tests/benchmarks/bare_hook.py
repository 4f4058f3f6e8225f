"""The bare limit of a hook: FastAPI, Twilio's signature, one durable group commit, nothing else.

Started by `bench_hooks.py` as `python bare_hook.py DATABASE PUBLIC_URL TOKEN`.
"""

import asyncio
import socket
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl

import uvicorn
from fastapi import FastAPI, Request, Response
from twilio.request_validator import RequestValidator


class Store:
    """One writer thread; what arrives while it commits is the next commit."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.thread = ThreadPoolExecutor(1)
        self.waiting: list[tuple[tuple[str, str, str], asyncio.Future[None]]] = []
        self.running = False
        self.thread.submit(self.open).result()

    def open(self) -> None:
        self.connection = sqlite3.connect(self.path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        self.connection.execute(
            "CREATE TABLE inbound (id INTEGER PRIMARY KEY, sid UNIQUE, sender, text)"
        )
        self.connection.execute("CREATE TABLE outbox (id INTEGER PRIMARY KEY, sid, number, text)")

    def commit(self, rows: list[tuple[str, str, str]]) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany(
            "INSERT INTO inbound (sid, sender, text) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", rows
        )
        self.connection.executemany("INSERT INTO outbox (sid, number, text) VALUES (?, ?, ?)", rows)
        self.connection.execute("COMMIT")

    async def add(self, row: tuple[str, str, str]) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting.append((row, future))
        if not self.running:
            self.running = True
            self.task = asyncio.create_task(self.drain())
        await future

    async def drain(self) -> None:
        loop = asyncio.get_running_loop()
        while self.waiting:
            group, self.waiting = self.waiting, []
            await loop.run_in_executor(self.thread, self.commit, [row for row, _ in group])
            for _, future in group:
                future.set_result(None)
        self.running = False


def create(path: str, public_url: str, token: str) -> FastAPI:
    """The program."""
    app, validator, store = FastAPI(), RequestValidator(token), Store(path)

    @app.post("/hooks/{name}")
    async def hook(name: str, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        signature = request.headers.get("x-twilio-signature", "")
        if not validator.validate(f"{public_url}/hooks/{name}", form, signature):
            return Response(status_code=403)
        await store.add((form["MessageSid"], form["From"], form["Body"]))
        return Response("<Response/>", media_type="text/xml")

    return app


if __name__ == "__main__":
    path, public_url, token = sys.argv[1:]
    config = uvicorn.Config(create(path, public_url, token), port=0, log_level="error")
    # The protocol is named so that asyncio sends small answers at once (TCP_NODELAY).
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen(2048)
    print(listening.getsockname()[1], flush=True)
    uvicorn.Server(config).run(sockets=[listening])
