"""The database: one writer on SQLite, many on PostgreSQL, and the same two verbs for both."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from app.domain.errors import Busy, Refusal

__all__ = ["Connection", "Database", "sqlite_path"]

P = ParamSpec("P")
T = TypeVar("T")

BUSY_TIMEOUT_MS = 5_000
READERS = 4
POSTGRESQL_POOL = 8
_POSTGRESQL_OPTIONS = (
    "-c idle_in_transaction_session_timeout=10000 -c lock_timeout=2000 -c timezone=UTC"
)


def sqlite_path(url: str) -> Path | None:
    """The file behind a `sqlite:///PATH` address; None for another database."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    if not parsed.database:
        raise Refusal("database_url", "The database address names no file: write sqlite:///PATH.")
    return Path(parsed.database)


def _writer_settings(connection: Any, _record: ConnectionPoolEntry) -> None:
    # FULL, because a power cut under NORMAL may forget the committed intent to send.
    _run(
        connection,
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=FULL",
        f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}",
        "PRAGMA foreign_keys=ON",
        "PRAGMA temp_store=MEMORY",
    )


def _reader_settings(connection: Any, _record: ConnectionPoolEntry) -> None:
    _run(connection, f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}", "PRAGMA query_only=ON")


def _run(connection: Any, *statements: str) -> None:
    # The driver's own deferred BEGIN makes read-then-write fail under load; ours is IMMEDIATE.
    connection.isolation_level = None
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(statement)
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _sqlite_engine(path: Path, *, writes: bool) -> AsyncEngine:
    mode = "rwc" if writes else "ro"
    engine = create_async_engine(
        f"sqlite+aiosqlite:///file:{path}?mode={mode}&uri=true",
        pool_size=1 if writes else READERS,
        max_overflow=0,
        pool_timeout=30,
    )
    event.listen(engine.sync_engine, "connect", _writer_settings if writes else _reader_settings)
    event.listen(engine.sync_engine, "begin", _begin_immediate if writes else _begin)
    return engine


def _postgresql_engine(url: str) -> AsyncEngine:
    address = make_url(url).set(drivername="postgresql+psycopg")
    return create_async_engine(
        address,
        pool_size=POSTGRESQL_POOL,
        max_overflow=0,
        pool_timeout=30,
        pool_pre_ping=True,
        connect_args={
            "options": _POSTGRESQL_OPTIONS,
            # PgBouncer in transaction mode knows no prepared statements.
            "prepare_threshold": None,
            "keepalives_idle": 4,
            "keepalives_interval": 2,
            "keepalives_count": 3,
        },
    )


class Database:
    """Runs work in transactions: `write` commits it whole or not at all, `read` changes nothing.

    Work is a plain function whose first argument is the open connection. Raises Busy when the
    database is locked, full, read-only or gone; nothing was stored then.
    """

    def __init__(self, url: str) -> None:
        """Take `sqlite:///PATH` or `postgresql://…`; connects at the first use."""
        self.url = url
        path = sqlite_path(url)
        self.is_sqlite = path is not None
        if path is not None:
            self._reader = _sqlite_engine(path, writes=False)
            self._writer = _sqlite_engine(path, writes=True)
        else:
            self._writer = self._reader = _postgresql_engine(url)

    async def write(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run the work in one transaction of the writer and commit it."""
        try:
            async with self._writer.begin() as connection:
                return await connection.run_sync(work, *args, **kwargs)
        except (OperationalError, TimeoutError) as error:
            raise Busy(_plain(error)) from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise Busy(_plain(error)) from error
            raise

    async def read(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run the work on a connection that cannot change anything."""
        try:
            async with self._reader.connect() as connection:
                return await connection.run_sync(work, *args, **kwargs)
        except (OperationalError, TimeoutError) as error:
            raise Busy(_plain(error)) from error

    async def is_writable(self) -> bool:
        """Whether a transaction can be begun and the schema is there."""
        try:
            await self.write(_touch)
        except (Busy, DBAPIError):
            return False
        return True

    async def close(self) -> None:
        """Close all connections."""
        await self._writer.dispose()
        await self._reader.dispose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        await self.close()


def _touch(connection: Connection) -> None:
    connection.execute(text("UPDATE network SET last_ref = last_ref WHERE id < 0"))


def _plain(error: Exception) -> str:
    """What is wrong with the database, in words for people; never a member's data."""
    words = str(getattr(error, "orig", error)).lower()
    if "full" in words or "no space" in words:
        return "The disk is full: nothing was stored. Free some space."
    if "readonly" in words or "read-only" in words:
        return "The database may not be written: nothing was stored. Check the folder's rights."
    if "locked" in words or "timeout" in words or "lock" in words:
        return "The database is busy: nothing was stored. It will be tried again."
    return "The database cannot be reached: nothing was stored."
