"""Commands that run: `serve`, `worker`, `demo`."""

import asyncio
import ipaddress
import json
import logging
import os
import secrets
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI

from app.catalogue import MESSAGE_TEMPLATES, Catalogue
from app.cli._office import locked, migrated, settings
from app.cli._say import say, say_now
from app.domain.errors import Refusal
from app.main import Role, create_app, open_channels, settle_memory, utc_now, work
from app.services.add_account import Credentials
from app.services.make_demo import make_demo
from app.settings import PROGRAM, SIMULATOR, Settings, read_settings
from app.store import accounts
from app.store.database import Database, sqlite_path

BACKLOG = 2048
DEMO_WIRE = {
    **SIMULATOR,
    "price_micro": 600_000,
    "currency": "PKR",
    "per_second": 5,
    "burst": 5,
    "mail": True,
}
"""The price of a text in Pakistan, and a pace at which people can watch."""
DEMO_DATA = Path(__file__).resolve().parents[2] / "deploy" / "demo"

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on; 0 takes a free one.")]


def add_to(cli: typer.Typer) -> None:
    """Add the commands of this file."""
    cli.command()(demo)
    cli.command()(serve)
    cli.command()(worker)


def serve(*, host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Run the office: hooks, API, dispatcher and timetable in one process."""
    _serve(settings(), host, port)


def worker() -> None:
    """Run dispatcher and timetable only; any number of them, on PostgreSQL."""
    found = settings()
    if sqlite_path(found.database_url) is not None:
        raise Refusal("worker", "A worker needs PostgreSQL: on SQLite `serve` does its work.")
    logging.basicConfig(level=logging.INFO)
    migrated(found)
    asyncio.run(_work(found))


async def _work(found: Settings) -> None:
    until = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, until.set)
    say_now("working")
    settle_memory()
    await work(found, Role(boot_token=secrets.token_urlsafe(32)), until)


def demo(*, host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Make the demo network in a data folder of its own and run it."""
    folder = os.environ.get("MUNADI_DATA_DIR") or PROGRAM / "munadi-demo"
    found = read_settings(os.environ, data_dir=Path(folder))
    if found.channels == (SIMULATOR,):
        found = replace(found, channels=(DEMO_WIRE,))
    with locked(found):
        migrated(found)
        accounts = asyncio.run(_make_demo(found))
    for account in accounts:
        say(f"{account.name} ({account.post}): password {account.password}")
        say(f"  in commands: MUNADI_TOKEN={account.token}")
    say("Try it from another window:")
    say(f"  MUNADI_DATA_DIR={folder} ./munadi say --from 03901234567 KARWAI")
    _serve(found, host, port)


async def _make_demo(found: Settings) -> tuple[Credentials, ...]:
    async with Database(found.database_url) as database:
        kept = found.data_dir / "demo-accounts.json"
        accounts = await make_demo(
            database, DEMO_DATA, catalogue=Catalogue.load(MESSAGE_TEMPLATES), now=utc_now()
        )
    if accounts:
        kept.touch(mode=0o600)
        kept.write_text(json.dumps([asdict(one) for one in accounts]), encoding="utf-8")
    if not kept.exists():
        return ()
    return tuple(Credentials(**one) for one in json.loads(kept.read_text(encoding="utf-8")))


def _serve(found: Settings, host: str, port: int) -> None:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    # APScheduler and alembic tell every tick; what matters is logged by us.
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    open_channels(found)
    with locked(found):
        migrated(found)
        _keep_demo_at_home(found, host)
        role = Role(boot_token=secrets.token_urlsafe(32))
        app = create_app(found, role)
        settle_memory()
        # Whatever goes wrong is said by us, in a sentence; uvicorn would print its traceback.
        config = uvicorn.Config(app, access_log=False, log_level="critical", lifespan="on")
        with _bound(host, port) as sock:
            server = _Server(config, app, lambda: _announce(found, sock, role.boot_token))
            _end_in_order(server)
            try:
                server.run(sockets=[sock])
            finally:
                found.server_file.unlink(missing_ok=True)
    if app.state.trouble is not None:
        raise app.state.trouble
    if not server.started:
        raise Refusal("start", "The server could not start.")


def _keep_demo_at_home(found: Settings, host: str) -> None:
    """Refuse to listen for others while a password of the demo opens the door."""
    if _is_loopback(host):
        return

    async def has_demo_password() -> bool:
        async with Database(found.database_url) as database:
            return await database.read(accounts.has_demo_password)

    if asyncio.run(has_demo_password()):
        raise Refusal(
            "demo_password",
            "A password of the demo is still good, so this server stays on 127.0.0.1. "
            "Give its officers new ones first: user reset NAME, or user remove NAME.",
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host == "localhost"


class _Server(uvicorn.Server):
    """Tells where it is as soon as it answers, not before, and the open pages when it ends."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, tell: Callable[[], None]) -> None:
        super().__init__(config)
        self._app, self._tell = app, tell

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End; the server waits for every answer that has begun, so pages that listen must end."""
        self._app.state.is_ending = True
        super().handle_exit(sig, frame)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell."""
        await super().startup(sockets)
        if self.started:
            self._tell()


def _end_in_order(server: uvicorn.Server) -> None:
    """End in order on a signal.

    Uvicorn raises each signal once more when it has ended, for whoever stood there before it;
    by itself that would kill the process before it could take its announcement away.
    """
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: setattr(server, "should_exit", True))


@contextmanager
def _bound(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens there; raises Refusal when the address cannot be had."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        # asyncio sends small answers at once (TCP_NODELAY) only where the protocol is named;
        # without it each hook's answer waits 40 ms for the other side's acknowledgement.
        sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(address[:2])
        sock.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or "this is no port"
        raise Refusal("address", f"{_address(host, port)} cannot be used: {why}.") from None
    with sock:
        yield sock


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _near(sock: socket.socket) -> str:
    """Where commands on this computer find the server: its loopback address where it has one."""
    host, port = sock.getsockname()[:2]
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- read, not listened on
    return _address(everywhere.get(host, host), port)


def _announce(found: Settings, sock: socket.socket, token: str) -> None:
    """Tell people where we answer, and other commands too, readable for this user only."""
    found.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Written aside and moved, so that no command reads half of it.
    new = found.server_file.with_suffix(".new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    new.write_text(json.dumps({"url": _near(sock), "token": token}), encoding="utf-8")
    new.replace(found.server_file)
    say_now(f"Munadi is at {_address(*sock.getsockname()[:2])}")
