"""The commands about time: hours, days, what waits, the clock."""

import asyncio
from datetime import UTC, datetime, timedelta

from app.cli.hours import _waiting
from app.store import clock
from app.store.database import Database
from tests.cli.here import Here


async def seen_in_2020(url: str) -> None:
    """Let the office have worked last in 2020."""
    async with Database(url) as database:
        await database.write(clock.begin, datetime(2020, 1, 1, tzinfo=UTC))


def test_hours_and_days_are_set_and_told(here: Here) -> None:
    here.ok("hours", "set", "--quiet-until", "08:00", "--hijri-offset", "1")
    told = here.ok("hours", "show")
    assert "night: from 20:00 to 08:00" in told
    assert "1 days after Umm al-Qura" in told
    assert "less than 2 hours a day" in here.refused("hours", "set", "--quiet-until", "19:00")
    day = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    here.ok("days", "add", "festival", day, "--name", "Eid")
    told = here.ok("days", "list")
    assert f"kept   {day} to {day}  festival  Eid" in told
    assert "ramadan  Ramadan" in told
    here.ok("days", "drop", "festival", day)
    assert "kept" not in here.ok("days", "list")
    assert "No such days are kept" in here.refused("days", "drop", "festival", day)
    assert here.ok("held").strip() == "Nothing waits."


def test_a_clock_far_from_what_was_seen_is_confirmed_by_a_person(
    here: Here, office_url: str
) -> None:
    assert "the clock is believed" in here.ok("clock", "show")
    asyncio.run(seen_in_2020(office_url))
    assert "clock confirm" in here.ok("clock", "show")
    assert "The clock is not believed" in here.ok("held")
    code, out, _ = here.run("doctor")
    assert (code, "far from when all was well last" in out) == (1, True)
    (state,) = here.lines("clock", "confirm")
    assert (state["is_believed"], state["confirmed_by"]) == (True, "keeper")
    assert "the clock is believed" in here.ok("clock", "show")
    assert "what waited goes out" in here.ok("clock", "confirm")


def test_what_waits_is_told_by_the_clocks_of_the_network() -> None:
    one = {
        "broadcast_id": 7, "ref": 44, "texts": 3, "why": "night", "day": "",
        "until": "2026-11-23T04:00:00+00:00",
    }  # fmt: skip
    told = _waiting(one, "Asia/Karachi")
    assert told == "Ref 44: 3 texts wait, night, until Mon 23 Nov 09:00"
