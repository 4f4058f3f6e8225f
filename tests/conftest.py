"""What every test may ask for: a fresh migrated database, a fixed now; and no way out."""

import gc
import ipaddress
import os
import shutil
import socket
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from tests import postgres

hypothesis.settings.register_profile("here", deadline=None, max_examples=50)
hypothesis.settings.register_profile("ci", deadline=None, max_examples=50, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


def _stay_home(event: str, arguments: tuple) -> None:
    """Refuse every connection, datagram and name look-up that would leave this computer."""
    if event in {"socket.connect", "socket.sendto"}:
        wire, address = arguments
        host = address[0] if wire.family in {socket.AF_INET, socket.AF_INET6} else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    if not _is_loopback(host):
        raise RuntimeError(f"a test tried to reach {host}; tests reach nothing but this computer")


def _is_loopback(host: str | bytes | None) -> bool:
    if host is None or host in {"", "localhost", b"localhost"}:
        return True
    try:
        return ipaddress.ip_address(os.fsdecode(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


sys.addaudithook(_stay_home)


def _keep_bytecode() -> None:
    """Keep compiled code in our own environment where none may lie beside the sources.

    Migrations are read anew for every office, and every command of a test is a new process.
    """
    if sys.dont_write_bytecode and sys.prefix != sys.base_prefix:
        sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = f"{sys.prefix}/bytecode"
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        sys.dont_write_bytecode = False


_keep_bytecode()


class _OneForAll:
    """Keeps what a statement was compiled to for the next test, as an office does for months.

    Every test has a database of its own; half its time would go into writing the same SQL anew.
    """

    supports_statement_cache = True
    compiled: LRUCache = LRUCache(3000)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=cls.compiled)


class OnSqlite(_OneForAll, SQLiteDialect_pysqlite):
    supports_statement_cache = True


class OnPostgres(_OneForAll, PGDialect_psycopg):
    supports_statement_cache = True


registry.register("sqlite", __name__, OnSqlite.__name__)
registry.register("postgresql.psycopg", __name__, OnPostgres.__name__)


ON_BOTH_AT_ONCE = (
    "tests/store/",
    "tests/services/test_receive_mo",
    "tests/services/test_dispatch_outbox",
    "tests/services/test_resolve_uncertain",
)
"""What alone speaks to a database, and the way of a text through it. All the rest is asked of
PostgreSQL by .ci/run, so that the tests of a volunteer's change take minutes."""
IN_CI = (
    *("tests/crash/", "tests/end_to_end/", "tests/cli/"),
    "tests/services/test_bad_files",
    "tests/services/test_restore_office.py::test_a_restore_cut_off_anywhere",
    "tests/store/test_migrate",
)
"""What starts processes, kills them and watches the clock is run by .ci/run alone too; and what
takes long for what a change rarely breaks."""
IN_CI_NOT = ("tests/cli/test_lines",)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what is run by .ci/run alone."""
    for item in items:
        is_later = "[postgresql" in item.name or "-postgresql" in item.name
        if is_later and not item.nodeid.startswith(ON_BOTH_AT_ONCE):
            item.add_marker(pytest.mark.slow)
        if item.nodeid.startswith(IN_CI) and not item.nodeid.startswith(IN_CI_NOT):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over ten thousand tests, as it does in a running office."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def now() -> datetime:
    """Saturday noon in Karachi."""
    return datetime(2026, 11, 21, 7, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """Give a running PostgreSQL whose `database()` makes fresh, empty databases."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(postgres.running())
        except postgres.Unavailable as reason:
            if os.environ.get("MUNADI_TEST_REQUIRE_POSTGRES"):
                pytest.fail(f"PostgreSQL was required: {reason}", pytrace=False)
            pytest.skip(f"without PostgreSQL: {reason}")
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: postgres.Server) -> str:
    """Migrate one database of the server, once, and give its name as a template."""
    from app.store.migrate import upgrade

    name = postgres_server.create()
    upgrade(postgres_server.url(name))
    return name


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file, once, and fold its log into it so that it can be copied."""
    from app.store.migrate import upgrade

    path = tmp_path_factory.mktemp("migrated") / "munadi.db"
    upgrade(f"sqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Give the folder of a SQLite file: in memory, where no commit waits for a disk.

    What .ci/run alone asks (kills, clocks, the command) is asked of a disk, as in an office.
    """
    is_slow = request.node.get_closest_marker("slow") is not None
    if is_slow or not postgres.has_room(postgres.MEMORY):
        yield request.getfixturevalue("tmp_path")
        return
    with tempfile.TemporaryDirectory(prefix="munadi-", dir=postgres.MEMORY) as folder:
        yield Path(folder)


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, place: Path) -> str:
    """Give the address of a fresh migrated SQLite file."""
    path = place / "munadi.db"
    shutil.copyfile(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: postgres.Server, migrated_postgres: str) -> Iterator[str]:
    """Give the address of a fresh migrated PostgreSQL database."""
    with postgres_server.database(migrated_postgres) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Run the test twice: once on SQLite, once on PostgreSQL, each time on a fresh database."""
    wanted = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return request.getfixturevalue(wanted)
