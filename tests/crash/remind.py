"""The reminders of meetings alone in a process, in chunks of a few people.

`python -m tests.crash.remind DATABASE_URL MOMENT CHUNK` makes what is due at that moment, again
and again, until it is killed.
"""

import asyncio
import sys
from datetime import datetime

from app.catalogue import Catalogue
from app.domain.errors import Busy
from app.services.remind_meetings import remind_meetings
from app.store.database import Database
from tests.crash.office import MESSAGE_TEMPLATES

TICK_S = 0.02


async def main(database_url: str, moment: datetime, chunk: int) -> None:
    """Make them until the process ends."""
    words = Catalogue.load(MESSAGE_TEMPLATES)
    async with Database(database_url) as database:
        sys.stdout.write("working\n")
        sys.stdout.flush()
        while True:
            try:
                await remind_meetings(database, catalogue=words, now=moment, chunk=chunk)
            except Busy:
                continue
            await asyncio.sleep(TICK_S)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], datetime.fromisoformat(sys.argv[2]), int(sys.argv[3])))
