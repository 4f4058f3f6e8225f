"""Dispatch: claim due texts, call the wire, settle what became of them, for ever.

One turn is one transaction that settles what came back and claims what the freed slots allow;
a slot is free only after the commit that settled it. So a killed worker leaves at most its
in-flight set uncertain, and nothing that a provider accepted is ever queued again.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.errors import Busy, Misconfigured, Refused, SendError, Throttled
from app.domain.ports import Sends
from app.domain.quiet_hours import is_quiet
from app.services.call_wire import call_wire
from app.services.fall_back import after_results
from app.services.fetch_letter import Mailbag, nowhere
from app.services.give_way import RightOfWay
from app.services.judge_send import judge, judge_unexpected, late
from app.services.mark_gone import mark_gone
from app.store import networks, routes
from app.store.claim import Claim, Claimed, Terms, claim
from app.store.database import Connection, Database
from app.store.settle import Result, settle

POLL_S = 1.0
BUSY_PAUSE_S = 0.2
QUIET_IS_KNOWN_FOR_S = 20.0
SETTLE_AT_MOST = 500
GATHER_S = 0.002
"""How long a result may wait for others, so that one commit serves several."""

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Wire:
    """One route with the channel behind it."""

    route_id: int
    channel: Sends
    in_flight: int


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a call may take; the lease outlasts it threefold, so that none is lost unseen."""

    call_s: float = 10.0
    lease_s: float = 30.0

    def with_wire(self, channel: Sends) -> "Patience":
        """As long as that wire asks for: a mail over a slow line takes longer than a text."""
        call_s = channel.capability.call_s
        return Patience(call_s, 3 * call_s) if call_s and call_s > self.call_s else self

    @property
    def start_s(self) -> float:
        """How old a claim may be when its call begins."""
        return self.lease_s - 2 * self.call_s


@dataclass(frozen=True, slots=True)
class Shift:
    """What all wires of a process share; `worker` names it in leases and attempts.

    `unsubscribe_url` gives the address where the holder of a mail address stops our mail.
    """

    worker: str
    clock: Clock
    patience: Patience = Patience()
    right_of_way: RightOfWay = field(default_factory=RightOfWay)
    unsubscribe_url: Callable[[int], str] = nowhere


