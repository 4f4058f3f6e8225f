"""What a provider's webhook brings: the right minutes back, each text once, and no harm."""

import asyncio
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import text as sql
from twilio.request_validator import RequestValidator

from app.domain import gsm
from app.store.database import Database
from tests.standins.client import AUTH_TOKEN
from tests.web.office import (
    ENGLISH,
    LEADER,
    PUBLIC_URL,
    ROMAN,
    URDU,
    inbound,
    problem_of,
    running,
    signed,
    until,
    with_twilio,
)

TWILIO = {
    "name": "tw",
    "kind": "twilio",
    "account_sid": "ACstandin",
    "auth_token": AUTH_TOKEN,
    "from": "+15005550006",
    "base_url": "http://127.0.0.1:9",
    "poll_s": 0.0,
}


async def newest_minutes(url: str) -> str:
    """The label of the newest minutes of the demo network."""
    statement = sql(
        "SELECT m.label FROM meeting m JOIN minutes n ON n.meeting_id = m.id"
        " WHERE n.published_at IS NOT NULL ORDER BY m.at DESC LIMIT 1"
    )
    async with Database(url) as database:
        return str(await database.read(lambda conn: conn.execute(statement).scalar_one()))


async def test_a_keyword_in_any_writing_brings_the_newest_minutes_in_one_segment(
    demo_url: str, tmp_path: Path
) -> None:
    label = await newest_minutes(demo_url)
    asked = [
        (ROMAN, "KARWAI"),
        (URDU, "کارروائی"),
        (ENGLISH, "minits"),
        (LEADER, "1"),
    ]
    async with with_twilio(demo_url, tmp_path) as (office, twilio):
        await office.members()
        for n, (sender, words) in enumerate(asked):
            answer = await office.text(sender, words, f"SM{n}")
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith(("text/xml", "application/xml"))

        async def answered() -> bool:
            return len(await twilio.texts()) == len(asked)

        await until(answered, "four replies")
        replies = {one["to"]: one["body"] for one in await twilio.texts()}

    assert set(replies) == {sender for sender, _ in asked}
    assert all(gsm.count(reply) == 1 for reply in replies.values()), replies
    assert all(label in reply for reply in replies.values()), replies
    assert replies[ROMAN].isascii()
    assert replies[ENGLISH].isascii()
    assert replies[ENGLISH] != replies[ROMAN]
    for sender in (URDU, LEADER):
        assert any("\u0600" <= letter <= "\u06ff" for letter in replies[sender])


async def test_a_webhook_that_comes_again_has_one_effect(demo_url: str, tmp_path: Path) -> None:
    async with with_twilio(demo_url, tmp_path) as (office, twilio):
        await office.members()
        answers = await asyncio.gather(*(office.text(ROMAN, "KARWAI", "SMsame") for _ in range(5)))
        answers.append(await office.text(ROMAN, "KARWAI", "SMsame"))
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.content for answer in answers}) == 1

        async def is_sent() -> bool:
            return (await office.states()) == {"sent": 1}

        await until(is_sent, "the reply")
        assert await office.count("inbound") == 1
        assert len(await twilio.texts()) == 1


