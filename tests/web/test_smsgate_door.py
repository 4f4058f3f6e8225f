"""A phone with a SIM and the whole office: in by its webhook, out by its app, its health shown."""

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from app.domain.messages import Pulse
from app.services.note_pulse import note_pulse
from app.store.database import Database
from tests.standins.smsgate_client import HOOK_KEY, SmsGateStandIn
from tests.web.office import NETWORK, PUBLIC_URL, ROMAN, Office, running, until
from tests.web.test_office_today import shown
from tests.web.visitor import signed_in

MEMBERS = f"""name,sex,language,body,post,phone,shared,basis
Zarina Bibi,F,ur-Latn,GB,Member,{ROMAN},no,paper form
"""


@asynccontextmanager
async def with_phone(
    url: str, folder: Path, **options: object
) -> AsyncIterator[tuple[Office, SmsGateStandIn]]:
    """Run the office with the wire `sim1` to a stand-in of the app."""
    async with SmsGateStandIn() as phone:
        table = phone.channel_options(per_second=1000, per_window=1000, window_s=1, **options)
        async with running(url, folder, table) as office:
            await office.call("POST", "/api/v1/networks", json=NETWORK)
            await office.members(MEMBERS)
            yield office, phone


async def tell(
    office: Office, event: str, unique: str, *, key: str = HOOK_KEY, **payload: object
) -> httpx.Response:
    """Call the hook as the phone does."""
    told = {"deviceId": "dev1", "event": event, "id": unique, "payload": payload}
    body, stamp = json.dumps(told).encode(), str(int(time.time()))
    seal = hmac.new(key.encode(), body + stamp.encode(), hashlib.sha256).hexdigest()
    headers = {"X-Signature": seal, "X-Timestamp": stamp}
    return await office.client.post("/hooks/sim1", content=body, headers=headers)


async def test_a_keyword_comes_in_by_the_phone_once_and_its_answer_goes_out_by_the_phone(
    database_url: str, tmp_path: Path
) -> None:
    async with with_phone(database_url, tmp_path) as (office, phone):
        for _ in range(3):
            answer = await tell(office, "sms:received", "e1", phoneNumber=ROMAN, message="HELP")
            assert answer.status_code == 204

        async def taken() -> list[dict[str, object]]:
            ledger: list[dict[str, object]] = (await phone.control())["ledger"]
            return ledger

        (reply,) = await until(taken, "the reply")
        assert reply["phoneNumbers"] == [ROMAN]
        assert await office.count("inbound") == 1
        told = {"messageId": str(reply["id"]), "phoneNumber": ROMAN}
        assert (await tell(office, "sms:delivered", "e2", **told)).status_code == 204

        async def is_delivered() -> bool:
            return (await office.states()) == {"delivered": 1}

        await until(is_delivered, "the receipt")
        assert len(await taken()) == 1


@pytest.mark.parametrize("key", ["another key", ""])
async def test_nothing_is_stored_of_who_does_not_know_the_key(
    database_url: str, tmp_path: Path, key: str
) -> None:
    async with with_phone(database_url, tmp_path) as (office, _):
        forged = await tell(
            office, "sms:received", "e1", key=key or "x", phoneNumber=ROMAN, message="STOP"
        )
        unsigned = await office.client.post("/hooks/sim1", content=b"{}")
        assert (forged.status_code, unsigned.status_code) == (403, 403)
        assert await office.count("inbound") == 0


async def test_the_first_page_shows_how_the_phone_is(database_url: str, tmp_path: Path) -> None:
    async with (
        with_phone(database_url, tmp_path) as (office, phone),
        signed_in(office, "Sajida", "press") as visitor,
    ):
        health = {"battery:level": 23, "battery:charging": 0, "messages:failed": 2}
        # The wire's own look may come before the ping or after it.
        await phone.control(health=health)
        checks = {name: {"observedValue": value} for name, value in health.items()}
        await tell(office, "system:ping", "e1", health={"version": "1", "checks": checks})
        page = await shown(visitor)
        assert "Phone battery 23 %, not charging." in page
        assert "2 texts failed in the last hour." in page


async def test_the_phone_is_asked_by_itself_to_call_our_hook(
    database_url: str, tmp_path: Path
) -> None:
    async with with_phone(database_url, tmp_path) as (_, phone):

        async def asked() -> set[str]:
            return {one["url"] for one in (await phone.control())["webhooks"].values()}

        assert await until(asked, "the webhooks") == {f"{PUBLIC_URL}/hooks/sim1"}


async def test_the_first_page_says_since_when_the_phone_is_silent_and_why(
    database_url: str, tmp_path: Path
) -> None:
    async with (
        running(database_url, tmp_path) as office,
        Database(database_url) as database,
    ):
        await office.call("POST", "/api/v1/networks", json=NETWORK)
        pulse = Pulse("simulator", seen_at=datetime.now(UTC) - timedelta(hours=3), battery=80)
        gone = Pulse("simulator", is_heard=False, trouble="<b>It</b> cannot be reached.")
        for one in (pulse, gone):
            await note_pulse(database, one, now=datetime.now(UTC))
        async with signed_in(office, "Sajida", "press") as visitor:
            page = await shown(visitor)
        assert "No word from the phone for 3 hours" in page
        assert "<b>It</b> cannot be reached." in page
        assert "Phone battery 80 %." in page
