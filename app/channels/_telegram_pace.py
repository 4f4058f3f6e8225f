"""Whose turn it is: Telegram's limits of the whole bot, of each chat and of each group.

From Telegram's own questions and answers for bots: about 30 messages a second in all, one a
second in a chat, 20 a minute in a group.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from app.domain.chats import is_group_chat
from app.domain.errors import Transient
from app.domain.pacing import grant, ready_at_us, window_pace

ALL = window_pace(25, 1.0, 5)
"""With five calls under way at once no second ever holds more than 30."""
GROUP = window_pace(20, 60.0, 8)
MOST_CHATS = 10_000
SECOND_US = 1_000_000


@dataclass(slots=True)
class _Chat:
    """One chat; `free_at` is a second after its last message, or when Telegram said."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    tat_us: int = 0
    waiting: int = 0


class Turns:
    """Gives each message its turn; `gap_s` is the time between two messages of a chat."""

    def __init__(self, gap_s: float, clock: Callable[[], float]) -> None:
        self._gap_s = gap_s
        self._clock = clock
        self._chats: dict[str, _Chat] = {}
        self._tat_us = 0

    @asynccontextmanager
    async def turn(self, chat_id: str, most_s: float) -> AsyncIterator[None]:
        """Wait for the turn of this chat; raises Transient when it is further off than `most_s`.

        Counted from the end of the last call, so that no slow line can bring two too close.
        """
        chat = self._chat(chat_id)
        until = self._clock() + most_s
        chat.waiting += 1
        try:
            await _acquire(chat.lock, most_s)
            try:
                await self._wait(chat, chat_id, until)
                try:
                    yield
                finally:
                    chat.free_at = max(chat.free_at, self._clock() + self._gap_s)
            finally:
                chat.lock.release()
        finally:
            chat.waiting -= 1

    def rest(self, chat_id: str, seconds: float) -> None:
        """Telegram asked for a pause of so long in this chat."""
        chat = self._chat(chat_id)
        chat.free_at = max(chat.free_at, self._clock() + seconds)

    async def _wait(self, chat: _Chat, chat_id: str, until: float) -> None:
        while True:
            now = self._clock()
            ready = max(chat.free_at, ready_at_us(ALL, self._tat_us) / SECOND_US)
            if is_group_chat(chat_id):
                ready = max(ready, ready_at_us(GROUP, chat.tat_us) / SECOND_US)
            if ready <= now:
                break
            if ready > until:
                raise Transient("This chat has had its fill for now.", "pace")
            await asyncio.sleep(ready - now)
        now_us = round(now * SECOND_US) + 1
        _, self._tat_us = grant(ALL, self._tat_us, now_us, 1)
        if is_group_chat(chat_id):
            _, chat.tat_us = grant(GROUP, chat.tat_us, now_us, 1)

    def _chat(self, chat_id: str) -> _Chat:
        if len(self._chats) >= MOST_CHATS and chat_id not in self._chats:
            self._forget()
        return self._chats.setdefault(chat_id, _Chat())

    def _forget(self) -> None:
        """The chats that any message may go to now need not be remembered."""
        now = self._clock()
        idle_us = round((now - 60.0) * SECOND_US)
        for chat_id, chat in tuple(self._chats.items()):
            if not chat.waiting and chat.free_at <= now and chat.tat_us <= idle_us:
                del self._chats[chat_id]


async def _acquire(lock: asyncio.Lock, most_s: float) -> None:
    try:
        async with asyncio.timeout(most_s):
            await lock.acquire()
    except TimeoutError:
        raise Transient("This chat has had its fill for now.", "pace") from None