async def test_stop_ends_everything_for_that_phone_and_start_brings_it_back(
    database_url: str, tmp_path: Path
) -> None:
    async with with_twilio(database_url, tmp_path) as (office, twilio):
        await office.network()
        approver = await office.officer("Rehmat", "president")
        body = {"audience": "gb", "texts": {"en": "Paani band."}, "kind": "urgent"}
        plan = await office.call("POST", "/api/v1/broadcasts", json=body)
        path = f"/api/v1/broadcasts/{plan['id']}/approval"
        await office.call("POST", path, json={"hash": plan["hash"]}, headers=approver)
        assert await office.states() == {"queued": 3}

        assert (await office.text(ROMAN, "Band karo!", "SMstop")).status_code == 200
        assert (await office.count("outbox", "state = 'cancelled'")) == 1

        async def sent() -> list[str]:
            return [one["body"] for one in await twilio.texts() if one["to"] == ROMAN]

        stopped = await until(sent, "the confirmation")
        assert len(stopped) == 1
        again = await office.call("POST", "/api/v1/broadcasts", json=body)
        assert (again["people"], again["addresses"]) == (2, 2)

        assert (await office.text(ROMAN, "shuru karo", "SMstart")).status_code == 200

        async def both() -> bool:
            return len(await sent()) == 2

        await until(both, "the welcome")
        restored = await office.call("POST", "/api/v1/broadcasts", json=body)
        assert (restored["people"], restored["addresses"]) == (3, 3)
        assert "Paani" not in " ".join(await sent())


def altered(field: str, value: str) -> dict:
    """A form that was changed after it was signed."""
    request = signed(inbound(ROMAN, "KARWAI", "SM1"))
    form = {**inbound(ROMAN, "KARWAI", "SM1"), field: value}
    return {**request, "content": urlencode(form).encode()}


FORGED = {
    "unsigned": {"url": "/hooks/tw", "content": urlencode(inbound(ROMAN, "KARWAI", "SM1"))},
    "another token": {
        **signed(inbound(ROMAN, "KARWAI", "SM1")),
        "headers": {
            "X-Twilio-Signature": RequestValidator("other").compute_signature(
                f"{PUBLIC_URL}/hooks/tw", inbound(ROMAN, "KARWAI", "SM1")
            )
        },
    },
    "text altered": altered("Body", "STOP"),
    "sender altered": altered("From", URDU),
    "field added": altered("OptOutType", "STOP"),
    "another address": {**signed(inbound(ROMAN, "KARWAI", "SM1")), "url": "/hooks/tw?x=1"},
    "signature of letters that are none": {
        **signed(inbound(ROMAN, "KARWAI", "SM1")),
        "headers": {"X-Twilio-Signature": "ÿ\x80".encode("latin-1")},
    },
    "host that is none": {
        "url": "/hooks/tw",
        "content": b"a=b",
        "headers": {"Host": "munadi.example.org:99999", "X-Twilio-Signature": "x"},
    },
    "broken percent-encoding": {"url": "/hooks/tw", "content": b"Body=%zz%f&%=%&From"},
    "not UTF-8": {"url": "/hooks/tw", "content": b"Body=\xff\xfe%ff"},
    "NUL": {"url": "/hooks/tw", "content": b"Body=\x00%00&\x00=\x00"},
    "ten thousand fields": {"url": "/hooks/tw", "content": b"a=b&" * 10_000},
    "JSON": {
        "url": "/hooks/tw",
        "content": b'{"Body": "KARWAI"}',
        "headers": {"Content-Type": "application/json", "X-Twilio-Signature": "x"},
    },
    "a form in parts": {
        "url": "/hooks/tw",
        "content": b"--x\r\n",
        "headers": {"Content-Type": "multipart/form-data; boundary=x", "X-Twilio-Signature": "x"},
    },
    "empty": {"url": "/hooks/tw", "content": b""},
}


async def test_a_forged_or_broken_webhook_is_refused_and_stores_nothing(
    demo_url: str, tmp_path: Path
) -> None:
    async with running(demo_url, tmp_path, TWILIO) as office:
        await office.members()
        for name, request in FORGED.items():
            answer = await office.client.post(**request)
            assert (name, answer.status_code) == (name, 403)
            assert problem_of(answer)["code"] == "untrusted"
        assert (await office.client.get("/hooks/tw?Body=KARWAI")).status_code == 403
        assert await office.count("inbound") == 0
        assert await office.count("receipt") == 0


