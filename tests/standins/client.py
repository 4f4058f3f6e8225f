"""Starts a stand-in as a process of its own and gives it orders."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientSession

ACCOUNT_SID = "ACstandin"
AUTH_TOKEN = "stand-in-token"
SENDER = "+15005550006"
START_S = 30.0


class TwilioStandIn:
    """`async with TwilioStandIn(ledger) as twilio:`; `twilio.url` is the base_url of the wire.

    A ledger that exists is read again, so that a second start on the same `port` goes on.
    """

    def __init__(self, ledger: Path | None = None, *, delay_ms: float = 0, port: int = 0) -> None:
        self.ledger = ledger
        self.url = ""
        self.port = port
        self._delay_ms = delay_ms
        self._process: Process | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start the process and wait for the line that says where it listens."""
        script = Path(__file__).with_name("twilio.py")
        told = ["--port", str(self.port), "--delay-ms", str(self._delay_ms), "--until-eof"]
        kept = ["--ledger", str(self.ledger)] if self.ledger else []
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, str(script), *told, *kept, stdin=PIPE, stdout=PIPE
        )
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), START_S)
        place = json.loads(line)
        self.url, self.port = place["url"], place["port"]

    async def stop(self) -> None:
        """End the process as a power cut would; what it has accepted is in the ledger."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            # Reads the pipes to their end as well, so that none stays open.
            await process.communicate()

    async def control(self, path: str = "", **told: Any) -> dict[str, Any]:
        """Give an order; `path` is "", "/inbound" or "/receipts"."""
        async with (
            ClientSession() as session,
            session.post(f"{self.url}/control{path}", json=told) as answer,
        ):
            answer.raise_for_status()
            told_back: dict[str, Any] = await answer.json()
            return told_back

    async def texts(self) -> list[dict[str, Any]]:
        """What it has accepted from us, in order, as the REST API writes it."""
        listed: list[dict[str, Any]] = (await self.control())["ledger"]
        return listed

    async def inbound(
        self, sender: str, text: str, *, to: str = SENDER, **told: Any
    ) -> dict[str, Any]:
        """A member texts us: found by the poll, brought by a signed webhook if `hook` is told."""
        message = {"From": sender, "To": to, "Body": text}
        return await self.control("/inbound", message=message, **told)

    async def receipts(self, *order: str, **told: Any) -> dict[str, Any]:
        """Report these words for the accepted texts; `target` replaces scheme and host."""
        return await self.control("/receipts", order=list(order), **told)

    def channel_options(self, **more: object) -> dict[str, object]:
        """The `[[channel]]` table of a wire that talks to this stand-in."""
        return {
            "name": "tw",
            "kind": "twilio",
            "base_url": self.url,
            "account_sid": ACCOUNT_SID,
            "auth_token": AUTH_TOKEN,
            "from": SENDER,
            **more,
        }


def accepted_by(ledger: Path) -> Counter[tuple[str, str]]:
    """How often each (number, text) was accepted, from the file alone: for tests that kill."""
    lines = [json.loads(line) for line in ledger.read_text().splitlines()]
    texts = [line for line in lines if line["direction"] != "inbound"]
    return Counter((line["to"], line["body"]) for line in texts)
