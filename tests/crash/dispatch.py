"""The dispatcher alone in a process, with a short lease, so that a kill is mended within seconds.

`python -m tests.crash.dispatch DATABASE_URL STAND_IN_URL CALL_S LEASE_S` works until it is killed.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime

from app.channels.twilio import Options, open
from app.domain.errors import Busy
from app.services.dispatch_outbox import Dispatcher, Patience, Shift, Wire
from app.services.resolve_uncertain import reap_leases, resolve_uncertain
from app.store import routes
from app.store.database import Connection, Database
from tests.standins.client import ACCOUNT_SID, AUTH_TOKEN, SENDER

LOOK_UP_AFTER_S = 0.5
TICK_S = 0.1


def _now() -> datetime:
    return datetime.now(UTC)


def _route(conn: Connection) -> tuple[int, int]:
    row = routes.by_name(conn, "tw")
    assert row is not None
    return row.id, row.in_flight


async def main(database_url: str, stand_in: str, call_s: float, lease_s: float) -> None:
    """Send, reap and ask until the process ends."""
    options = Options.model_validate(
        {
            "account_sid": ACCOUNT_SID,
            "auth_token": AUTH_TOKEN,
            "from": SENDER,
            "base_url": stand_in,
            "timeout_s": call_s,
            "lookup_after_s": LOOK_UP_AFTER_S,
        }
    )
    async with Database(database_url) as database:
        wire = open("tw", options, public_url="")
        route_id, in_flight = await database.read(_route)
        dispatcher = Dispatcher(
            database,
            [Wire(route_id, wire, in_flight)],
            Shift(f"test:{os.getpid()}", _now, Patience(call_s, lease_s)),
        )
        async with asyncio.TaskGroup() as group:
            group.create_task(dispatcher.run())
            sys.stdout.write("working\n")
            sys.stdout.flush()
            while True:
                await asyncio.sleep(TICK_S)
                try:
                    await reap_leases(database, now=_now())
                    if (await resolve_uncertain(database, route_id, wire, now=_now())).queued:
                        dispatcher.wake()
                except Busy:
                    continue


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4])))