@dataclass(frozen=True, slots=True)
class _Rest:
    """A route's wish to slow down, found among the results."""

    pause_s: float = 0.0
    trouble: str = ""

    def and_also(self, other: "_Rest") -> "_Rest":
        """Both wishes: the longer pause, and whichever trouble there is."""
        return _Rest(max(self.pause_s, other.pause_s), self.trouble or other.trouble)


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one transaction settles and how much it may claim."""

    route_id: int
    results: Sequence[Result]
    slots: int
    rest: _Rest


class Dispatcher:
    """Sends what is due over every wire of this process until it is told to stop."""

    def __init__(self, database: Database, wires: Sequence[Wire], shift: Shift) -> None:
        """Nothing is sent before `run` or `drain`."""
        mailbag = Mailbag(database, shift.unsubscribe_url)
        self._lines = [_Line(database, wire, shift, mailbag) for wire in wires]

    async def run(self) -> None:
        """Run until `stop`; an unexpected error ends it, so that nothing dies silently."""
        async with asyncio.TaskGroup() as group:
            for line in self._lines:
                group.create_task(line.run())

    async def drain(self) -> None:
        """Send what is due now, settle it, and return."""
        async with asyncio.TaskGroup() as group:
            for line in self._lines:
                group.create_task(line.run(until_idle=True))

    def wake(self) -> None:
        """Look for due texts at once instead of at the next poll."""
        for line in self._lines:
            line.wake()

    def stop(self) -> None:
        """Claim no more; `run` returns once the calls under way are settled."""
        for line in self._lines:
            line.stop()


class _Line:
    """One wire's slots."""

    def __init__(self, database: Database, wire: Wire, shift: Shift, mailbag: Mailbag) -> None:
        self._database, self._wire, self._shift = database, wire, shift
        self._mailbag = mailbag
        self._patience = shift.patience.with_wire(wire.channel)
        self._calls: set[asyncio.Task[None]] = set()
        self._results: list[Result] = []
        self._stir = asyncio.Event()
        self._is_stopping = False
        self._may_have_more = True
        self._failures = 0
        self._rest = _Rest()
        self._quiet: tuple[float, tuple[int, ...]] = (float("-inf"), ())

    def wake(self) -> None:
        self._may_have_more = True
        self._stir.set()

    def stop(self) -> None:
        self._is_stopping = True
        self._stir.set()

    async def run(self, *, until_idle: bool = False) -> None:
        self._may_have_more = True
        while not self._is_done():
            wait_s = POLL_S
            if self._results or (self._has_room() and self._may_have_more):
                wait_s = await self._turn()
            if until_idle and not (self._calls or self._results or self._may_have_more):
                return
            if not self._is_done():
                await self._pause(wait_s)

    def _is_done(self) -> bool:
        return self._is_stopping and not self._calls and not self._results

    def _has_room(self) -> bool:
        return not self._is_stopping and len(self._calls) < self._wire.in_flight

    async def _pause(self, wait_s: float) -> None:
        """Wait for a result, a wake-up, or the next poll."""
        try:
            async with asyncio.timeout(wait_s):
                await self._stir.wait()
        except TimeoutError:
            self._may_have_more = True
        else:
            if self._results:
                await asyncio.sleep(GATHER_S)
        self._stir.clear()

    async def _turn(self) -> float:
        """Settle and claim in one transaction; gives how long to wait when nothing stirs."""
        await self._shift.right_of_way.gap()
        results = self._results[:SETTLE_AT_MOST]
        slots = 0 if self._is_stopping else self._wire.in_flight - self._taken(results)
        rest, self._rest = self._rest, _Rest()
        self._may_have_more = False
        try:
            terms = await self._terms()
            # Before the claim: a freeze right after its commit must count as well.
            began_at = asyncio.get_running_loop().time()
            got = await self._database.write(
                _settle_and_claim, _Turn(self._wire.route_id, results, slots, rest), terms
            )
        except Busy:
            # The rows keep their lease; the same results are settled again until they commit.
            self._rest = rest.and_also(self._rest)
            self._may_have_more = True
            self._stir.set()
            await asyncio.sleep(BUSY_PAUSE_S)
            return 0.0
        del self._results[: len(results)]
        await self._start(got.rows, began_at)
        if got.wait_s is not None:
            return min(got.wait_s, POLL_S)
        # A wake-up that came during the turn must not be forgotten.
        self._may_have_more |= len(got.rows) == slots > 0
        return POLL_S if not self._results else 0.0

    def _taken(self, settling: Sequence[Result]) -> int:
        """The slots that stay taken: calls under way, and answers that this turn leaves over."""
        return len(self._calls) + len(self._results) - len(settling)

    async def _terms(self) -> Terms:
        now, tick = self._shift.clock(), asyncio.get_running_loop().time()
        if tick - self._quiet[0] > QUIET_IS_KNOWN_FOR_S:
            self._quiet = (tick, await self._database.read(_quiet_networks, now))
        return Terms(
            worker=self._shift.worker,
            lease_s=self._patience.lease_s,
            now=now,
            day=now.date(),
            quiet_networks=self._quiet[1],
        )

    async def _start(self, rows: Sequence[Claimed], claimed_at: float) -> None:
        for row in rows:
            call = asyncio.create_task(self._call(row, claimed_at))
            self._calls.add(call)
            call.add_done_callback(self._calls.discard)
            # One call a turn of the loop: a member's webhook never waits for a whole claim.
            await asyncio.sleep(0)
            await self._shift.right_of_way.gap()

    async def _call(self, row: Claimed, claimed_at: float) -> None:
        result = await self._result(row, claimed_at)
        self._results.append(result)
        self._may_have_more = True
        self._stir.set()

    async def _result(self, row: Claimed, claimed_at: float) -> Result:
        loop = asyncio.get_running_loop()
        if loop.time() - claimed_at > self._patience.start_s:
            # This process was frozen: others may take the row for lost before we could answer.
            return late(row)
        try:
            sent = await call_wire(self._wire.channel, row, self._patience.call_s, self._mailbag)
        except SendError as error:
            self._note(error)
            return judge(row, error)
        except Exception as error:
            log.error("the wire %s raised %s", self._wire.channel.name, type(error).__name__)
            return judge_unexpected(row, error)
        self._failures = 0
        return Result(
            row.id, row.token, row.no, sent.state, sent.state.value, external_id=sent.external_id
        )

    def _note(self, error: SendError) -> None:
        """Slow the whole route down when it asks for it or fails again and again."""
        # One number that is refused says nothing of the wire: it has just answered.
        self._failures = 0 if isinstance(error, Refused) else self._failures + 1
        if isinstance(error, Misconfigured):
            log.error("the wire %s is misconfigured: %s", self._wire.channel.name, error)
            self._rest = self._rest.and_also(_Rest(trouble=str(error) or "misconfigured"))
        elif isinstance(error, Throttled):
            self._rest = self._rest.and_also(_Rest(pause_s=error.after_s))
        elif self._failures >= self._wire.in_flight + 3:
            steps = min(self._failures - self._wire.in_flight - 3, 5)
            self._rest = self._rest.and_also(_Rest(pause_s=2.0**steps))


def _quiet_networks(conn: Connection, now: datetime) -> tuple[int, ...]:
    return tuple(one.id for one in networks.every(conn) if is_quiet(now, one.tz, one.quiet))


def _settle_and_claim(conn: Connection, turn: _Turn, terms: Terms) -> Claim:
    if turn.rest.trouble:
        routes.stop(conn, turn.route_id, turn.rest.trouble)
    elif turn.rest.pause_s:
        routes.rest(conn, turn.route_id, turn.rest.pause_s)
    if turn.results:
        settle(conn, turn.results, terms.now)
        after_results(conn, turn.results, terms.now)
        mark_gone(conn, [one for one in turn.results if one.is_gone], terms.now)
    return claim(conn, turn.route_id, turn.slots, terms) if turn.slots > 0 else Claim()
