"""The hours and days on which a network does not text people, and what waits for them."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from app.domain.broadcast import Kind
from app.domain.errors import Refusal
from app.domain.special_days import DayKind, SpecialDays
from app.services.approve_broadcast import approve_broadcast
from app.services.keep_outbox import keep_outbox
from app.services.set_hours import Hours, add_days, drop_days, hours_of, set_hours
from app.services.watch_clock import watch_clock
from app.store import networks
from app.store.journal import first_broken, journal
from app.store.networks import NetworkInfo
from tests.factories import Office, person

USUAL = Hours(time(20), time(9), time(12, 30), time(14, 30))
NIGHT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
SUNDAY, MONDAY = date(2026, 11, 22), date(2026, 11, 23)


async def keep(office: Office, at: datetime | None = None, **changes: Any) -> None:
    told = Hours(**{**{name: getattr(USUAL, name) for name in USUAL.__slots__}, **changes})
    await set_hours(office.database, office.id, told, by="Rehmat", now=at or office.now)


async def add(
    office: Office, first: date, last: date, kind: DayKind = DayKind.FESTIVAL, name: str = "Eid"
) -> None:
    days = SpecialDays(kind, first, last, name)
    await add_days(office.database, office.id, days, by="Rehmat", now=office.now)


async def info(office: Office) -> NetworkInfo:
    return await office.database.read(networks.by_id, office.id)


async def actions(office: Office) -> list[str]:
    def read(conn: Any) -> list[str]:
        mine = journal.c.actor == "Rehmat"
        return [row.action for row in conn.execute(journal.select().where(mine))]

    assert await office.database.read(first_broken, office.id) is None
    return await office.database.read(read)


async def test_hours_are_kept_for_this_network_alone(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    wanted = Hours(time(21), time(8), time(0), time(0), time(17), time(10), 1, 6)
    await set_hours(office.database, office.id, wanted, by="Rehmat", now=office.now)
    assert hours_of(await info(office)) == wanted
    assert hours_of(await info(other)) == USUAL
    assert await actions(office) == ["hours changed"]


WRONG = (
    ({"quiet_from": time(9, 1), "quiet_until": time(9)}, "quiet"),
    ({"quiet_from": time(7, 1), "quiet_until": time(7)}, "quiet"),
    ({"friday_from": time(15), "friday_until": time(14)}, "friday"),
    ({"friday_from": time(9), "friday_until": time(18, 1)}, "friday"),
    ({"ramadan_from": time(17)}, "ramadan"),
    ({"ramadan_until": time(10)}, "ramadan"),
    ({"ramadan_from": time(11), "ramadan_until": time(10)}, "ramadan"),
    ({"ramadan_from": time(14), "ramadan_until": time(11)}, "friday"),
    ({"hijri_offset": 4}, "hijri_offset"),
    ({"routine_cap": -1}, "routine_cap"),
    ({"routine_cap": 32}, "routine_cap"),
)


async def test_hours_that_leave_no_time_are_refused_and_nothing_changes(office: Office) -> None:
    for changes, code in WRONG:
        with pytest.raises(Refusal) as refused:
            await keep(office, **changes)
        assert refused.value.code == code, changes
    assert hours_of(await info(office)) == USUAL
    await keep(office, quiet_from=time(13, 0), quiet_until=time(9))
    await keep(office, quiet_from=time(0), quiet_until=time(0))


async def test_what_waits_for_the_old_hours_waits_for_the_new_ones(office: Office) -> None:
    await office.people(person("Gul", 1), person("Noor", 2))
    await office.approve(await office.plan(now=NIGHT), now=NIGHT)
    await keep(office, NIGHT, quiet_until=time(7))
    assert {row.due_at for row in await office.texts()} == {MORNING - timedelta(hours=2)}
    await keep(office, NIGHT)
    await add(office, SUNDAY, SUNDAY)
    assert {row.due_at for row in await office.texts()} == {MORNING + timedelta(days=1)}
    assert (await office.claim(now=MORNING)).rows == ()
    with pytest.raises(Refusal, match="No such days"):
        await drop_days(
            office.database, office.id, DayKind.MOURNING, SUNDAY, by="Rehmat", now=NIGHT
        )
    await drop_days(office.database, office.id, DayKind.FESTIVAL, SUNDAY, by="Rehmat", now=NIGHT)
    await keep_outbox(office.database, now=MORNING)
    assert len((await office.claim(now=MORNING)).rows) == 2
    assert (await actions(office))[-2:] == ["special days added", "special days taken away"]


async def test_on_a_closed_day_only_what_is_urgent_and_answers_go_out(office: Office) -> None:
    await office.people(person("Gul", 1))
    await add(office, date(2026, 11, 21), SUNDAY, DayKind.MOURNING)
    urgent = await office.plan(kind=Kind.URGENT)
    by = office.approver(urgent, "Sajida")
    with pytest.raises(Refusal) as refused:
        await approve_broadcast(office.database, urgent.id, by=by, now=office.now)
    assert refused.value.code == "own_text"
    await office.approve(urgent)
    await office.send()
    await office.say(1, "KARWAI")
    assert await office.states() == ["queued", "held", "queued"]
    later = office.now + timedelta(hours=1)
    await keep_outbox(office.database, now=later)
    assert len((await office.claim(now=later)).rows) == 2


BAD_DAYS = (
    (MONDAY, SUNDAY, DayKind.FESTIVAL, "", "days_turned"),
    (SUNDAY, SUNDAY + timedelta(days=10), DayKind.FESTIVAL, "", "days_long"),
    (SUNDAY, SUNDAY + timedelta(days=30), DayKind.RAMADAN, "", "days_long"),
    (date(2026, 11, 1), date(2026, 11, 2), DayKind.FESTIVAL, "", "days_past"),
    (date(2096, 11, 1), date(2096, 11, 2), DayKind.FESTIVAL, "", "days_past"),
    (MONDAY, MONDAY, DayKind.MOURNING, "x" * 61, "name_long"),
    (MONDAY, MONDAY, DayKind.FESTIVAL, "", "overlap"),
)


async def test_days_that_cannot_be_are_refused(office: Office) -> None:
    await add(office, SUNDAY, MONDAY)
    await add(office, MONDAY, MONDAY, DayKind.RAMADAN)
    for first, last, kind, name, code in BAD_DAYS:
        with pytest.raises(Refusal) as refused:
            await add(office, first, last, kind, name)
        assert refused.value.code == code
    assert [one.kind for one in (await info(office)).special_days] == ["festival", "ramadan"]


async def test_nothing_is_set_by_a_wrong_clock(office: Office) -> None:
    await watch_clock(office.database, now=office.now)
    with pytest.raises(Refusal) as refused:
        await keep(office, office.now + timedelta(days=2), quiet_until=time(7))
    assert refused.value.code == "clock_wrong"
    assert hours_of(await info(office)) == USUAL
