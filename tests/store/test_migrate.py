"""One history for both databases: up, down and up again, and no drift from the tables."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from app.domain.errors import Refusal
from app.store import migrate
from app.store.database import sqlite_path
from app.store.tables import metadata
from tests import postgres

AT = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a database in which nothing is."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'munadi.db'}"
    server: postgres.Server = request.getfixturevalue("postgres_server")
    return server.url(server.create())


def tables(url: str) -> set[str]:
    engine = migrate.engine_for(url)
    found = set(inspect(engine).get_table_names()) - {"alembic_version"}
    engine.dispose()
    # What each database has of its own for finding decisions is made by hand.
    searching = {name for name in found if name.startswith("search_")}
    assert searching or not found
    return found - searching


def test_history_goes_up_down_and_up_again(empty_url: str) -> None:
    assert migrate.upgrade(empty_url)
    assert tables(empty_url) == set(metadata.tables)
    assert migrate.current(empty_url) == migrate.newest()
    migrate.downgrade(empty_url)
    assert tables(empty_url) == set()
    assert migrate.current(empty_url) is None
    assert migrate.upgrade(empty_url)
    assert tables(empty_url) == set(metadata.tables)


def test_an_up_to_date_database_is_left_alone(empty_url: str) -> None:
    migrate.upgrade(empty_url)
    assert not migrate.upgrade(empty_url)


def test_the_history_makes_exactly_the_tables_of_the_code(empty_url: str) -> None:
    migrate.upgrade(empty_url)
    engine, settings = migrate.engine_for(empty_url), migrate.config()
    with engine.connect() as connection:
        settings.attributes["connection"] = connection
        command.check(settings)
    engine.dispose()


def test_there_is_one_history() -> None:
    assert len(ScriptDirectory.from_config(migrate.config()).get_heads()) == 1


def test_an_upgrade_keeps_a_copy_of_what_was_there(sqlite_url: str) -> None:
    path = sqlite_path(sqlite_url)
    assert path is not None
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")
        connection.execute("INSERT INTO listener (channel, worker) VALUES ('sim', 'w')")
    copy = path.with_name("munadi-before-20261121T070000.db")
    migrate._keep_copy(path, AT)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT worker FROM listener").fetchone() == ("w",)


def test_a_database_of_a_newer_version_is_refused_and_left_alone(sqlite_url: str) -> None:
    path = sqlite_path(sqlite_url)
    assert path is not None
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Refusal, match="newer version"):
        migrate.upgrade(sqlite_url, copy_at=AT)
    assert migrate.current(sqlite_url) == "9999"
    assert list(path.parent.glob("*before*")) == []
