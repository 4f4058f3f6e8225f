"""Plans with chats: the cheaper wire where somebody reads it, never for urgent texts alone."""

from datetime import timedelta

import pytest

from app.domain.broadcast import Kind
from app.domain.errors import Refusal
from app.store.addresses import address
from app.store.networks import network
from tests.factories import PRICE, Office, number, person
from tests.services.chatting import link, type_in, with_bot
from tests.services.shapes import asked
from tests.services.test_fall_back import on_chat, out


async def two(office: Office) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1), person("Karim", 2))
    await on_chat(office)


async def test_whoever_reads_in_a_chat_gets_the_text_there_and_not_by_sms(office: Office) -> None:
    await two(office)
    plan = await office.plan()
    assert (plan.people, plan.addresses, plan.price_micro) == (2, 2, PRICE)
    await office.approve(plan)
    assert sorted(await out(office)) == [(number(2), "queued"), ("chat", "queued")]


async def test_a_chat_in_which_nothing_was_said_for_a_fortnight_gives_way_to_the_phone(
    office: Office,
) -> None:
    await two(office)
    assert (await office.plan(now=office.now + timedelta(days=13))).price_micro == PRICE
    assert (await office.plan(now=office.now + timedelta(days=15))).price_micro == 2 * PRICE


async def test_urgent_texts_go_to_the_chat_and_to_the_phone(office: Office) -> None:
    await two(office)
    plan = await office.plan(kind=Kind.URGENT)
    assert (plan.people, plan.addresses, plan.price_micro) == (2, 3, 2 * PRICE)
    await office.approve(plan)
    assert [place for place, _ in sorted(await out(office))] == [number(1), number(2), "chat"]


async def test_a_chat_that_did_not_say_start_takes_nothing_from_the_phone(
    office: Office,
) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    await link(office, 1)
    assert (await office.plan()).price_micro == PRICE
    await type_in(office, "STOP")
    assert (await office.plan()).price_micro == PRICE


async def test_a_name_that_the_office_wrote_down_is_no_chat_that_can_be_texted(
    office: Office,
) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    await on_chat(office)
    forget = address.update().where(address.c.kind == "telegram").values(heard_at=None)
    await office.database.write(lambda conn: conn.execute(forget).rowcount)
    assert (await office.plan()).price_micro == PRICE
    await office.say(1, "STOP")
    with pytest.raises(Refusal, match="nobody"):
        await office.plan()


async def test_a_chat_alone_is_reached_although_a_budget_is_set(office: Office) -> None:
    await with_bot(office)
    await office.people(person("Zainab", 1))
    await on_chat(office)
    await office.say(1, "STOP")
    cap = network.update().values(broadcast_cap_micro=10 * PRICE)
    await office.database.write(lambda conn: conn.execute(cap).rowcount)
    plan = await office.plan()
    assert (plan.people, plan.price_micro) == (1, 0)


async def test_a_count_before_the_plan_says_the_same(office: Office) -> None:
    await two(office)
    found = await asked(office, "all")
    shown = {one.name: one.number for one in found.sample}
    assert found.chosen == 2
    assert shown["Karim"] != shown["Zainab"]
    assert shown["Zainab"] == "Telegram *****01"
