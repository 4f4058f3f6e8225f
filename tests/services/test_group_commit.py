"""Hooks that arrive together share one commit, and one bad text takes no neighbour down."""

import asyncio
from collections.abc import Sequence

import pytest

from app.domain.errors import Busy, Refusal
from app.services.group_commit import GroupCommit


class Ledger:
    """A piece of work that stores numbers in groups; 13 is refused, -1 finds the disk locked."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []

    async def store(self, items: Sequence[int]) -> list[int]:
        await asyncio.sleep(0)
        if 13 in items:
            raise Refusal("unlucky", "Thirteen.")
        if -1 in items:
            raise Busy("later")
        self.groups.append(list(items))
        return [item * 2 for item in items]


async def test_each_gets_its_own_answer_after_the_commit() -> None:
    ledger = Ledger()
    commit = GroupCommit(ledger.store)
    assert await asyncio.gather(*(commit.add(n) for n in range(1, 11))) == list(range(2, 22, 2))
    assert [item for group in ledger.groups for item in group] == list(range(1, 11))
    assert len(ledger.groups) < 10


async def test_a_group_is_never_larger_than_allowed() -> None:
    ledger = Ledger()
    commit = GroupCommit(ledger.store, most=3)
    await asyncio.gather(*(commit.add(n) for n in range(8)))
    assert max(map(len, ledger.groups)) == 3


async def test_one_bad_item_takes_no_neighbour_down() -> None:
    commit = GroupCommit(Ledger().store)
    answers = await asyncio.gather(*map(commit.add, (1, 13, 2)), return_exceptions=True)
    assert (answers[0], answers[2]) == (2, 4)
    assert isinstance(answers[1], Refusal)


async def test_a_busy_database_refuses_all_alike_and_the_next_group_may_succeed() -> None:
    commit = GroupCommit(Ledger().store)
    answers = await asyncio.gather(*map(commit.add, (1, -1, 2)), return_exceptions=True)
    assert all(isinstance(one, Busy) for one in answers)
    assert await commit.add(5) == 10


async def test_who_gives_up_waiting_disturbs_nobody() -> None:
    commit = GroupCommit(Ledger().store)
    first, second = asyncio.create_task(commit.add(1)), asyncio.create_task(commit.add(2))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == 4
    with pytest.raises(asyncio.CancelledError):
        await first
