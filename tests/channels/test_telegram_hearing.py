"""What Telegram tells us: texts, buttons, groups, chats that change, look-ups; each taken once."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio

from app.channels.telegram import Telegram
from app.domain.errors import Busy, Unreadable, Untrusted
from app.domain.messages import ChatChange, Found, Heard, Mo
from tests.channels.telegram_bench import GROUP, GULRUKH, HOOK, TelegramBench, hook, message, naming
from tests.standins.telegram import BOT_ID, BOT_NAME, SECRET, Limits, TelegramStandIn

HER = f"tg:{GULRUKH['id']}"
US = {"id": BOT_ID, "is_bot": True, "first_name": "Mirkhai", "username": BOT_NAME}
OTHER = {"id": 8002, "is_bot": True, "first_name": "Other"}


@pytest_asyncio.fixture
async def stand_in() -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn(Limits(chat_gap_s=0.02)) as stand_in:
        yield stand_in
        assert stand_in.wrongs == []


@pytest_asyncio.fixture
async def bench(stand_in: TelegramStandIn) -> AsyncIterator[TelegramBench]:
    bench = TelegramBench(stand_in)
    yield bench
    for wire in bench.opened:
        await wire.close()


class Memory:
    """A database of the test: stores what it takes, or fails on order."""

    def __init__(self) -> None:
        self.stored: dict[str, Heard] = {}
        self.offered = 0
        self.trouble: list[BaseException] = []

    async def take(self, heard: Sequence[Heard]) -> None:
        self.offered += len(heard)
        if self.trouble:
            raise self.trouble.pop(0)
        for one in heard:
            key = one.external_id if isinstance(one, Mo) else getattr(one, "event_key", "")
            assert isinstance(one, Mo | ChatChange)
            self.stored.setdefault(key, one)

    @property
    def texts(self) -> list[str]:
        return [one.text for one in self.stored.values() if isinstance(one, Mo)]


@asynccontextmanager
async def listening(wire: Telegram, memory: Memory) -> AsyncIterator[None]:
    task = asyncio.create_task(wire.run(memory.take))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def heard(bench: TelegramBench, **update: Any) -> Heard | None:
    """How an update that comes by the webhook is read; None when it is no word to us."""
    found = bench.open().read(hook({"update_id": 41, **update}))
    assert len(found) <= 1
    return found[0] if found else None


def said(bench: TelegramBench, **update: Any) -> str | None:
    """The words of an update; None when it is no text to us."""
    one = heard(bench, **update)
    return one.text if isinstance(one, Mo) else None


async def test_a_text_comes_with_its_chat_and_little_more(bench: TelegramBench) -> None:
    assert heard(bench, message=message("فیصلہ پانی", from_=1)) == Mo(
        channel="tg",
        external_id=f"{BOT_ID}:41",
        sender=HER,
        recipient=f"tg:{BOT_ID}",
        text="فیصلہ پانی",
        raw={"message": "7", "chat_type": "private"},
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/start", "HELP"),
        ("/start ", "HELP"),
        ("/start 7K2M", "LINK 7K2M"),
        ("/start a;b", "HELP"),
        ("/START", "HELP"),
        ("/stop", "STOP"),
        ("/karwai", "karwai"),
        ("/faisla  pani\n2025", "faisla pani 2025"),
        (f"/start@{BOT_NAME} 7K2M", "LINK 7K2M"),
        ("start", "start"),
        ("/", "/"),
        ("11/12", "11/12"),
    ],
)
async def test_a_command_is_read_as_the_word_and_start_is_no_consent(
    bench: TelegramBench, written: str, meant: str
) -> None:
    assert said(bench, message=message(written)) == meant


@pytest.mark.parametrize(
    "kind", ["photo", "voice", "sticker", "document", "location", "contact", "video_note"]
)
async def test_what_has_no_words_is_heard_as_an_empty_text(bench: TelegramBench, kind: str) -> None:
    one = heard(bench, message=message(**{kind: {"file_id": "x"}}))
    assert isinstance(one, Mo)
    assert (one.text, one.raw["media"]) == ("", kind)
    assert said(bench, message=message(caption="R27", **{kind: {"file_id": "x"}})) == "R27"


@pytest.mark.parametrize(
    "update",
    [
        {"message": message(new_chat_title="x")},
        {"message": message(pinned_message={"message_id": 3})},
        {"message": message("x", {"id": -1005, "type": "channel"})},
        {"message": message("x", via_bot=US)},
        {"edited_message": message("STOP")},
        {"channel_post": message("STOP")},
        {"poll_answer": {}},
        {"message": {"message_id": "many"}},
        {"message": None},
        {"callback_query": {"id": "1", "from": GULRUKH, "data": "11"}},
        {"callback_query": {"id": "1", "from": GULRUKH, "message": message("x")}},
        {},
    ],
)
async def test_what_is_no_word_to_us_is_taken_and_dropped(
    bench: TelegramBench, update: dict[str, Any]
) -> None:
    assert heard(bench, **update) is None


async def test_a_machine_that_writes_is_known_as_one(bench: TelegramBench) -> None:
    anonymous = message("karwai", GROUP, sender_chat=GROUP, reply_to_message={"from": US})
    for told, is_automatic in (
        (message("hello"), False),
        ({**message("hello"), "from": OTHER}, True),
        ({**anonymous, "from": OTHER}, False),
    ):
        one = heard(bench, message=told)
        assert isinstance(one, Mo)
        assert one.is_automatic is is_automatic


async def test_half_letters_and_nul_never_reach_the_database(bench: TelegramBench) -> None:
    assert said(bench, message=message("a\x00b\ud83dc")) == "abc"


ADDRESSED = [
    (f"/karwai@{BOT_NAME}", {}, "karwai"),
    (f"/karwai@{BOT_NAME.lower()} 3", {}, "karwai 3"),
    (f"@{BOT_NAME} faisla pani", {"mention": f"@{BOT_NAME}"}, "faisla pani"),
    (f"@{BOT_NAME.upper()} 3", {"mention": f"@{BOT_NAME.upper()}"}, "3"),
    (f"💧💧 @{BOT_NAME} پانی", {"mention": f"@{BOT_NAME}"}, "💧💧   پانی"),
    ("R27", {"reply_to_message": {"message_id": 1, "from": US}}, "R27"),
    ("11", {"reply_to_message": {"message_id": 1, "from": US}}, "11"),
]
NOT_ADDRESSED = [
    ("STOP", {}),
    ("/karwai", {}),
    ("/karwai@OtherBot", {}),
    (f"/karwai@{BOT_NAME}x", {}),
    (f"mail to x@{BOT_NAME}", {}),
    ("@OtherBot karwai", {"mention": "@OtherBot"}),
    ("11", {"reply_to_message": {"message_id": 1, "from": GULRUKH}}),
    ("11", {"reply_to_message": {"message_id": 1}}),
]


def in_group(text: str, more: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in more.items() if key != "mention"}
    entities = naming(text, more["mention"]) if "mention" in more else []
    return message(text, GROUP, entities=entities, **rest)


@pytest.mark.parametrize(("text", "more", "meant"), ADDRESSED)
async def test_a_group_is_heard_when_it_speaks_to_us(
    bench: TelegramBench, text: str, more: dict[str, Any], meant: str
) -> None:
    one = heard(bench, message=in_group(text, more))
    assert isinstance(one, Mo)
    assert (one.sender, one.text, one.is_group) == (f"tg:{GROUP['id']}", meant, True)
    assert one.raw["title"] == GROUP["title"]
    assert one.raw["from"] == HER


@pytest.mark.parametrize(("text", "more"), NOT_ADDRESSED)
async def test_whatever_else_a_group_says_is_never_kept(
    bench: TelegramBench, text: str, more: dict[str, Any]
) -> None:
    assert heard(bench, message=in_group(text, more)) is None


async def test_a_mention_by_hand_of_a_bot_without_a_name_is_ours(bench: TelegramBench) -> None:
    entities = [{**naming("Mirkhai karwai", "Mirkhai", "text_mention")[0], "user": US}]
    assert said(bench, message=message("Mirkhai karwai", GROUP, entities=entities)) == "karwai"


async def test_until_our_name_is_known_only_answers_to_us_are_heard(bench: TelegramBench) -> None:
    wire = bench.open()
    for url, count in ((HOOK, 1), (HOOK.partition("?")[0], 0), (f"{HOOK}%00<", 0)):
        told = {"update_id": 1, "message": in_group(f"/karwai@{BOT_NAME}", {})}
        assert len(wire.read(hook(told, url=url))) == count


async def test_a_button_says_what_a_text_would_and_is_thanked_after_the_commit(
    bench: TelegramBench,
) -> None:
    pressed = {"id": "q1", "from": GULRUKH, "message": message("Meeting?"), "data": "11"}
    wire, told = bench.open(), bench.stand_in.say(callback_query=pressed)
    found = wire.read(hook(told))
    (one,) = found
    assert isinstance(one, Mo)
    assert (one.sender, one.text, one.is_group) == (HER, "11", False)
    assert bench.stand_in.thanked == []
    wire.thank(found)
    await bench.stand_in.until(lambda: bench.stand_in.thanked == ["q1"])


async def test_a_button_of_a_group_tells_who_pressed_it(bench: TelegramBench) -> None:
    pressed = {"id": "q1", "from": GULRUKH, "message": message("x", GROUP), "data": "11"}
    one = heard(bench, callback_query={**pressed, "message": {**pressed["message"], "from": US}})
    assert isinstance(one, Mo)
    assert (one.sender, one.raw["from"]) == (f"tg:{GROUP['id']}", HER)
    assert (one.is_group, one.is_automatic) == (True, False)


def standing(before: str, after: str, chat: dict[str, Any] | None = None) -> dict[str, Any]:
    where = chat or {"id": GULRUKH["id"], "type": "private"}
    told = {"chat": where, "from": GULRUKH, "date": 1}
    return {**told, "old_chat_member": {"status": before}, "new_chat_member": {"status": after}}


@pytest.mark.parametrize(
    ("before", "after", "chat", "change"),
    [
        ("member", "kicked", None, "blocked"),
        ("kicked", "member", None, "unblocked"),
        ("left", "member", None, None),
        ("left", "member", GROUP, "joined"),
        ("left", "administrator", GROUP, "joined"),
        ("member", "kicked", GROUP, "left"),
        ("member", "left", GROUP, "left"),
        ("member", "administrator", GROUP, None),
        ("left", "administrator", {"id": -1005, "type": "channel"}, None),
    ],
)
async def test_a_chat_that_changes_is_told(
    bench: TelegramBench, before: str, after: str, chat: Any, change: str | None
) -> None:
    one = heard(bench, my_chat_member=standing(before, after, chat))
    assert getattr(one, "change", None) == change
    if isinstance(one, ChatChange):
        where = f"tg:{(chat or GULRUKH)['id']}"
        assert (one.sender, one.by, one.event_key) == (where, HER, f"{BOT_ID}:41")
        assert one.title == (chat or {}).get("title", "")


async def test_a_group_that_moves_is_told_once_however_often_telegram_says_it(
    bench: TelegramBench,
) -> None:
    small, large = {"id": -41, "type": "group"}, {"id": -10041, "type": "supergroup"}
    moved = ChatChange("tg", f"{BOT_ID}:moved:-41", "tg:-41", "migrated", to="tg:-10041")
    assert heard(bench, message=message(chat=small, migrate_to_chat_id=-10041)) == moved
    assert heard(bench, message=message(chat=large, migrate_from_chat_id=-41)) == moved


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b"{}", b'{"update_id": "x"}', b"[" * 9999])
async def test_a_hook_that_nobody_can_read_is_called_unreadable(
    bench: TelegramBench, body: bytes
) -> None:
    good = hook({})
    with pytest.raises(Unreadable):
        bench.open().read(type(good)("POST", good.url, good.headers, body))


async def test_a_bot_that_polls_believes_no_hook(bench: TelegramBench) -> None:
    for secret in (SECRET, ""):
        with pytest.raises(Untrusted):
            bench.open(mode="polling", secret=secret).read(hook({}, secret=secret))


async def test_a_webhook_is_set_with_its_secret_and_nothing_thrown_away(
    bench: TelegramBench,
) -> None:
    async with listening(bench.open(), Memory()):
        await bench.stand_in.until(lambda: bool(bench.stand_in.hook))
    told = dict(bench.stand_in.hook)
    assert set(json.loads(told.pop("allowed_updates"))) == {
        "message", "callback_query", "inline_query", "my_chat_member",
    }  # fmt: skip
    assert told == {"url": HOOK, "secret_token": SECRET, "drop_pending_updates": "false"}
    assert bench.stand_in.calls["getUpdates"] == 0


async def test_polling_takes_a_webhook_away_and_hears_what_waited(bench: TelegramBench) -> None:
    bench.stand_in.hook, memory = {"url": HOOK}, Memory()
    for words in ("one", "two"):
        bench.stand_in.say(message=message(words))
    async with listening(bench.open(mode="polling", poll_s=0), memory):
        await bench.stand_in.until(lambda: len(memory.stored) == 2)
        bench.stand_in.say(message=message("three"))
        await bench.stand_in.until(lambda: len(memory.stored) == 3)
    assert memory.texts == ["one", "two", "three"]
    assert memory.offered == 3


async def test_an_update_that_cannot_be_read_holds_up_no_other(bench: TelegramBench) -> None:
    memory = Memory()
    bench.stand_in.say(message={"message_id": "many", "chat": 7})
    bench.stand_in.say(message=message("after it"))
    async with listening(bench.open(mode="polling", poll_s=0), memory):
        await bench.stand_in.until(lambda: bench.stand_in.waiting == [])
    assert memory.texts == ["after it"]


async def test_telegram_forgets_a_text_only_after_it_was_stored(bench: TelegramBench) -> None:
    """The database is busy once: the text is asked for again, and stored once."""
    memory = Memory()
    memory.trouble = [Busy("the database is locked")]
    bench.stand_in.say(message=message("R27"))
    async with listening(bench.open(mode="polling", poll_s=0), memory):
        await bench.stand_in.until(lambda: memory.offered == 1)
        assert len(bench.stand_in.waiting) == 1
        await bench.stand_in.until(lambda: bench.stand_in.waiting == [])
    assert (memory.texts, memory.offered) == (["R27"], 2)


@pytest.mark.parametrize("is_stored", [False, True])
async def test_a_process_that_ends_before_the_next_question_loses_and_doubles_nothing(
    bench: TelegramBench, is_stored: bool
) -> None:
    """It ends in the middle of the commit, or right after: the next process asks from the start."""
    memory, first = Memory(), bench.open(mode="polling", poll_s=0)
    bench.stand_in.say(message=message("R27"))

    async def die(heard: Sequence[Heard]) -> None:
        if is_stored:
            await memory.take(heard)
        raise asyncio.CancelledError

    await asyncio.gather(first.run(die), return_exceptions=True)
    assert len(bench.stand_in.waiting) == 1
    async with listening(bench.open(mode="polling", poll_s=0), memory):
        await bench.stand_in.until(lambda: bench.stand_in.waiting == [])
    assert memory.texts == ["R27"]
    assert memory.offered == (2 if is_stored else 1)


async def test_a_quiet_week_hides_no_text(bench: TelegramBench) -> None:
    """After it Telegram counts from anywhere; a number kept from before would skip the new ones."""
    memory, wire = Memory(), bench.open(mode="polling", poll_s=0)
    bench.stand_in.say(message=message("before"))
    async with listening(wire, memory):
        await bench.stand_in.until(lambda: bench.stand_in.asked[-2:] == [None, None])
        bench.stand_in.waiting.append({"update_id": 5, "message": message("after")})
        await bench.stand_in.until(lambda: len(memory.stored) == 2)
    assert memory.texts == ["before", "after"]


async def test_who_types_our_name_sees_what_fits_and_nobody_is_stored(
    bench: TelegramBench,
) -> None:
    asked: list[tuple[str, str]] = []

    async def look_up(words: str, language: str) -> Sequence[Found]:
        asked.append((words, language))
        return [Found(f"decision-{no}", f"14/{no} Road", f"Mirkhai: {no}") for no in range(12)]

    wire = bench.open()
    wire.serve(look_up)
    told = bench.stand_in.say(inline_query={"id": "i1", "from": GULRUKH, "query": "pani"})
    assert wire.read(hook(told)) == []
    await bench.stand_in.until(lambda: "i1" in bench.stand_in.shown)
    assert asked == [("pani", "ur")]
    shown = bench.stand_in.shown["i1"]
    assert [one["id"] for one in shown] == [f"decision-{no}" for no in range(10)]
    assert shown[0]["input_message_content"]["message_text"] == "Mirkhai: 0"


async def test_a_look_up_that_fails_or_that_nobody_serves_costs_nothing(
    bench: TelegramBench,
) -> None:
    async def fail(_words: str, _language: str) -> Sequence[Found]:
        raise Busy("the database is locked")

    wire, memory = bench.open(mode="polling", poll_s=0), Memory()
    bench.stand_in.say(inline_query={"id": "i1", "from": GULRUKH, "query": ""})
    async with listening(wire, memory):
        await bench.stand_in.until(lambda: bench.stand_in.shown == {"i1": []})
        wire.serve(fail)
        bench.stand_in.say(inline_query={"id": "i2", "from": GULRUKH, "query": "x"})
        bench.stand_in.say(message=message("R27"))
        await bench.stand_in.until(lambda: memory.texts == ["R27"])
