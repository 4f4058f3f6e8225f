"""Twilio against its stand-in: the conformance table, the requests and the error table."""

from pathlib import Path

import aiohttp
import pytest

from app.channels._http import NEVER_LEFT
from app.channels._open import open_channel
from app.channels._twilio_http import CODES
from app.channels.twilio import Twilio
from app.domain.errors import Misconfigured, Refused, SendError, Throttled, Transient, Uncertain
from app.domain.messages import Mt, Sent
from tests.channels.conformance import ROWS, STARTED, Row, hold, look_up, text_to
from tests.channels.twilio_bench import PUBLIC, TwilioBench
from tests.standins.client import AUTH_TOKEN, SENDER, TwilioStandIn, accepted_by


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.promise)
async def test_twilio_keeps_the_promise_that(row: Row, bench: TwilioBench) -> None:
    await hold(row, bench)


async def test_a_request_carries_our_sender_our_ref_and_forbids_rewriting(
    bench: TwilioBench,
) -> None:
    mt = Mt(ref="m/7 1", to=bench.to, text="x", started=STARTED, valid_for_s=7200)
    await bench.open().send(mt)
    (taken,) = await bench.texts()
    assert taken["from"] == SENDER
    assert taken["asked"] == {
        "StatusCallback": f"{PUBLIC}/hooks/tw?ref=m%2F7+1",
        "ValidityPeriod": "7200",
        "SmartEncoded": "false",
    }


@pytest.mark.parametrize("sender", ["LSON", "LSON GB-1", "8171"])
async def test_a_name_or_a_short_code_as_sender_is_left_as_it_is(
    bench: TwilioBench, sender: str
) -> None:
    await bench.open(**{"from": sender}).send(text_to(bench.to))
    assert [taken["from"] for taken in await bench.texts()] == [sender]


@pytest.mark.parametrize(("asked", "told"), [(0, "1"), (36_000, "36000"), (90_000, "36000")])
async def test_a_validity_that_twilio_does_not_know_is_brought_into_its_bounds(
    bench: TwilioBench, asked: int, told: str
) -> None:
    mt = Mt(ref="m1", to=bench.to, text="x", started=STARTED, valid_for_s=asked)
    await bench.open().send(mt)
    (taken,) = await bench.texts()
    assert taken["asked"]["ValidityPeriod"] == told


async def test_a_messaging_service_may_choose_the_sender(bench: TwilioBench) -> None:
    options = {**bench.stand_in.channel_options(), "messaging_service_sid": "MG1"}
    del options["from"]
    wire = open_channel(options, public_url="")
    assert isinstance(wire, Twilio)
    bench.opened.append(wire)
    await bench.stand_in.control(next=["drop_after"])
    with pytest.raises(Uncertain):
        await wire.send(text_to(bench.to))
    (taken,) = await bench.texts()
    assert taken["asked"] == {"MessagingServiceSid": "MG1", "SmartEncoded": "false"}
    assert await look_up(wire, text_to(bench.to)) == Sent(str(taken["sid"]))


@pytest.mark.parametrize(
    ("fault", "error", "code"),
    [(f"400:{code}", kind, code) for code, (kind, _) in CODES.items()]
    + [
        ("400:21999", Refused, "21999"),
        ("403", Misconfigured, "403"),
        ("404", Misconfigured, "404"),
        ("408", Transient, "408"),
        ("302", Transient, "302"),
        ("400", Transient, "400"),
        ("429", Throttled, "20429"),
        ("500", Uncertain, "500"),
        ("504", Uncertain, "504"),
        ("drop_before", Uncertain, "ServerDisconnectedError"),
    ],
)
async def test_each_answer_of_twilio_has_one_meaning(
    bench: TwilioBench, fault: str, error: type[SendError], code: str
) -> None:
    await bench.stand_in.control(next=[fault])
    with pytest.raises(error) as raised:
        await bench.open().send(text_to(bench.to))
    assert type(raised.value) is error
    assert raised.value.code in (code, "ClientOSError")
    assert await bench.taken() == []


@pytest.mark.parametrize(
    ("said", "after_s"), [("7", 7.0), ("0", 1.0), ("soon", 1.0), ("9" * 99, 3600.0)]
)
async def test_a_throttled_wire_waits_as_long_as_twilio_says(
    bench: TwilioBench, said: str, after_s: float
) -> None:
    await bench.stand_in.control(next=[f"429/{said}"])
    with pytest.raises(Throttled) as raised:
        await bench.open().send(text_to(bench.to))
    assert raised.value.after_s == after_s


async def test_an_unreachable_number_does_not_hold_up_the_others(bench: TwilioBench) -> None:
    other = TwilioBench(bench.stand_in)
    await bench.stand_in.control(numbers={bench.to: "400:21614"})
    wire = bench.open()
    with pytest.raises(Refused):
        await wire.send(text_to(bench.to))
    await wire.send(text_to(other.to))
    await bench.stand_in.control(numbers={})
    assert await other.taken() != []


@pytest.mark.parametrize(
    ("error", "is_certain"),
    [
        (aiohttp.ClientConnectorDNSError, True),
        (aiohttp.ClientConnectorError, True),
        (aiohttp.ClientConnectorSSLError, True),
        (aiohttp.ClientConnectorCertificateError, True),
        (aiohttp.ConnectionTimeoutError, True),
        (aiohttp.SocketTimeoutError, False),
        (aiohttp.ServerDisconnectedError, False),
        (aiohttp.ClientOSError, False),
        (aiohttp.ClientPayloadError, False),
        (TimeoutError, False),
    ],
)
def test_only_a_connection_that_was_never_made_is_certainly_not_sent(
    error: type[Exception], is_certain: bool
) -> None:
    assert issubclass(error, NEVER_LEFT) is is_certain


async def test_test_numbers_are_reached_only_towards_this_machine(bench: TwilioBench) -> None:
    assert bench.open().capability.reaches == {"real", "test"}
    for address in ("https://api.twilio.com", "https://127.0.0.1.example.org", "http://10.0.0.1"):
        assert bench.open(base_url=address).capability.reaches == {"real"}


async def test_twilio_is_not_given_an_address_for_receipts_that_it_cannot_call() -> None:
    options = TwilioStandIn().channel_options(base_url="https://api.twilio.com")
    near = open_channel(options, public_url="http://127.0.0.1:8000")
    far = open_channel(options, public_url=PUBLIC)
    assert (near.capability.reports, far.capability.reports) == (False, True)


async def test_secrets_numbers_and_texts_never_show_in_what_is_printed_or_logged(
    bench: TwilioBench, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    wire, mt = bench.open(), text_to(bench.to)
    await bench.stand_in.control(next=["400:21211", "drop_after", "garbage"])
    shown = [repr(wire), str(vars(wire))]
    for _ in range(3):
        with pytest.raises(SendError) as raised:
            await wire.send(mt)
        shown += [repr(raised.value), str(raised.getrepr(chain=True, style="value"))]
    printed = "\n".join([*shown, caplog.text])
    assert not [secret for secret in (AUTH_TOKEN, bench.to, mt.text) if secret in printed]


async def test_the_ledger_of_the_stand_in_outlives_its_kill(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.jsonl"
    async with TwilioStandIn(ledger) as first:
        bench = TwilioBench(first)
        sent = await bench.open().send(text_to(bench.to))
        port = first.port
    assert accepted_by(ledger) == {(bench.to, text_to(bench.to).text): 1}
    async with TwilioStandIn(ledger, port=port):
        assert await look_up(bench.opened[0], text_to(bench.to)) == sent
    await bench.opened[0].close()
