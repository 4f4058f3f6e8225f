"""A stand-in of the SMS Gate app (its local server or its own server) on loopback only.

`python tests/standins/smsgate.py --port 0` prints `{"port": …}` once it listens. It refuses what
the app refuses. Orders come over `POST /control` and `/control/events`.
"""

import argparse
import asyncio
import hashlib
import hmac
import json
import re
import sys
import time
from base64 import b64encode
from pathlib import Path
from typing import Any
from uuid import uuid4

sys.path.pop(0)
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from aiohttp import ClientSession, web

from tests.standins._faults import Faults

FIELDS = {
    "id": str,
    "phoneNumbers": list,
    "textMessage": dict,
    "simNumber": int,
    "withDeliveryReport": bool,
    "isEncrypted": bool,
    "priority": int,
    "ttl": int,
    "validUntil": str,
    "deviceId": str,
}
OLD_EVENTS = {"sms:received", "sms:sent", "sms:delivered", "sms:failed", "system:ping"}
NEW_EVENTS = OLD_EVENTS | {"sms:cancelled", "mms:downloaded", "mms:received", "app:started"}
AFTER = ("_after", "garbage", "truncated", "no_id")
HEALTH = {
    "messages:failed": ("messages", 0),
    "connection:status": ("Yes/No", 1),
    "connection:transport": ("flags", 2),
    "connection:cellular": ("index", 4),
    "battery:level": ("percent", 94),
    "battery:charging": ("flags", 5),
}


