"""Commands that run: `serve`, `worker`, `demo`."""

import asyncio
import json
import logging
import os
import secrets
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from app.catalogue import Catalogue
from app.cli._office import locked, migrated, say, settings
from app.domain.errors import Refusal
from app.main import MESSAGE_TEMPLATES, Role, create_app, utc_now, work
from app.services.make_demo import DemoAccount, make_demo
from app.settings import Settings, read_settings
from app.store.database import Database, sqlite_path

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
    say("working")
    await work(found, Role(boot_token=secrets.token_urlsafe(32)), until)


def demo(*, host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Make the demo network in a data folder of its own and run it."""
    folder = os.environ.get("MUNADI_DATA_DIR") or "munadi-demo"
    found = read_settings(os.environ, data_dir=Path(folder))
    with locked(found):
        migrated(found)
        accounts = asyncio.run(_make_demo(found))
    for account in accounts:
        say(f"{account.name} ({account.post}): MUNADI_TOKEN={account.token}")
    say("Try it from another window, in this folder:")
    say(f"  MUNADI_DATA_DIR={folder} ./munadi say --from 03901234567 KARWAI")
    _serve(found, host, port)


async def _make_demo(found: Settings) -> tuple[DemoAccount, ...]:
    async with Database(found.database_url) as database:
        kept = found.data_dir / "demo-accounts.json"
        accounts = await make_demo(
            database, DEMO_DATA, catalogue=Catalogue.load(MESSAGE_TEMPLATES), now=utc_now()
        )
    if accounts:
        kept.touch(mode=0o600)
        kept.write_text(json.dumps([list(one.facts()) for one in accounts]), encoding="utf-8")
    if not kept.exists():
        return ()
    return tuple(DemoAccount(*facts) for facts in json.loads(kept.read_text(encoding="utf-8")))


def _serve(found: Settings, host: str, port: int) -> None:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    # APScheduler and alembic tell every tick; what matters is logged by us.
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with locked(found):
        migrated(found)
        role = Role(boot_token=secrets.token_urlsafe(32))
        app = create_app(found, role)
        config = uvicorn.Config(
            app, host=host, port=port, access_log=False, log_level="warning", lifespan="on"
        )
        server = uvicorn.Server(config)
        sock = config.bind_socket()
        url = f"http://127.0.0.1:{sock.getsockname()[1]}"
        with _announced(found, url, role.boot_token):
            say(f"Munadi is at http://{host}:{sock.getsockname()[1]}")
            server.run(sockets=[sock])
    if not server.started:
        raise Refusal("start", "The server could not start.")


@contextmanager
def _announced(found: Settings, url: str, token: str) -> Iterator[None]:
    """Tell other commands where we answer, readable for this user only, until we end."""
    found.data_dir.mkdir(parents=True, exist_ok=True)
    path = found.server_file
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps({"url": url, "token": token}), encoding="utf-8")
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
