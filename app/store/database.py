"""The database: one writer on SQLite, many on PostgreSQL, and the same two verbs for both.

Transactions are plain functions run whole on a thread of their own. That costs one hand-over
a transaction; an async driver would cost several a statement (measured: five times as much).
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self, TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from app.domain.errors import Busy, Refusal

__all__ = ["Connection", "Database", "sqlite_path"]

P = ParamSpec("P")
T = TypeVar("T")

BUSY_TIMEOUT_MS = 5_000
READERS = 4
POSTGRESQL_POOL = 8
PASSING = frozenset({"25006", "25P03"})
"""PostgreSQL's words for read-only and for an idle transaction ended: no fault of the work."""
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


def _sqlite_engine(path: Path, *, writes: bool) -> Engine:
    mode = "rwc" if writes else "ro"
    engine = create_engine(
        URL.create(
            "sqlite", database=f"file:{quote(str(path))}", query={"mode": mode, "uri": "true"}
        ),
        pool_size=1 if writes else READERS,
        max_overflow=0,
        connect_args={"check_same_thread": False},
    )
    event.listen(engine, "connect", _writer_settings if writes else _reader_settings)
    event.listen(engine, "begin", _begin_immediate if writes else _begin)
    return engine


def _postgresql_engine(url: str) -> Engine:
    address = make_url(url).set(drivername="postgresql+psycopg")
    return create_engine(
        address,
        pool_size=POSTGRESQL_POOL,
        max_overflow=0,
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
            self._read_threads = ThreadPoolExecutor(READERS, "munadi-read")
            self._write_threads = ThreadPoolExecutor(1, "munadi-write")
        else:
            engine = _postgresql_engine(url)
            self._writer = engine
            self._reader = engine.execution_options(postgresql_readonly=True)
            self._read_threads = ThreadPoolExecutor(POSTGRESQL_POOL, "munadi-database")
            self._write_threads = self._read_threads

    async def write(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run the work in one transaction of the writer and commit it."""
        run = partial(_transact, self._writer, lambda conn: work(conn, *args, **kwargs))
        return await asyncio.get_running_loop().run_in_executor(self._write_threads, run)

    async def read(
        self, work: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run the work on a connection that cannot change anything."""
        run = partial(_transact, self._reader, lambda conn: work(conn, *args, **kwargs))
        return await asyncio.get_running_loop().run_in_executor(self._read_threads, run)

    async def is_writable(self) -> bool:
        """Whether a transaction can be begun and the schema is there."""
        try:
            await self.write(_touch)
        except (Busy, DBAPIError):
            return False
        return True

    async def close(self) -> None:
        """Wait for the transactions under way, then close all connections."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._write_threads.shutdown()
        self._read_threads.shutdown()
        self._writer.dispose()
        self._reader.dispose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        await self.close()


def _transact(engine: Engine, work: Callable[[Connection], T]) -> T:
    """One transaction; raises Busy for what passes, whatever driver said it."""
    try:
        with engine.begin() as connection:
            return work(connection)
    except (OperationalError, PoolTimeoutError) as error:
        raise Busy(in_plain_words(error)) from error
    except DBAPIError as error:
        is_passing = getattr(error.orig, "sqlstate", None) in PASSING
        if error.connection_invalidated or is_passing or _is_damaged(error):
            raise Busy(in_plain_words(error)) from error
        raise


def _touch(connection: Connection) -> None:
    # A statement that changes no page would succeed on a full disk as well.
    connection.execute(text("INSERT INTO listener (channel, worker, until_us) VALUES ('', '', 0)"))
    connection.execute(text("DELETE FROM listener WHERE channel = ''"))


def _is_damaged(error: Exception) -> bool:
    words = str(getattr(error, "orig", error)).lower()
    return "not a database" in words or "malformed" in words


def in_plain_words(error: Exception) -> str:
    """What is wrong with the database, in words for people; never a member's data."""
    words = str(getattr(error, "orig", error)).lower()
    if _is_damaged(error):
        return "The database file is damaged: nothing was stored. Restore the last backup."
    if "full" in words or "no space" in words:
        return "The disk is full: nothing was stored. Free some space."
    if "readonly" in words or "read-only" in words:
        return "The database may not be written: nothing was stored. Check the folder's rights."
    if "locked" in words or "timeout" in words or "lock" in words:
        return "The database is busy: nothing was stored. It will be tried again."
    return "The database cannot be reached: nothing was stored."
