"""The row of a wire: brought in line with the configuration, its past kept."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.store import routes
from app.store.routes import route, route_day
from tests.factories import PRICE, Office, person, wire


async def row(office: Office, name: str = "sim") -> Any:
    return await office.database.read(routes.by_name, name)


async def test_a_changed_configuration_changes_the_wire_and_keeps_its_past(office: Office) -> None:
    await office.wires(wire(interval_us=3_600_000_000, burst=1))
    await office.people(person("Gul", 1), person("Naz", 2))
    await office.send()
    await office.claim(1)
    before = await row(office)
    await office.wires(wire(interval_us=3_600_000_000, burst=1, price_micro=7))
    after = await row(office)
    assert (after.id, after.tat_us, after.price_micro) == (before.id, before.tat_us, 7)
    assert (await office.claim(1)).rows == ()


async def test_a_wire_that_is_configured_no_more_is_closed_and_opens_again(office: Office) -> None:
    await office.wires(wire("other"))
    assert [(await row(office)).is_open, (await row(office, "other")).is_open] == [False, True]
    await office.database.write(routes.stop, office.routes["other"], "x" * 500)
    assert len((await row(office, "other")).trouble) == 200
    await office.wires(wire(), wire("other"))
    reopened = await row(office, "other")
    assert (reopened.is_open, reopened.trouble) == (True, "")
    assert await row(office, "none") is None


async def test_a_passing_command_changes_no_route_of_a_worker(office: Office) -> None:
    await office.wires(wire(price_micro=7))
    await office.database.write(routes.stop, office.routes["sim"], "wrong token")
    ids = await office.database.write(routes.introduce, [wire(price_micro=9), wire("new")])
    found = await row(office)
    assert (found.price_micro, found.is_open, set(ids)) == (7, False, {"sim", "new"})
    await office.database.write(routes.configure, [wire("new")], is_alone=False)
    await office.database.write(routes.configure, [wire()], is_alone=False)
    assert (await row(office)).is_open
    assert (await row(office, "new")).is_open


async def test_wires_are_listed_cheapest_first(office: Office) -> None:
    await office.wires(wire(), wire("cheap", price_micro=1), wire("dear", price_micro=10**12))
    rows = await office.database.read(routes.every)
    assert [one.name for one in rows] == ["cheap", "sim", "dear"]


async def test_each_day_counts_its_texts_and_rupees_per_network(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    for one in (office, other):
        await one.people(person("Gul", 1), person("Naz", 2))
        await one.send()
    await office.claim(3)
    await office.claim(1)
    rows = await office.database.read(lambda conn: conn.execute(select(route_day)).all())
    assert {(one.network_id, one.used, one.spent_micro) for one in rows} == {
        (office.id, 2, 2 * PRICE),
        (other.id, 2, 2 * PRICE),
    }
    today = office.now.date()
    assert await office.database.read(routes.used_on, 1, today) == 4
    assert await office.database.read(routes.used_on, 1, today + timedelta(days=1)) == 0


async def test_an_unlimited_wire_keeps_no_rate(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.send()
    await office.claim()
    found = await office.database.read(lambda conn: conn.execute(select(route)).one())
    assert (found.tat_us, found.window_tat_us) == (0, 0)
