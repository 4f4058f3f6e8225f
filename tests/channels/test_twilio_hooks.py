"""Twilio's webhooks and the poll beside them: nothing is believed too early, nothing is missed."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlencode

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from app.channels._open import open_channel
from app.channels.twilio import Twilio
from app.domain.errors import Busy, Unreadable, Untrusted
from app.domain.messages import Dlr, Hook, Mo, State
from tests.channels.conformance import text_to
from tests.standins.client import AUTH_TOKEN, SENDER, TwilioStandIn

PUBLIC = "https://office.example.org"
MEMBER = "+923001234567"
WAIT_S = 20.0
TEXT = {"MessageSid": "SM1", "SmsStatus": "received", "From": MEMBER, "To": SENDER, "Body": "1"}


def a_wire(public_url: str = PUBLIC) -> Twilio:
    wire = open_channel(TwilioStandIn().channel_options(base_url=PUBLIC), public_url=public_url)
    assert isinstance(wire, Twilio)
    return wire


WIRE = a_wire()


def signature(address: str, form: Mapping[str, str]) -> dict[str, str]:
    return {
        "x-twilio-signature": RequestValidator(AUTH_TOKEN).compute_signature(address, dict(form))
    }


def receipt(word: str, *, ref: str = "m7", code: str = "") -> Dlr:
    form = {"MessageSid": "SM9", "MessageStatus": word, **({"ErrorCode": code} if code else {})}
    address = f"{PUBLIC}/hooks/tw?ref={ref}"
    (heard,) = a_wire().read(
        Hook("POST", address, signature(address, form), urlencode(form).encode())
    )
    assert isinstance(heard, Dlr)
    return heard


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("queued", None),
        ("accepted", None),
        ("sending", None),
        ("scheduled", None),
        ("sent", State.SENT),
        ("delivered", State.DELIVERED),
        ("read", State.DELIVERED),
        ("failed", State.UNDELIVERED),
        ("undelivered", State.UNDELIVERED),
        ("canceled", State.CANCELLED),
        ("partially_delivered", None),
        ("a word of next year", None),
    ],
)
def test_each_word_of_a_receipt_has_one_meaning_and_is_kept(word: str, state: State | None) -> None:
    heard = receipt(word)
    assert (heard.state, heard.word) == (state, word)


def test_a_receipt_names_the_text_twice_and_keeps_the_reason() -> None:
    heard = receipt("undelivered", ref="m-5", code="30003")
    assert (heard.external_id, heard.ref, heard.code) == ("SM9", "m-5", "30003")
    assert heard.event_key == "SM9:undelivered:30003"


def test_what_twilio_did_about_stop_is_kept_beside_the_text() -> None:
    form = {**TEXT, "Body": "STOP", "OptOutType": "STOP"}
    address = f"{PUBLIC}/hooks/tw"
    (heard,) = a_wire().read(
        Hook("POST", address, signature(address, form), urlencode(form).encode())
    )
    assert isinstance(heard, Mo)
    assert heard.raw["OptOutType"] == "STOP"
    assert not {"Body", "From", "To"} & set(heard.raw)


@pytest.mark.parametrize(
    ("public", "signed_for", "asked"),
    [
        (PUBLIC, "https://office.example.org/hooks/tw", "http://127.0.0.1:8000/hooks/tw"),
        (PUBLIC, "https://office.example.org:443/hooks/tw", "http://evil.example/hooks/tw"),
        (PUBLIC + "/", "https://office.example.org/hooks/tw?a=%20b", "/hooks/tw?a=%20b"),
        (PUBLIC + ":8443", "https://office.example.org:8443/hooks/tw", "http://x:1/hooks/tw"),
        (PUBLIC + "/munadi", "https://office.example.org/munadi/hooks/tw", "http://x/hooks/tw"),
        (
            PUBLIC + "/munadi",
            "https://office.example.org/munadi/hooks/tw",
            "http://x/munadi/hooks/tw",
        ),
    ],
)
def test_the_signature_is_checked_against_the_configured_address_only(
    public: str, signed_for: str, asked: str
) -> None:
    headers = {"Host": "evil.example", **signature(signed_for, TEXT)}
    (heard,) = a_wire(public).read(Hook("POST", asked, headers, urlencode(TEXT).encode()))
    assert isinstance(heard, Mo)


def test_a_hook_may_come_by_get() -> None:
    address = f"{PUBLIC}/hooks/tw?{urlencode(TEXT)}"
    (heard,) = a_wire().read(Hook("GET", address, signature(address, {}), b""))
    assert isinstance(heard, Mo)
    assert heard.sender == MEMBER


def test_a_nul_in_a_text_is_left_out_because_no_database_keeps_it() -> None:
    form = {**TEXT, "Body": "kar\x00wai"}
    address = f"{PUBLIC}/hooks/tw"
    (heard,) = a_wire().read(
        Hook("POST", address, signature(address, form), urlencode(form).encode())
    )
    assert isinstance(heard, Mo)
    assert heard.text == "karwai"


@pytest.mark.parametrize(
    "hook",
    [
        Hook("POST", "http://[::1/hooks/tw", {"X-Twilio-Signature": "x"}, b""),
        Hook("POST", "http://x:99999/hooks/tw", {"X-Twilio-Signature": "x"}, b""),
        Hook("POST", "/hooks/tw?bodySHA256=1", {"X-Twilio-Signature": "x"}, b'{"a": 1}'),
        Hook("POST", "/hooks/tw", {"X-Twilio-Signature": "x"}, b"Body=%ff%fe"),
        Hook("POST", "/hooks/tw", {"X-Twilio-Signature": "x"}, b"\xff\xfe"),
        Hook("POST", "/hooks/tw", {"X-Twilio-Signature": "x"}, b"a=1&" * 500),
        Hook("POST", "", {}, b""),
    ],
)
def test_a_hook_that_makes_no_sense_is_not_believed_and_breaks_nothing(hook: Hook) -> None:
    with pytest.raises(Untrusted):
        a_wire().read(hook)


def test_without_a_public_address_no_hook_is_believed() -> None:
    headers = signature("/hooks/tw", TEXT)
    with pytest.raises(Untrusted):
        a_wire("").read(Hook("POST", "/hooks/tw", headers, urlencode(TEXT).encode()))


@given(url=st.text(), headers=st.dictionaries(st.text(), st.text()), body=st.binary())
def test_whatever_a_stranger_sends_is_untrusted_and_nothing_else(
    url: str, headers: dict[str, str], body: bytes
) -> None:
    for method in ("POST", "GET"):
        with pytest.raises(Untrusted):
            WIRE.read(Hook(method, url, {**headers, "X-Twilio-Signature": "x"}, body))


@asynccontextmanager
async def listening(
    stand_in: TwilioStandIn, heard: list[Mo], *, busy: int = 0
) -> AsyncIterator[asyncio.Condition]:
    """A wire that polls into `heard`; the first `busy` times the database cannot take it."""
    options = stand_in.channel_options(poll_s=0.05)
    wire = open_channel(options, public_url="")
    assert isinstance(wire, Twilio)
    changed = asyncio.Condition()
    refusals = iter(range(busy))

    async def take(events: Sequence[Mo | Dlr]) -> None:
        if next(refusals, None) is not None:
            raise Busy("the database is locked")
        heard.extend(event for event in events if isinstance(event, Mo))
        async with changed:
            changed.notify_all()

    running = asyncio.create_task(wire.run(take))
    try:
        yield changed
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await wire.close()
    assert running.cancelled()


async def until(changed: asyncio.Condition, heard: list[Mo], count: int) -> None:
    async with changed:
        await asyncio.wait_for(changed.wait_for(lambda: len(heard) >= count), WAIT_S)


async def test_a_text_whose_webhook_was_missed_is_heard_once_by_the_poll() -> None:
    heard: list[Mo] = []
    async with TwilioStandIn() as stand_in:
        missed = await stand_in.inbound(MEMBER, "کارروائی", age_s=3600)
        async with listening(stand_in, heard) as changed:
            await until(changed, heard, 1)
            await stand_in.inbound(MEMBER, "1")
            await until(changed, heard, 2)
    assert [mo.text for mo in heard] == ["کارروائی", "1"]
    assert (heard[0].external_id, heard[0].sender) == (missed["sid"], MEMBER)


async def test_the_poll_turns_pages_and_brings_the_oldest_first() -> None:
    heard: list[Mo] = []
    async with TwilioStandIn() as stand_in:
        for number in range(130):
            await stand_in.inbound(MEMBER, str(number), age_s=5000 - number * 10)
        await stand_in.inbound(MEMBER, "for another number", to="+15005550001")
        async with listening(stand_in, heard) as changed:
            await until(changed, heard, 130)
    assert [mo.text for mo in heard] == [str(number) for number in range(130)]


async def test_the_poll_goes_on_after_errors_of_twilio_and_of_the_database() -> None:
    heard: list[Mo] = []
    async with TwilioStandIn() as stand_in:
        await stand_in.control(next_list=["503", "garbage", "401:20003", "drop_before", "429/1"])
        await stand_in.inbound(MEMBER, "madad")
        async with listening(stand_in, heard, busy=1) as changed:
            await until(changed, heard, 1)
    assert [mo.text for mo in heard] == ["madad"]


async def test_the_poll_hears_nothing_of_our_own_texts() -> None:
    heard: list[Mo] = []
    async with TwilioStandIn() as stand_in:
        await stand_in.control()
        async with listening(stand_in, heard) as changed:
            await stand_in.inbound(SENDER, "our own number texts itself", to=SENDER)
            await until(changed, heard, 1)
    assert len(heard) == 1


async def test_signed_hooks_of_the_stand_in_are_believed_and_agree_with_the_poll() -> None:
    wire = a_wire()
    brought: list[Mo | Dlr] = []

    async def door(request: web.BaseRequest) -> web.Response:
        url, headers = str(request.url), dict(request.headers)
        brought.extend(wire.read(Hook(request.method, url, headers, await request.read())))
        answer = wire.answer()
        return web.Response(status=answer.status, body=answer.body)

    runner = web.ServerRunner(web.Server(door))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    target = f"http://127.0.0.1:{runner.addresses[0][1]}"
    heard: list[Mo] = []
    async with TwilioStandIn() as stand_in:
        told = await stand_in.inbound(
            MEMBER, "minits ؟ + &", hook=f"{PUBLIC}/hooks/tw", target=target
        )
        async with listening(stand_in, heard) as changed:
            await until(changed, heard, 1)
    await runner.cleanup()
    assert told["status"] == 200
    (text,) = brought
    assert isinstance(text, Mo)
    assert (text.external_id, text.text) == (heard[0].external_id, heard[0].text)


async def test_receipts_of_the_stand_in_come_as_often_and_in_the_order_that_is_told() -> None:
    words: list[str] = []

    async def door(request: web.BaseRequest) -> web.Response:
        url, headers = str(request.url), dict(request.headers)
        events = WIRE.read(Hook(request.method, url, headers, await request.read()))
        words.extend(f"{event.ref} {event.word}" for event in events if isinstance(event, Dlr))
        return web.Response(status=204)

    runner = web.ServerRunner(web.Server(door))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    target = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with TwilioStandIn() as stand_in:
        sender = open_channel(stand_in.channel_options(), public_url=PUBLIC)
        assert isinstance(sender, Twilio)
        await sender.send(text_to("+923640000001"))
        answered = await stand_in.receipts("delivered", "sent", repeat=2, target=target)
        await sender.close()
    await runner.cleanup()
    assert answered == {"posted": 4, "statuses": {"204": 4}}
    assert words == ["m41 delivered", "m41 delivered", "m41 sent", "m41 sent"]


def test_a_call_is_heard_once_in_whichever_of_its_states_it_is_reported() -> None:
    form = {"CallSid": "CA1", "From": MEMBER, "To": SENDER, "Direction": "inbound"}
    heard = []
    for status in ("ringing", "busy", "no-answer", "completed"):
        told = {**form, "CallStatus": status, "Caller": MEMBER}
        address, body = f"{PUBLIC}/hooks/tw", urlencode(told).encode()
        (one,) = a_wire().read(Hook("POST", address, signature(address, told), body))
        assert isinstance(one, Mo)
        assert MEMBER not in str(one.raw)
        heard.append((one.external_id, one.sender, one.text, one.is_call))
    assert set(heard) == {("CA1", MEMBER, "", True)}


def test_a_call_of_ours_or_of_nobody_is_no_missed_call() -> None:
    ours = {"CallSid": "CA1", "From": SENDER, "To": MEMBER, "Direction": "outbound-api"}
    for told in (ours, {"CallSid": "CA2", "Direction": "inbound"}):
        address = f"{PUBLIC}/hooks/tw"
        with pytest.raises(Unreadable):
            a_wire().read(Hook("POST", address, signature(address, told), urlencode(told).encode()))
