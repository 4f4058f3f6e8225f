"""The simulator: the conformance table, and the faults that it can be told to play."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from app.channels.simulator import Options, Simulator
from app.channels.simulator import open as open_simulator
from app.domain.errors import Busy, Misconfigured, Refused, SendError, Throttled, Transient
from app.domain.messages import Dlr, Hook, Mo, Mt, State
from app.domain.ports import Listens, Reconciles, Sends
from tests.channels.conformance import ROWS, Row, hold, text_to

WAIT_S = 10.0

FAULTS: Mapping[str, Options] = {
    "": Options(),
    "refused": Options(fail_every=1, fail_with="refused"),
    "throttled": Options(fail_every=1, fail_with="throttled"),
    "misconfigured": Options(fail_every=1, fail_with="misconfigured"),
    "unreachable": Options(fail_every=1, fail_with="transient"),
    "lost answer": Options(lose_every=1),
}


async def receipts_of(wire: Listens, count: int) -> list[Dlr]:
    """What `run` hands over, until there are so many."""
    heard: list[Dlr] = []
    enough = asyncio.Event()

    async def take(events: Sequence[Mo | Dlr]) -> None:
        heard.extend(event for event in events if isinstance(event, Dlr))
        if len(heard) >= count:
            enough.set()

    running = asyncio.create_task(wire.run(take))
    await asyncio.wait_for(enough.wait(), WAIT_S)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return heard


class SimulatorBench:
    """The simulator is its own far side."""

    to = "+923901234567"
    lacks: Mapping[str, str] = {
        "hook": "nothing calls the simulator, so there is no hook to sign or forge",
        "5xx": "the simulator speaks no HTTP; its lost answers stand for a 5xx",
        "time-out": "the call is in the same process; its lost answers stand for a time-out",
        "garbage": "its answers are values of this program and cannot be garbled",
        "receipts in any order": "it reports one word for a text, once: delivered",
    }

    def __init__(self) -> None:
        self._wire = open_simulator("sim", Options(), public_url="")

    async def wire(self, fault: str = "") -> Sends:
        self._wire = open_simulator("sim", FAULTS[fault], public_url="")
        return self._wire

    async def taken(self) -> Sequence[str]:
        return [mt.text for _, mt in self._wire.accepted]

    async def reported(self, wire: Sends, mt: Mt, states: Sequence[State]) -> list[Dlr]:
        assert isinstance(wire, Listens)
        receipts = await receipts_of(wire, len(states))
        return [receipt for receipt in receipts if receipt.ref == mt.ref]

    def text_hook(self, wire: Sends, text: str, external_id: str) -> Hook:
        raise NotImplementedError(self.lacks["hook"])

    def broken_hooks(self, wire: Sends) -> Mapping[str, Hook]:
        raise NotImplementedError(self.lacks["hook"])

    def empty_hook(self, wire: Sends) -> Hook:
        raise NotImplementedError(self.lacks["hook"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.promise)
async def test_the_simulator_keeps_the_promise_that(row: Row) -> None:
    await hold(row, SimulatorBench())


def text(number: int) -> Mt:
    return text_to("+923901234567", f"text {number}", ref=f"m{number}")


async def outcomes(wire: Simulator, count: int) -> str:
    """One letter a text: . accepted, R T W M a failure of that kind, ? lost."""
    letters = {Refused: "R", Transient: "T", Throttled: "W", Misconfigured: "M"}
    said = ""
    for number in range(count):
        try:
            await wire.send(text(number))
            said += "."
        except SendError as error:
            said += letters.get(type(error), "?")
    return said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (Options(), "........"),
        (Options(fail_every=3), "..T..T.."),
        (Options(fail_every=2, fail_with="refused"), ".R.R.R.R"),
        (Options(fail_every=4, fail_with="throttled"), "...W...W"),
        (Options(fail_every=8, fail_with="misconfigured"), ".......M"),
        (Options(lose_every=3), "..?..?.."),
        (Options(fail_every=4, lose_every=2), ".?.T.?.T"),
    ],
)
async def test_the_simulator_goes_wrong_exactly_as_often_as_it_is_told(
    options: Options, said: str
) -> None:
    assert await outcomes(open_simulator("sim", options, public_url=""), 8) == said


async def test_every_accepted_text_is_reported_delivered_even_when_its_answer_was_lost() -> None:
    wire = open_simulator("sim", Options(fail_every=5, lose_every=3), public_url="")
    await outcomes(wire, 10)
    receipts = await receipts_of(wire, 8)
    assert [receipt.ref for receipt in receipts] == [f"m{n}" for n in (0, 1, 2, 3, 5, 6, 7, 8)]
    assert {receipt.state for receipt in receipts} == {State.DELIVERED}


async def test_receipts_that_could_not_be_committed_are_handed_over_again() -> None:
    wire = open_simulator("sim", Options(), public_url="")
    await wire.send(text(1))
    tries: list[Sequence[Mo | Dlr]] = []
    done = asyncio.Event()

    async def take(events: Sequence[Mo | Dlr]) -> None:
        tries.append(events)
        if len(tries) == 1:
            raise Busy("the database is locked")
        done.set()

    running = asyncio.create_task(wire.run(take))
    await asyncio.wait_for(done.wait(), WAIT_S)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert tries[0] == tries[1]


async def test_a_simulator_without_receipts_says_so_and_reports_nothing() -> None:
    wire = open_simulator("sim", Options(receipts=False), public_url="")
    await wire.send(text(1))
    assert not wire.capability.reports
    assert not wire.pending


async def test_the_look_up_does_not_find_a_text_of_an_earlier_day() -> None:
    wire: Reconciles = open_simulator("sim", Options(), public_url="")
    assert isinstance(wire, Simulator)
    mt = text(1)
    await wire.send(mt)
    assert await wire.find(mt, since=mt.started, known=frozenset()) is not None
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert await wire.find(mt, since=tomorrow, known=frozenset()) is None


async def test_a_slow_simulator_keeps_many_texts_in_flight_at_once() -> None:
    wire = open_simulator("sim", Options(delay_ms=50), public_url="")
    started = asyncio.get_running_loop().time()
    await asyncio.gather(*(wire.send(text(number)) for number in range(50)))
    assert asyncio.get_running_loop().time() - started < 50 * 0.05


async def test_mail_goes_over_the_simulator_only_where_the_demo_says_so() -> None:
    assert "email" not in open_simulator("sim", Options(), public_url="").capability.reaches
    wire = open_simulator("sim", Options(mail=True), public_url="")
    assert wire.capability.reaches == {"demo", "test", "email"}
