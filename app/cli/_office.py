"""How a command reaches the office: the running server's API, else the same app in this process."""

import asyncio
import fcntl
import json
import os
import secrets
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

import httpx

from app.domain.errors import Refusal
from app.main import Role, create_app, utc_now
from app.settings import Settings, read_settings
from app.store import migrate
from app.store.database import Database, sqlite_path

T = TypeVar("T")
TIME_OUT_S = 600.0


def settings() -> Settings:
    """The settings of this environment."""
    return read_settings(os.environ)


def say(text: str) -> None:
    """Write one line for the person or the program that reads us."""
    sys.stdout.write(text + "\n")


def say_json(value: Any) -> None:
    """Write one value as one ASCII line of JSON."""
    say(json.dumps(value, ensure_ascii=True))


@contextmanager
def locked(found: Settings) -> Iterator[None]:
    """Hold the SQLite file for this process alone; raises Refusal while another has it."""
    if sqlite_path(found.database_url) is None:
        yield
        return
    found.data_dir.mkdir(parents=True, exist_ok=True)
    with found.lock_file.open("a", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refusal(
                "locked",
                f"Another Munadi uses the data in {found.data_dir}. Stop it first.",
            ) from None
        yield


def migrated(found: Settings) -> None:
    """Bring the database to this version's shape; on SQLite a copy is kept before."""
    migrate.upgrade(found.database_url, copy_at=utc_now())


@asynccontextmanager
async def _client(found: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the running server, or of the same app inside this process."""
    token = os.environ.get("MUNADI_TOKEN", "")
    server = _server(found)
    if server is not None:
        headers = {"Authorization": f"Bearer {token or server['token']}"}
        async with httpx.AsyncClient(
            base_url=server["url"], headers=headers, timeout=TIME_OUT_S, trust_env=False
        ) as client:
            yield client
        return
    with locked(found):
        migrated(found)
        boot_token = secrets.token_urlsafe(32)
        app = create_app(found, Role(boot_token=boot_token, sends=False))
        headers = {"Authorization": f"Bearer {token or boot_token}"}
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(
                transport=httpx.ASGITransport(app, raise_app_exceptions=False),
                base_url="http://munadi.localhost",
                headers=headers,
                timeout=TIME_OUT_S,
            ) as client,
        ):
            yield client


def _server(found: Settings) -> Mapping[str, str] | None:
    """Where the running server of this data folder answers; None when none runs."""
    try:
        server: Mapping[str, str] = json.loads(found.server_file.read_text(encoding="utf-8"))
        answer = httpx.get(f"{server['url']}/health", timeout=5.0, trust_env=False)
    except (OSError, ValueError, KeyError, httpx.HTTPError):
        return None
    return server if answer.is_success else None


def call(method: str, path: str, **request: Any) -> Any:
    """One request to the office; gives its JSON answer, raises Refusal with its sentence."""
    return asyncio.run(_call(method, path, request))


async def _call(method: str, path: str, request: Mapping[str, Any]) -> Any:
    async with _client(settings()) as client:
        answer = await client.request(method, path, **request)
    content = answer.json() if answer.content else {}
    if answer.is_success:
        return content
    raise Refusal(str(content.get("code", "refused")), str(content.get("detail", "Refused.")))


def look(work: Callable[[Database], Awaitable[T]]) -> T:
    """Read the database directly, changing nothing; raises Refusal when there is none yet."""
    found = settings()
    path = sqlite_path(found.database_url)
    if path is not None and not path.exists():
        raise Refusal("no_database", f"There is no data in {found.data_dir} yet.")

    async def run() -> T:
        async with Database(found.database_url) as database:
            return await work(database)

    return asyncio.run(run())
