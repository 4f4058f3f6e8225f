"""The ground that the benchmarks stand on: a network with many people, databases, a stop-watch."""

import contextlib
import os
import statistics
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import insert

from app.catalogue import Catalogue
from app.services.create_network import NewNetwork, create_network
from app.store import accounts, addresses, migrate, people, routes
from app.store.database import Connection, Database
from tests import postgres

NOON = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
CHUNK = 5_000


def now() -> datetime:
    """The host's clock."""
    return datetime.now(UTC)


@contextlib.contextmanager
def fresh_url(kind: str) -> Iterator[str]:
    """The address of an empty migrated database: `sqlite` (FULL) or `postgresql` (fsync on)."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder:
            url = f"sqlite:///{folder}/munadi.db"
            migrate.upgrade(url)
            yield url
        return
    with postgres.running(durable=True) as server, server.database() as url:
        migrate.upgrade(url)
        yield url


def catalogue() -> Catalogue:
    """The shipped words."""
    return Catalogue.load(Path(__file__).parents[2] / "message_templates")


async def people_in(database: Database, number: int, *, prefix: str = "+92364") -> int:
    """A network with so many active members, a phone each; gives its id."""
    new = NewNetwork(
        slug="bench",
        name="Bench",
        language="en",
        short_names={"en": "Bench"},
        quiet_from=time(0),
        quiet_until=time(0),
    )
    network_id = await create_network(database, new, by="bench", now=NOON)
    for first in range(0, number, CHUNK):
        members = range(first, min(first + CHUNK, number))
        await database.write(_add_people, network_id, members, prefix)
    return network_id


def _add_people(conn: Connection, network_id: int, members: range, prefix: str) -> None:
    base = {"network_id": network_id}
    ids = [one + 1 for one in members]
    conn.execute(
        insert(people.person),
        [{**base, "id": id, "name": f"Member {id}", "language": "en"} for id in ids],
    )
    conn.execute(
        insert(addresses.address),
        [
            {
                **base,
                "id": id,
                "msisdn": f"{prefix}{id:07d}",
                "reach": "test",
                "standing": "active",
                "created_at": NOON,
            }
            for id in ids
        ],
    )
    conn.execute(insert(people.person_address), [{"person_id": id, "address_id": id} for id in ids])


def wire(name: str, kind: str, reach: str, price_micro: int) -> routes.RouteSetting:
    """A wire to that reach without a pace of its own."""
    reaches = frozenset({reach})
    return routes.RouteSetting(name, kind, reaches, price_micro, "PKR", 1, 0, 1, 0, 0, 0)


async def officer_in(database: Database) -> int:
    """Somebody who may approve what another wrote; gives the id of the account."""
    values = {"name": "other", "post": "president", "token_hash": "bench", "created_at": NOON}
    return await database.write(accounts.add, values)


def median(values: Sequence[float]) -> float:
    """The middle of the rounds."""
    return statistics.median(values)


@contextlib.asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """A database, closed at the end."""
    async with Database(url) as database:
        yield database


def rounded(values: dict[str, Any]) -> dict[str, Any]:
    """Figures short enough to read."""
    return {k: round(v, 3) if isinstance(v, float) else v for k, v in values.items()}
