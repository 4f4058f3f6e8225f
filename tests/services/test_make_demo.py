"""The demo network: made once, the same every time, whole even after a power cut."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.services.list_contacts import list_contacts
from app.services.make_demo import make_demo
from app.services.read_minutes import read_record
from app.services.show_answers import show_answers
from app.services.show_register import list_meetings
from app.services.show_resolutions import list_resolutions
from app.store import (
    accounts,
    boards,
    broadcasts,
    clock,
    follow_up,
    inbound,
    journal,
    meetings,
    networks,
    newsletters,
    notices,
    outbox,
    press,
    resolutions,
    stories,
    tables,
)
from app.store.database import Connection, Database
from app.store.meeting_answers import meeting_answer
from app.store.meetings import decision, minutes
from app.store.seats import seat
from app.store.series import meeting_series
from app.store.units import unit
from tests.factories import ROOT, Office, catalogue, wire

DATA = ROOT / "deploy" / "demo"


def sizes(conn: Connection) -> dict[str, int]:
    return {
        table.name: conn.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables.metadata.sorted_tables
    }


def kinds(conn: Connection) -> Counter[str]:
    return Counter(conn.execute(select(unit.c.kind)).scalars())


def seats(conn: Connection) -> Counter[str]:
    return Counter(conn.execute(select(seat.c.body)).scalars())


async def look_at_the_minutes(database: Database, now: Any) -> None:
    """Attendance, quorum, owners, letters and history, as a real book has them."""
    network = await database.read(networks.by_slug, "mirkhai")
    assert network is not None
    page = await list_meetings(database, network.id, public=False)
    book = [await read_record(database, network.id, line.id) for line in page.lines]
    held = [one for one in book if one.revision]
    executive = [one for one in held if one.body == "EC"]
    assert [one.label for one in held if one.state == "adjourned"] == ["16"]
    assert {len(one.attendees) for one in executive} == {15}
    assert all(9 <= one.present <= 14 for one in executive if one.label != "16")
    assert all(2 <= one.women <= 6 for one in executive)
    assert all(1 <= (one.published_at - one.at).days <= 6 for one in held)
    assert [one.label for one in executive if one.confirmed_at is None] == ["22", "16"]
    restricted = [item for one in held for item in one.record.items if item.restricted]
    assert len(restricted) == 1
    lines = await list_resolutions(database, network.id, today=now.date())
    assert sum(line.replied_on is None for line in lines) == 2
    owners = [one.owner for minutes in held for one in minutes.record.decisions]
    assert all(one.post for one in owners)
    steps = await database.read(lambda conn: conn.execute(select(meetings.decision_step)).all())
    assert Counter(row.status for row in steps) == {"in hand": 52, "done": 27, "dropped": 3}


async def look_at_the_notices(database: Database, found: dict[str, int]) -> None:
    """Each meeting had its notice and two reminders; of the next one nine of fifteen said yes."""

    def sent(conn: Connection) -> Counter[tuple[str, str]]:
        notice = notices.meeting_notice.c
        rows = conn.execute(select(notice.part, notice.state))
        return Counter((row.part, row.state) for row in rows)

    assert await database.read(sent) == {
        ("all", "made"): 15, ("silent", "made"): 28, ("coming", "empty"): 28
    }  # fmt: skip
    states = await database.read(outbox.counts)
    assert {name for name, count in states.items() if count} == {"delivered", "undelivered"}
    assert 35 <= states["undelivered"] <= 55
    assert found["outbox"] == found["meeting_reminder"]
    page = await list_meetings(database, 1, public=False)
    following = next(one for one in page.lines if one.label == "23")
    said = (await show_answers(database, 1, following.id)).forecast
    assert (said.coming, said.women_coming, said.not_coming, said.silent) == (9, 4, 2, 4)
    assert (said.transport, said.children, said.stand_ins) == (1, 1, 1)


async def test_the_demo_is_as_large_as_it_is_described_and_is_made_once(
    database_url: str, now: Any
) -> None:
    async with Database(database_url) as database:
        made = await make_demo(database, DATA, catalogue=catalogue(), now=now)
        assert len({one.token for one in made}) == len(made) == 3
        found = await database.read(sizes)
        held = await database.read(seats)
        assert (held["GB"], held["EC"], held["LSO"]) == (22, 15, 33)
        assert (held["VO"], held["CO"], held["OUT"]) == (284, 2_148, 64)
        tiers = await database.read(kinds)
        assert (tiers["LSON"], tiers["LSO"], tiers["VO"], tiers["CO"]) == (1, 11, 142, 1_074)
        assert found["person"] == 33 + 284 + 2_148 + 64
        assert found["people_group"] == 5
        assert found["meeting"] >= 15
        assert 40 <= found["decision"] <= 60
        assert (found["resolution"], found["minutes_revision"]) == (6, 15)
        await look_at_the_notices(database, found)
        standings = Counter(row["standing"] for row in await list_contacts(database))
        assert 0.01 < standings["stopped"] / found["person"] < 0.03
        assert 0.005 < standings["alerts"] / found["person"] < 0.015
        network = await database.read(networks.by_slug, "mirkhai")
        assert network is not None
        assert await database.read(journal.first_broken, network.id) is None
        await look_at_the_minutes(database, now)
        later = now + timedelta(days=20)
        await database.write(clock.begin, now)
        assert await make_demo(database, DATA, catalogue=catalogue(), now=later) == ()
        assert await database.read(sizes) == found
        assert await database.read(clock.is_believed, later)
        office = Office(database, now, "mirkhai", 1)
        await office.wires(wire())
        assert "Karwai" in (await office.say(1, "KARWAI")).reply


REGISTER = (
    follow_up.decision_report,
    boards.hanging,
    boards.hung_sheet,
    boards.board,
    newsletters.newsletter_item,
    newsletters.newsletter,
    press.press_sending,
    press.press_note,
    stories.story,
    meetings.decision_text,
    meetings.decision_step,
    decision,
    resolutions.resolution,
    meetings.attendance,
    meetings.minutes_revision,
    minutes,
)


TOLD = (
    meeting_answer,
    notices.meeting_reminder,
    notices.meeting_notice,
    outbox.outbox,
    broadcasts.recipient,
    broadcasts.broadcast_text,
    broadcasts.broadcast,
    inbound.inbound,
)
"""What a meeting brings with it; of those that were held nobody is told again."""


@pytest.mark.slow
async def test_a_demo_that_a_power_cut_left_half_made_is_completed(
    database_url: str, now: Any
) -> None:
    def undo_the_last_steps(conn: Connection) -> None:
        conn.execute(accounts.account.delete())
        for table in (*TOLD, *REGISTER):
            conn.execute(table.delete())
        conn.execute(meetings.meeting.delete().where(meetings.meeting.c.id > 3))
        conn.execute(meeting_series.delete())

    async with Database(database_url) as database:
        await make_demo(database, DATA, catalogue=catalogue(), now=now)
        whole = await database.read(sizes)
        await database.write(undo_the_last_steps)
        assert len(await make_demo(database, DATA, catalogue=catalogue(), now=now)) == 3
        again = await database.read(sizes)
        counted = ("person", "address", "unit", "meeting", "account", "standing", "awareness_item")
        counted += tuple(table.name for table in REGISTER)
        assert {name: again[name] for name in counted} == {name: whole[name] for name in counted}
