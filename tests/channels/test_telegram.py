"""Telegram against a strict stand-in: the conformance table, the requests, the errors, the pace."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio

from app.channels._open import open_channel
from app.channels._telegram_pace import Turns
from app.channels.telegram import Telegram
from app.domain.errors import (
    Misconfigured,
    Refusal,
    Refused,
    SendError,
    Throttled,
    Transient,
    Uncertain,
)
from app.domain.letters import Attachment
from app.domain.messages import ChatChange, Mt, Sent
from app.domain.ports import Advises
from tests.channels.conformance import ROWS, URDU, Row, hold, text_to
from tests.channels.telegram_bench import PUBLIC, TelegramBench
from tests.standins._telegram_forms import PNG, File
from tests.standins.telegram import BOT_ID, SECRET, TOKEN, Limits, TelegramStandIn

GAP_S = 0.02
PICTURE = Attachment("karwai.png", "image/png", PNG + b"dots")
PAPER = Attachment("کارروائی 14.pdf", "application/pdf", b"%PDF-1.7 " + bytes(range(256)))


@pytest_asyncio.fixture
async def stand_in() -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn(Limits(chat_gap_s=GAP_S)) as stand_in:
        yield stand_in
        assert stand_in.wrongs == []


@pytest_asyncio.fixture
async def bench(stand_in: TelegramStandIn) -> AsyncIterator[TelegramBench]:
    bench = TelegramBench(stand_in)
    yield bench
    for wire in bench.opened:
        await wire.close()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.promise)
async def test_telegram_keeps_the_promise_that(row: Row, bench: TelegramBench) -> None:
    await hold(row, bench)


async def test_a_text_goes_as_plain_words_without_a_preview(bench: TelegramBench) -> None:
    sent = await bench.open().send(text_to(bench.to, "*no* <b>mark-up</b> https://example.org"))
    (taken,) = bench.stand_in.to(bench.to)
    assert set(taken.form) == {"chat_id", "text", "link_preview_options"}
    assert taken.words == "*no* <b>mark-up</b> https://example.org"
    assert sent == Sent(f"{bench.to.removeprefix('tg:')}:{taken.message_id}")


async def test_a_chat_is_named_by_its_id_alone_or_as_it_was_heard(bench: TelegramBench) -> None:
    wire = bench.open()
    await wire.send(text_to(bench.to.removeprefix("tg:"), "one"))
    await wire.send(text_to("tg:-100123", "two"))
    assert [one.chat for one in bench.stand_in.taken] == [bench.to.removeprefix("tg:"), "-100123"]


@pytest.mark.parametrize("to", ["", "0", "@gulrukh", "tg:", "tg:x", "+923001234567", "1" * 30])
async def test_what_is_no_chat_is_refused_and_never_asked(bench: TelegramBench, to: str) -> None:
    with pytest.raises(Refused):
        await bench.open().send(text_to(to))
    assert bench.stand_in.calls.total() == 0


async def test_buttons_stand_under_the_words_and_say_what_a_text_would_say(
    bench: TelegramBench,
) -> None:
    buttons = (("11", "Ji haan"), ("12", "Nahi"), ("ی" * 33, "too long"), ("", "empty"),
               ("D14/2", "Faisla 14/2: sarak ki murammat"), ("0", "Band"))  # fmt: skip
    await bench.open().send(replace(text_to(bench.to), buttons=buttons))
    (taken,) = bench.stand_in.to(bench.to)
    assert [[one["callback_data"] for one in row] for row in taken.buttons] == [
        ["11", "12"], ["D14/2"], ["0"],
    ]  # fmt: skip
    assert taken.buttons[0][0]["text"] == "Ji haan"


async def test_minutes_go_as_picture_with_the_words_and_as_paper(bench: TelegramBench) -> None:
    mt = replace(text_to(bench.to, URDU), papers=(PICTURE, PAPER), buttons=(("1", "Karwai"),))
    sent = await bench.open().send(mt)
    picture, paper = bench.stand_in.to(bench.to)
    assert (picture.method, picture.words) == ("sendPhoto", URDU)
    assert picture.form["photo"] == File("karwai.png", PICTURE.content)
    assert picture.buttons[0][0]["callback_data"] == "1"
    assert (paper.method, paper.words, paper.buttons) == ("sendDocument", "", [])
    assert paper.form["document"].content == PAPER.content
    assert sent.external_id.endswith(f":{picture.message_id}")


async def test_words_too_long_for_a_caption_go_first(bench: TelegramBench) -> None:
    await bench.open().send(replace(text_to(bench.to, "ی" * 1025), papers=(PAPER,)))
    assert [one.method for one in bench.stand_in.to(bench.to)] == ["sendMessage", "sendDocument"]


async def test_a_picture_that_telegram_cannot_show_goes_as_a_file(bench: TelegramBench) -> None:
    bench.stand_in.next = ["400/Bad Request: PHOTO_INVALID_DIMENSIONS"]
    await bench.open().send(replace(text_to(bench.to), papers=(PICTURE,)))
    assert [one.method for one in bench.stand_in.to(bench.to)] == ["sendDocument"]


@pytest.mark.parametrize("fault", ["drop_after", "403/Forbidden: x", "400/Bad Request: file"])
async def test_words_that_were_taken_are_sent_even_if_their_paper_is_lost(
    bench: TelegramBench, fault: str
) -> None:
    bench.stand_in.next = ["", fault]
    await bench.open().send(replace(text_to(bench.to, "ی" * 1025), papers=(PAPER,)))
    assert bench.stand_in.to(bench.to)[0].words == "ی" * 1025
    assert bench.stand_in.calls["sendMessage"] == 1


async def test_a_paper_that_surely_did_not_arrive_goes_once_more(bench: TelegramBench) -> None:
    bench.stand_in.next = ["", "429/1"]
    await bench.open().send(replace(text_to(bench.to, "ی" * 1025), papers=(PAPER,)))
    assert [one.method for one in bench.stand_in.to(bench.to)] == ["sendMessage", "sendDocument"]


@pytest.mark.parametrize("text", ["", " \n", "x" * 4097, "💧" * 2049])
async def test_a_text_that_telegram_would_not_take_whole_is_refused(
    bench: TelegramBench, text: str
) -> None:
    with pytest.raises(Refused):
        await bench.open().send(text_to(bench.to, text))
    assert bench.stand_in.calls.total() == 0


async def test_the_longest_text_goes_as_one(bench: TelegramBench) -> None:
    await bench.open().send(text_to(bench.to, "💧" * 2048))
    assert await bench.taken() == ["💧" * 2048]


@pytest.mark.parametrize(
    ("fault", "error", "code"),
    [
        ("403/Forbidden: bot was blocked by the user", Refused, "blocked"),
        ("403/Forbidden: bot was kicked from the supergroup chat", Refused, "blocked"),
        ("403/Forbidden: user is deactivated", Refused, "gone"),
        ("403/Forbidden: bot can't initiate conversation with a user", Refused, "unopened"),
        ("400/Bad Request: chat not found", Refused, "no chat"),
        ("400/Bad Request: not enough rights to send text messages", Refused, "rights"),
        ("400/Bad Request: something new", Refused, "refused"),
        ("401/Unauthorized", Misconfigured, "401"),
        ("404/Not Found", Misconfigured, "401"),
        ("403/page", Transient, "Forbidden"),
        ("400/page", Transient, "BadRequest"),
        ("409/Conflict", Transient, "409"),
        ("429/7", Throttled, "429"),
        ("500/Internal Server Error", Uncertain, "NetworkError"),
        ("502/page", Uncertain, None),
        ("504/page", Uncertain, None),
        ("drop", Uncertain, None),
        ("drop_after", Uncertain, None),
        ("garbage_after", Uncertain, None),
        ("cut_after", Uncertain, None),
        ("no id_after", Uncertain, None),
    ],
)
async def test_each_answer_of_telegram_has_one_meaning(
    bench: TelegramBench, fault: str, error: type[SendError], code: str | None
) -> None:
    bench.stand_in.next = [fault]
    with pytest.raises(error) as raised:
        await bench.open().send(text_to(bench.to))
    assert type(raised.value) is error
    assert code is None or raised.value.code == code
    assert raised.value.__cause__ is None
    assert bench.stand_in.calls["sendMessage"] == 1


@pytest.mark.parametrize(
    ("fault", "is_gone"),
    [
        ("403/Forbidden: user is deactivated", True),
        ("403/Forbidden: bot was blocked by the user", True),
        ("400/Bad Request: chat not found", True),
        ("400/Bad Request: not enough rights to send text messages", False),
        ("400/Bad Request: something new", False),
    ],
)
async def test_a_chat_that_nothing_reaches_is_told_from_a_text_that_is_wrong(
    bench: TelegramBench, fault: str, is_gone: bool
) -> None:
    bench.stand_in.next = [fault]
    with pytest.raises(Refused) as raised:
        await bench.open().send(text_to(bench.to))
    assert raised.value.is_gone is is_gone


@pytest.mark.parametrize("fault", ["hang", "hang_after"])
async def test_a_time_out_leaves_it_open(bench: TelegramBench, fault: str) -> None:
    bench.stand_in.next = [fault]
    with pytest.raises(Uncertain):
        await bench.open(timeout_s=0.1).send(text_to(bench.to))


async def test_a_group_that_moved_is_followed_and_the_office_told_once(
    bench: TelegramBench,
) -> None:
    bench.stand_in.chats.moved["-41"] = "-10041"
    wire = bench.open(mode="polling", poll_s=0)
    told: list[Any] = []
    for words in ("one", "two"):
        assert (await wire.send(text_to("tg:-41", words))).external_id.startswith("-10041:")
    assert [one.words for one in bench.stand_in.to("-10041")] == ["one", "two"]
    assert bench.stand_in.calls["sendMessage"] == 3

    async def take(heard: Any) -> None:
        told.extend(heard)

    listening = asyncio.create_task(wire.run(take))
    await bench.stand_in.until(lambda: bench.stand_in.calls["getUpdates"] >= 2)
    listening.cancel()
    key = f"{BOT_ID}:moved:-41"
    assert told == [ChatChange("tg", key, "tg:-41", "migrated", to="tg:-10041")]


@pytest.mark.slow
async def test_no_limit_of_telegram_is_broken(bench: TelegramBench) -> None:
    """60 texts to 30 chats at once, some with papers; the fixture wants no limit broken."""
    bench.stand_in.limits.all_a_second, wire = 30, bench.open()
    gate = asyncio.Semaphore(5)

    async def send(no: int) -> None:
        papers = (PAPER,) if no % 10 == 0 else ()
        async with gate:
            await wire.send(replace(text_to(f"tg:{9_000 + no % 15}", str(no)), papers=papers))

    await asyncio.gather(*(send(no) for no in range(35)))
    assert sorted(int(one.words) for one in bench.stand_in.taken if one.words) == list(range(35))


async def test_a_chat_hears_one_text_a_second() -> None:
    async with TelegramStandIn() as stand_in:
        wire = TelegramBench(stand_in).open()
        await asyncio.gather(*(wire.send(text_to("tg:9001", str(no))) for no in range(3)))
        first, second, third = stand_in.to("9001")
        assert second.at - first.at >= 1.0
        assert third.at - second.at >= 1.0
        assert stand_in.wrongs == []
        await wire.close()


@pytest.mark.parametrize(("chat", "most", "least"), [("-100123", 20, 18), ("123", 60, 55)])
async def test_a_group_hears_no_more_than_20_texts_a_minute_and_a_chat_60(
    chat: str, most: int, least: int
) -> None:
    """Three minutes of a clock of our own, with somebody trying ten times a second."""
    now, heard = 1_000.0, []
    turns = Turns(1.0, lambda: now)
    for _ in range(1_800):
        now += 0.1
        with suppress(Transient):
            async with turns.turn(chat, 0.0):
                heard.append(now)
    for start in heard:
        assert len([at for at in heard if start <= at < start + 60.0]) <= most
    assert len(heard) >= 3 * least - most


async def test_all_chats_together_hear_no_more_than_30_texts_a_second() -> None:
    now, heard = 1_000.0, []
    turns = Turns(1.0, lambda: now)
    for no in range(3_000):
        now += 0.001
        with suppress(Transient):
            async with turns.turn(str(1 + no), 0.0):
                heard.append(now)
    # Five calls may be under way, which a slow line brings together with those of a later second.
    assert all(len([at for at in heard if s <= at < s + 1.0]) + 5 <= 30 for s in heard)
    assert len(heard) >= 55


async def test_a_throttled_chat_is_left_alone_as_long_as_telegram_says(
    bench: TelegramBench,
) -> None:
    bench.stand_in.next = ["429/30"]
    wire = bench.open()
    with pytest.raises(Throttled) as throttled:
        await wire.send(text_to(bench.to))
    assert throttled.value.after_s == 30.0
    with pytest.raises(Transient):
        await wire.send(text_to(bench.to))
    assert bench.stand_in.calls["sendMessage"] == 1


async def test_neither_the_token_nor_a_members_words_are_ever_logged(
    bench: TelegramBench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wire = bench.open()
    for fault in ("", "garbage_after", "drop", "401/Unauthorized", "403/page"):
        bench.stand_in.next = [fault] if fault else []
        outcome = await asyncio.gather(
            wire.send(text_to(bench.to, "a private word")), return_exceptions=True
        )
        assert TOKEN not in str(outcome)
    wrong = bench.open(mode="polling", token=f"{BOT_ID}:wrong_AAAAAAAAAAAAAAAAAAAAAAAAAA")
    listening = asyncio.create_task(wrong.run(nobody))
    await asyncio.sleep(0.2)
    listening.cancel()
    assert "does not accept the token" in caplog.text
    assert TOKEN.partition(":")[2] not in caplog.text
    assert "wrong_AAAA" not in caplog.text
    assert "a private word" not in caplog.text
    assert bench.to.removeprefix("tg:") not in caplog.text


async def nobody(_heard: object) -> None:
    raise AssertionError("nothing was said")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"token": "secret words"}, "must look like 123456"),
        ({"mode": "webhook"}, "secret is missing"),
        ({"mode": "webhook", "secret": "short"}, "22 to 256"),
        ({"base_url": "telegram.org"}, "must look like https://api.telegram.org"),
        ({"proxy": "127.0.0.1:1080"}, "must look like socks5://"),
        ({"mode": "pushing"}, "mode"),
        ({"tokn": "x"}, "tokn is not an option"),
    ],
)
def test_wrong_options_are_named_and_no_secret_is_shown(
    options: dict[str, object], told: str
) -> None:
    plain = {"name": "tg", "kind": "telegram", "token": TOKEN}
    with pytest.raises(Refusal, match=told) as refused:
        open_channel({**plain, **options}, public_url=PUBLIC)
    assert "secret words" not in str(refused.value)
    assert TOKEN not in str(refused.value)


def test_a_webhook_without_a_public_address_is_refused() -> None:
    options = {"name": "tg", "kind": "telegram", "token": TOKEN, "mode": "webhook"}
    with pytest.raises(Refusal, match="public_url"):
        open_channel({**options, "secret": SECRET}, public_url="")


@pytest.mark.parametrize(
    ("public", "mode", "is_well"),
    [
        ("https://office.example.org", "webhook", True),
        ("https://office.example.org:8443", "webhook", True),
        ("https://office.example.org:9000", "webhook", False),
        ("http://office.example.org", "webhook", False),
        ("", "polling", True),
    ],
)
async def test_a_webhook_that_telegram_never_calls_is_seen_before_anybody_waits(
    public: str, mode: str, is_well: bool
) -> None:
    options = {"name": "tg", "kind": "telegram", "token": TOKEN, "mode": mode, "secret": SECRET}
    wire = open_channel(options, public_url=public)
    assert isinstance(wire, Advises)
    assert (len(wire.advice()) == 0) == is_well
    await wire.close()


async def test_texts_go_through_the_proxy_that_is_set(stand_in: TelegramStandIn) -> None:
    """A plain HTTP proxy gets the whole address; ours only notes that it was asked."""
    asked: list[bytes] = []

    async def note(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        writer.close()

    proxy = await asyncio.start_server(note, "127.0.0.1", 0)
    port = proxy.sockets[0].getsockname()[1]
    wire = open_channel(stand_in.options(proxy=f"http://127.0.0.1:{port}"), public_url="")
    assert isinstance(wire, Telegram)
    with pytest.raises(SendError):
        await wire.send(text_to("tg:9001"))
    assert asked[0].startswith(b"POST http://127.0.0.1:")
    assert stand_in.calls.total() == 0
    await wire.close()
    proxy.close()
    assert json.dumps(repr(wire)).count(TOKEN) == 0


async def test_a_socks_proxy_can_be_set(stand_in: TelegramStandIn) -> None:
    wire = open_channel(stand_in.options(proxy="socks5://127.0.0.1:9"), public_url="")
    assert isinstance(wire, Telegram)
    with pytest.raises(Transient):
        await wire.send(Mt("m1", "tg:9001", "x", text_to("1").started))
    await wire.close()
