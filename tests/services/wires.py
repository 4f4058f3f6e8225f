"""Wires made for the tests of the dispatcher, and the office they send for."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.domain.messages import Lane, Mt, Sent, State
from app.domain.ports import Capability
from app.services.create_network import NewNetwork, create_network
from app.services.dispatch_outbox import Dispatcher, Patience, Shift, Wire
from app.services.give_way import RightOfWay
from app.store import addresses, broadcasts, routes
from app.store.database import Database
from app.store.outbox import attempt, outbox
from app.store.routes import RouteSetting

NOON = datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
"""Saturday noon in Karachi."""
SWIFT = Patience(call_s=0.2, lease_s=5.0)

Answer = Callable[[Mt], Awaitable[Sent]]


@dataclass
class ToldWire:
    """A wire that does what `answer` says, and remembers what it was asked."""

    answer: Answer
    name: str = "told"
    capability: Capability = field(
        default_factory=lambda: Capability(frozenset({"test"}), reports=True, looks_up=False)
    )
    seen: list[Mt] = field(default_factory=list)
    under_way: int = 0
    most_at_once: int = 0

    async def send(self, mt: Mt) -> Sent:
        """Hand one text over."""
        self.seen.append(mt)
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        try:
            return await self.answer(mt)
        finally:
            self.under_way -= 1

    async def close(self) -> None:
        """Nothing to give back."""


async def accept(mt: Mt) -> Sent:
    """Say yes at once, under an id of the gateway."""
    return Sent(f"gw-{mt.ref}")


async def accept_soon(mt: Mt) -> Sent:
    """Say yes after others had their turn."""
    await asyncio.sleep(0.01)
    return await accept(mt)


def always(error: Exception) -> Answer:
    """Fail every time in the same way."""

    async def answer(_mt: Mt) -> Sent:
        raise error

    return answer


def first(then: Exception, *more: Exception, at_last: Answer = accept) -> Answer:
    """Fail in these ways, one after the other, then answer properly."""
    left = [then, *more]

    async def answer(mt: Mt) -> Sent:
        if left:
            raise left.pop(0)
        return await at_last(mt)

    return answer


@dataclass
class Clock:
    """A clock that goes when it is told to."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def go(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self.at += timedelta(seconds=seconds)


@dataclass
class Office:
    """A network with one route per wire, and what its outbox holds."""

    database: Database
    network_id: int
    clock: Clock = field(default_factory=Clock)
    route_ids: Mapping[str, int] = field(default_factory=dict)

    async def routes(self, *names: str, **more: Any) -> None:
        """Configure routes of these names."""
        settings = [_setting(name, **more) for name in names]
        self.route_ids = await self.database.write(routes.configure, settings)

    async def queue(self, count: int = 1, *, route: str = "told", **more: Any) -> list[int]:
        """Put texts to as many numbers into the outbox; gives their ids."""
        values = {"route_id": self.route_ids[route], "network_id": self.network_id, **more}
        return await self.database.write(_queue, count, values, self.clock())

    def dispatcher(self, *wires: ToldWire, in_flight: int = 4, **more: Any) -> Dispatcher:
        """A dispatcher of this office over these wires."""
        return Dispatcher(
            self.database,
            [Wire(self.route_ids[wire.name], wire, in_flight) for wire in wires],
            Shift(
                more.pop("worker", "me"),
                self.clock,
                more.pop("patience", SWIFT),
                more.pop("right_of_way", RightOfWay()),
            ),
        )

    async def send(self, *wires: ToldWire, **more: Any) -> None:
        """Send what is due now and settle it."""
        async with asyncio.timeout(20):
            await self.dispatcher(*wires, **more).drain()

    async def rows(self) -> list[Any]:
        """All texts, in the order of their ids."""
        return await self.database.read(_rows)

    async def states(self) -> list[str]:
        """The states of all texts, in the order of their ids."""
        return [row.state for row in await self.rows()]

    async def attempts(self) -> list[Any]:
        """All tries, in order."""
        return await self.database.read(_attempts)

    async def change(self, outbox_id: int, **values: Any) -> None:
        """Put a text into a state that would take long to come to."""
        await self.database.write(_change, outbox_id, values)

    async def stand(self, outbox_id: int, standing: str) -> None:
        """Let the number of a text take a stand while that text is on its way."""
        await self.database.write(_stand, outbox_id, standing)

    async def broadcast(self, state: str) -> int:
        """A broadcast in a state, without words or plan; gives its id."""
        values = {
            "network_id": self.network_id,
            "ref": 1,
            "kind": "notice",
            "state": state,
            "audience": "all",
            "created_at": self.clock(),
        }
        words = {"language": "en", "body": "Text", "encoding": "GSM-7", "segments": 1}
        return await self.database.write(broadcasts.add, values, [words])

    async def route(self, name: str = "told") -> Any:
        """The row of a route."""
        return await self.database.read(routes.by_name, name)


