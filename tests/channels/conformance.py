"""The one table of what every wire must do; a wire's own test file brings the far side.

A row that a wire cannot play needs a reason in `Bench.lacks`, and the wire must truly lack it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import permutations
from typing import Protocol

import pytest

from app.domain.errors import (
    Misconfigured,
    Refused,
    SendError,
    Throttled,
    Transient,
    Uncertain,
    Unreadable,
    Untrusted,
)
from app.domain.messages import Dlr, Hook, Mo, Mt, Sent, State, advance
from app.domain.ports import Channel, Hears, Listens, Reconciles, Sends

STARTED = datetime.now(UTC)
URDU = "ایل ایس او این: اجلاس اتوار 14 دسمبر صبح 10 بجے۔ حوالہ 41"
EMOJI = "پانی 💧 کا مسئلہ"
LONG = "Karwai: " + "sarak ki murammat manzoor, " * 50 + "REF 41"
NASTY = "a+b&c=d%20\n\"'<>{}[]|~^€ @£$"


class Bench(Protocol):
    """What a wire's test file brings: its far side, and what the wire lacks and why."""

    to: str
    lacks: Mapping[str, str]

    async def wire(self, fault: str = "") -> Sends:
        """A wire whose next send meets this fault."""

    async def taken(self) -> Sequence[str]:
        """The texts that the far side has accepted for `to`."""

    async def reported(self, wire: Sends, mt: Mt, states: Sequence[State]) -> list[Dlr]:
        """The receipts of the text for these states, in this order, as the wire reads them."""

    def text_hook(self, wire: Sends, text: str, external_id: str) -> Hook:
        """A member's text, signed as the provider signs."""

    def broken_hooks(self, wire: Sends) -> Mapping[str, Hook]:
        """Hooks that nobody may believe, each with what is wrong about it."""

    def empty_hook(self, wire: Sends) -> Hook:
        """A hook that is signed well and says nothing."""


Check = Callable[[Bench], Awaitable[None]]
ROLES: Mapping[str, type] = {"hook": Hears, "look-up": Reconciles, "listening": Listens}


@dataclass(frozen=True, slots=True)
class Row:
    """One promise: its sentence, what a wire needs to be held to it, and how it is checked."""

    promise: str
    needs: tuple[str, ...]
    check: Check


ROWS: list[Row] = []


def promise(sentence: str, *needs: str) -> Callable[[Check], Check]:
    def write_down(check: Check) -> Check:
        ROWS.append(Row(sentence, needs, check))
        return check

    return write_down


async def hold(row: Row, bench: Bench) -> None:
    """Check the row, or that the wire lacks what it needs and says why."""
    lacking = [need for need in row.needs if need in bench.lacks]
    if not lacking:
        await row.check(bench)
        return
    wire = await bench.wire()
    for need in lacking:
        assert len(bench.lacks[need]) > 20, "a reason is a sentence"
        assert not (need in ROLES and isinstance(wire, ROLES[need]))


def text_to(to: str, text: str = "LSON: jalsa 14 Dec. REF 41", ref: str = "m41") -> Mt:
    return Mt(ref=ref, to=to, text=text, started=STARTED)


def heard_as(bench: Bench, external_id: str) -> str:
    """The id under which a hook of that id is heard; a wire may put more before it."""
    told: Callable[[str], str] = getattr(bench, "heard_as", str)
    return told(external_id)


async def look_up(wire: Sends, mt: Mt, known: frozenset[str] = frozenset()) -> Sent | None:
    assert isinstance(wire, Reconciles)
    return await wire.find(mt, since=STARTED - timedelta(seconds=1), known=known)


async def fails(bench: Bench, fault: str, error: type[SendError]) -> tuple[Sends, Mt, SendError]:
    wire, mt = await bench.wire(fault), text_to(bench.to)
    with pytest.raises(error) as raised:
        await wire.send(mt)
    assert type(raised.value) is error
    assert bench.to not in str(raised.value)
    assert mt.text not in str(raised.value)
    return wire, mt, raised.value


