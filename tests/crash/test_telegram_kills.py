"""kill -9 while Telegram is asked for texts: each is stored once, and answered once."""

import asyncio
import random
import sys
from asyncio.subprocess import PIPE
from collections import Counter
from datetime import UTC, datetime

from sqlalchemy import select

from app.store.database import Database
from app.store.inbound import inbound
from app.store.outbox import outbox
from tests.channels.telegram_bench import message
from tests.crash.office import SEED
from tests.factories import Office, wire
from tests.standins.telegram import BOT_ID, TelegramStandIn

TEXTS, KILLS = 600, 6
CHATS = 300


async def listen(url: str, telegram: TelegramStandIn, kill_after_s: float | None) -> None:
    """One life of the process: until it is killed, or until nothing is left to hear."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.crash.listen", url, telegram.url, stdout=PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"listening\n"
    try:
        if kill_after_s is not None:
            await asyncio.sleep(kill_after_s)
            return
        await telegram.until(lambda: not telegram.waiting, 60.0)
    finally:
        process.kill()
        await process.communicate()


async def test_each_text_is_stored_and_answered_once_however_often_the_listener_is_killed(
    database_url: str,
) -> None:
    print(f"seed {SEED}")
    chance = random.Random(SEED)  # noqa: S311
    async with Database(database_url) as database, TelegramStandIn() as telegram:
        telegram.most_updates = 5
        office = await Office.open(database, datetime.now(UTC))
        await office.wires(wire(), wire("tg", kind="telegram", reaches=frozenset({"telegram"})))
        keys = []
        for no in range(TEXTS):
            chat = {"id": 60_000_000 + no % CHATS, "type": "private"}
            told = telegram.say(message=message(f"D14/{1 + no // CHATS}", chat))
            keys.append(f"{BOT_ID}:{told['update_id']}")
        for _ in range(KILLS):
            await listen(database_url, telegram, chance.uniform(0.0, 0.25))
        assert telegram.waiting, "it was killed before it had heard everything"
        await listen(database_url, telegram, None)
        heard = await database.read(
            lambda conn: Counter(conn.execute(select(inbound.c.external_id)).scalars())
        )
        answers = await database.read(
            lambda conn: Counter(conn.execute(select(outbox.c.inbound_id)).scalars())
        )
    assert heard == Counter(keys)
    assert set(answers.values()) == {1}
    assert telegram.wrongs == []
