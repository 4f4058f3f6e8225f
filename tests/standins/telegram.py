"""A stand-in of Telegram's Bot API on loopback, in the test's own loop: strict, and it counts.

Whatever is malformed, unknown, twice or too fast stands in `wrongs`, which a test wants empty.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.standins._telegram_forms import File, wrong_with

BOT_ID = 7001
TOKEN = f"{BOT_ID}:stand-in_AAAAAAAAAAAAAAAAAAAAAAAAA"
BOT_NAME = "MirkhaiBot"
SECRET = "kD83mfLq92mFa7Tz0pWx1c"
SENDS = ("sendMessage", "sendPhoto", "sendDocument")


@dataclass(slots=True)
class Limits:
    """What Telegram allows: messages a second in all, seconds between two in a chat, a group's."""

    all_a_second: int = 30
    chat_gap_s: float = 1.0
    group_a_minute: int = 20


@dataclass(frozen=True, slots=True)
class Taken:
    """One message that was accepted."""

    at: float
    method: str
    chat: str
    message_id: int
    form: Mapping[str, Any]

    @property
    def words(self) -> str:
        return str(self.form.get("text") or self.form.get("caption") or "")

    @property
    def buttons(self) -> list[list[dict[str, str]]]:
        told = json.loads(self.form.get("reply_markup", '{"inline_keyboard": []}'))
        return list(told["inline_keyboard"])


@dataclass(slots=True)
class Chats:
    """How chats stand: who blocked us, what is gone, where a group went."""

    blocked: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)


