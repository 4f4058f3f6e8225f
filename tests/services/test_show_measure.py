"""A phone's measure: what it had of the month's routine texts, and what it missed."""

from datetime import UTC, datetime

from sqlalchemy import select

from app.services.send_digest import send_digests
from app.services.show_measure import PhoneMeasure, show_measures
from app.store import networks
from app.store.addresses import address
from tests.factories import Office, catalogue, number, person


async def phone_id(office: Office, n: int) -> int:
    mine = select(address.c.id).where(
        address.c.network_id == office.id, address.c.msisdn == number(n)
    )
    return int(await office.database.read(lambda conn: conn.execute(mine).scalar_one()))


async def measure(office: Office, n: int, now: datetime | None = None) -> PhoneMeasure | None:
    one = await phone_id(office, n)
    found = await show_measures(office.database, office.id, [one], now=now or office.now)
    return found.get(one)


async def test_it_counts_the_month_and_names_what_was_missed(office: Office) -> None:
    await office.people(person("Gul", 1), person("Zar", 2))
    await office.database.write(networks.change, office.id, {"routine_cap": 2})
    for _ in range(4):
        await office.send(number(1))
    gul, zar = await measure(office, 1), await measure(office, 2)
    assert gul is not None
    assert zar is not None
    assert (gul.had, gul.cap, [one.ref for one in gul.missed]) == (2, 2, [4, 3])
    assert (zar.had, zar.missed) == (0, ())
    december = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
    await send_digests(office.database, catalogue=catalogue(), now=december)
    after = await measure(office, 1, december)
    assert after is not None
    assert (after.had, [one.is_told for one in after.missed]) == (1, [True, True])
    other = await Office.open(office.database, office.now, slug="other")
    strange = await show_measures(
        office.database, other.id, [await phone_id(office, 1)], now=office.now
    )
    assert [(one.had, one.missed) for one in strange.values()] == [(0, ())]
    await office.database.write(networks.change, office.id, {"routine_cap": 0})
    assert await measure(office, 1) is None
