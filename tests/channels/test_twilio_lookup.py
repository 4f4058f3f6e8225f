"""Asking Twilio whether it accepted a text whose answer was lost: never wrong, at worst open."""

from datetime import timedelta

import pytest

from app.domain.errors import SendError, Uncertain
from app.domain.messages import Sent, State
from tests.channels.conformance import STARTED, look_up, text_to
from tests.channels.twilio_bench import TwilioBench


@pytest.mark.parametrize("fault", ["503", "429/3", "garbage", "401:20003"])
async def test_a_look_up_that_twilio_does_not_answer_settles_nothing(
    bench: TwilioBench, fault: str
) -> None:
    wire = bench.open()
    await bench.stand_in.control(next_list=[fault])
    with pytest.raises(SendError):
        await look_up(wire, text_to(bench.to))


async def test_the_look_up_finds_a_text_that_still_waits_in_twilios_queue(
    bench: TwilioBench,
) -> None:
    wire = bench.open()
    sent = await wire.send(text_to(bench.to))
    (queued,) = await bench.texts()
    assert queued["date_sent"] is None
    assert await look_up(wire, text_to(bench.to)) == sent


async def test_the_look_up_tells_what_has_become_of_the_text(bench: TwilioBench) -> None:
    wire = bench.open()
    sent = await wire.send(text_to(bench.to))
    target = f"{bench.stand_in.url}/control"
    await bench.stand_in.receipts("failed", sids=[sent.external_id], target=target)
    assert await look_up(wire, text_to(bench.to)) == Sent(sent.external_id, State.UNDELIVERED)


async def test_the_look_up_pages_through_a_long_history(bench: TwilioBench) -> None:
    wire = bench.open()
    sent = await wire.send(text_to(bench.to))
    for number in range(120):
        await wire.send(text_to(bench.to, f"later text {number}"))
    assert await look_up(wire, text_to(bench.to)) == sent


async def test_of_two_lost_texts_with_the_same_words_each_is_found_once(
    bench: TwilioBench,
) -> None:
    wire, mt = bench.open(), text_to(bench.to)
    both = {(await wire.send(mt)).external_id for _ in range(2)}
    first = await look_up(wire, mt)
    assert first is not None
    second = await look_up(wire, mt, known=frozenset({first.external_id}))
    assert second is not None
    assert {first.external_id, second.external_id} == both
    assert await look_up(wire, mt, known=frozenset(both)) is None


async def test_an_unknown_twin_from_before_leaves_it_to_a_person(bench: TwilioBench) -> None:
    wire, mt = bench.open(), text_to(bench.to)
    await wire.send(mt)
    with pytest.raises(Uncertain):
        await wire.find(mt, since=STARTED + timedelta(hours=2), known=frozenset())
    assert await wire.find(mt, since=STARTED + timedelta(days=3), known=frozenset()) is None


async def test_a_text_of_another_sender_of_the_account_is_not_ours(bench: TwilioBench) -> None:
    await bench.open(**{"from": "+15005550001"}).send(text_to(bench.to))
    assert await look_up(bench.open(), text_to(bench.to)) is None


@pytest.mark.parametrize("written", ["15005550006", "+1 (500) 555-0006", "0015005550006"])
async def test_the_look_up_knows_our_number_however_it_is_written(
    bench: TwilioBench, written: str
) -> None:
    sent = await bench.open().send(text_to(bench.to))
    assert await look_up(bench.open(**{"from": written}), text_to(bench.to)) == sent


async def test_blanks_that_twilio_may_trim_do_not_hide_a_text(bench: TwilioBench) -> None:
    sent = await bench.open().send(text_to(bench.to, "jalsa: 14 Dec"))
    assert await look_up(bench.open(), text_to(bench.to, "jalsa: 14 Dec \n")) == sent