class StandIn:
    """Answers like the app, keeps a ledger, and misbehaves on order."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.messages: dict[str, dict[str, Any]] = {}
        self.webhooks: dict[str, dict[str, str]] = {}
        self.faults = Faults()
        self.health: dict[str, int] = {}
        self.events = NEW_EVENTS
        self.is_server = False
        self._key = args.hook_key.encode()
        credentials = f"{args.user}:{args.password}".encode()
        self._authorization = f"Basic {b64encode(credentials).decode()}"
        self._never = asyncio.Event()

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/control"):
            return await self._control(request)
        if path == "/health":
            return self._health()
        if request.headers.get("Authorization") != self._authorization:
            return _error(401, "the user or the password is wrong")
        if path == "/messages" and request.method == "POST":
            return await self._post(request)
        if path.startswith("/messages/") and request.method == "GET":
            return await self._get(request, path.removeprefix("/messages/"))
        return await self._hooks(request) if path == "/webhooks" else self._devices(path)

    def _devices(self, path: str) -> web.Response:
        if path != "/devices":
            return _error(404, "no such page")
        seen = {"lastSeen": "2026-11-22T05:00:00Z"} if self.is_server else {}
        return _json([{"id": "dev1", "name": "samsung/a12", **seen}])

    async def _post(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            asked = json.loads(await request.read())
        except ValueError:
            return _error(400, "this is no JSON")
        wrong = _wrong(asked)
        if wrong:
            return _error(400, wrong)
        fault = self.faults.of_send(asked["phoneNumbers"][0])
        if fault and not fault.endswith(AFTER):
            return await self._refuse(request, fault)
        if asked.get("id") in self.messages:
            return _error(409, "message with such ID already exists")
        own_id = asked.get("id") or uuid4().hex
        self.messages[own_id] = {"asked": asked, "state": "Pending"}
        return await self._answer_badly(request, fault, own_id) if fault else self._taken(own_id)

    def _taken(self, own_id: str, status: int = 202) -> web.Response:
        return _json(self._shown(own_id), status)

    def _shown(self, own_id: str) -> dict[str, Any]:
        kept = self.messages[own_id]
        numbers = kept["asked"]["phoneNumbers"]
        return {
            "id": own_id,
            "deviceId": "dev1",
            "state": kept["state"],
            "isHashed": False,
            "isEncrypted": False,
            "recipients": [{"phoneNumber": one, "state": kept["state"]} for one in numbers],
            "states": {kept["state"]: "2026-11-22T05:00:00Z"},
        }

    async def _refuse(self, request: web.BaseRequest, fault: str) -> web.StreamResponse:
        if fault == "drop_before":
            return _drop(request)
        if fault == "hang":
            await self._never.wait()
        status, _, said = fault.partition(":")
        status, _, wait_s = status.partition("/")
        if int(status) >= 300 and not said and status != "401":
            headers = {"Retry-After": wait_s} if wait_s else {"Location": "/messages"}
            return web.Response(status=int(status), text="<html>", headers=headers)
        return _error(int(status), said)

    async def _answer_badly(
        self, request: web.BaseRequest, fault: str, own_id: str
    ) -> web.StreamResponse:
        if fault == "hang_after":
            await self._never.wait()
        if fault == "garbage":
            return web.Response(status=202, body=b"\xff\xfe<html>\x00", content_type="text/html")
        if fault == "no_id":
            return _json({"state": "Pending", "recipients": []}, 202)
        if fault == "truncated":
            return await _cut(request, json.dumps(self._shown(own_id)).encode())
        if fault == "drop_after":
            return _drop(request)
        return _error(int(fault.removesuffix("_after")), "in trouble")

    async def _get(self, request: web.BaseRequest, own_id: str) -> web.StreamResponse:
        fault = self.faults.of_list()
        if fault:
            return await self._refuse(request, fault)
        return self._taken(own_id, 200) if own_id in self.messages else _error(404, "no message")

    async def _hooks(self, request: web.BaseRequest) -> web.Response:
        if request.method == "GET":
            return _json(list(self.webhooks.values()))
        told = json.loads(await request.read())
        if set(told) - {"id", "url", "event", "deviceId"}:
            return _error(400, "there is a field that nobody knows")
        url = told.get("url", "")
        if not url.startswith("https://") and not url.startswith("http://127.0.0.1"):
            return _error(400, "the url must start with https:// or http://127.0.0.1")
        if told.get("event") not in self.events:
            return _error(400, "unsupported event")
        kept = {**told, "id": told.get("id") or uuid4().hex}
        self.webhooks[kept["id"]] = kept
        return _json(kept, 201)

    def _health(self) -> web.Response:
        if self.is_server:
            checks = {"db:ping": {"observedValue": 0, "status": "pass"}}
            return _json({"status": "pass", "version": "v1.17.0", "checks": checks})
        told = self._told_health()
        return _json(told, 500 if told["status"] == "fail" else 200)

    def _told_health(self) -> dict[str, Any]:
        values = {name: self.health.get(name, value) for name, (_, value) in HEALTH.items()}
        checks = {
            name: {"observedUnit": HEALTH[name][0], "observedValue": value, "status": "pass"}
            for name, value in values.items()
        }
        status = "fail" if values["battery:level"] < 10 else "pass"
        return {"status": status, "version": "1.48.0", "releaseId": 120, "checks": checks}

    async def _control(self, request: web.BaseRequest) -> web.Response:
        told = await request.json()
        if request.path == "/control/events":
            return _json(await self._tell(told))
        self.faults.obey(told)
        self.health = told.get("health", self.health)
        self.is_server = told.get("server", self.is_server)
        self.webhooks = told.get("webhooks", self.webhooks)
        self.events = OLD_EVENTS if told.get("old") else NEW_EVENTS
        ledger = [{"id": own_id, **kept["asked"]} for own_id, kept in self.messages.items()]
        shown = [] if told else ledger
        return _json({"sends": self.faults.sends, "ledger": shown, "webhooks": self.webhooks})

    async def _tell(self, told: dict[str, Any]) -> dict[str, Any]:
        """Call a webhook as the phone does: signed anew at every delivery."""
        event, payload = told["event"], told["payload"]
        if event == "system:ping":
            payload = {"health": self._told_health()}
        sent = {"deviceId": "dev1", "event": event, "id": told.get("id") or uuid4().hex}
        body = json.dumps({**sent, "payload": payload, "webhookId": "w1"}).encode()
        statuses = []
        async with ClientSession() as session:
            for _ in range(told.get("repeat", 1)):
                stamp = str(int(time.time()) - int(told.get("late_s", 0)))
                seal = hmac.new(self._key, body + stamp.encode(), hashlib.sha256).hexdigest()
                headers = {"X-Signature": seal, "X-Timestamp": stamp}
                async with session.post(told["target"], data=body, headers=headers) as response:
                    statuses.append(response.status)
        return {"id": sent["id"], "statuses": statuses}


def _wrong(asked: Any) -> str:
    """What the app would not take, in words like its own; "" when all is well."""
    if not isinstance(asked, dict):
        return "the request is no object"
    for name, value in asked.items():
        if name not in FIELDS or not isinstance(value, FIELDS[name]):
            return f"the field {name} is unknown or of another type"
    numbers, sim, life = asked.get("phoneNumbers"), asked.get("simNumber", 1), asked.get("ttl", 1)
    checks = (
        (not numbers, "phoneNumbers is empty"),
        (not (asked.get("textMessage") or {}).get("text"), "Text message is empty"),
        (set(asked.get("textMessage") or {}) != {"text"}, "Text message has other fields"),
        (not 1 <= sim <= 3, "simNumber must be >= 1"),
        (life < 1, "message already expired"),
        ("ttl" in asked and "validUntil" in asked, "fields conflict: ttl and validUntil"),
        (len(asked.get("id", "")) > 36, "the id is longer than 36 signs"),
        (not -128 <= asked.get("priority", 0) <= 127, "priority must be a valid byte value"),
        (
            not all(re.fullmatch(r"\+[1-9][0-9]{6,14}", str(one)) for one in numbers or ()),
            "can't use phone in row 1: it is not in E.164",
        ),
    )
    return next((said for is_wrong, said in checks if is_wrong), "")


def _json(shown: Any, status: int = 200) -> web.Response:
    body = json.dumps(shown).encode()
    return web.Response(body=body, status=status, content_type="application/json")


def _error(status: int, said: str) -> web.Response:
    return _json({"message": said} if said else {}, status)


def _drop(request: web.BaseRequest) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def _cut(request: web.BaseRequest, body: bytes) -> web.StreamResponse:
    """Promise the whole body, give half of it."""
    response = web.StreamResponse(status=202, headers={"Content-Length": str(len(body))})
    response.content_type = "application/json"
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    assert request.transport is not None
    request.transport.close()
    return response


async def _main(args: argparse.Namespace) -> None:
    runner = web.ServerRunner(web.Server(StandIn(args).answer))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", args.port, reuse_address=True)
    await site.start()
    port = runner.addresses[0][1]
    sys.stdout.write(json.dumps({"port": port, "url": f"http://127.0.0.1:{port}"}) + "\n")
    sys.stdout.flush()
    # Whoever started it is gone when its end of the pipe closes, however it ended.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


def _args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--user", default="sms")
    parser.add_argument("--password", default="stand-in-password")
    parser.add_argument("--hook-key", default="stand-in-key")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(_main(_args()))
