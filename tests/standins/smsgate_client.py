"""Starts the stand-in of the SMS Gate app as a process of its own and gives it orders."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientSession

USER = "sms"
PASSWORD = "stand-in-password"
HOOK_KEY = "stand-in-key"
START_S = 30.0


class SmsGateStandIn:
    """`async with SmsGateStandIn() as phone:`; `phone.url` is the base_url of the wire."""

    def __init__(self) -> None:
        self.url = ""
        self._process: Process | None = None

    async def __aenter__(self) -> Self:
        script = Path(__file__).with_name("smsgate.py")
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, str(script), stdin=PIPE, stdout=PIPE
        )
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), START_S)
        self.url = json.loads(line)["url"]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            # Reads the pipes to their end as well, so that none stays open.
            await process.communicate()

    async def control(self, path: str = "", **told: Any) -> dict[str, Any]:
        """Give an order; `path` is "" or "/events"."""
        async with (
            ClientSession() as session,
            session.post(f"{self.url}/control{path}", json=told) as answer,
        ):
            answer.raise_for_status()
            told_back: dict[str, Any] = await answer.json()
            return told_back

    async def tell(self, target: str, event: str, **told: Any) -> dict[str, Any]:
        """Call a webhook at `target` with this event; `payload`, `repeat`, `late_s`, `id`."""
        more = {"payload": {}, **told}
        return await self.control("/events", target=target, event=event, **more)

    def channel_options(self, **more: object) -> dict[str, object]:
        """The `[[channel]]` table of a wire that talks to this stand-in."""
        return {
            "name": "sim1",
            "kind": "smsgate",
            "base_url": self.url,
            "user": USER,
            "password": PASSWORD,
            "hook_key": HOOK_KEY,
            **more,
        }
