"""The welcome: once an address for ever, only with consent, never by night, with a real Ref."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from app.domain.errors import Refusal
from app.domain.gsm import count
from app.services.cancel_broadcast import cancel_broadcast
from app.services.keep_outbox import keep_outbox
from app.services.plan_welcome import plan_welcome, plan_welcome_of_import
from app.services.verify_ref import verify_ref
from app.services.welcome_people import Host, Welcomed, welcome_people
from app.store.broadcasts import broadcast, broadcast_text
from app.store.networks import network
from tests.factories import BASIS, PRICE, Office, catalogue, number, person
from tests.services.people_of import noted, phone, rows


async def welcome(office: Office, **more: Any) -> Welcomed:
    how: dict[str, Any] = {"by": Host("Nusrat"), "now": office.now, **more}
    return await welcome_people(office.database, office.id, catalogue=catalogue(), **how)


async def said(office: Office) -> dict[str, str]:
    """The words of each text by its number."""
    words = {
        (one.broadcast_id, one.language): one.body for one in await rows(office, broadcast_text)
    }
    texts = await office.texts()
    return {one.msisdn: one.body or words[one.broadcast_id, one.language] for one in texts}


async def test_each_reads_it_in_their_own_writing_in_one_segment_with_name_and_ref(
    office: Office,
) -> None:
    await office.people(
        person("Gul", 1, language="en"),
        person("Zar", 2, language="ur"),
        person("Naz", 3, language="ur-Latn"),
        person("Sher", 4, language="sd"),
    )
    done = await welcome(office)
    assert done.texts == 4
    texts = await said(office)
    assert texts[number(1)].startswith("Mirkhai: ")
    assert texts[number(2)].startswith("میرخائی: ")
    assert texts[number(4)] == texts[number(2)]
    assert {count(text) for text in texts.values()} == {1}
    assert all(f"Ref {done.ref}" in text for text in texts.values())
    assert all("0" in text for text in texts.values())


async def test_nobody_is_welcomed_twice(office: Office) -> None:
    await office.people(person("Gul", 1))
    assert (await welcome(office)).texts == 1
    assert await welcome(office) == Welcomed(0)
    later = office.now + timedelta(days=400)
    assert (await welcome(office, now=later)).texts == 0
    await office.people(person("Gul", 1), person("Bilal", 1, shared="yes"))
    assert (await welcome(office)).texts == 0
    assert len(await office.texts()) == 1


async def test_two_at_the_same_moment_welcome_once(office: Office) -> None:
    await office.people(*(person(f"P{n}", n) for n in range(20)))
    await asyncio.gather(*(welcome(office) for _ in range(4)))
    assert len(await office.texts()) == 20
    (one,) = await rows(office, broadcast)
    assert (one.addresses, one.price_micro) == (20, 20 * PRICE)


async def test_only_those_who_agreed_and_were_never_texted_get_one(office: Office) -> None:
    await office.people(person("Texted", 1))
    await office.send()
    await office.people(person("No Basis", 2), basis="")
    await office.people(
        person("Stopped", 3), person("Landline", "0943 412345"), person("Held", "0380 1234567")
    )
    await office.say(3, "STOP")
    await office.people(person("Started Herself", 4), basis="")
    await office.say(4, "START")
    await office.people(person("New", 5))
    assert (await welcome(office)).texts == 1
    assert set(await said(office)) == {number(1), number(5), number(3), number(4)}
    welcomed = [one for one in await office.texts() if one.dedupe_key.startswith("welcome")]
    assert [one.msisdn for one in welcomed] == [number(5)]


async def test_it_waits_for_the_morning_and_a_stop_cancels_it(office: Office) -> None:
    await office.people(person("Gul", 1), person("Zar", 2))
    night = office.now.replace(hour=18)
    await welcome(office, now=night)
    assert {(one.state, one.reason) for one in await office.texts()} == {("held", "quiet")}
    (mo,) = await office.hear(office.mo(1, "STOP"), now=night)
    assert mo.is_new
    states = {one.msisdn: one.state for one in await office.texts() if one.lane != 1}
    assert states == {number(1): "cancelled", number(2): "held"}
    await keep_outbox(office.database, now=night + timedelta(hours=10, minutes=1))
    states = {one.msisdn: one.state for one in await office.texts() if one.lane != 1}
    assert states[number(2)] == "queued"


async def test_its_ref_is_real_for_whoever_asks(office: Office) -> None:
    await office.people(person("Gul", 1, language="en"))
    done = await welcome(office)
    assert done.ref is not None
    found = await verify_ref(office.database, office.id, done.ref)
    assert found is not None
    assert found.is_public
    assert "list of members" in found.texts["en"]
    assert "is real" in (await office.say(1, f"REF {done.ref}")).reply
    assert "is real" not in (await office.say(1, f"REF {done.ref + 1}")).reply


async def test_one_ref_serves_a_month_and_what_was_taken_back_gets_another(office: Office) -> None:
    refs = []
    for n, days in enumerate((0, 1, 20)):
        await office.people(person(f"P{n}", n))
        refs.append((await welcome(office, now=office.now + timedelta(days=days))).ref)
    assert refs[0] == refs[1] != refs[2]
    (last,) = await rows(office, broadcast, broadcast.c.ref == refs[2])
    later = office.now + timedelta(days=20)
    cancelled = await cancel_broadcast(office.database, last.id, by="Nusrat", now=later)
    assert cancelled == 1
    await office.people(person("P9", 9))
    again = await welcome(office, now=later)
    assert again.texts == 1
    assert again.ref not in refs


async def test_it_can_be_taken_back_for_a_minute(office: Office) -> None:
    await office.people(person("Gul", 1))
    await welcome(office)
    assert not (await office.claim()).rows
    later = office.now + timedelta(seconds=61)
    assert len((await office.claim(now=later)).rows) == 1


async def test_the_budget_holds_for_it_too(office: Office) -> None:
    await office.people(person("Gul", 1), person("Zar", 2))
    cap = update(network).values(monthly_cap_micro=PRICE)
    await office.database.write(lambda conn: conn.execute(cap))
    with pytest.raises(Refusal, match="month's budget"):
        await welcome(office)
    assert await office.texts() == []
    cap = update(network).values(monthly_cap_micro=2 * PRICE)
    await office.database.write(lambda conn: conn.execute(cap))
    assert (await welcome(office)).texts == 2


async def test_only_those_named_are_welcomed_and_who_did_it_is_written_down(
    office: Office,
) -> None:
    await office.people(person("Gul", 1), person("Zar", 2))
    done = await welcome(office, only=[(await phone(office, 2)).id])
    assert done.texts == 1
    assert set(await said(office)) == {number(2)}
    assert (await noted(office))[-1] == (
        "Nusrat",
        "people welcomed",
        f"Ref {done.ref}",
        {"addresses": 1, "price_micro": PRICE},
    )


async def test_the_plan_counts_exactly_what_will_go_and_only_that_list_where_one_is_named(
    office: Office,
) -> None:
    await office.people(person("Gul", 1))
    second = await office.people(person("Zar", 2), person("Naz", 3), basis=BASIS)
    planned = await plan_welcome(office.database, office.id, catalogue=catalogue())
    assert (planned.addresses, planned.segments, planned.price_micro) == (3, 3, 3 * PRICE)
    assert second.id is not None
    planned, ids = await plan_welcome_of_import(
        office.database, office.id, second.id, catalogue=catalogue()
    )
    assert planned.addresses == 2
    assert (await welcome(office, only=ids)).texts == 2


async def test_another_network_s_people_are_not_welcomed_from_here(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    await other.people(person("Theirs", 7))
    which = (await phone(other, 7)).id
    assert (await welcome(office, only=[which])).texts == 0
    assert (await welcome(office)).texts == 0
