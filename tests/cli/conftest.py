"""Databases with the demo network, and offices for commands inside this process."""

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.store.database import Database
from tests.cli.here import Here
from tests.factories import Office
from tests.services.seated import Chamber
from tests.web.fixtures import (
    demo_file,
    demo_postgres,
    demo_server,
    demo_sqlite,
    demo_url,
)

__all__ = ["demo_file", "demo_postgres", "demo_server", "demo_sqlite", "demo_url"]


@pytest.fixture
def office_url(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database_url: str) -> str:
    """The settings of an office on each database, with none of the caller's own."""
    for name in [name for name in os.environ if name.startswith("MUNADI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MUNADI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MUNADI_DATABASE_URL", database_url)
    return database_url


async def _seated(url: str) -> dict[str, int]:
    async with Database(url) as database:
        chamber = await Chamber.open(await Office.open(database, datetime.now(UTC)))
        names = ("Nusrat", "Amina", "Bilqis")
        return {name: await chamber.person(name, chamber.roshni) for name in names}


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str], office_url: str) -> Here:
    """An office with an LSO and three people, on both databases."""
    return Here(capsys, asyncio.run(_seated(office_url)))
