"""Reports of problems as tests speak of them: who texts, what stands in the tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.domain.permissions import Post
from app.services.change_ticket import Hand
from app.store import journal, seats
from app.store.inbound import inbound
from app.store.tickets import ticket, ticket_step
from tests.factories import Office, person
from tests.services.phones import put_on


def _rows(conn: Connection, table: Any) -> Sequence[Any]:
    return conn.execute(select(table).order_by(table.c.id)).all()


@dataclass
class Reports:
    office: Office

    async def known(self, n: int = 1, name: str = "Gul Bano", **cells: str) -> int:
        """Somebody on the list with that phone."""
        await self.office.people(person(name, n, **cells))
        return await self.office.database.read(_person, name)

    async def holds(self, post: str, n: int, name: str) -> int:
        person_id = await self.known(n, name)
        values = {"network_id": self.office.id, "person_id": person_id, "body": "EC", "post": post}
        await self.office.database.write(seats.put, values)
        return person_id

    async def shares(self, n: int, *names: str) -> list[int]:
        return [await put_on(self.office, n, name) for name in names]

    async def all(self) -> Sequence[Any]:
        return await self.office.database.read(_rows, ticket)

    async def steps(self) -> list[str]:
        return [row.step for row in await self.office.database.read(_rows, ticket_step)]

    async def heard(self) -> Sequence[Any]:
        return await self.office.database.read(_rows, inbound)

    async def journal(self) -> list[str]:
        return [row.action for row in await self.office.database.read(_rows, journal.journal)]

    def hand(self, post: Post = Post.GENERAL_SECRETARY, now: datetime | None = None) -> Hand:
        return Hand(self.office.id, "Nusrat", now or self.office.now, post)

    async def bodies(self) -> list[str]:
        return [row.body for row in await self.office.texts() if row.body]


def _person(conn: Connection, name: str) -> int:
    from app.store.people import person as people

    return int(conn.execute(select(people.c.id).where(people.c.name == name)).scalar_one())
