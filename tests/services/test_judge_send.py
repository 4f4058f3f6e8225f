"""What becomes of a text whose send did not simply succeed, and when it is tried again."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Misconfigured, Refused, SendError, Throttled, Transient, Uncertain
from app.domain.messages import State
from app.services.judge_send import (
    LONGEST_RETRY_S,
    MOST_ATTEMPTS,
    judge,
    judge_unexpected,
    late,
    retry_s,
)
from app.store.claim import Claimed


def claimed(no: int = 1, outbox_id: int = 1) -> Claimed:
    """A row in a worker's hands, tried for the `no`-th time."""
    return Claimed(
        id=outbox_id,
        token=7,
        no=no,
        to="+923640000001",
        text="Text",
        network_id=1,
        price_micro=0,
        expires_at=None,
        started_at=datetime(2026, 11, 21, 7, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("error", "state", "outcome"),
    [
        (Transient("no line"), State.QUEUED, "transient"),
        (Throttled("slowly", after_s=30.2), State.QUEUED, "throttled"),
        (Misconfigured("wrong token"), State.QUEUED, "misconfigured"),
        (Refused("no mobile number"), State.REJECTED, "rejected"),
        (Uncertain("lost"), State.UNCERTAIN, "uncertain"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, SendError) else "",
)
def test_each_error_of_a_wire_has_its_end(error: SendError, state: State, outcome: str) -> None:
    result = judge(claimed(), error)
    assert (result.state, result.outcome, result.detail) == (state, outcome, str(error))
    assert (result.id, result.token, result.no) == (1, 7, 1)


def test_what_the_gateway_called_it_is_kept() -> None:
    assert judge(claimed(), Refused("no mobile number", "21614")).code == "21614"


def test_a_gateway_that_asks_for_a_pause_is_obeyed_to_the_second() -> None:
    assert judge(claimed(), Throttled("slowly", after_s=30.2)).retry_s == 31


def test_only_failures_that_are_not_the_gateways_wish_or_our_fault_use_up_the_tries() -> None:
    last = claimed(no=MOST_ATTEMPTS)
    assert judge(last, Transient("no line")).state is State.REJECTED
    assert judge(last, Transient("no line")).code == "gave up"
    assert judge(last, Throttled("slowly")).state is State.QUEUED
    assert judge(last, Misconfigured("wrong token")).state is State.QUEUED
    assert judge(last, Uncertain("lost")).state is State.UNCERTAIN


def test_a_wire_that_breaks_its_word_leaves_the_text_uncertain_without_its_words() -> None:
    result = judge_unexpected(claimed(), ValueError("+923640000001 said Text"))
    assert (result.state, result.detail) == (State.UNCERTAIN, "ValueError")


def test_a_claim_that_was_never_used_is_due_again_at_once() -> None:
    result = late(claimed())
    assert (result.state, result.outcome, result.retry_s) == (State.QUEUED, "abandoned", 0)


def test_pauses_double_until_five_minutes() -> None:
    pauses = [retry_s(claimed(no=no, outbox_id=0)) for no in range(1, 9)]
    assert pauses == [5, 10, 20, 40, 80, 160, 300, 300]


@given(st.integers(1, 10_000), st.integers(1, 2**62))
def test_a_pause_is_bounded_and_spread_however_often_it_failed(no: int, outbox_id: int) -> None:
    pause = retry_s(claimed(no, outbox_id))
    plain = retry_s(claimed(no, 0))
    assert plain <= pause <= plain * 1.25
    assert pause < LONGEST_RETRY_S * 1.25
