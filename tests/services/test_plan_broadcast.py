"""What an author sees before anything is sent: people, phones, segments, rupees, minutes."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.domain.broadcast import Kind
from app.domain.errors import Busy, Refusal
from app.services.plan_broadcast import GIVEN_UP_AFTER
from app.store import broadcasts
from app.store.broadcasts import broadcast, broadcast_text, recipient
from app.store.database import Connection
from app.store.networks import network
from tests.factories import PRICE, Office, number, person, wire

EVERYBODY = (
    person("Gul", 1, sex="f", language="ur", body="EC", post="President"),
    person("Naz", 1, sex="f", language="en", shared="yes"),
    person("Sher", 2, sex="m", language="ur-Latn", body="GB"),
    person("Aziz", 3, sex="m", language="ps"),
    person("Be-Phone"),
    person("Daftar", "051-2345678"),
    person("Bibi", "+923670000001"),
)


def sizes(conn: Connection) -> list[int]:
    tables = (broadcast, broadcast_text, recipient)
    return [conn.execute(select(func.count()).select_from(t)).scalar_one() for t in tables]


async def change(office: Office, **values: Any) -> None:
    def work(conn: Connection) -> None:
        conn.execute(network.update().where(network.c.id == office.id).values(**values))

    await office.database.write(work)


async def recipients(office: Office, plan_id: int) -> dict[int, str]:
    statement = select(recipient.c.address_id, recipient.c.language).where(
        recipient.c.broadcast_id == plan_id
    )
    rows = await office.database.read(lambda conn: conn.execute(statement).all())
    return {row.address_id: row.language for row in rows}


async def test_the_figures_are_right_by_hand(office: Office) -> None:
    await office.wires(wire(interval_us=2_000_000, burst=1))
    await office.people(*EVERYBODY)
    plan = await office.plan(texts={"ur-Latn": "Kal ijlas hai.", "ur": "کل اجلاس ہے۔ " * 6})
    assert (plan.people, plan.addresses) == (4, 3)
    assert [text.segments for text in plan.texts] == [2, 1]
    assert plan.segments == 2 + 1 + 2
    assert (plan.price_micro, plan.currency) == (5 * PRICE, "PKR")
    assert plan.seconds == 4
    assert plan.held == ({"reason": "unconfirmed_number", "people": 1},)
    assert plan.left_out == (
        {"reason": "call_only", "people": 1},
        {"reason": "no_phone", "people": 1},
    )


async def test_the_text_names_the_network_first_and_ends_with_its_ref(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan(text="Kal ijlas hai.")
    assert plan.texts[0].body == f"Mirkhai: Kal ijlas hai. Ref {plan.ref}"
    assert (await office.plan()).ref == plan.ref + 1


async def test_a_phone_that_a_leader_shares_is_texted_early_and_in_the_leaders_writing(
    office: Office,
) -> None:
    plain = [person(f"P{n}", n, language="en") for n in (3, 1, 2)]
    leader = person("Gul", 3, language="ur", body="EC", shared="yes")
    await office.people(*plain, leader)
    texts = {"en": "Meeting tomorrow.", "ur": "کل اجلاس ہے۔"}
    plan = await office.plan("all", texts=texts, at_once=2)
    await office.approve(plan)
    told = [(row.msisdn, row.language) for row in await office.texts()]
    assert told == [(number(3), "ur"), (number(1), "en"), (number(2), "en")]


async def test_an_address_is_counted_once_whatever_people_share_it(office: Office) -> None:
    await office.people(*(person(f"P{n}", 1) for n in range(5)), person("Gul", 2))
    plan = await office.plan()
    assert (plan.people, plan.addresses) == (6, 2)
    await office.approve(plan)
    assert sorted(row.msisdn for row in await office.texts()) == [number(1), number(2)]


@pytest.mark.parametrize("at_once", [1, 2, 5, 11, 12])
async def test_an_address_is_planned_once_however_few_are_looked_at_together(
    office: Office, at_once: int
) -> None:
    await office.people(*(person(f"P{n}", n % 3) for n in range(11)))
    plan = await office.plan(at_once=at_once)
    assert (plan.people, plan.addresses) == (11, 3)


async def test_each_gets_the_language_of_the_phone_then_of_the_person_then_by_chain(
    office: Office,
) -> None:
    await office.people(
        person("A", 1, language="ur"),
        person("B", 2, language="en"),
        person("C", 3, language="xx"),
        person("D", 4),
        person("E", 5, language="en"),
    )
    await office.say(5, "URDU")
    plan = await office.plan(texts={"en": "Meeting.", "ur": "اجلاس", "ur-Latn": "Ijlas."})
    found = await recipients(office, plan.id)
    assert list(found.values())[:4] == ["ur", "en", "ur-Latn", "ur-Latn"]
    assert list(found.values())[4].startswith("ur")


@pytest.mark.parametrize(
    ("text", "reason"), [("STOP", "stopped"), ("ALERT", "alerts_only"), ("1", "no_consent")]
)
async def test_who_may_not_be_texted_is_left_out_with_the_reason(
    office: Office, text: str, reason: str
) -> None:
    await office.people(person("Gul", 1))
    await office.people(person("Naz", 2), basis="")
    await office.say(2, text)
    plan = await office.plan()
    assert (plan.people, plan.left_out) == (1, ({"reason": reason, "people": 1},))


async def test_alerts_only_phones_get_what_is_urgent(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.say(1, "ALERT")
    assert (await office.plan(kind=Kind.URGENT)).addresses == 1


async def test_a_second_phone_is_used_when_the_first_stopped(office: Office) -> None:
    await office.people(person("Gul", 1), person("Gul", 2))
    await office.say(1, "STOP")
    plan = await office.plan()
    assert (plan.people, plan.addresses) == (1, 1)


async def test_a_plan_that_reaches_nobody_is_refused_and_nothing_is_kept(office: Office) -> None:
    with pytest.raises(Refusal, match="no such people"):
        await office.plan()
    await office.people(person("Gul", 1), basis="")
    with pytest.raises(Refusal, match="1 no_consent") as refused:
        await office.plan(idem_key="k")
    assert refused.value.code == "nobody"
    assert await office.database.read(sizes) == [0, 0, 0]
    await office.say(1, "START")
    assert (await office.plan(idem_key="k")).addresses == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"text": ""}, "text_empty"),
        ({"text": " \n\x00 "}, "text_empty"),
        ({"text": "Salam {name}"}, "unknown_placeholder"),
        ({"text": "x" * 613}, "text_too_long"),
        ({"texts": {}}, "language"),
        ({"texts": {"tlh": "nuqneH"}}, "language"),
        ({"to": ""}, "audience_empty"),
        ({"to": "everybody and his dog"}, "audience_unknown"),
        ({"to": "women men"}, "audience_clash"),
        ({"to": "ec, " * 200}, "audience_too_long"),
        ({"network": "nowhere"}, "no_network"),
    ],
)
async def test_what_cannot_be_sent_is_refused_in_plain_words(
    office: Office, changes: dict[str, Any], code: str
) -> None:
    await office.people(person("Gul", 1))
    with pytest.raises(Refusal) as refused:
        await office.plan(**changes)
    assert refused.value.code == code
    assert await office.database.read(sizes) == [0, 0, 0]


async def test_signs_that_no_database_takes_are_left_out_of_the_text(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan(text="Kal\x00 ijlas\ud83d hai.")
    assert "Kal ijlas hai." in plan.texts[0].body


async def test_without_a_wire_that_reaches_them_nothing_is_planned(office: Office) -> None:
    await office.people(person("Gul", 1))
    for settings in ((), (wire(reaches=frozenset({"real"})),)):
        await office.wires(*settings)
        with pytest.raises(Refusal, match="No wire") as refused:
            await office.plan()
        assert refused.value.code == "no_route"
    assert await office.database.read(sizes) == [0, 0, 0]


async def test_a_budget_needs_a_price_for_every_wire(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.wires(wire(price_micro=0))
    assert (await office.plan()).price_micro == 0
    await change(office, monthly_cap_micro=1)
    with pytest.raises(Refusal, match="has no price"):
        await office.plan()
    assert (await office.database.read(sizes))[0] == 1


async def test_the_cheapest_open_wire_is_taken(office: Office) -> None:
    await office.people(person("Gul", 1))
    await office.wires(wire(), wire("cheap", price_micro=1))
    assert (await office.plan()).price_micro == 1
    await office.wires(wire())
    assert (await office.plan()).price_micro == PRICE


async def test_the_same_key_gives_the_same_plan(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan(idem_key="once")
    assert await office.plan(text="Other words.", idem_key="once") == plan
    assert (await office.plan(idem_key="twice")).id != plan.id


async def test_the_same_key_twice_at_once_makes_one_plan(office: Office) -> None:
    await office.people(person("Gul", 1))
    both = await asyncio.gather(
        office.plan(idem_key="once"), office.plan(idem_key="once"), return_exceptions=True
    )
    assert all(isinstance(one, Busy) or one.addresses == 1 for one in both)
    assert (await office.database.read(sizes))[0] == 1


async def test_a_plan_that_a_crash_cut_off_is_made_anew(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan(idem_key="once")

    def cut_off(conn: Connection) -> None:
        broadcasts.change(conn, plan.id, state="planning")

    await office.database.write(cut_off)
    with pytest.raises(Busy):
        await office.plan(idem_key="once")
    later = office.now + GIVEN_UP_AFTER + timedelta(seconds=1)
    assert (await office.plan(idem_key="once", now=later)).ref != plan.ref
    assert (await office.database.read(sizes))[0] == 1


async def test_groups_are_read_as_people_say_them(office: Office) -> None:
    await office.unit("Roshni")
    await office.people(*EVERYBODY, person("Wafa", 7, sex="f", lso="Roshni"))
    expected = {"women": 3, "ec": 1, "ec, gb": 2, "leaders": 2, "lso roshni": 1, number(2): 1}
    found = {to: (await office.plan(to)).people for to in expected}
    assert found == expected


async def test_two_networks_with_the_same_numbers_never_mix(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    await office.people(person("Gul", 1), person("Naz", 2))
    await other.people(person("Zar", 1))
    assert ((await office.plan()).people, (await other.plan()).people) == (2, 1)
    await other.say(1, "STOP")
    with pytest.raises(Refusal, match="1 stopped"):
        await other.plan()
    plan = await office.plan()
    assert plan.people == 2
    await office.approve(plan)
    assert {row.network_id for row in await office.texts() if row.broadcast_id} == {office.id}