async def fails_unsent(bench: Bench, fault: str, error: type[SendError]) -> SendError:
    _, _, raised = await fails(bench, fault, error)
    assert await bench.taken() == []
    return raised


async def loses_answer(bench: Bench, fault: str) -> None:
    """Accepted, but nobody told us: uncertain, and the look-up finds the one text."""
    wire, mt, _ = await fails(bench, fault, Uncertain)
    assert await bench.taken() == [mt.text]
    found = await look_up(wire, mt)
    assert found is not None
    assert found.external_id
    assert await look_up(wire, mt, known=frozenset({found.external_id})) is None


@promise("an accepted text has an id of the provider and is taken once")
async def _(bench: Bench) -> None:
    wire = await bench.wire()
    first, second = [await wire.send(text_to(bench.to, ref=ref)) for ref in ("m1", "m2")]
    assert first.state is State.SENT
    assert first.external_id != second.external_id
    assert len(await bench.taken()) == 2


@promise("a wire has a name, says whom it reaches, and never takes demo and real numbers at once")
async def _(bench: Bench) -> None:
    wire = await bench.wire()
    assert isinstance(wire, Channel)
    assert wire.name
    assert wire.capability.reaches <= {"demo", "test", "real", "email", "telegram"}
    assert not {"demo", "real"} <= wire.capability.reaches
    assert wire.capability.looks_up == isinstance(wire, Reconciles)


@promise("a wire can be closed twice")
async def _(bench: Bench) -> None:
    wire = await bench.wire()
    await wire.send(text_to(bench.to))
    await wire.close()
    await wire.close()


@promise("a refused number is certainly not texted", "refused")
async def _(bench: Bench) -> None:
    assert (await fails_unsent(bench, "refused", Refused)).code


@promise("a throttled wire says how long to wait", "throttled")
async def _(bench: Bench) -> None:
    error = await fails_unsent(bench, "throttled", Throttled)
    assert isinstance(error, Throttled)
    assert error.after_s > 0


@promise("wrong credentials or a wrong sender stop the wire", "misconfigured")
async def _(bench: Bench) -> None:
    await fails_unsent(bench, "misconfigured", Misconfigured)


@promise("a far side that cannot be reached is tried again later", "unreachable")
async def _(bench: Bench) -> None:
    await fails_unsent(bench, "unreachable", Transient)


@promise("a 5xx leaves it open, and the look-up says: not accepted", "5xx", "look-up")
async def _(bench: Bench) -> None:
    wire, mt, _ = await fails(bench, "5xx", Uncertain)
    assert await look_up(wire, mt) is None


@promise("a time-out before acceptance leaves it open, the look-up settles it", "time-out")
async def _(bench: Bench) -> None:
    wire, mt, _ = await fails(bench, "time-out before", Uncertain)
    assert await bench.taken() == []
    assert await look_up(wire, mt) is None


@promise("a time-out after acceptance leaves it open, the look-up finds it", "time-out")
async def _(bench: Bench) -> None:
    await loses_answer(bench, "time-out after")


@promise("an answer lost after acceptance is found by the look-up", "look-up")
async def _(bench: Bench) -> None:
    await loses_answer(bench, "lost answer")


@promise("a 5xx after acceptance is found by the look-up", "5xx", "look-up")
async def _(bench: Bench) -> None:
    await loses_answer(bench, "5xx after")


@promise("a garbage answer is found by the look-up", "garbage")
async def _(bench: Bench) -> None:
    await loses_answer(bench, "garbage")


@promise("a truncated answer is found by the look-up", "garbage")
async def _(bench: Bench) -> None:
    await loses_answer(bench, "truncated")


@promise("an answer without an id is found by the look-up", "garbage")
async def _(bench: Bench) -> None:
    await loses_answer(bench, "no id")


@promise("the look-up takes nobody else's text for ours", "look-up")
async def _(bench: Bench) -> None:
    wire = await bench.wire()
    await wire.send(text_to(bench.to, "LSON: another text"))
    assert await look_up(wire, text_to(bench.to)) is None
    assert await look_up(wire, text_to(bench.to + "9", "LSON: another text")) is None


