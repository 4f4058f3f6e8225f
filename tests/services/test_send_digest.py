"""The digest: what a phone missed after its four texts is named to it when the month is over."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.services.cancel_broadcast import cancel_broadcast
from app.services.send_digest import send_digests
from app.store import networks
from app.store.broadcasts import broadcast
from app.store.digests import missed_text
from tests.factories import PRICE, Office, catalogue, number, person, wire

FIRST = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
"""Noon in Karachi on 1 December."""


async def digests(office: Office, now: datetime = FIRST) -> int:
    return await send_digests(office.database, catalogue=catalogue(), now=now)


async def told(office: Office) -> dict[str, str]:
    """The texts with words of their own by phone: only digests have them here."""
    return {row.msisdn: row.body for row in await office.texts() if row.body and row.broadcast_id}


@pytest.fixture
async def full(office: Office) -> Office:
    """Gul and Amina had their one text of November and missed two; Zar has none."""
    await office.people(person("Gul", 1), person("Amina", 2, language="en"), person("Zar", 3))
    await office.database.write(networks.change, office.id, {"routine_cap": 1})
    for text in ("Ijlas hai.", "Audit camp itwar ko. Kitabein layen.", "Polio ke qatre peer se."):
        await office.send(f"{number(1)}, {number(2)}", text)
    return office


async def test_each_phone_is_told_once_what_it_missed_and_how_to_read_it(full: Office) -> None:
    assert await digests(full) == 2
    assert await digests(full) == await digests(full, FIRST + timedelta(days=1)) == 0
    words = await told(full)
    assert words[number(1)] == (
        "Mirkhai: pichhle mahine ye bhi bataya: 2) Audit camp itwar ko. Kitabein layen; "
        "3) Polio ke qatre peer se. Parhne ke liye REF 2 bhejen. Ref 4"
    )
    assert set(words) == {number(1), number(2)}


async def test_it_goes_in_the_first_ten_days_of_the_month_and_in_no_other(full: Office) -> None:
    for day in (full.now, FIRST - timedelta(days=1), FIRST + timedelta(days=10)):
        assert await digests(full, day) == 0
    # Half past midnight there is still November in UTC.
    night = datetime(2026, 11, 30, 19, 30, tzinfo=UTC)
    assert await digests(full, night) == 2
    rows = [row for row in await full.texts() if row.body]
    assert {(row.state, row.reason) for row in rows} == {("held", "quiet")}
    assert {row.due_at for row in rows} == {datetime(2026, 12, 1, 4, 0, tzinfo=UTC)}


async def test_it_counts_as_a_text_of_the_new_month(full: Office) -> None:
    assert await digests(full) == 2
    for to, addresses in ((number(1), 0), (number(3), 1)):
        assert (await full.plan(to, now=FIRST)).addresses == addresses


async def test_who_stopped_is_told_nothing_and_who_is_back_is_told_later(full: Office) -> None:
    await full.say(1, "STOP")
    assert await digests(full) == 1
    assert set(await told(full)) == {number(2)}
    await full.say(1, "START")
    assert await digests(full, FIRST + timedelta(days=1)) == 1


async def test_what_was_taken_back_is_not_told(full: Office) -> None:
    rows = await full.database.read(
        lambda conn: conn.execute(select(broadcast).order_by(broadcast.c.id)).all()
    )
    await cancel_broadcast(full.database, rows[1].id, by="Rehmat", now=full.now)
    assert await digests(full) == 2
    assert "Audit" not in (await told(full))[number(1)]


async def test_a_digest_that_a_person_took_back_stays_so(full: Office) -> None:
    assert await digests(full) == 2
    row = await full.database.read(
        lambda conn: conn.execute(select(broadcast).order_by(broadcast.c.id.desc())).first()
    )
    assert row is not None
    assert (row.audience, row.addresses, row.price_micro) == ("digest+missed", 2, 2 * PRICE)
    await cancel_broadcast(full.database, row.id, by="Rehmat", now=FIRST)
    assert await digests(full, FIRST + timedelta(days=1)) == 0
    assert {row.state for row in await full.texts() if row.body} == {"cancelled"}


async def test_within_the_budget_and_over_the_wires_that_there_are(full: Office) -> None:
    change: dict[str, Any] = {"monthly_cap_micro": PRICE}
    await full.database.write(networks.change, full.id, change)
    assert await digests(full) == 0
    await full.database.write(networks.change, full.id, {"monthly_cap_micro": 2 * PRICE})
    await full.wires(wire(reaches=frozenset({"test"})))
    assert await digests(full) == 0
    await full.wires(wire())
    assert await digests(full) == 2
    left = select(missed_text).where(missed_text.c.told_by.is_(None))
    assert not await full.database.read(lambda conn: conn.execute(left).all())


async def test_networks_never_tell_each_others_phones(full: Office) -> None:
    other = await Office.open(full.database, full.now, slug="other")
    await other.people(person("Gul", 1))
    await other.database.write(networks.change, other.id, {"routine_cap": 1})
    for no in (1, 2):
        await other.send(text=f"Doosra {no}.")
    assert await digests(full) == 3
    assert sum("Doosra" in row.body for row in await full.texts() if row.body) == 1


async def test_whoever_missed_a_text_may_read_it_by_its_ref(full: Office) -> None:
    for phone, says in (
        (1, "Mirkhai: Audit camp itwar ko. Kitabein layen. Ref 2"),
        (3, "Ref 2 asli hai: Mirkhai ne bheja."),
    ):
        await full.say(phone, "REF 2")
        assert (await full.texts())[-1].body == says
