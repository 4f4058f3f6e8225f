"""Give way: a member who waits for an answer passes before the next text of a broadcast."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

LONGEST_S = 0.012
"""A broadcast goes on, slowly, however many members write at once."""


class RightOfWay:
    """Counts the members' texts under way in this process; a broadcast waits for a gap."""

    def __init__(self) -> None:
        """Nobody is under way yet."""
        self._under_way = 0
        self._is_free = asyncio.Event()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold while one member's text is read, stored and answered."""
        self._under_way += 1
        self._is_free.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._is_free.set()

    async def gap(self) -> None:
        """Return when no member's text is under way, at the latest after `LONGEST_S`."""
        if self._under_way:
            with suppress(TimeoutError):
                async with asyncio.timeout(LONGEST_S):
                    await self._is_free.wait()
