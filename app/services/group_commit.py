"""Group commit: things that arrive together are stored in one transaction."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from app.domain.errors import Busy

T = TypeVar("T")
R = TypeVar("R")


class GroupCommit(Generic[T, R]):
    """Hands items that wait to one piece of work, which answers each in order.

    Nothing is delayed to gather a group: what arrives while a transaction runs is the next
    group. One slow disk write then serves many hooks.
    """

    def __init__(
        self, work: Callable[[Sequence[T]], Awaitable[Sequence[R]]], *, most: int = 200
    ) -> None:
        """`work` stores a group and returns after the commit; `most` bounds a group."""
        self._work = work
        self._most = most
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._running: asyncio.Task[None] | None = None

    async def add(self, item: T) -> R:
        """Store one item; returns its answer after the commit, raises what its storing raised."""
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._running is None:
            self._running = asyncio.create_task(self._drain())
        return await future

    async def _drain(self) -> None:
        try:
            while self._waiting:
                group = self._waiting[: self._most]
                del self._waiting[: self._most]
                await self._store(group)
        finally:
            self._running = None

    async def _store(self, group: Sequence[tuple[T, asyncio.Future[R]]]) -> None:
        try:
            answers = await self._work([item for item, _ in group])
            answered = list(zip(group, answers, strict=True))
        except Exception as error:
            # One bad item must not take its neighbours down; a busy database refuses all alike.
            if len(group) > 1 and not isinstance(error, Busy):
                for one in group:
                    await self._store([one])
                return
            for _, future in group:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), answer in answered:
            if not future.done():
                future.set_result(answer)
