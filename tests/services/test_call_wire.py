"""A claimed text is handed over with our reference and its time, or ends as a send error."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.errors import Uncertain
from app.domain.messages import Mt, Sent
from app.domain.ports import Capability
from app.services.call_wire import call_wire
from app.store.claim import Claimed

NOON = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)


class Wire:
    """A wire that keeps what it was given, and may never answer."""

    name = "wire"
    capability = Capability(frozenset({"test"}), reports=False, looks_up=False)

    def __init__(self, *, is_silent: bool = False) -> None:
        self.is_silent = is_silent
        self.given: list[Mt] = []

    async def send(self, mt: Mt) -> Sent:
        self.given.append(mt)
        if self.is_silent:
            await asyncio.Event().wait()
        return Sent("SM1")

    async def close(self) -> None:
        """Nothing is open."""


def claimed(expires_at: datetime | None) -> Claimed:
    return Claimed(7, 99, 1, "+923640000001", "Kal ijlas", 1, 0, expires_at, NOON)


@pytest.mark.parametrize(
    ("expires_at", "valid_for_s"),
    [
        (None, None),
        (NOON + timedelta(hours=12), 43_200),
        (NOON + timedelta(seconds=0.4), 1),
    ],
)
async def test_a_wire_gets_our_reference_and_how_long_the_text_is_useful(
    expires_at: datetime | None, valid_for_s: int | None
) -> None:
    wire = Wire()
    assert await call_wire(wire, claimed(expires_at), 1.0) == Sent("SM1")
    assert wire.given == [Mt("7.99", "+923640000001", "Kal ijlas", NOON, valid_for_s)]


async def test_a_wire_that_never_answers_leaves_the_text_uncertain() -> None:
    with pytest.raises(Uncertain, match="in time"):
        await call_wire(Wire(is_silent=True), claimed(None), 0.02)


@pytest.mark.parametrize("is_urgent", [True, False])
async def test_a_wire_is_told_which_text_is_urgent(is_urgent: bool) -> None:
    wire = Wire()
    await call_wire(wire, replace(claimed(None), is_urgent=is_urgent), 5.0)
    assert [mt.is_urgent for mt in wire.given] == [is_urgent]
