"""The webhooks of the SMS Gate app: nothing is believed too early, each text is heard once."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from app.channels._open import open_channel
from app.channels.smsgate import SmsGate
from app.domain.errors import Busy, Unreadable, Untrusted
from app.domain.messages import Dlr, Heard, Hook, Mo, Pulse, State
from tests.channels.smsgate_bench import PUBLIC, event, received, signed
from tests.standins.smsgate_client import SmsGateStandIn

MEMBER = "+923001234567"


def a_wire(public_url: str = PUBLIC, **options: object) -> SmsGate:
    place = {"base_url": "http://192.168.1.20:8080", **options}
    told = SmsGateStandIn().channel_options(**place)
    wire = open_channel(told, public_url=public_url)
    assert isinstance(wire, SmsGate)
    return wire


WIRE = a_wire()


def read(hook: Hook) -> Heard:
    (heard,) = WIRE.read(hook)
    return heard


def test_two_equal_texts_are_two_texts_for_the_app_gives_both_the_same_message_id() -> None:
    first, second = (read(received(MEMBER, "2", unique)) for unique in ("e1", "e2"))
    assert isinstance(first, Mo)
    assert isinstance(second, Mo)
    assert first.raw["messageId"] == second.raw["messageId"]
    assert first.external_id != second.external_id


@pytest.mark.parametrize("sender", [MEMBER, "03001234567", "8171", "Telenor"])
def test_a_sender_is_kept_as_the_phone_wrote_it(sender: str) -> None:
    heard = read(received(sender, "KARWAI", "e1"))
    assert isinstance(heard, Mo)
    assert heard.sender == sender


def test_what_is_kept_beside_a_text_holds_neither_text_nor_number() -> None:
    heard = read(received(MEMBER, "Mera nam Bibi", "e1", recipient="+923469999999"))
    assert isinstance(heard, Mo)
    assert heard.recipient == "+923469999999"
    assert MEMBER not in str(heard.raw)
    assert "Bibi" not in str(heard.raw)


def test_a_text_to_the_other_sim_of_the_phone_is_not_ours_to_read() -> None:
    ours = a_wire(sim=1)
    assert ours.read(received(MEMBER, "private", "e1", simNumber=2)) == ()
    assert len(ours.read(received(MEMBER, "KARWAI", "e2", simNumber=1))) == 1
    assert len(ours.read(received(MEMBER, "KARWAI", "e3", simNumber=None))) == 1


def test_the_words_of_a_picture_message_are_heard() -> None:
    payload = {"messageId": "m", "sender": MEMBER, "body": "pani\x00 band", "attachments": []}
    heard = read(event("mms:downloaded", payload))
    assert isinstance(heard, Mo)
    assert heard.text == "pani band"


@pytest.mark.parametrize(
    ("word", "reason", "state"),
    [
        ("sms:sent", "", State.SENT),
        ("sms:delivered", "", State.DELIVERED),
        ("sms:failed", "Send result: RESULT_ERROR_LIMIT_EXCEEDED", State.UNDELIVERED),
        ("sms:failed", "TTL expired", State.EXPIRED),
        ("sms:cancelled", "", State.CANCELLED),
    ],
)
def test_each_word_of_a_receipt_has_one_meaning(word: str, reason: str, state: State) -> None:
    told = {"messageId": "77-0123456789ab", "phoneNumber": MEMBER, "reason": reason}
    heard = read(event(word, told))
    assert isinstance(heard, Dlr)
    assert (heard.state, heard.word, heard.code) == (state, word, reason)
    assert (heard.ref, heard.external_id) == ("77", "77-0123456789ab")
    assert MEMBER not in str(heard)


def test_the_parts_of_a_long_text_are_delivered_once() -> None:
    told = {"messageId": "77-0123456789ab", "phoneNumber": MEMBER}
    parts = [read(event("sms:delivered", told, unique)) for unique in ("e1", "e2")]
    assert len({one.event_key for one in parts if isinstance(one, Dlr)}) == 1


def test_a_message_that_others_gave_the_phone_has_no_ref_of_ours() -> None:
    heard = read(event("sms:sent", {"messageId": "PyDmBQZZXYmyxMwED8Fzy"}))
    assert isinstance(heard, Dlr)
    assert heard.ref == ""


def test_an_event_of_a_later_version_is_taken_and_nothing_follows() -> None:
    assert WIRE.read(event("sms:dreamt", {"messageId": "x"})) == ()
    assert WIRE.read(event("sms:data-received", {"data": "AAAA"})) == ()


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"\xff", b'{"event": "sms:received"}', b'{"event": 1, "id": "e"}', b"[" * 9000],
)
def test_a_signed_hook_that_says_nothing_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        WIRE.read(signed(body))


@pytest.mark.parametrize("name", ["sms:received", "sms:sent"])
def test_a_signed_event_without_sender_or_message_is_unreadable(name: str) -> None:
    with pytest.raises(Unreadable):
        WIRE.read(event(name, {}))


def test_nothing_is_believed_without_a_key() -> None:
    wire = a_wire(hook_key="")
    with pytest.raises(Untrusted):
        wire.read(signed(b"{}", key=""))


def test_a_repeat_after_a_day_counts_because_the_app_signs_each_delivery_anew() -> None:
    told = received(MEMBER, "KARWAI", "e1", receivedAt="2026-11-20T11:00:00.000+05:00")
    assert read(told) == read(signed(told.body, late_s=300))


@given(st.binary(max_size=200))
def test_no_signed_body_whatever_breaks_the_reader(body: bytes) -> None:
    with suppress(Unreadable):
        WIRE.read(signed(body))


@given(st.recursive(st.none() | st.integers() | st.text(), lambda more: st.lists(more)))
def test_no_payload_whatever_breaks_the_reader(value: object) -> None:
    names = ("messageId", "phoneNumber", "message", "simNumber", "reason", "health")
    for name in ("sms:received", "sms:failed", "system:ping", "mms:downloaded"):
        with suppress(Unreadable):
            WIRE.read(event(name, dict.fromkeys(names, value)))


def test_a_ping_tells_battery_charger_network_and_version() -> None:
    checks = {
        "battery:level": {"observedValue": 23},
        "battery:charging": {"observedValue": 0},
        "connection:transport": {"observedValue": 2},
        "connection:cellular": {"observedValue": 3},
        "messages:failed": {"observedValue": 4},
    }
    heard = read(event("system:ping", {"health": {"version": "1.48.0", "checks": checks}}))
    assert heard == Pulse(
        "sim1", battery=23, is_charging=False, network="3G", version="1.48.0", failed=4
    )


@pytest.mark.parametrize("health", [None, [], {"checks": []}, {"checks": {"battery:level": 1}}])
def test_a_ping_of_an_old_version_is_still_a_sign_of_life(health: object) -> None:
    assert read(event("system:ping", {"health": health})) == Pulse("sim1")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def far_phone() -> AsyncIterator[SmsGateStandIn]:
    async with SmsGateStandIn() as stand_in:
        yield stand_in


@pytest_asyncio.fixture
async def phone(far_phone: SmsGateStandIn) -> SmsGateStandIn:
    await far_phone.control(webhooks={}, health={}, server=False)
    return far_phone


async def looked(
    phone: SmsGateStandIn, times: int = 1, public_url: str = PUBLIC, **options: object
) -> Pulse:
    """What the wire tells of the phone after so many looks."""
    wire = open_channel(phone.channel_options(look_s=0.01, **options), public_url=public_url)
    assert isinstance(wire, SmsGate)
    told: asyncio.Queue[Pulse] = asyncio.Queue()
    turns = 0

    async def take(heard: Sequence[Heard]) -> None:
        nonlocal turns
        turns += 1
        for one in heard:
            assert isinstance(one, Pulse)
            told.put_nowait(one)
        if turns == 1:
            raise Busy("locked")

    running = asyncio.create_task(wire.run(take))
    try:
        async with asyncio.timeout(10):
            for _ in range(times):
                newest = await told.get()
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await wire.close()
    return newest


async def test_the_phone_is_asked_for_the_missing_webhooks_once_and_others_are_left_alone(
    phone: SmsGateStandIn,
) -> None:
    others = {"w9": {"id": "w9", "url": "https://elsewhere.example.org/x", "event": "sms:received"}}
    await phone.control(webhooks=others)
    await looked(phone, times=3)
    hooks = (await phone.control())["webhooks"]
    assert hooks["w9"] == others["w9"]
    ours = [one for one in hooks.values() if one["url"] == f"{PUBLIC}/hooks/sim1"]
    assert sorted(one["event"] for one in ours) == [
        "app:started",
        "mms:downloaded",
        "sms:cancelled",
        "sms:delivered",
        "sms:failed",
        "sms:received",
        "sms:sent",
        "system:ping",
    ]


async def test_our_webhooks_move_along_with_our_address(phone: SmsGateStandIn) -> None:
    await looked(phone)
    await looked(phone, public_url="https://192.168.1.11")
    hooks = (await phone.control())["webhooks"]
    assert {one["url"] for one in hooks.values()} == {"https://192.168.1.11/hooks/sim1"}


async def test_an_old_app_that_refuses_newer_events_is_well(phone: SmsGateStandIn) -> None:
    await phone.control(old=True)
    pulse = await looked(phone)
    assert (pulse.trouble, pulse.battery, pulse.is_charging) == ("", 94, True)
    assert (pulse.network, pulse.version, pulse.failed) == ("4G", "1.48.0", 0)
    assert len((await phone.control(old=True))["webhooks"]) == 5


async def test_a_phone_that_is_not_well_says_so_with_a_500_and_is_heard(
    phone: SmsGateStandIn,
) -> None:
    await phone.control(health={"battery:level": 7, "battery:charging": 0})
    pulse = await looked(phone)
    assert (pulse.is_heard, pulse.battery, pulse.is_charging) == (True, 7, False)


async def test_the_server_of_the_app_tells_when_it_last_heard_of_the_phone(
    phone: SmsGateStandIn,
) -> None:
    await phone.control(server=True)
    pulse = await looked(phone)
    assert (pulse.battery, str(pulse.seen_at)) == (None, "2026-11-22 05:00:00+00:00")


async def test_a_phone_that_is_off_or_has_another_password_is_told_in_words(
    phone: SmsGateStandIn,
) -> None:
    gone = await looked(phone, base_url="http://127.0.0.1:9")
    assert (gone.is_heard, "cannot be reached" in gone.trouble) == (False, True)
    strange = await looked(phone, password="another")
    assert "password" in strange.trouble


async def test_a_clock_that_is_off_is_told_in_words(phone: SmsGateStandIn) -> None:
    wire = a_wire(base_url=phone.url)
    with pytest.raises(Untrusted):
        wire.read(signed(json.dumps({}).encode(), late_s=7200))
    told: asyncio.Future[Heard] = asyncio.get_running_loop().create_future()

    async def take(heard: Sequence[Heard]) -> None:
        told.set_result(heard[0])

    running = asyncio.create_task(wire.run(take))
    pulse = await asyncio.wait_for(told, 10)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await wire.close()
    assert isinstance(pulse, Pulse)
    assert "120 minutes apart" in pulse.trouble


@pytest.mark.parametrize(
    ("public_url", "hook_key", "missing"),
    [
        (PUBLIC, "a key", []),
        ("http://127.0.0.1:8000", "a key", []),
        ("", "a key", ["public address"]),
        ("http://192.168.1.10", "a key", ["https"]),
        ("", "", ["hook_key", "public address"]),
    ],
)
def test_the_doctor_hears_what_keeps_texts_from_arriving(
    public_url: str, hook_key: str, missing: list[str]
) -> None:
    wire = a_wire(public_url, hook_key=hook_key)
    found = wire.advice()
    assert [word in one.how for word, one in zip(missing, found, strict=True)] == [True] * len(
        missing
    )
    assert wire.capability.reports == (not missing)