class TelegramStandIn:
    """`async with TelegramStandIn() as telegram:`; `telegram.url` is the base_url of the wire."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.url = ""
        self.wrongs: list[str] = []
        self.next: list[str] = []
        self.delay_s = 0.0
        self.most_updates = 100
        self.chats = Chats()
        self.taken: list[Taken] = []
        self.calls: Counter[str] = Counter()
        self.waiting: list[dict[str, Any]] = []
        self.asked: list[int | None] = []
        self.hook: dict[str, Any] = {}
        self.thanked: list[str] = []
        self.shown: dict[str, list[dict[str, Any]]] = {}
        self._pressed: set[str] = set()
        self._searched: set[str] = set()
        self._update_ids = count(9_000_001)
        self._message_ids = count(1)
        self._stir = asyncio.Event()
        self._never = asyncio.Event()
        self._called = asyncio.Condition()
        self._runner: web.ServerRunner | None = None

    async def __aenter__(self) -> Self:
        server = web.Server(self._answer, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._never.set()
        if self._runner is not None:
            await self._runner.cleanup()

    def options(self, **more: object) -> dict[str, object]:
        """The `[[channel]]` table of a wire that talks to this stand-in."""
        plain = {"name": "tg", "kind": "telegram", "token": TOKEN, "base_url": self.url}
        return {**plain, "chat_gap_s": self.limits.chat_gap_s, **more}

    def to(self, chat: str) -> list[Taken]:
        """What was accepted for that chat."""
        return [one for one in self.taken if one.chat == chat.removeprefix("tg:")]

    async def until(self, is_so: Callable[[], bool], patience_s: float = 5.0) -> None:
        """Wait until something of this stand-in is so; the call that made it so has ended."""
        async with self._called, asyncio.timeout(patience_s):
            await self._called.wait_for(is_so)

    def say(self, **update: Any) -> dict[str, Any]:
        """Something happens: the update waits until it is asked for."""
        told = {"update_id": next(self._update_ids), **update}
        if "callback_query" in update:
            self._pressed.add(update["callback_query"]["id"])
        if "inline_query" in update:
            self._searched.add(update["inline_query"]["id"])
        self.waiting.append(told)
        self._stir.set()
        return told

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        method = request.path.removeprefix(f"/bot{TOKEN}/")
        if method == request.path:
            return _error(401, "Unauthorized")
        self.calls[method] += 1
        try:
            return await self._heed(request, method)
        finally:
            async with self._called:
                self._called.notify_all()

    async def _heed(self, request: web.BaseRequest, method: str) -> web.StreamResponse:
        form = await _form(request)
        wrong = wrong_with(method, form)
        if request.method != "POST" or wrong:
            self.wrongs.append(wrong or f"{method} by {request.method}")
            return _error(400, f"Bad Request: {wrong}")
        if self.delay_s:
            await asyncio.sleep(self.delay_s)
        fault = self.next.pop(0) if self.next and method != "getUpdates" else ""
        if fault and not fault.endswith("_after"):
            return await self._misbehave(request, fault)
        answer = await self._obey(method, form)
        return await self._misbehave(request, fault, answer) if fault else answer

    async def _obey(self, method: str, form: Mapping[str, Any]) -> web.Response:
        if method in SENDS:
            return self._take(method, form)
        if method == "getUpdates":
            return await self._updates(form)
        if method == "getMe":
            me = {"id": BOT_ID, "is_bot": True, "first_name": "Mirkhai", "username": BOT_NAME}
            return _ok(me)
        if method in ("setWebhook", "deleteWebhook"):
            self.hook = dict(form) if method == "setWebhook" else {}
            return _ok(True)
        return self._reply(method, form)

    def _reply(self, method: str, form: Mapping[str, Any]) -> web.Response:
        """The small answers: each question is answered once, and only a question of ours."""
        if method == "answerCallbackQuery":
            known, told = self._pressed, form["callback_query_id"]
            self.thanked.append(told)
        else:
            known, told = self._searched, form["inline_query_id"]
            self.shown[told] = json.loads(form["results"])
        if told not in known:
            self.wrongs.append(f"{method}: nobody asks, or twice")
            return _error(400, "Bad Request: query is too old or query ID is invalid")
        known.discard(told)
        return _ok(True)

    def _take(self, method: str, form: Mapping[str, Any]) -> web.Response:
        chat, now = form["chat_id"], asyncio.get_running_loop().time()
        if chat in self.chats.blocked:
            return _error(403, "Forbidden: bot was blocked by the user")
        if chat in self.chats.unknown:
            return _error(400, "Bad Request: chat not found")
        if chat in self.chats.moved:
            told = "Bad Request: group chat was upgraded to a supergroup chat"
            return _error(400, told, migrate_to_chat_id=int(self.chats.moved[chat]))
        if self._is_too_fast(chat, now):
            return _error(429, "Too Many Requests: retry after 1", retry_after=1)
        number = next(self._message_ids)
        self.taken.append(Taken(now, method, chat, number, form))
        kind = "supergroup" if chat.startswith("-") else "private"
        whole = {"message_id": number, "date": 1_780_000_000, "chat": {"id": int(chat)}}
        whole["chat"]["type"] = kind
        return _ok(whole)

    def _is_too_fast(self, chat: str, now: float) -> bool:
        own = [one for one in self.taken if one.chat == chat]
        second = [one for one in self.taken if now - one.at < 1.0]
        minute = [one for one in own if now - one.at < 60.0]
        broken = {
            "30 a second in all": len(second) >= self.limits.all_a_second,
            "a second in a chat": bool(own) and now - own[-1].at < self.limits.chat_gap_s,
            "20 a minute in a group": chat.startswith("-")
            and len(minute) >= self.limits.group_a_minute,
        }
        self.wrongs += [f"limit broken: {limit}" for limit, is_so in broken.items() if is_so]
        return any(broken.values())

    async def _updates(self, form: Mapping[str, Any]) -> web.Response:
        offset = int(form["offset"]) if "offset" in form else None
        self.asked.append(offset)
        if self.hook:
            return _error(409, "Conflict: can't use getUpdates method while webhook is active")
        if offset is not None:
            self.waiting = [one for one in self.waiting if one["update_id"] >= offset]
        self._stir.clear()
        if not self.waiting:
            try:
                async with asyncio.timeout(float(form.get("timeout", 0))):
                    await self._stir.wait()
            except TimeoutError:
                pass
        return _ok(self.waiting[: min(int(form.get("limit", 100)), self.most_updates)])

    async def _misbehave(
        self, request: web.BaseRequest, fault: str, answer: web.Response | None = None
    ) -> web.StreamResponse:
        """`429/7`, `403`, `502`, `drop`, `hang`, `garbage_after`, `cut_after`, `no id_after`…"""
        word = fault.removesuffix("_after")
        if word == "hang":
            await self._never.wait()
        if word in ("drop", "hang"):
            assert request.transport is not None
            request.transport.abort()
        whole = answer.body if answer is not None and isinstance(answer.body, bytes) else b""
        bodies = {"garbage": b"\xff<html>", "cut": whole[:20], "no id": b'{"ok":true,"result":{}}'}
        if word in (*bodies, "drop", "hang"):
            return web.Response(body=bodies.get(word), content_type="application/json")
        status, _, words = word.partition("/")
        if status == "429":
            return _error(429, f"Too Many Requests: retry after {words}", retry_after=int(words))
        if words == "page":
            return web.Response(status=int(status), body=b"<html>", content_type="text/html")
        return _error(int(status), words or "told to refuse")


async def _form(request: web.BaseRequest) -> dict[str, Any]:
    told = await request.post()
    return {
        name: File(value.filename, value.file.read()) if isinstance(value, web.FileField) else value
        for name, value in told.items()
    }


def _ok(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _error(status: int, words: str, **parameters: int) -> web.Response:
    told: dict[str, Any] = {"ok": False, "error_code": status, "description": words}
    if parameters:
        told["parameters"] = parameters
    return web.json_response(told, status=status)
