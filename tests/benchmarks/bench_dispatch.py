"""How fast a broadcast goes out, beside the bare Twilio client doing the same requests.

Run `python tests/benchmarks/bench_dispatch.py [sqlite|postgresql] [TEXTS]`; prints one JSON
line. The stand-in answers after 20 ms, 50 calls are in flight, SQLite runs with synchronous
FULL. Rounds of both alternate; ratios are medians of rounds.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.rest import Client

from app.channels._open import open_channel
from app.domain.broadcast import Kind
from app.domain.ports import Sends
from app.services.approve_broadcast import Approver, approve_broadcast
from app.services.dispatch_outbox import Dispatcher, Shift, Wire
from app.services.plan_broadcast import Draft, plan_broadcast
from app.store import outbox, routes
from app.store.database import Database
from app.store.routes import RouteSetting
from tests.benchmarks import ground
from tests.standins.client import ACCOUNT_SID, AUTH_TOKEN, SENDER, TwilioStandIn

IN_FLIGHT = 50
DELAY_MS = 20
ROUNDS = 3
PUBLIC = "http://127.0.0.1:1"


async def bare(stand_in: TwilioStandIn, texts: int) -> float:
    """Texts a second of the SDK alone, with the same parameters."""
    http = AsyncTwilioHttpClient(timeout=10)
    client = Client(ACCOUNT_SID, AUTH_TOKEN, http_client=http)
    client.api.base_url = stand_in.url
    left = iter(range(texts))

    async def sender() -> None:
        for n in left:
            await client.messages.create_async(
                to=f"+92364{n:07d}",
                from_=SENDER,
                body=f"Bench: Kal ijlas hai, subah 10 baje. Ref {n}",
                status_callback=f"{PUBLIC}/hooks/twilio?ref={n}.1234567",
            )

    start = time.perf_counter()
    await asyncio.gather(*(sender() for _ in range(IN_FLIGHT)))
    spent = time.perf_counter() - start
    await http.close()
    return texts / spent


async def ready(database: Database, texts: int, setting: RouteSetting) -> int:
    """An approved broadcast of so many texts, due now; gives the id of its route."""
    await ground.people_in(database, texts)
    ids = await database.write(routes.configure, [setting])
    draft = Draft("all", {"en": "Kal ijlas hai, subah 10 baje."}, Kind.URGENT, "bench", None)
    plan = await plan_broadcast(
        database, draft, catalogue=ground.catalogue(), now=datetime.now(UTC)
    )
    other = await ground.officer_in(database)
    by = Approver("other", other, plan.hash, at_once=True)
    await approve_broadcast(database, plan.id, by=by, now=datetime.now(UTC))
    return ids[setting.name]


def setting(name: str) -> RouteSetting:
    """A route without a pace of its own."""
    reaches = frozenset({"test"})
    return RouteSetting(name, "twilio", reaches, 0, "USD", IN_FLIGHT, 0, 1, 0, 0, 0)


async def send(url: str, base_url: str, route_id: int) -> None:
    """Send what is due over a wire to the stand-in, as one worker does, and return."""
    options = {**TwilioStandIn().channel_options(), "in_flight": IN_FLIGHT, "poll_s": 0}
    wire = open_channel({**options, "base_url": base_url}, public_url=PUBLIC)
    assert isinstance(wire, Sends)
    async with Database(url) as database:
        dispatcher = Dispatcher(
            database,
            [Wire(route_id, wire, IN_FLIGHT)],
            Shift(f"bench {os.getpid()}", lambda: datetime.now(UTC)),
        )
        await dispatcher.drain()
    await wire.close()


async def ours(url: str, stand_in: TwilioStandIn, texts: int) -> float:
    """Texts a second from the first claim to the last settle of one worker."""
    async with Database(url) as database:
        route_id = await ready(database, texts, setting("twilio"))
        start = time.perf_counter()
        await send(url, stand_in.url, route_id)
        spent = time.perf_counter() - start
        counts = await database.read(outbox.counts)
    assert counts["sent"] == texts, counts
    return texts / spent


async def run(kind: str, texts: int) -> dict[str, object]:
    """All rounds."""
    theirs: list[float] = []
    mine: list[float] = []
    for _ in range(ROUNDS):
        async with TwilioStandIn(delay_ms=DELAY_MS) as stand_in:
            theirs.append(await bare(stand_in, texts))
        with ground.fresh_url(kind) as url:
            async with TwilioStandIn(delay_ms=DELAY_MS) as stand_in:
                mine.append(await ours(url, stand_in, texts))
    ratios = [ours / bare for ours, bare in zip(mine, theirs, strict=True)]
    return ground.rounded(
        {
            "database": kind,
            "texts": texts,
            "bare_per_s": ground.median(theirs),
            "ours_per_s": ground.median(mine),
            "ratio": ground.median(ratios),
        }
    )


def main(arguments: Sequence[str]) -> None:
    """Print one line."""
    kind = arguments[0] if arguments else "sqlite"
    texts = int(arguments[1]) if len(arguments) > 1 else 5_000
    print(json.dumps(asyncio.run(run(kind, texts))))


if __name__ == "__main__":
    main(sys.argv[1:])