@asynccontextmanager
async def working(office: Office, *wires: ToldWire, **more: Any) -> AsyncIterator[Dispatcher]:
    """A dispatcher that runs beside the test and is stopped at its end."""
    dispatcher = office.dispatcher(*wires, **more)
    running = asyncio.create_task(dispatcher.run())
    try:
        yield dispatcher
    finally:
        dispatcher.stop()
        async with asyncio.timeout(20):
            await running


@asynccontextmanager
async def opened(url: str, clock: Clock | None = None) -> AsyncIterator[Office]:
    """An office on a fresh database with the one route `told`."""
    clock = clock or Clock()
    new = NewNetwork(slug="mirkhai", name="Mirkhai", quiet_from=time(20, 0), quiet_until=time(9, 0))
    async with Database(url) as database:
        network_id = await create_network(database, new, by="t", now=clock())
        office = Office(database, network_id, clock)
        await office.routes("told")
        yield office


async def becomes(is_so: Callable[[], Awaitable[Any]], within_s: float = 10.0) -> Any:
    """Wait until it is so; gives what made it so."""
    async with asyncio.timeout(within_s):
        while True:
            if found := await is_so():
                return found
            await asyncio.sleep(0.005)


def _setting(name: str, **more: Any) -> RouteSetting:
    values: dict[str, Any] = {
        "name": name,
        "kind": "simulator",
        "reaches": frozenset({"test"}),
        "price_micro": 0,
        "currency": "PKR",
        "in_flight": 4,
        "interval_us": 0,
        "burst": 1,
        "per_window": 0,
        "window_us": 0,
        "per_day": 0,
    }
    return RouteSetting(**(values | more))


def _queue(conn: Connection, count: int, values: Mapping[str, Any], now: datetime) -> list[int]:
    values = dict(values)
    same = values.pop("to", "")
    standing = values.pop("standing", "active")
    last = len(conn.execute(select(outbox.c.id)).all())
    numbers = [same or f"+92364{last + n:07d}" for n in range(count)]
    addresses.add_addresses(
        conn,
        [
            {
                "network_id": values["network_id"],
                "msisdn": number,
                "reach": "test",
                "standing": standing,
                "created_at": now,
            }
            for number in dict.fromkeys(numbers)
        ],
    )
    found = addresses.addresses_of(conn, values["network_id"], numbers)
    rows = [
        {
            "address_id": found[number].id,
            "dedupe_key": f"t{last + n}",
            "lane": int(Lane.BULK),
            "body": f"Text {last + n}",
            "state": State.QUEUED.value,
            "due_at": now,
            "created_at": now,
            "updated_at": now,
            **values,
        }
        for n, number in enumerate(numbers)
    ]
    conn.execute(insert(outbox), rows)
    ids = list(conn.execute(select(outbox.c.id).order_by(outbox.c.id)).scalars())
    return ids[-count:]


def _rows(conn: Connection) -> list[Any]:
    return list(conn.execute(select(outbox).order_by(outbox.c.id)).all())


def _attempts(conn: Connection) -> list[Any]:
    statement = select(attempt).order_by(attempt.c.outbox_id, attempt.c.no)
    return list(conn.execute(statement).all())


def _change(conn: Connection, outbox_id: int, values: Mapping[str, Any]) -> None:
    conn.execute(update(outbox).where(outbox.c.id == outbox_id).values(**values))


def _stand(conn: Connection, outbox_id: int, standing: str) -> None:
    of_text = select(outbox.c.address_id).where(outbox.c.id == outbox_id).scalar_subquery()
    table = addresses.address
    conn.execute(update(table).where(table.c.id == of_text).values(standing=standing))


def calls_of(attempts: Sequence[Any]) -> list[str]:
    """The outcomes of tries, in order."""
    return [one.outcome for one in attempts]
