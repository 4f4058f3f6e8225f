"""The timetable: what a running process does by itself, and who listens on which wire."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from app.catalogue import MESSAGE_TEMPLATES, Catalogue
from app.domain.errors import Busy, Misconfigured
from app.domain.ports import Channel, Listens, Take
from app.services.approve_broadcast import finish_fan_outs
from app.services.call_series import call_series
from app.services.escalate_tickets import escalate_tickets
from app.services.fall_back import fall_back
from app.services.keep_outbox import keep_outbox
from app.services.plan_reminders import plan_reminders
from app.services.record_dlr import match_loose_receipts
from app.services.remind_cards import remind_cards
from app.services.remind_instalments import remind_instalments
from app.services.remind_meetings import make_notices
from app.services.remind_owners import remind_owners
from app.services.remind_terms import remind_terms
from app.services.repeat_newsletters import repeat_newsletters
from app.services.resolve_uncertain import reap_leases, resolve_uncertain
from app.services.run_standing import run_standing
from app.services.send_digest import send_digests
from app.services.watch_clock import watch_clock
from app.store import routes, timetable
from app.store.database import Database

RUNS_ARE_KEPT = timedelta(days=7)
LISTENER_LEASE_S = 30.0
LISTENER_RENEWAL_S = 10.0
DAILY = {
    "call_series": call_series,
    "remind_terms": remind_terms,
    "remind_owners": remind_owners,
    "remind_cards": remind_cards,
    "repeat_newsletters": repeat_newsletters,
    "remind_instalments": remind_instalments,
    "send_digests": send_digests,
    "escalate_tickets": escalate_tickets,
}
"""What is done once a day, by the name under which a process claims it."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Jobs:
    """What the timetable works on; `worker` names this process, `wake` stirs the dispatcher."""

    database: Database
    channels: Mapping[str, Channel]
    route_ids: Mapping[str, int]
    worker: str
    clock: Callable[[], datetime]
    take: Take
    wake: Callable[[], None]

    async def run(self) -> None:
        """Tick and listen until cancelled."""
        scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for seconds, work in (
            (1, Jobs._reap),
            (5, Jobs._match),
            (5, Jobs._keep),
            (5, Jobs._resolve),
            (60, Jobs.remind),
            (60, Jobs.remind_of_meetings),
            (60, Jobs.stand),
            (3600, Jobs._forget),
        ):
            scheduler.add_job(self.tick, "interval", seconds=seconds, args=[work])
        scheduler.start()
        try:
            async with asyncio.TaskGroup() as group:
                for channel in self.channels.values():
                    if isinstance(channel, Listens):
                        group.create_task(self._listen(channel))
                await asyncio.get_running_loop().create_future()
        finally:
            scheduler.shutdown(wait=False)

    async def tick(self, work: Callable[["Jobs"], Awaitable[Any]]) -> None:
        """Do it at one moment, unless it goes by a clock that is not believed.

        A busy database costs one tick; the next one finds the same work.
        """
        now = self.clock()
        try:
            if work in _BY_ANY_CLOCK or await watch_clock(self.database, now=now):
                await work(replace(self, clock=lambda: now))
        except Busy as error:
            log.warning("the timetable waits: %s", error)

    async def _reap(self) -> None:
        await reap_leases(self.database, now=self.clock())

    async def _match(self) -> None:
        await match_loose_receipts(self.database, now=self.clock())

    async def _keep(self) -> None:
        now = self.clock()
        await finish_fan_outs(self.database, now=now)
        changed = await keep_outbox(self.database, now=now)
        if await fall_back(self.database, now=now) or changed:
            self.wake()

    async def _resolve(self) -> None:
        now = self.clock()
        slot = now.replace(microsecond=0, second=now.second - now.second % 5).isoformat()
        mine = await self.database.write(
            timetable.claim_slot, "resolve", slot, worker=self.worker, now=now
        )
        if not mine:
            return
        for name, channel in self.channels.items():
            resolved = await resolve_uncertain(
                self.database, self.route_ids[name], channel, now=now
            )
            if resolved.queued:
                self.wake()

    async def remind(self) -> None:
        """Once a day, whenever in it this computer runs; what a day missed the next one sends."""
        now = self.clock()
        day = now.date().isoformat()
        for name, do in DAILY.items():
            if not await self.database.write(
                timetable.claim_slot, name, day, worker=self.worker, now=now
            ):
                continue
            words = await asyncio.to_thread(Catalogue.load, MESSAGE_TEMPLATES)
            if await do(self.database, catalogue=words, now=now):
                self.wake()

    async def stand(self) -> None:
        """Send what goes again by a rule, once its hour has come."""

        async def words() -> Catalogue:
            return await asyncio.to_thread(Catalogue.load, MESSAGE_TEMPLATES)

        if await run_standing(self.database, catalogue=words, now=self.clock()):
            self.wake()

    async def remind_of_meetings(self) -> None:
        """Each minute, on any number of computers: what is due is claimed by meeting and lead."""
        now = self.clock()
        if await plan_reminders(self.database, now=now):
            words = await asyncio.to_thread(Catalogue.load, MESSAGE_TEMPLATES)
            if await make_notices(self.database, catalogue=words, now=now):
                self.wake()

    async def _forget(self) -> None:
        before = self.clock() - RUNS_ARE_KEPT
        await self.database.write(timetable.forget_runs, before)

    async def _listen(self, channel: Listens) -> None:
        """Listen while no other process does; stop at once when the right is lost."""
        while True:
            if await self._owns(channel):
                listening = asyncio.create_task(channel.run(self.take))
                try:
                    while not listening.done() and await self._owns(channel):
                        await asyncio.wait([listening], timeout=LISTENER_RENEWAL_S)
                finally:
                    await self._close_if_wrong(channel, await _end(listening))
                    with suppress(Busy):
                        await self.database.write(
                            timetable.leave_listener, channel.name, self.worker
                        )
            await asyncio.sleep(LISTENER_RENEWAL_S)

    async def _close_if_wrong(self, channel: Listens, error: Exception | None) -> None:
        """A wire whose credentials are wrong while it listens cannot send either: show it."""
        if isinstance(error, Misconfigured):
            with suppress(Busy):
                await self.database.write(
                    routes.stop, self.route_ids[channel.name], str(error) or "misconfigured"
                )

    async def _owns(self, channel: Listens) -> bool:
        try:
            return await self.database.write(
                timetable.own_listener, channel.name, self.worker, lease_s=LISTENER_LEASE_S
            )
        except Busy:
            return False


_BY_ANY_CLOCK = (Jobs._reap, Jobs._match)
"""What goes by the database's clock, or by none: it is done whatever ours says."""


async def _end(listening: "asyncio.Task[None]") -> Exception | None:
    listening.cancel()
    try:
        await listening
    except asyncio.CancelledError:
        return None
    except Exception as error:
        log.error("listening ended with %s; it starts again", type(error).__name__)
        return error
    return None
