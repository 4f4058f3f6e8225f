"""The roles that a wire can play; a wire takes those that it can, and no more."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from app.domain.messages import Found, Heard, Hook, HookAnswer, Mt, Sent

Take = Callable[[Sequence[Heard]], Awaitable[None]]
"""Hands what was heard to the database; returns only after the commit."""
LookUp = Callable[[str, str], Awaitable[Sequence[Found]]]
"""What fits these words, best first, in this language ("" where nobody knows it)."""


@dataclass(frozen=True, slots=True)
class Capability:
    """What a wire can carry and tell.

    `reaches` are the kinds of address it may be given: `demo` (+92 390-399), `test` (+92 364,
    loopback only), `real`, `email`, `telegram`. `reports` is True when it sends receipts,
    `looks_up` when it can be asked whether it accepted our text. `call_s` is how long one send may
    take, where that is longer than usual.
    """

    reaches: frozenset[str]
    reports: bool
    looks_up: bool
    max_segments: int = 10
    call_s: float | None = None
    buttons: bool = False
    """Whether it shows buttons under a text."""
    papers: bool = False
    """Whether files can go with a text."""


@runtime_checkable
class Channel(Protocol):
    """What every wire has: the name from its configuration and its capability."""

    name: str
    capability: Capability

    async def close(self) -> None:
        """Give back sockets and sessions; safe to call twice."""


@runtime_checkable
class Sends(Channel, Protocol):
    """A wire that takes texts to members."""

    async def send(self, mt: Mt) -> Sent:
        """Hand one text over; raises one of the `SendError` set and nothing else."""


@runtime_checkable
class Hears(Channel, Protocol):
    """A wire that calls us by HTTP."""

    def read(self, hook: Hook) -> Sequence[Heard]:
        """Check who calls (raises Untrusted), then read it (raises Unreadable)."""

    def answer(self) -> HookAnswer:
        """What the provider wants to hear after the commit."""


@runtime_checkable
class Listens(Channel, Protocol):
    """A wire that must be asked or held open: a poll, a modem, a mailbox."""

    async def run(self, take: Take) -> None:
        """Listen until cancelled; acknowledge to the provider only after `take` returned."""


@runtime_checkable
class Reconciles(Channel, Protocol):
    """A wire that can say whether it accepted a text whose answer was lost."""

    lookup_after_s: float

    async def find(self, mt: Mt, *, since: datetime, known: frozenset[str]) -> Sent | None:
        """The accepted text with this recipient and body, not among the `known` external ids.

        None means certainly not accepted. Raises a SendError when the provider cannot be asked.
        """


@runtime_checkable
class Thanks(Channel, Protocol):
    """A wire that tells who pressed a button, or wrote, that it was taken."""

    def thank(self, heard: Sequence[Heard]) -> None:
        """Begin to tell, after the commit; a failure costs nothing and is not waited for."""


@runtime_checkable
class Answers(Channel, Protocol):
    """A wire whose members look things up while they write, before they send anything."""

    def serve(self, look_up: LookUp) -> None:
        """Answer such questions by this from now on."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What still stands in the way of a wire, and what a person does about it."""

    how: str
    cure: str


@runtime_checkable
class Advises(Channel, Protocol):
    """A wire that sees by its own configuration what a person has still to do."""

    def advice(self) -> Sequence[Advice]:
        """Everything that is missing; nothing when all is there."""
