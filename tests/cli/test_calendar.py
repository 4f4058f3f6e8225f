"""The calendar over the command line: a rule kept, a day left out, the rule ended."""

import asyncio
from datetime import UTC, datetime

import pytest

from app.store.database import Database
from tests.cli.here import Here
from tests.factories import Office


async def build(url: str) -> None:
    async with Database(url) as database:
        await Office.open(database, datetime.now(UTC))


def test_a_rule_is_kept_in_words_and_ended(
    capsys: pytest.CaptureFixture[str], office_url: str
) -> None:
    asyncio.run(build(office_url))
    here = Here(capsys, {})
    assert "two ways" in here.refused("calendar", "rule", "EC", "every third Friday", "10:00")
    kept = here.ok("calendar", "rule", "EC", "har itwar", "10:00", "--venue", "Shahi")
    assert kept == "Rule 1 is kept: every Sunday.\n"
    (rule,) = here.lines("calendar", "rules")
    first, second, third = rule["next_days"]
    said = f"1  EC every Sunday, 10:00: {first}, {second}, {third}\n"
    assert here.ok("calendar", "rules") == said
    here.ok("calendar", "skip", "1", second)
    assert here.lines("calendar", "rules")[0]["skipped"] == [second]
    shown = here.ok("calendar", "show", second[:7])
    (line,) = [line for line in shown.splitlines() if line.startswith(second)]
    assert "EC 2 cancelled" in line
    here.ok("calendar", "again", "1", second)
    assert "EC 2 planned" in here.ok("calendar", "show", second[:7])
    assert "no day to come" in here.refused("calendar", "skip", "1", "2020-01-05")
    assert "0 of its meetings" in here.ok("calendar", "end", "1", "--off")
    assert here.lines("calendar", "rules") == []
    assert "EC 2 cancelled" in here.ok("calendar", "show", second[:7])
