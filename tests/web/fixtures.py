"""Databases with the demo network in them, made once and copied for every test."""

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests import postgres
from tests.web.office import make_demo_at


@pytest.fixture(scope="session")
def demo_sqlite(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "munadi.db"
    shutil.copyfile(migrated_sqlite, path)
    asyncio.run(make_demo_at(f"sqlite:///{path}"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(scope="session")
def demo_postgres(postgres_server: postgres.Server, migrated_postgres: str) -> str:
    name = postgres_server.create(migrated_postgres)
    asyncio.run(make_demo_at(postgres_server.url(name)))
    return name


@pytest.fixture
def demo_file(demo_sqlite: Path, place: Path) -> str:
    """Give the address of a fresh SQLite file with the demo network."""
    path = place / "munadi.db"
    shutil.copyfile(demo_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture
def demo_server(postgres_server: postgres.Server, demo_postgres: str) -> Iterator[str]:
    with postgres_server.database(demo_postgres) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def demo_url(request: pytest.FixtureRequest) -> str:
    """Run the test twice: on SQLite and on PostgreSQL, each with a fresh demo network."""
    wanted = "demo_file" if request.param == "sqlite" else "demo_server"
    return request.getfixturevalue(wanted)
