"""Telegram through the whole office: a text is stored once and answered once, by either way."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.channels.telegram_bench import GULRUKH, message
from tests.standins.telegram import BOT_NAME, SECRET, TelegramStandIn
from tests.web.office import Office, running, until

HER = str(GULRUKH["id"])
HOOK = {"mode": "webhook", "secret": SECRET}
POLL = {"mode": "polling", "poll_s": 1}
PROOF = "X-Telegram-Bot-Api-Secret-Token"


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn() as stand_in:
        yield stand_in
        assert stand_in.wrongs == []


async def bring(office: Office, told: dict[str, Any], secret: str = SECRET) -> int:
    answer = await office.client.post(
        f"/hooks/tg?bot={BOT_NAME}", json=told, headers={PROOF: secret}
    )
    return answer.status_code


async def answered(telegram: TelegramStandIn, texts: int, chat: str = HER) -> list[str]:
    async def so_many() -> bool:
        return len(telegram.to(chat)) >= texts

    await until(so_many, f"{texts} answers")
    return [one.words for one in telegram.to(chat)]


async def test_a_text_from_a_chat_is_answered_there_and_a_repeat_is_not(
    demo_url: str, tmp_path: Path, telegram: TelegramStandIn
) -> None:
    told = telegram.say(message=message("FAISLA"))
    async with running(demo_url, tmp_path, telegram.options(**HOOK)) as office:
        assert [await bring(office, told) for _ in range(3)] == [200, 200, 200]
        (answer,) = await answered(telegram, 1)
        assert "D22/1" in answer
        assert await bring(office, telegram.say(message=message("D22/1"))) == 200
        assert len(await answered(telegram, 2)) == 2
        assert await office.count("inbound") == 2


async def test_a_hook_without_the_secret_stores_nothing(
    demo_url: str, tmp_path: Path, telegram: TelegramStandIn
) -> None:
    told = telegram.say(message=message("STOP"))
    async with running(demo_url, tmp_path, telegram.options(**HOOK)) as office:
        assert await bring(office, told, "x" * 22) == 403
        assert await bring(office, {"update": 1}) == 400
        assert await office.count("inbound") == 0


async def test_an_office_that_polls_answers_each_text_once_over_a_restart(
    demo_url: str, tmp_path: Path, telegram: TelegramStandIn
) -> None:
    """The first office ends before Telegram knows what was stored: it is told all of it again."""
    told = [telegram.say(message=message(words)) for words in ("FAISLA", "3 PANI")]
    async with running(demo_url, tmp_path, telegram.options(**POLL)) as office:
        await answered(telegram, 2)
        assert await office.count("inbound") == 2
    telegram.waiting, asked = told, telegram.calls["getUpdates"]
    async with running(demo_url, tmp_path, telegram.options(**POLL)) as office:
        await telegram.until(lambda: telegram.calls["getUpdates"] >= asked + 2)
        await telegram.until(lambda: telegram.waiting == [])
        telegram.say(message=message("D22/1"))
        assert len(await answered(telegram, 3)) == 3
        assert await office.count("inbound") == 3


async def test_a_button_is_answered_like_a_text_and_its_wheel_stops(
    demo_url: str, tmp_path: Path, telegram: TelegramStandIn
) -> None:
    async with running(demo_url, tmp_path, telegram.options(**HOOK)) as office:
        await bring(office, telegram.say(message=message("FAISLA")))
        await answered(telegram, 1)
        (button, *_) = [one for row in telegram.to(HER)[0].buttons for one in row]
        shown = message("FAISLA")
        pressed = {"id": "q1", "from": GULRUKH, "message": shown, "data": button["callback_data"]}
        assert await bring(office, telegram.say(callback_query=pressed)) == 200
        await telegram.until(lambda: telegram.thanked == ["q1"])
        assert "22/1" in (await answered(telegram, 2))[1]


async def test_a_chat_that_blocked_us_is_left_alone_until_it_writes_again(
    demo_url: str, tmp_path: Path, telegram: TelegramStandIn
) -> None:
    is_shut = f"handle = '{HER}' AND standing = 'bounced'"
    async with running(demo_url, tmp_path, telegram.options(**HOOK)) as office:
        telegram.chats.blocked.add(HER)
        await bring(office, telegram.say(message=message("FAISLA")))
        await until(lambda: office.count("address", is_shut), "the chat to be shut")
        assert telegram.calls["sendMessage"] == 1
        telegram.chats.blocked.clear()
        await bring(office, telegram.say(message=message("MADAD")))
        assert len(await answered(telegram, 1)) == 1
        assert await office.count("address", is_shut) == 0


async def test_a_group_that_moved_is_known_by_its_new_id(
    demo_url: str, tmp_path: Path, telegram: TelegramStandIn
) -> None:
    group = {"id": -41, "type": "group", "title": "Committee"}
    telegram.chats.moved["-41"] = "-10041"
    async with running(demo_url, tmp_path, telegram.options(**HOOK)) as office:
        await bring(office, telegram.say(message=message("/faisla@MirkhaiBot", group)))
        assert len(await answered(telegram, 1, "-10041")) == 1
        is_moved = "handle = '-10041'"
        await until(lambda: office.count("address", is_moved), "the new id")
        assert await office.count("address", "handle = '-41' AND standing <> 'bounced'") == 0


async def test_who_looks_something_up_sees_public_decisions(
    demo_url: str, tmp_path: Path, telegram: TelegramStandIn
) -> None:
    async with running(demo_url, tmp_path, telegram.options(**HOOK)) as office:
        for no, words in enumerate(("pani", "xyzzy")):
            asked = {"id": f"i{no}", "from": GULRUKH, "query": words}
            assert await bring(office, telegram.say(inline_query=asked)) == 200
            await telegram.until(lambda no=no: f"i{no}" in telegram.shown)
        assert await office.count("inbound") == 0
    assert telegram.shown["i1"] == []
    shown = [one["input_message_content"]["message_text"] for one in telegram.shown["i0"]]
    assert shown
    assert all(": " in words for words in shown)


@pytest.mark.slow
async def test_many_chats_at_once_are_answered_once_each_and_no_limit_is_broken(
    demo_url: str, tmp_path: Path, telegram: TelegramStandIn
) -> None:
    chats = [{"id": 60_000_000 + no, "type": "private"} for no in range(40)]
    told = [telegram.say(message=message("FAISLA", chat)) for chat in chats]
    async with running(demo_url, tmp_path, telegram.options(**HOOK)) as office:
        statuses = await asyncio.gather(*(bring(office, one) for one in told * 2))
        assert set(statuses) == {200}
        for chat in chats:
            await answered(telegram, 1, str(chat["id"]))
        assert await office.count("inbound") == 40
    assert len(telegram.taken) == 40


async def test_a_token_that_telegram_does_not_accept_closes_the_wire_and_says_so(
    demo_url: str, tmp_path: Path, telegram: TelegramStandIn
) -> None:
    wrong = {**telegram.options(**POLL), "token": "7001:wrong_AAAAAAAAAAAAAAAAAAAAAAAAAA"}
    async with running(demo_url, tmp_path, wrong) as office:
        is_told = "name = 'tg' AND trouble LIKE '%token%'"
        await until(lambda: office.count("route", is_told), "the trouble of the wire")
        assert await office.count("route", "trouble LIKE '%wrong_AAA%'") == 0
