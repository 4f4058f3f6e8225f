"""Telegram's poll alone in a process, to be killed: `python -m tests.crash.listen DATABASE URL`."""

import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from app.channels._open import open_channel
from app.channels.telegram import Telegram
from app.domain.messages import Heard, Mo
from app.services.receive_mo import Desk, receive_mos
from app.store.database import Database
from tests.factories import catalogue, vocabulary
from tests.standins.telegram import TOKEN


async def main(database_url: str, stand_in: str) -> None:
    """Ask, store and ask again until the process ends."""
    options = {"name": "tg", "kind": "telegram", "token": TOKEN, "base_url": stand_in, "poll_s": 1}
    wire = open_channel(options, public_url="")
    assert isinstance(wire, Telegram)
    desk = Desk(catalogue(), vocabulary())
    async with Database(database_url) as database:

        async def take(heard: Sequence[Heard]) -> None:
            mos = [one for one in heard if isinstance(one, Mo)]
            await receive_mos(database, mos, desk=desk, now=datetime.now(UTC))

        sys.stdout.write("listening\n")
        sys.stdout.flush()
        await wire.run(take)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
