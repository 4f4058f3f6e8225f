"""A wire to no phone at all: it answers as it is told to, for the demo, the tests and the curious.

It carries nothing: the pages that show a phone read the outbox. It follows no protocol document.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Literal
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field

from app.channels._pacing import Pacing
from app.domain.errors import (
    Busy,
    Misconfigured,
    Refused,
    SendError,
    Throttled,
    Transient,
    Uncertain,
)
from app.domain.messages import Dlr, Mt, Sent, State
from app.domain.ports import Capability, Take

PACING = Pacing(in_flight=50)

REMEMBERED = 10_000
RECEIPTS_AT_ONCE = 500
BUSY_PAUSE_S = 0.5
CLOCK_SKEW = timedelta(minutes=10)

_FAILURES: dict[str, type[SendError]] = {
    "refused": Refused,
    "transient": Transient,
    "throttled": Throttled,
    "misconfigured": Misconfigured,
}


class Options(BaseModel):
    """How the simulator shall behave: every so many texts fail, or lose their answer."""

    model_config = ConfigDict(extra="forbid")

    delay_ms: int = Field(default=0, ge=0, le=600_000)
    fail_every: int = Field(default=0, ge=0)
    fail_with: Literal["refused", "transient", "throttled", "misconfigured"] = "transient"
    lose_every: int = Field(default=0, ge=0)
    receipts: bool = True
    mail: bool = False
    """Whether it pretends to carry mail as well; only for a demo, since it carries nothing."""
    lookup_after_s: float = Field(default=1.0, ge=0)


def open(name: str, options: Options, *, public_url: str) -> "Simulator":
    """A simulator under this name; it needs no public address, because nothing calls it."""
    del public_url
    return Simulator(name, options)


class Simulator:
    """Takes texts to demo and test numbers, remembers the last ones and reports them delivered."""

    def __init__(self, name: str, options: Options) -> None:
        self.name = name
        reaches = {"demo", "test", "email"} if options.mail else {"demo", "test"}
        self.capability = Capability(
            reaches=frozenset(reaches), reports=options.receipts, looks_up=True
        )
        self.lookup_after_s = options.lookup_after_s
        self._options = options
        self._count = 0
        # Bounded: a process that only sends has nobody who takes its receipts away.
        self.accepted: deque[tuple[str, Mt]] = deque(maxlen=REMEMBERED)
        self.pending: deque[Dlr] = deque(maxlen=REMEMBERED)
        self._arrived = asyncio.Event()

    async def send(self, mt: Mt) -> Sent:
        """Accept the text, unless the options say that this one shall go wrong."""
        self._count += 1
        turn = self._count
        if self._options.delay_ms:
            await asyncio.sleep(self._options.delay_ms / 1000)
        if _is_due(turn, self._options.fail_every):
            word = self._options.fail_with
            raise _FAILURES[word]("The simulator was told to fail.", word)
        sent = self._accept(mt)
        if _is_due(turn, self._options.lose_every):
            raise Uncertain("The simulator was told to lose its answer.", "lost")
        return sent

    def _accept(self, mt: Mt) -> Sent:
        external_id = f"sim-{uuid4().hex}"
        self.accepted.append((external_id, mt))
        if self._options.receipts:
            self.pending.append(_delivered(self.name, external_id, mt.ref))
            self._arrived.set()
        return Sent(external_id)

    async def find(self, mt: Mt, *, since: datetime, known: frozenset[str]) -> Sent | None:
        """The accepted text with this recipient and body, as far back as the memory goes."""
        for external_id, accepted in self.accepted:
            same = (accepted.to, accepted.text) == (mt.to, mt.text)
            if same and external_id not in known and accepted.started >= since - CLOCK_SKEW:
                return Sent(external_id)
        return None

    async def run(self, take: Take) -> None:
        """Hand over the receipts as they arise; one is forgotten only after its commit."""
        while True:
            await self._arrived.wait()
            batch = tuple(islice(self.pending, RECEIPTS_AT_ONCE))
            try:
                await take(batch)
            except Busy:
                await asyncio.sleep(BUSY_PAUSE_S)
            else:
                self._forget(batch)

    def _forget(self, batch: Sequence[Dlr]) -> None:
        # The queue is bounded, so its head may have moved on while `take` was at work.
        taken = {receipt.event_key for receipt in batch}
        while self.pending and self.pending[0].event_key in taken:
            self.pending.popleft()
        if not self.pending:
            self._arrived.clear()

    async def close(self) -> None:
        """Nothing is held open."""


def _is_due(turn: int, every: int) -> bool:
    return bool(every) and turn % every == 0


def _delivered(channel: str, external_id: str, ref: str) -> Dlr:
    return Dlr(
        channel=channel,
        event_key=f"{external_id}:delivered",
        external_id=external_id,
        ref=ref,
        state=State.DELIVERED,
        word="delivered",
    )
