"""How a command reaches the office: the running server's API, else the same app in this process."""

import asyncio
import fcntl
import json
import os
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

import httpx

from app.domain.errors import Refusal
from app.main import Role, create_app, utc_now
from app.settings import Settings, read_settings
from app.store import imports, migrate
from app.store.database import Database, sqlite_path

T = TypeVar("T")
TIME_OUT_S = 600.0
PATIENCE_S = 2.0
"""How long a command waits for another one to let the data go."""
PAUSE_S = 0.05


def settings() -> Settings:
    """The settings of this environment."""
    return read_settings(os.environ)


@contextmanager
def locked(found: Settings) -> Iterator[None]:
    """Hold the SQLite file for this process alone; raises Refusal while another has it."""
    with ExitStack() as stack:
        for path in _lock_files(found):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = stack.enter_context(path.open("a", encoding="utf-8"))
            ends = time.monotonic() + PATIENCE_S
            while not _is_taken(handle):
                if time.monotonic() >= ends:
                    sentence = f"Another Munadi uses the data in {path.parent}. Stop it first."
                    raise Refusal("locked", sentence)
                time.sleep(PAUSE_S)
        yield


def _lock_files(found: Settings) -> tuple[Path, ...]:
    """The lock of the data folder, and that of the file, which two folders may name."""
    path = sqlite_path(found.database_url)
    if path is None:
        return ()
    return found.lock_file, path.resolve().with_name(f"{path.name}.lock")


def _is_taken(handle: IO[str]) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _nobody_holds(found: Settings) -> bool:
    """Whether a server's file is a dead one's: a kill -9 lets the lock go, but leaves the file."""
    path = next(iter(_lock_files(found)), None)
    if path is None:
        return False
    if not path.exists():
        return True
    with path.open("a", encoding="utf-8") as handle:
        return _is_taken(handle)


def migrated(found: Settings) -> None:
    """Bring the database to this version's shape; on SQLite a copy is kept before."""
    migrate.upgrade(found.database_url, copy_at=utc_now())


@asynccontextmanager
async def _client(found: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the running server, or of the same app inside this process."""
    token = _token()
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


def _token() -> str:
    """The token of whoever types, "" for the keeper; raises Refusal for what can be none."""
    token = os.environ.get("MUNADI_TOKEN", "").strip()
    if not token.isascii() or not token.isprintable() or " " in token:
        raise Refusal("token", "MUNADI_TOKEN is no token: it is letters, digits, - and _ only.")
    return token


def _server(found: Settings) -> Mapping[str, str] | None:
    """Where the running server of this data folder answers; None when none runs."""
    if _nobody_holds(found):
        return None
    try:
        server: Mapping[str, str] = json.loads(found.server_file.read_text(encoding="utf-8"))
        answer = httpx.get(f"{server['url']}/health", timeout=5.0, trust_env=False)
    except (OSError, ValueError, KeyError, TypeError, httpx.HTTPError, httpx.InvalidURL):
        return None
    return server if answer.is_success else None


def call(method: str, path: str, **request: Any) -> Any:
    """One request to the office; gives its JSON answer, raises Refusal with its sentence."""
    return asyncio.run(_call(method, path, request))


Watch = Callable[[httpx.AsyncClient], Awaitable[None]]


def call_watched(method: str, path: str, watch: Watch, **request: Any) -> Any:
    """The same, while `watch` looks on over the same client; it is ended with the answer."""
    return asyncio.run(_call(method, path, request, watch))


def fetch(path: str, **request: Any) -> bytes:
    """A file that the office gives out; raises Refusal with its sentence."""
    return asyncio.run(_fetch(path, request))


async def _fetch(path: str, request: Mapping[str, Any]) -> bytes:
    async with _client(settings()) as client:
        answer = await _asked(client, "GET", path, request)
    if answer.is_success:
        return answer.content
    raise _refusal(_content(answer))


async def _call(
    method: str, path: str, request: Mapping[str, Any], watch: Watch | None = None
) -> Any:
    async with _client(settings()) as client:
        watching = asyncio.ensure_future(watch(client)) if watch is not None else None
        try:
            answer = await _asked(client, method, path, request)
        finally:
            if watching is not None:
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)
    content = _content(answer)
    if answer.is_success:
        return content
    raise _refusal(content)


async def _asked(
    client: httpx.AsyncClient, method: str, path: str, request: Mapping[str, Any]
) -> httpx.Response:
    try:
        return await client.request(method, path, **request)
    except httpx.HTTPError:
        sentence = "The server stopped answering. Look whether it was done before trying again."
        raise Refusal("no_answer", sentence) from None


def _content(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        raise Refusal("no_answer", "What answers there is no Munadi server.") from None


def _refusal(content: Any) -> Refusal:
    return Refusal(str(content.get("code", "refused")), str(content.get("detail", "Refused.")))


def look(work: Callable[[Database], Awaitable[T]]) -> T:
    """Read the database directly, changing nothing; raises Refusal when there is none yet."""
    found = settings()
    path = sqlite_path(found.database_url)
    if path is not None and not path.exists():
        raise Refusal("no_database", f"There is no data in {found.data_dir} yet.")
    if migrate.current(found.database_url) != migrate.newest():
        sentence = (
            "The database is from another version. Any command that writes brings it forward."
        )
        raise Refusal("not_migrated", sentence)

    async def run() -> T:
        async with Database(found.database_url) as database:
            if not await database.read(imports.unfinished):
                return await work(database)
        await _settled(found)
        async with Database(found.database_url) as database:
            return await work(database)

    return asyncio.run(run())


async def _settled(found: Settings) -> None:
    """Let what a dead process left of a list be completed, so that nobody sees half of one."""
    try:
        async with _client(found):
            # Whoever opens the office completes it; a server that runs did so when it began.
            return
    except Refusal as refusal:
        if refusal.code != "locked":
            raise
