"""An office on a fresh database, once on SQLite and once on PostgreSQL."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from app.store.database import Database
from tests.factories import Office


@pytest.fixture
async def office(database_url: str, now: datetime) -> AsyncIterator[Office]:
    async with Database(database_url) as database:
        yield await Office.open(database, now)
