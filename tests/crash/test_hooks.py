"""kill -9 while members write in and receipts come back: STOP holds, each text has one effect."""

import asyncio
import random
from asyncio import TaskGroup
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest
from sqlalchemy import Connection, func, select

from app.domain.messages import State
from app.store.addresses import address
from app.store.inbound import inbound
from app.store.outbox import attempt, outbox
from tests.crash.office import NOW, PUBLIC_URL, SEED, Office, approved, numbers, until
from tests.crash.test_kills import calm
from tests.standins.client import SENDER, TwilioStandIn

HOOK = f"{PUBLIC_URL}/hooks/tw"


@dataclass
class Members:
    """What members do while the office has its bad day; `url` is where it answers now."""

    office: Office
    url: str = ""
    stopped_us: dict[str, int] = field(default_factory=dict)
    """When the office had taken each STOP, in microseconds."""
    ids: set[str] = field(default_factory=set)

    async def say(self, number: str, words: str) -> None:
        """Write in; Twilio brings it again until the office has answered with a 2xx."""
        sid = f"SM{uuid4().hex}"
        self.ids.add(sid)
        message = {"MessageSid": sid, "From": number, "To": SENDER, "Body": words}
        await until(lambda: self._brought(message), within_s=120)
        self.stopped_us.setdefault(number, int(NOW().timestamp() * 1_000_000))

    async def _brought(self, message: dict[str, str]) -> bool:
        with suppress(aiohttp.ClientError):
            told = await self.office.twilio.control(
                "/inbound", message=message, hook=HOOK, target=self.url
            )
            return 200 <= told["status"] < 300
        return False

    async def report(self, *words: str) -> None:
        """Receipts for all that was accepted so far; those for a dead office are lost."""
        sids = [one["sid"] for one in self.office.accepted()]
        for at in range(0, len(sids), 50):
            with suppress(aiohttp.ClientError):
                await self.office.twilio.receipts(*words, sids=sids[at : at + 50], target=self.url)


def late_calls(conn: Connection, stopped_us: dict[str, int]) -> list[int]:
    """Texts of the broadcast that were claimed after their number's STOP had been taken."""
    rows = conn.execute(
        select(outbox.c.id, address.c.msisdn, func.max(attempt.c.started_us).label("claimed_us"))
        .join(address, address.c.id == outbox.c.address_id)
        .join(attempt, attempt.c.outbox_id == outbox.c.id)
        .where(outbox.c.broadcast_id.is_not(None))
        .group_by(outbox.c.id, address.c.msisdn)
    )
    return [
        row.id
        for row in rows
        if row.msisdn in stopped_us and row.claimed_us > stopped_us[row.msisdn]
    ]


def heard(conn: Connection) -> Counter[str]:
    """How often each text of a member was stored."""
    rows = conn.execute(select(inbound.c.external_id))
    return Counter(rows.scalars())


async def bad_day(office: Office, members: Members, texts: int, kills: int) -> None:
    """Members stop and receipts arrive while the server is killed again and again."""
    print(f"seed {SEED}")
    chance = random.Random(SEED)  # noqa: S311
    who = chance.sample(numbers(texts), texts // 20)
    members.url = await office.serve()
    moments = sorted(chance.randrange(texts // 2) for _ in range(kills))
    async with TaskGroup() as group:
        for moment in moments:
            await office.has_sent(moment)
            assert len(office.accepted()) < texts, "there is nothing left to cut off"
            for _ in range(len(who) // kills):
                group.create_task(members.say(who.pop(), chance.choice(["STOP", "band karo"])))
            reporting = group.create_task(members.report("sent", "delivered"))
            await asyncio.sleep(chance.uniform(0.05, 0.3))
            await office.kill("server")
            members.url = await office.serve()
            await reporting


async def nobody_heard_more_than_they_wanted(office: Office, members: Members, words: str) -> None:
    """Each phone once; who stopped got one confirmation and no text that was claimed later."""
    accepted = Counter(one["to"] for one in office.accepted() if one["body"] == words)
    assert set(accepted.values()) == {1}
    others = Counter(one["to"] for one in office.accepted() if one["body"] != words)
    assert others == Counter(dict.fromkeys(members.stopped_us, 1))
    assert await office.database.read(late_calls, members.stopped_us) == []
    assert await office.database.read(heard) == Counter(dict.fromkeys(members.ids, 1))
    ends = await office.states(broadcast_id=1)
    assert ends[State.DELIVERED] == sum(accepted.values())
    assert set(ends) <= {State.DELIVERED, State.CANCELLED}


@pytest.mark.slow
async def test_stops_and_receipts_hold_through_kills(database_url: str, tmp_path: Path) -> None:
    texts, kills = 600, 6
    per_second = 100 if database_url.startswith("sqlite") else 25
    async with (
        TwilioStandIn(tmp_path / "ledger", delay_ms=20_000 / per_second) as twilio,
        Office(tmp_path, database_url, twilio, per_second=per_second) as office,
    ):
        sent = await approved(office, texts)
        members = Members(office)
        if not office.is_sqlite:
            await office.worker("worker")
        await bad_day(office, members, texts, kills)
        await calm(office, 120)
        await members.report("delivered")
        await nobody_heard_more_than_they_wanted(office, members, sent.words)


async def test_a_text_whose_answer_was_cut_off_has_one_effect_however_often_it_is_brought(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with (
        TwilioStandIn(tmp_path / "ledger") as twilio,
        Office(tmp_path, sqlite_url, twilio) as office,
    ):
        await approved(office, 1)
        members = Members(office, await office.serve())
        async with TaskGroup() as group:
            group.create_task(members.say("+923640000009", "HELP"))
            await until(lambda: office.database.read(heard), within_s=30)
            await office.kill("server")
            members.url = await office.serve()
        await members.say("+923640000008", "HELP")

        def both_are_answered() -> bool:
            return len(office.accepted()) >= 2

        await until(both_are_answered, within_s=45)
        assert await office.database.read(heard) == Counter(dict.fromkeys(members.ids, 1))
        replies = Counter(one["to"] for one in office.accepted())
        assert max(replies.values()) == 1
