"""Telegram's side of the conformance table: the stand-in, and updates as Telegram words them."""

import json
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from app.channels._open import open_channel
from app.channels.telegram import Telegram
from app.domain.messages import Dlr, Hook, Mt, State
from app.domain.ports import Sends
from tests.standins.telegram import BOT_ID, BOT_NAME, SECRET, TelegramStandIn

PUBLIC = "https://office.example.org"
HOOK = f"{PUBLIC}/hooks/tg?bot={BOT_NAME}"
ORDERS: Mapping[str, str] = {
    "refused": "403/Forbidden: bot was blocked by the user",
    "throttled": "429/7",
    "misconfigured": "401/Unauthorized",
    "lost answer": "drop_after",
}
PEOPLE = count(55_000_001)
GULRUKH = {"id": 55_123_456, "is_bot": False, "first_name": "Gul Rukh", "language_code": "ur"}
GROUP = {"id": -100_123_456, "type": "supergroup", "title": "Committee <Mirkhai>"}


def message(text: str = "", chat: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """A message as Telegram words it, from Gul Rukh."""
    said: dict[str, Any] = {"text": text} if text else {}
    where = chat or {"id": GULRUKH["id"], "type": "private", "first_name": "Gul Rukh"}
    return {"message_id": 7, "date": 1_780_000_000, "from": GULRUKH, "chat": where, **said, **more}


def naming(text: str, name: str = f"@{BOT_NAME}", kind: str = "mention") -> list[dict[str, Any]]:
    """The entities of a text that names somebody, counted in UTF-16 as Telegram does."""
    before = text[: text.index(name)].encode("utf-16-le")
    return [{"type": kind, "offset": len(before) // 2, "length": len(name)}]


def hook(told: object, *, secret: str | None = SECRET, url: str = HOOK) -> Hook:
    """The request that brings an update."""
    headers = {} if secret is None else {"x-telegram-bot-api-secret-token": secret}
    return Hook("POST", url, headers, json.dumps(told).encode())


class TelegramBench:
    """The stand-in is the far side."""

    lacks: Mapping[str, str] = {
        "look-up": "the Bot API cannot be asked which messages of ours it took",
        "5xx": "without a look-up nothing settles a 5xx; test_telegram.py holds what it is",
        "time-out": "without a look-up nothing settles a time-out; test_telegram.py holds it",
        "garbage": "without a look-up nothing settles garbage; test_telegram.py holds what it is",
        "receipts": "Telegram tells nobody whether a message arrived or was read",
        "receipts in any order": "Telegram tells nobody whether a message arrived or was read",
    }

    def __init__(self, stand_in: TelegramStandIn) -> None:
        self.to = f"tg:{next(PEOPLE)}"
        self.stand_in = stand_in
        self.opened: list[Telegram] = []

    def open(self, **options: object) -> Telegram:
        more = {"mode": "webhook", "secret": SECRET, **options}
        wire = open_channel(self.stand_in.options(**more), public_url=PUBLIC)
        assert isinstance(wire, Telegram)
        self.opened.append(wire)
        return wire

    async def wire(self, fault: str = "") -> Telegram:
        if fault == "unreachable":
            return self.open(base_url="http://127.0.0.1:9")
        self.stand_in.next = [ORDERS[fault]] if fault else []
        return self.open()

    async def taken(self) -> Sequence[str]:
        return [one.words for one in self.stand_in.to(self.to)]

    async def reported(self, wire: Sends, mt: Mt, states: Sequence[State]) -> list[Dlr]:
        raise NotImplementedError

    def heard_as(self, external_id: str) -> str:
        """Under which id a text is heard that the far side calls so: the bot's and a number."""
        return f"{BOT_ID}:{_number(external_id)}"

    def text_hook(self, _wire: Sends, text: str, external_id: str) -> Hook:
        chat = {"id": int(self.to.removeprefix("tg:")), "type": "private"}
        more = {} if text else {"voice": {"file_id": "x", "duration": 3}}
        return hook({"update_id": _number(external_id), "message": message(text, chat, **more)})

    def empty_hook(self, _wire: Sends) -> Hook:
        return hook({})

    def broken_hooks(self, wire: Sends) -> Mapping[str, Hook]:
        good = self.text_hook(wire, "STOP", "in-9")
        name = "X-Telegram-Bot-Api-Secret-Token"
        return {
            "no secret": Hook("POST", good.url, {}, good.body),
            "an empty secret": Hook("POST", good.url, {name: ""}, good.body),
            "an odd secret": Hook("POST", good.url, {name: "ü\ud800"}, good.body),
            "a shorter secret": Hook("POST", good.url, {name: SECRET[:-1]}, good.body),
            "a longer secret": Hook("POST", good.url, {name: SECRET + "x"}, good.body),
            "two secrets": Hook("POST", good.url, {**good.headers, name: "y"}, good.body),
            "garbage without a secret": Hook("POST", good.url, {}, b"\xff{"),
        }


def _number(external_id: str) -> int:
    return int(external_id.rpartition("-")[2])
