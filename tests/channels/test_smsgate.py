"""SMS Gate against its stand-in: the conformance table, the requests and the error table."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from app.channels._open import open_channel, pacing_of
from app.channels.smsgate import id_of
from app.domain.errors import (
    Misconfigured,
    Refusal,
    Refused,
    SendError,
    Throttled,
    Transient,
    Uncertain,
)
from app.domain.messages import Mt, Sent
from tests.channels.conformance import ROWS, STARTED, Row, hold, look_up, text_to
from tests.channels.smsgate_bench import SmsGateBench
from tests.standins.smsgate_client import HOOK_KEY, PASSWORD, SmsGateStandIn


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def phone() -> AsyncIterator[SmsGateStandIn]:
    async with SmsGateStandIn() as stand_in:
        yield stand_in


@pytest_asyncio.fixture
async def bench(phone: SmsGateStandIn) -> AsyncIterator[SmsGateBench]:
    bench = SmsGateBench(phone)
    yield bench
    for wire in bench.opened:
        await wire.close()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.promise)
async def test_smsgate_keeps_the_promise_that(row: Row, bench: SmsGateBench) -> None:
    await hold(row, bench)


async def test_a_request_asks_for_our_sim_a_receipt_and_a_life_and_nothing_that_is_unknown(
    bench: SmsGateBench,
) -> None:
    mt = Mt(ref="71.5", to=bench.to, text="x", started=STARTED, valid_for_s=7200)
    await bench.open(sim=2).send(mt)
    (taken,) = await bench.texts()
    assert taken == {
        "id": id_of(mt),
        "phoneNumbers": [bench.to],
        "textMessage": {"text": "x"},
        "simNumber": 2,
        "ttl": 7200,
        "withDeliveryReport": True,
        "isEncrypted": False,
        "priority": 0,
    }


async def test_a_text_of_danger_overtakes_the_queue_of_the_phone(bench: SmsGateBench) -> None:
    await bench.open().send(Mt("8.1", bench.to, "BUND", STARTED, is_urgent=True))
    assert [taken["priority"] for taken in await bench.texts()] == [100]


async def test_a_second_try_of_the_same_text_is_no_second_sms(bench: SmsGateBench) -> None:
    wire = bench.open()
    first = await wire.send(text_to(bench.to, ref="9.1"))
    again = await wire.send(text_to(bench.to, ref="9.2"))
    assert first == again
    assert len(await bench.taken()) == 1


async def test_a_number_of_a_row_that_is_used_again_after_a_restore_hides_no_new_text(
    bench: SmsGateBench,
) -> None:
    wire = bench.open()
    await wire.send(text_to(bench.to, "before the restore", ref="10.1"))
    await wire.send(text_to(bench.to, "after the restore", ref="10.1"))
    assert await bench.taken() == ["before the restore", "after the restore"]


def test_the_id_is_never_longer_than_the_server_of_the_app_takes() -> None:
    for ref in ("1.1", f"{2**63 - 1}.{2**63 - 1}", "a ref of a later version that is long.1"):
        assert len(id_of(Mt(ref, "+923641234567", "x", STARTED))) <= 36


@pytest.mark.parametrize(
    ("fault", "error", "code"),
    [
        ("401", Misconfigured, "401"),
        ("403", Misconfigured, "403"),
        ("404", Misconfigured, "404"),
        ("413", Refused, "413"),
        ("400:can't use phone in row 1", Refused, "400"),
        ("400:No devices registered", Misconfigured, "400"),
        ("400:simNumber must be >= 1", Misconfigured, "400"),
        ("400:message already expired", Transient, "400"),
        ("400:Text message is odd", Refused, "400"),
        ("400", Transient, "400"),
        ("302", Transient, "302"),
        ("307", Transient, "307"),
        ("408", Transient, "408"),
        ("429", Throttled, "429"),
        ("503:queue limits exceeded: too many pending messages: 9 / 8", Throttled, "503"),
        ("500:in trouble", Uncertain, "500"),
        ("504", Uncertain, "504"),
        ("drop_before", Uncertain, "ServerDisconnectedError"),
    ],
)
async def test_each_answer_of_the_app_has_one_meaning(
    bench: SmsGateBench, fault: str, error: type[SendError], code: str
) -> None:
    await bench.stand_in.control(next=[fault])
    with pytest.raises(error) as raised:
        await bench.open().send(text_to(bench.to))
    assert type(raised.value) is error
    assert raised.value.code in (code, "ClientOSError")
    assert await bench.taken() == []


@pytest.mark.parametrize("fault", ["500", "401", "302", "429"])
async def test_a_look_up_that_fails_is_no_answer(bench: SmsGateBench, fault: str) -> None:
    await bench.stand_in.control(next_list=[fault])
    with pytest.raises(SendError):
        await look_up(bench.open(), text_to(bench.to))


async def test_a_message_is_found_in_whatever_state_it_is_by_now(bench: SmsGateBench) -> None:
    wire, mt = bench.open(), text_to(bench.to)
    sent = await wire.send(mt)
    assert await look_up(wire, mt) == Sent(sent.external_id)


async def test_test_numbers_are_reached_only_towards_this_machine(bench: SmsGateBench) -> None:
    assert bench.open().capability.reaches == {"real", "test"}
    for address in ("http://192.168.1.20:8080", "https://127.0.0.1.example.org"):
        assert bench.open(base_url=address).capability.reaches == {"real"}


def test_no_span_of_fifteen_minutes_holds_what_cuts_a_sim_off() -> None:
    pacing = pacing_of(SmsGateStandIn().channel_options(base_url="http://192.168.1.20:8080"))
    assert (pacing.per_window or 999) < 100
    assert pacing.window_s == 900
    assert (pacing.per_day, pacing.currency) == (400, "PKR")
    assert pacing.burst <= 10
    assert pacing.in_flight <= 3


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("base_url", "192.168.1.20:8080"),
        ("base_url", "http://sms:word@192.168.1.20"),
        ("user", ""),
        ("sim", 4),
        ("sim", 0),
        ("clock_skew_s", 5),
        ("colour", "red"),
    ],
)
def test_an_option_that_cannot_be_is_named_and_no_secret_is_shown(
    option: str, value: object
) -> None:
    options = SmsGateStandIn().channel_options(base_url="http://192.168.1.20:8080")
    with pytest.raises(Refusal) as raised:
        open_channel({**options, option: value}, public_url="")
    assert option in str(raised.value)
    assert not [word for word in (PASSWORD, HOOK_KEY) if word in str(raised.value)]


async def test_secrets_numbers_and_texts_never_show_in_what_is_printed_or_logged(
    bench: SmsGateBench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    wire, mt = bench.open(), text_to(bench.to)
    await bench.stand_in.control(next=["400:can't use phone", "drop_after", "garbage"])
    shown = [repr(wire), str(vars(wire)["_options"])]
    for no in range(3):
        with pytest.raises(SendError) as raised:
            await wire.send(text_to(bench.to, ref=f"{no}.1"))
        shown += [repr(raised.value), str(raised.getrepr(chain=True, style="value"))]
    printed = "\n".join([*shown, caplog.text])
    assert not [secret for secret in (PASSWORD, bench.to, mt.text) if secret in printed]