SIGNED_AND_ODD = [
    {"Body": "KARWAI"},
    {"MessageSid": "SM1", "SmsStatus": "received", "Body": "KARWAI"},
    inbound("", "KARWAI", "SM1"),
    inbound(ROMAN, "\x00\x00", "SM2"),
    inbound(ROMAN, "", "SM3"),
    inbound(ROMAN, "😀🙏", "SM4"),
    inbound(ROMAN, "k" * 1600, "SM5"),
    inbound(ROMAN, "\u2067کارروائی\u2069\u202e", "SM6"),
    inbound(ROMAN, "KARWAI", "S" * 5000),
    inbound("+" + "9" * 5000, "KARWAI", "SM7"),
    inbound("\x00", "KARWAI", "SM8"),
    inbound("8171", "KARWAI", "SM9"),
    inbound("JazzCash", "You won", "SM10"),
    inbound("whatsapp:+923641000001", "KARWAI", "SM11"),
    {**inbound(ROMAN, "KARWAI", "SM12"), "SmsStatus": "read by the moon"},
    {**inbound(ROMAN, "KARWAI", "SM13"), "SmsStatus": "delivered", "ErrorCode": "x" * 5000},
    {**inbound(ROMAN, "KARWAI", "SM\x00"), "X\x00": "\x00"},
    {**inbound(ROMAN, "KARWAI", "SM14"), **{f"f{n}": "x" for n in range(150)}},
]


async def test_what_is_signed_but_odd_never_breaks_the_office(
    demo_url: str, tmp_path: Path
) -> None:
    async with running(demo_url, tmp_path, TWILIO) as office:
        await office.members()
        for form in SIGNED_AND_ODD:
            answer = await office.hook(form)
            assert answer.status_code in {200, 204, 400}, (form, answer.text)
            if answer.status_code == 400:
                assert problem_of(answer)["code"] == "unreadable"
        assert (await office.text(ROMAN, "KARWAI", "SMlast")).status_code == 200


async def test_receipts_of_a_text_that_nobody_sent_are_kept_and_change_nothing(
    demo_url: str, tmp_path: Path
) -> None:
    form = {"MessageSid": "SMgone", "MessageStatus": "delivered", "To": ROMAN}
    async with running(demo_url, tmp_path, TWILIO) as office:
        for path in ("/hooks/tw", "/hooks/tw?ref=77.1", "/hooks/tw?ref=%00", "/hooks/tw?ref=9e99"):
            assert (await office.hook(form, path=path)).is_success, path
        assert await office.states() == {}


async def test_a_hook_of_no_wire_is_not_there(demo_url: str, tmp_path: Path) -> None:
    async with running(demo_url, tmp_path, TWILIO) as office:
        for path in ("/hooks/none", "/hooks/simulator", "/hooks/%00", "/hooks/%FF%FE"):
            for method in ("GET", "POST"):
                answer = await office.client.request(method, path)
                assert problem_of(answer)["status"] == 404, path
        for method in ("HEAD", "PUT", "DELETE", "PATCH"):
            answer = await office.client.request(method, "/hooks/tw")
            assert answer.status_code == 405, method
            assert method == "HEAD" or problem_of(answer)["status"] == 405
            assert set(answer.headers["allow"].split(", ")) == {"GET", "POST"}


@pytest.mark.parametrize("is_counted", [True, False], ids=["with its length", "in chunks"])
async def test_a_body_of_2_mb_is_turned_away(
    demo_file: str, tmp_path: Path, is_counted: bool
) -> None:
    async def in_chunks() -> object:
        for _ in range(32):
            yield b"x" * 65_536

    async with running(demo_file, tmp_path, TWILIO) as office:
        for path in ("/hooks/tw", "/api/v1/broadcasts"):
            body = b"x" * (2 << 20) if is_counted else in_chunks()
            answer = await office.client.post(path, content=body)
            assert problem_of(answer)["status"] == 413, path
            assert problem_of(answer)["code"] == "too_large"
        assert await office.count("inbound") == 0
