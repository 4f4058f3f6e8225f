"""The demo network: made once, the same every time, whole even after a power cut."""

import tomllib
from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from app.services.list_contacts import list_contacts
from app.services.make_demo import make_demo
from app.store import accounts, journal, meetings, networks, tables
from app.store.database import Connection, Database
from app.store.meetings import decision, minutes
from app.store.seats import seat
from tests.factories import ROOT, Office, catalogue, wire

DATA = ROOT / "deploy" / "demo"
FACTS = tomllib.loads((DATA / "mirkhai.toml").read_text(encoding="utf-8"))


def sizes(conn: Connection) -> dict[str, int]:
    return {
        table.name: conn.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables.metadata.sorted_tables
    }


def seats(conn: Connection) -> Counter[str]:
    return Counter(conn.execute(select(seat.c.body)).scalars())


async def test_the_demo_is_as_large_as_it_is_described(database_url: str, now: Any) -> None:
    async with Database(database_url) as database:
        made = await make_demo(database, DATA, catalogue=catalogue(), now=now)
        assert len({one.token for one in made}) == len(made) == 2
        found = await database.read(sizes)
        held = await database.read(seats)
        assert (held["GB"], held["EC"]) == (22, 15)
        assert len([one for one in FACTS["unit"] if one["kind"] == "LSO"]) == 11
        assert found["unit"] == len(FACTS["unit"])
        assert found["meeting"] >= 15
        assert 40 <= found["decision"] <= 60
        assert found["outbox"] == 0
        network = await database.read(networks.by_slug, "mirkhai")
        assert network is not None
        assert await database.read(journal.first_broken, network.id) is None
        assert all(one["name"] for one in await list_contacts(database))


async def test_making_the_demo_twice_changes_nothing(database_url: str, now: Any) -> None:
    async with Database(database_url) as database:
        await make_demo(database, DATA, catalogue=catalogue(), now=now)
        before = await database.read(sizes)
        later = now + timedelta(days=1)
        assert await make_demo(database, DATA, catalogue=catalogue(), now=later) == ()
        assert await database.read(sizes) == before


async def test_a_demo_that_a_power_cut_left_half_made_is_completed(
    database_url: str, now: Any
) -> None:
    def undo_the_last_steps(conn: Connection) -> None:
        for table in (accounts.account, meetings.decision_text, decision, minutes):
            conn.execute(table.delete())
        conn.execute(meetings.meeting.delete().where(meetings.meeting.c.id > 3))

    async with Database(database_url) as database:
        await make_demo(database, DATA, catalogue=catalogue(), now=now)
        whole = await database.read(sizes)
        await database.write(undo_the_last_steps)
        assert len(await make_demo(database, DATA, catalogue=catalogue(), now=now)) == 2
        again = await database.read(sizes)
        counted = ("person", "address", "unit", "meeting", "minutes", "decision", "account")
        assert {name: again[name] for name in counted} == {name: whole[name] for name in counted}


async def test_the_demo_answers_a_member(database_url: str, now: Any) -> None:
    async with Database(database_url) as database:
        await make_demo(database, DATA, catalogue=catalogue(), now=now)
        office = Office(database, now, "mirkhai", 1)
        await office.wires(wire())
        assert "Karwai" in (await office.say(1, "KARWAI")).reply
