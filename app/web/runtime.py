"""What the doors are given: the database, the words, the wires, and the clock."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fastapi import Request

from app.domain.messages import ChatChange, Dlr, Heard, Mo, Pulse
from app.domain.ports import Hears
from app.services.dispatch_outbox import Dispatcher
from app.services.give_way import RightOfWay
from app.services.group_commit import GroupCommit
from app.services.note_pulse import note_pulse
from app.services.receive_mo import Desk, Received
from app.services.record_chat_change import record_chat_change
from app.services.unsubscribe import UnsubscribePages
from app.store.database import Database


@dataclass(frozen=True, slots=True)
class Runtime:
    """The parts of one running office; built once by the composition.

    `boot_token` speaks for the keeper until the process ends. `simulator` is the name of the
    wire that `say` uses; `sends` tells whether this process dispatches by itself; `data_dir` is
    where the papers beside the database lie; `unsubscribe_pages` knows the tokens of /u/.
    """

    database: Database
    desk: Desk
    hears: Mapping[str, Hears]
    texts: GroupCommit[Mo, Received]
    receipts: GroupCommit[Dlr, bool]
    dispatcher: Dispatcher
    right_of_way: RightOfWay
    simulator: Dispatcher
    simulator_name: str
    clock: Callable[[], datetime]
    boot_token: str
    sends: bool
    data_dir: Path
    unsubscribe_pages: UnsubscribePages

    async def take(self, heard: Sequence[Heard]) -> None:
        """Store what a wire heard; returns after the commit and wakes the dispatcher."""
        # All are handed over before the first is stored, so that a poll's many share a commit.
        await asyncio.gather(*(self._store(item) for item in heard))
        self.dispatcher.wake()

    async def _store(self, item: Heard) -> None:
        if isinstance(item, Mo):
            await self.texts.add(item)
        elif isinstance(item, Dlr):
            await self.receipts.add(item)
        elif isinstance(item, Pulse):
            await note_pulse(self.database, item, now=self.clock())
        elif isinstance(item, ChatChange):
            await record_chat_change(self.database, item, homes=self.desk.homes, now=self.clock())


def runtime_of(request: Request) -> Runtime:
    """The runtime of the app that answers this request."""
    runtime: Runtime = request.app.state.runtime
    return runtime
