"""The states of a text: what is heard of it only ever adds to what is known."""

from functools import reduce
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.messages import RANK, Lane, State, advance

HEARD = (
    State.SENT,
    State.CANCELLED,
    State.REJECTED,
    State.EXPIRED,
    State.UNDELIVERED,
    State.DELIVERED,
)
BEFORE = (State.HELD, State.QUEUED, State.SENDING, State.UNCERTAIN, *HEARD)


def test_every_state_has_its_rank() -> None:
    assert set(RANK) == set(State)


def test_what_a_receipt_says_is_ordered() -> None:
    ranks = [RANK[state] for state in HEARD]
    assert ranks == sorted(set(ranks))
    assert all(RANK[state] < RANK[State.SENT] for state in BEFORE[:4])


@given(st.sampled_from(BEFORE), st.lists(st.sampled_from(HEARD)))
def test_receipts_in_any_order_and_number_end_the_same(start: State, heard: list[State]) -> None:
    end = reduce(advance, heard, start)
    assert end is reduce(advance, sorted(heard, key=RANK.__getitem__), start)
    assert end is reduce(advance, heard[::-1] + heard, start)
    assert end is max([start, *heard], key=RANK.__getitem__)


@pytest.mark.parametrize("heard", [*permutations([State.SENT, State.UNDELIVERED, State.DELIVERED])])
def test_a_delivered_text_stays_delivered(heard: tuple[State, ...]) -> None:
    assert reduce(advance, heard, State.SENDING) is State.DELIVERED


def test_nothing_heard_brings_a_text_back_into_the_queue() -> None:
    assert all(advance(before, State.QUEUED) is before for before in BEFORE)


def test_danger_overtakes_replies_and_replies_overtake_the_rest() -> None:
    assert sorted(Lane) == [Lane.URGENT, Lane.REPLY, Lane.NORMAL, Lane.BULK]
