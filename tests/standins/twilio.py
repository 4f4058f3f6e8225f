"""A stand-in of Twilio's REST API as a process of its own, on loopback only.

`python tests/standins/twilio.py --port 0 --ledger FILE` prints `{"port": …}` once it listens.
Orders come over `POST /control`, `/control/inbound` and `/control/receipts`.
"""

import argparse
import asyncio
import json
import sys
from base64 import b64encode
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import uuid4

# This file has the name of Twilio's package and would hide it from the imports below.
sys.path.pop(0)
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from aiohttp import ClientSession, TCPConnector, web
from twilio.request_validator import RequestValidator

from tests.standins._faults import Faults
from tests.standins._ledger import Entry, Ledger

CALLS_AT_ONCE = 50


class StandIn:
    """Answers like Twilio, keeps a ledger, and misbehaves on order."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.ledger = Ledger(args.ledger, args.account_sid)
        self.faults = Faults()
        self._delay_s = args.delay_ms / 1000
        self._path = f"/2010-04-01/Accounts/{args.account_sid}/Messages"
        credentials = f"{args.account_sid}:{args.auth_token}".encode()
        self._authorization = f"Basic {b64encode(credentials).decode()}"
        self._account_sid = args.account_sid
        self._validator = RequestValidator(args.auth_token)
        self._never = asyncio.Event()

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        if request.path.startswith("/control"):
            return await self._control(request)
        if request.headers.get("Authorization") != self._authorization:
            return _error(401, 20003)
        if request.path == f"{self._path}.json":
            return await (self._post(request) if request.method == "POST" else self._list(request))
        entry = self.ledger.entries.get(request.path.removeprefix(f"{self._path}/")[:-5])
        return _json(self.ledger.shown(entry)) if entry else _error(404, 20404)

    async def _post(self, request: web.BaseRequest) -> web.StreamResponse:
        form = dict(parse_qsl((await request.read()).decode(), keep_blank_values=True))
        if self._delay_s:
            await asyncio.sleep(self._delay_s)
        fault = self.faults.of_send(form.get("To", ""))
        code = _missing(form)
        if code:
            return _error(400, code)
        if fault and not fault.endswith(("_after", "garbage", "truncated", "no_sid")):
            return await self._refuse(request, fault)
        entry = self.ledger.accept(form)
        return await self._answer_badly(request, fault, entry) if fault else self._created(entry)

    def _created(self, entry: Entry) -> web.Response:
        return _json(self.ledger.shown(entry), status=201)

    async def _refuse(self, request: web.BaseRequest, fault: str) -> web.StreamResponse:
        """Go wrong before anything was accepted."""
        if fault == "drop_before":
            return _drop(request)
        if fault == "hang":
            await self._never.wait()
        status, _, rest = fault.partition(":")
        status, _, wait_s = status.partition("/")
        if status == "429":
            return _error(429, int(rest or 20429), {"Retry-After": wait_s or "1"})
        if int(status) >= 500:
            page = "<html><body>Bad gateway</body></html>"
            return web.Response(status=int(status), text=page, content_type="text/html")
        return _error(int(status), int(rest or 0))

    async def _answer_badly(
        self, request: web.BaseRequest, fault: str, entry: Entry
    ) -> web.StreamResponse:
        """Go wrong after the text was accepted."""
        if fault == "hang_after":
            await self._never.wait()
        if fault == "garbage":
            return web.Response(status=201, body=b"\xff\xfe<html>\x00", content_type="text/html")
        if fault == "no_sid":
            return _json({"status": "queued"}, status=201)
        if fault == "truncated":
            return await _cut(request, json.dumps(self.ledger.shown(entry)).encode())
        if fault == "drop_after":
            return _drop(request)
        return _error(int(fault.removesuffix("_after")), 0)

    async def _list(self, request: web.BaseRequest) -> web.StreamResponse:
        fault = self.faults.of_list()
        if fault == "garbage":
            return web.Response(status=200, text="<html>", content_type="text/html")
        if fault:
            return await self._refuse(request, fault)
        query = dict(request.query)
        size, page = min(int(query.get("PageSize", 50)), 1000), int(query.get("Page", 0))
        found = self.ledger.listed(query)
        shown = [self.ledger.shown(entry) for entry in found[page * size : (page + 1) * size]]
        more = urlencode({**query, "PageSize": size, "Page": page + 1})
        is_last = (page + 1) * size >= len(found)
        return _json(
            {
                "messages": shown,
                "page": page,
                "page_size": size,
                "next_page_uri": None if is_last else f"{self._path}.json?{more}",
            }
        )

    async def _control(self, request: web.BaseRequest) -> web.StreamResponse:
        told = await request.json() if request.method == "POST" else {}
        if request.path == "/control/inbound":
            return _json(await self._inbound(told))
        if request.path == "/control/receipts":
            return _json(await self._receipts(told))
        self.faults.obey(told)
        kept = [
            {**self.ledger.shown(entry), "asked": entry.asked} for entry in self.ledger.outbound()
        ]
        counted = {"sends": self.faults.sends, "lists": self.faults.lists}
        return _json({**counted, "accepted": len(kept), "ledger": kept if told == {} else []})

    async def _inbound(self, told: dict[str, Any]) -> dict[str, Any]:
        """A member texts us; with `hook` and `target` her text is also brought by a webhook."""
        age_s = float(told.get("age_s", 0))
        entry = self.ledger.hear({"MessageSid": "", **told["message"]}, age_s)
        if not told.get("hook"):
            return {"sid": entry.sid}
        form = {
            "MessageSid": entry.sid,
            "SmsStatus": "received",
            "NumMedia": "0",
            "From": entry.sender,
            "To": entry.to,
            "Body": entry.body,
            "AccountSid": self._account_sid,
        }
        async with ClientSession() as session:
            status = await self._call(session, told["hook"], told.get("target", ""), form)
        return {"sid": entry.sid, "status": status}

    async def _receipts(self, told: dict[str, Any]) -> dict[str, Any]:
        """Report the words of `order` for the texts of `sids` (or for all), each `repeat` times."""
        sids = told.get("sids") or [entry.sid for entry in self.ledger.outbound()]
        entries = [self.ledger.entries[sid] for sid in sids]
        gate = asyncio.Semaphore(CALLS_AT_ONCE)
        async with ClientSession(connector=TCPConnector(limit=CALLS_AT_ONCE)) as session:
            calls = [
                self._report(session, gate, entry, told) for entry in entries if entry.callback
            ]
            answers = [status for statuses in await asyncio.gather(*calls) for status in statuses]
        return {"posted": len(answers), "statuses": dict(Counter(map(str, answers)))}

    async def _report(
        self, session: ClientSession, gate: asyncio.Semaphore, entry: Entry, told: dict[str, Any]
    ) -> list[int]:
        statuses = []
        for word in told["order"]:
            entry.status, entry.sent = word, entry.sent or entry.created
            form = {
                "MessageSid": entry.sid,
                "SmsSid": entry.sid,
                "AccountSid": self._account_sid,
                "MessageStatus": word,
                "SmsStatus": word,
                "To": entry.to,
                "From": entry.sender,
            }
            if told.get("error_code"):
                form["ErrorCode"] = str(told["error_code"])
            for _ in range(told.get("repeat", 1)):
                async with gate:
                    target = told.get("target", "")
                    statuses.append(await self._call(session, entry.callback, target, form))
        return statuses

    async def _call(
        self, session: ClientSession, url: str, target: str, form: dict[str, str]
    ) -> int:
        """POST a signed hook; `target` takes the place of the public scheme and host."""
        signature = self._validator.compute_signature(url, form)
        parts = urlsplit(url)
        near = urlsplit(target) if target else parts
        address = parts._replace(scheme=near.scheme, netloc=near.netloc).geturl()
        headers = {"X-Twilio-Signature": signature, "I-Twilio-Idempotency-Token": uuid4().hex}
        async with session.post(address, data=form, headers=headers) as response:
            return response.status


def _missing(form: dict[str, str]) -> int:
    if not form.get("To"):
        return 21604
    if not (form.get("From") or form.get("MessagingServiceSid")):
        return 21603
    if not form.get("Body"):
        return 21602
    return 21617 if len(form["Body"]) > 1600 else 0


def _json(shown: dict[str, Any], status: int = 200) -> web.Response:
    body = json.dumps(shown).encode()
    return web.Response(body=body, status=status, content_type="application/json")


def _error(status: int, code: int, headers: dict[str, str] | None = None) -> web.Response:
    told = {"code": code, "message": "told to refuse", "status": status} if code else {}
    body = json.dumps(told).encode()
    return web.Response(body=body, status=status, headers=headers, content_type="application/json")


def _drop(request: web.BaseRequest) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def _cut(request: web.BaseRequest, body: bytes) -> web.StreamResponse:
    """Promise the whole body, give half of it."""
    response = web.StreamResponse(status=201, headers={"Content-Length": str(len(body))})
    response.content_type = "application/json"
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    assert request.transport is not None
    request.transport.close()
    return response


async def _main(args: argparse.Namespace) -> None:
    stand_in = StandIn(args)
    runner = web.ServerRunner(web.Server(stand_in.answer))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", args.port, reuse_address=True)
    await site.start()
    port = runner.addresses[0][1]
    sys.stdout.write(json.dumps({"port": port, "url": f"http://127.0.0.1:{port}"}) + "\n")
    sys.stdout.flush()
    if args.until_eof:
        # Whoever started it is gone when its end of the pipe closes, however it ended.
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        return
    await asyncio.Event().wait()


def _args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--delay-ms", type=float, default=0)
    parser.add_argument("--account-sid", default="ACstandin")
    parser.add_argument("--auth-token", default="stand-in-token")
    parser.add_argument("--until-eof", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(_main(_args()))
