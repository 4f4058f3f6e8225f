"""Three processes remind, one is killed again and again: nobody is left out, nobody told twice."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from app.services.call_meeting import NewMeeting, call_meeting
from app.store import routes
from app.store.database import Connection, Database
from app.store.notices import meeting_notice, meeting_reminder
from app.store.outbox import outbox
from app.store.people import person
from app.store.seats import seat
from tests.crash.office import SEED, Office, people, until
from tests.factories import wire
from tests.standins.client import TwilioStandIn

NOW = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
PEOPLE, MEETINGS, CHUNK, KILLS = 200, 5, 4, 4


async def called(database: Database) -> None:
    """So many people in one body whose meetings are all seven days away."""
    await people(database, PEOPLE)
    await database.write(routes.configure, [wire(reaches=frozenset({"test"}))])
    await database.write(_seats)
    for no in range(1, MEETINGS + 1):
        new = NewMeeting("EC", no, str(no), NOW + timedelta(days=7))
        await call_meeting(database, "mirkhai", new, by="Nusrat", now=NOW)


def _seats(conn: Connection) -> None:
    ids = conn.execute(select(person.c.id)).scalars().all()
    conn.execute(insert(seat), [{"network_id": 1, "person_id": n, "body": "EC"} for n in ids])


def _reminded(conn: Connection) -> int:
    return int(conn.execute(select(func.count()).select_from(meeting_reminder)).scalar_one())


def _unfinished(conn: Connection) -> int:
    mine = meeting_notice.c.state == "making"
    return int(conn.execute(select(func.count(meeting_notice.c.id)).where(mine)).scalar_one())


def _texts(conn: Connection) -> Counter[tuple[int, int]]:
    rows = conn.execute(
        select(meeting_notice.c.meeting_id, outbox.c.address_id).join(
            meeting_notice, meeting_notice.c.broadcast_id == outbox.c.broadcast_id
        )
    )
    return Counter((row.meeting_id, row.address_id) for row in rows)


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True
)
async def test_three_remind_and_one_is_killed(database_url: str, tmp_path: Path) -> None:
    print(f"seed {SEED}")
    chance = random.Random(SEED)  # noqa: S311
    told = ("-m", "tests.crash.remind", database_url, NOW.isoformat(), str(CHUNK))
    names = ("one", "two", "three")
    async with TwilioStandIn() as twilio, Office(tmp_path, database_url, twilio) as office:
        await called(office.database)
        for name in names:
            await office.start(name, *told)
        total = PEOPLE * MEETINGS
        for moment in sorted(chance.randrange(total * 3 // 4) for _ in range(KILLS)):
            await until(lambda at=moment: _at_least(office, at))
            name = chance.choice(names)
            await office.kill(name)
            await office.start(name, *told)
        await until(lambda: _is_done(office, total), within_s=60)
        found = await office.database.read(_texts)
    assert len(office.killed) >= KILLS
    assert len(found) == total
    assert set(found.values()) == {1}


async def _at_least(office: Office, many: int) -> bool:
    return await office.database.read(_reminded) >= many


async def _is_done(office: Office, total: int) -> bool:
    if await office.database.read(_unfinished) or await office.database.read(_reminded) < total:
        return False
    return sum((await office.states()).values()) >= total
