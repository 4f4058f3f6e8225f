"""`circulate` over the command line: one meeting planned, sent with `broadcast approve`."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from app.store.database import Database
from tests.cli.here import Here
from tests.factories import Office
from tests.services.published import four_people, meeting


async def build(url: str) -> None:
    async with Database(url) as database:
        office = await Office.open(database, datetime.now(UTC))
        await four_people(office)
        await meeting(office)


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str], office_url: str) -> Here:
    """An office whose meeting 14 is published."""
    asyncio.run(build(office_url))
    return Here(capsys, {})


def test_a_meeting_is_planned_by_its_name_and_nobody_approves_alone(here: Here) -> None:
    code, out, _ = here.run("circulate", "ec/14", "--json")
    assert code == 0
    planned = json.loads(out)
    assert {"id", "hash", "people", "addresses", "segments", "price_micro", "currency"} <= set(
        planned
    )
    assert planned["people"] == planned["addresses"] == planned["segments"]
    assert "sheet ur" in planned["forms"]
    approval = ("broadcast", "approve", str(planned["id"]), "--hash", planned["hash"])
    code, _, err = here.run(*approval)
    assert code == 1
    assert "A keeper may not do this" in err
    code, out, _ = here.run("circulate", "EC/14", "--to", "all")
    assert code == 0
    assert "Another officer sends all of it with: broadcast approve" in out
    assert "Mirkhai: Minutes 14, EC" in out


def test_a_meeting_that_is_not_there_is_refused_in_one_line(here: Here) -> None:
    for which in ("EC/99", "karwai", "999"):
        code, _, err = here.run("circulate", which)
        assert code == 1
        assert "There is no " in err or "no such meeting" in err
