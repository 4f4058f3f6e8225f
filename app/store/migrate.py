"""Brings a database to the newest shape; one history for SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from app.domain.errors import Busy, Refusal
from app.store.database import in_plain_words, sqlite_path

ROOT = Path(__file__).resolve().parents[2]
MIGRATION_LOCK = 7_266_134
"""Any number that no other program on the same PostgreSQL uses for its advisory lock."""


def config() -> Config:
    """Alembic's settings, without a file of their own."""
    settings = Config()
    settings.set_main_option("script_location", str(ROOT / "alembic"))
    return settings


def engine_for(url: str) -> Engine:
    """A plain engine for migrations: no pool, SQLite without foreign keys.

    Batch re-creation of a table with foreign keys on would delete all child rows by cascade.
    """
    address = make_url(url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    return create_engine(address, poolclass=NullPool)


def newest() -> str:
    """The revision that this code needs."""
    return ScriptDirectory.from_config(config()).get_current_head() or ""


def _history() -> set[str]:
    return {step.revision for step in ScriptDirectory.from_config(config()).walk_revisions()}


def current(url: str) -> str | None:
    """The revision that the database has; None for an empty one. Raises Busy if it is gone."""
    engine = engine_for(url)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except OperationalError as error:
        raise Busy(in_plain_words(error)) from error
    finally:
        engine.dispose()


def upgrade(url: str, *, copy_at: datetime | None = None) -> bool:
    """Bring the database to the newest shape; True when something was changed.

    On SQLite a copy of an older database is kept beside it first (named by `copy_at`); on
    PostgreSQL an advisory lock keeps a second process waiting. Raises Refusal for a database
    of a newer version.
    """
    path = sqlite_path(url)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    before = current(url)
    if before == newest():
        return False
    if before is not None and before not in _history():
        raise Refusal(
            "newer_database",
            "These data were written by a newer version of Munadi: use that one. "
            "Nothing was changed.",
        )
    if path is not None and before is not None and copy_at is not None:
        _keep_copy(path, copy_at)
    _run(url, "head")
    return True


def downgrade(url: str, revision: str = "base") -> None:
    """Take the database back to an older shape; for tests of the history."""
    _run(url, revision, down=True)


def _run(url: str, revision: str, *, down: bool = False) -> None:
    engine = engine_for(url)
    settings = config()
    with engine.connect() as connection, _locked(connection):
        settings.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(settings, revision)
        connection.commit()
        if connection.dialect.name == "sqlite":
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise RuntimeError(f"the migration left {len(broken)} rows without their parent")
    engine.dispose()


@contextmanager
def _locked(connection: Connection) -> Iterator[None]:
    if connection.dialect.name != "postgresql":
        yield
        return
    connection.execute(text("SELECT pg_advisory_lock(:n)"), {"n": MIGRATION_LOCK})
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:n)"), {"n": MIGRATION_LOCK})
        connection.commit()


def _keep_copy(path: Path, at: datetime) -> None:
    target = path.with_name(f"{path.stem}-before-{at:%Y%m%dT%H%M%S}{path.suffix}")
    with sqlite3.connect(path) as source:
        source.execute("VACUUM INTO ?", (str(target),))
    source.close()
