"""SMS Gate's side of the conformance table: the stand-in, and hooks signed as the app signs."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import count
from typing import Any

from app.channels._open import open_channel
from app.channels.smsgate import SmsGate, id_of
from app.domain.messages import Dlr, Hook, Mt, State
from app.domain.ports import Sends
from tests.standins.smsgate_client import HOOK_KEY, SmsGateStandIn

PUBLIC = "https://192.168.1.10"
NOBODY_LISTENS = "http://127.0.0.1:9"
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
ORDERS: Mapping[str, str] = {
    "refused": "400:can't use phone in row 1",
    "throttled": "429/7",
    "misconfigured": "401",
    "5xx": "503",
    "5xx after": "502_after",
    "time-out before": "hang",
    "time-out after": "hang_after",
    "lost answer": "drop_after",
    "garbage": "garbage",
    "truncated": "truncated",
    "no id": "no_id",
}
WORDS = {
    State.SENT: "sms:sent",
    State.DELIVERED: "sms:delivered",
    State.UNDELIVERED: "sms:failed",
}
NUMBERS = count(3645000001)


class SmsGateBench:
    """The stand-in is the far side; hooks are signed with the key of the app."""

    lacks: Mapping[str, str] = {}

    def __init__(self, stand_in: SmsGateStandIn) -> None:
        self.to = f"+92{next(NUMBERS)}"
        self.stand_in = stand_in
        self.opened: list[SmsGate] = []

    def open(self, public_url: str = PUBLIC, **options: object) -> SmsGate:
        wire = open_channel(self.stand_in.channel_options(**options), public_url=public_url)
        assert isinstance(wire, SmsGate)
        self.opened.append(wire)
        return wire

    async def wire(self, fault: str = "") -> SmsGate:
        if fault == "unreachable":
            return self.open(base_url=NOBODY_LISTENS)
        if fault:
            await self.stand_in.control(next=[ORDERS[fault]])
        return self.open(timeout_s=0.3) if fault.startswith("time-out") else self.open()

    async def taken(self) -> Sequence[str]:
        return [text["textMessage"]["text"] for text in await self.texts()]

    async def texts(self) -> list[dict[str, Any]]:
        ledger = (await self.stand_in.control())["ledger"]
        return [text for text in ledger if text["phoneNumbers"] == [self.to]]

    async def reported(self, wire: Sends, mt: Mt, states: Sequence[State]) -> list[Dlr]:
        assert isinstance(wire, SmsGate)
        told = {"messageId": id_of(mt), "phoneNumber": self.to, "simNumber": 1}
        hooks = [event(WORDS[state], told, f"e{no}") for no, state in enumerate(states)]
        return [one for hook in hooks for one in wire.read(hook) if isinstance(one, Dlr)]

    def text_hook(self, wire: Sends, text: str, external_id: str) -> Hook:
        del wire
        return received(self.to, text, external_id)

    def empty_hook(self, wire: Sends) -> Hook:
        del wire
        return signed(b"{}")

    def broken_hooks(self, wire: Sends) -> Mapping[str, Hook]:
        good = self.text_hook(wire, "STOP", "in-9")
        seal, stamp = good.headers["X-Signature"], good.headers["X-Timestamp"]
        other_stamp = {"X-Signature": seal, "X-Timestamp": str(int(stamp) + 1)}
        twice = {**good.headers, "x-signature": "y"}
        heads: dict[str, Mapping[str, str]] = {
            "unsigned": {},
            "no time": {"X-Signature": seal},
            "an empty signature": {"X-Signature": "", "X-Timestamp": stamp},
            "an odd signature": {"X-Signature": "ü", "X-Timestamp": stamp},
            "an odd time": {"X-Signature": seal, "X-Timestamp": "now"},
            "another time": other_stamp,
            "two signatures": twice,
        }
        broken = {why: Hook("POST", good.url, head, good.body, NOW) for why, head in heads.items()}
        broken["an altered body"] = Hook("POST", good.url, good.headers, good.body + b" ", NOW)
        broken["another key"] = signed(good.body, key="somebody else's")
        broken["a day old"] = signed(good.body, late_s=86_400)
        broken["from tomorrow"] = signed(good.body, late_s=-86_400)
        broken["nobody knows when it came"] = Hook("POST", good.url, good.headers, good.body)
        return broken


def received(sender: str, text: str, unique: str, **more: object) -> Hook:
    """A member's text as the app tells it."""
    payload = {
        "messageId": "5f2c0a11",
        "phoneNumber": sender,
        "message": text,
        "simNumber": 1,
        "receivedAt": "2026-11-22T11:00:00.000+05:00",
        **more,
    }
    return event("sms:received", payload, unique)


def event(name: str, payload: Mapping[str, object], unique: str = "e1") -> Hook:
    """Any event, signed well."""
    told = {"deviceId": "dev1", "event": name, "id": unique, "payload": payload}
    return signed(json.dumps({**told, "webhookId": "w1"}).encode())


def signed(body: bytes, *, key: str = HOOK_KEY, late_s: int = 0) -> Hook:
    """A hook as the door hands it over, signed `late_s` seconds ago."""
    stamp = str(int(NOW.timestamp()) - late_s)
    seal = hmac.new(key.encode(), body + stamp.encode(), hashlib.sha256).hexdigest()
    headers = {"Host": "192.168.1.10", "X-Signature": seal, "X-Timestamp": stamp}
    return Hook("POST", f"{PUBLIC}/hooks/sim1", headers, body, NOW)
