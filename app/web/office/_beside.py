"""Work that goes on beside the pages: a long list is judged and kept while its page shows how far.

What a process leaves undone when it ends is completed or dropped at the next start.
"""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from app.domain.errors import Busy, Refusal

log = logging.getLogger(__name__)

PATIENCE_S = 1.0
"""A short list is through within that; nobody needs to see its progress."""
_under_way: dict[int, "asyncio.Task[Any]"] = {}
_faults: dict[int, Refusal | Busy] = {}
MOST_FAULTS = 100


async def begin(batch_id: int, work: Coroutine[Any, Any, Any]) -> None:
    """Start work on a list and give it a moment to end; raises Refusal or Busy when it fails."""
    _faults.pop(batch_id, None)
    task = asyncio.create_task(work)
    _under_way[batch_id] = task
    task.add_done_callback(lambda _: _ended(batch_id, task))
    done, _ = await asyncio.wait({task}, timeout=PATIENCE_S)
    if done:
        _faults.pop(batch_id, None)
        task.result()


def fault_of(batch_id: int) -> Refusal | Busy | None:
    """Why the last work on a list ended early, while nobody waited for it."""
    return _faults.get(batch_id)


def _ended(batch_id: int, task: "asyncio.Task[Any]") -> None:
    if _under_way.get(batch_id) is task:
        del _under_way[batch_id]
    error = None if task.cancelled() else task.exception()
    if isinstance(error, Refusal | Busy):
        while len(_faults) >= MOST_FAULTS:
            del _faults[next(iter(_faults))]
        _faults[batch_id] = error
    elif error is not None:
        # Not its text: that of a database error holds what it stored, which is a member's.
        log.error("work on a list ended: %s", type(error).__name__)
        _faults[batch_id] = Refusal("unexpected", "Something went wrong here.")