@promise("Urdu, emoji and every odd sign arrive letter by letter")
async def _(bench: Bench) -> None:
    wire = await bench.wire()
    for text in (URDU, EMOJI, NASTY):
        await wire.send(text_to(bench.to, text))
    assert await bench.taken() == [URDU, EMOJI, NASTY]


@promise("a long text arrives whole, as one text")
async def _(bench: Bench) -> None:
    wire = await bench.wire()
    await wire.send(text_to(bench.to, LONG))
    assert await bench.taken() == [LONG]


@promise("a lost answer in Urdu is found as well", "look-up")
async def _(bench: Bench) -> None:
    wire, mt = await bench.wire("lost answer"), text_to(bench.to, URDU)
    with pytest.raises(Uncertain):
        await wire.send(mt)
    assert await look_up(wire, mt) is not None


@promise(
    "a receipt names the text by our own ref, so that it may come before the answer", "receipts"
)
async def _(bench: Bench) -> None:
    wire, mt = await bench.wire("lost answer"), text_to(bench.to, ref="m7-1")
    with pytest.raises(Uncertain):
        await wire.send(mt)
    (receipt,) = await bench.reported(wire, mt, [State.DELIVERED])
    assert receipt.ref == "m7-1"
    assert receipt.channel == wire.name
    assert advance(State.SENDING, receipt.state or State.SENDING) is State.DELIVERED


@promise("a receipt that comes twice has one key and changes nothing", "receipts in any order")
async def _(bench: Bench) -> None:
    wire, mt = await bench.wire(), text_to(bench.to)
    sent = await wire.send(mt)
    twice = [State.DELIVERED, State.DELIVERED]
    first, again = await bench.reported(wire, mt, twice)
    assert first.event_key == again.event_key
    assert first.external_id == sent.external_id


@promise("receipts in any order end in the same state", "receipts in any order")
async def _(bench: Bench) -> None:
    wire, mt = await bench.wire(), text_to(bench.to)
    await wire.send(mt)
    for words in ([State.SENT, State.DELIVERED], [State.SENT, State.UNDELIVERED, State.DELIVERED]):
        for order in permutations(words):
            receipts = await bench.reported(wire, mt, order)
            states = [receipt.state or State.QUEUED for receipt in receipts]
            assert tuple(states) == order
            assert reduce(advance, states, State.SENT) is State.DELIVERED
            assert len({receipt.event_key for receipt in receipts}) == len(words)


@promise("a member's text is heard with its sender, its id and every letter", "hook")
async def _(bench: Bench) -> None:
    wire = await bench.wire()
    assert isinstance(wire, Hears)
    for text in ("KARWAI", URDU, EMOJI, NASTY, LONG, ""):
        (heard,) = wire.read(bench.text_hook(wire, text, "in-1"))
        assert isinstance(heard, Mo)
        assert (heard.channel, heard.external_id) == (wire.name, heard_as(bench, "in-1"))
        assert (heard.sender, heard.text) == (bench.to, text)


@promise("a hook that is repeated tells the same again", "hook")
async def _(bench: Bench) -> None:
    wire = await bench.wire()
    assert isinstance(wire, Hears)
    hook = bench.text_hook(wire, "1", "in-2")
    assert wire.read(hook) == wire.read(hook)


@promise("a hook that is forged, unsigned or altered is never believed", "hook")
async def _(bench: Bench) -> None:
    wire = await bench.wire()
    assert isinstance(wire, Hears)
    for wrong, hook in bench.broken_hooks(wire).items():
        with pytest.raises(Untrusted):
            assert wire.read(hook) == wrong


@promise("a hook that is signed and says nothing is called unreadable", "hook")
async def _(bench: Bench) -> None:
    wire = await bench.wire()
    assert isinstance(wire, Hears)
    with pytest.raises(Unreadable):
        wire.read(bench.empty_hook(wire))


@promise("the provider hears a 2xx that it understands", "hook")
async def _(bench: Bench) -> None:
    wire = await bench.wire()
    assert isinstance(wire, Hears)
    assert 200 <= wire.answer().status < 300
