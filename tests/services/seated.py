"""A small LSON for tests of posts: units, people, phones, and seats taken through the use cases."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select

from app.services.appoint import Appointment, appoint
from app.store import addresses, people
from app.store.addresses import address
from app.store.database import Connection
from app.store.journal import journal
from app.store.people import person, person_address
from app.store.seats import seat
from tests.factories import Office, number


@dataclass
class Chamber:
    """An office's units by name, and the ways to fill their posts."""

    office: Office
    lson: int
    roshni: int
    umeed: int
    dosti: int
    health: int

    @classmethod
    async def open(cls, office: Office) -> "Chamber":
        lson = await office.unit("Mirkhai", kind="LSON")
        roshni = await office.unit("Roshni", parent_id=lson, members="women", local_name="روشنی")
        umeed = await office.unit("Umeed", parent_id=lson)
        dosti = await office.unit("Dosti", kind="VO", parent_id=roshni, members="women")
        health = await office.unit("District Health Office", kind="department")
        return cls(office, lson, roshni, umeed, dosti, health)

    async def person(self, name: str, unit_id: int | None = None, **values: Any) -> int:
        row = {"network_id": self.office.id, "name": name, "unit_id": unit_id, "sex": "f"}
        return await self.office.database.write(people.add_person, {**row, **values})

    async def phone(
        self, person_id: int, n: int, *, whose: str = "own", standing: str = "active"
    ) -> int:
        """Give somebody the n-th demo number; it agreed to all texts unless said otherwise."""
        office = self.office

        def give(conn: Connection) -> int:
            row = addresses.ensure_address(conn, office.id, number(n), "demo", office.now)
            if standing != "unknown":
                addresses.record_standing(
                    conn, office.id, [row.id], standing, source="demo", at=office.now
                )
            link = {"person_id": person_id, "address_id": row.id, "whose": whose}
            conn.execute(insert(person_address).values(**link, is_private=whose == "own"))
            return int(row.id)

        return await office.database.write(give)

    async def name(self, person_id: int, unit_id: int | None, post: str = "", **more: Any) -> int:
        new = Appointment(person_id, unit_id, post, **more)
        office = self.office
        return await appoint(office.database, office.id, new, by="Nusrat", now=office.now)

    async def officer(self, name: str, unit_id: int, post: str, **more: Any) -> tuple[int, int]:
        """Somebody new in a post; gives person and seat."""
        values = {key: more.pop(key) for key in ("sex", "language", "local_name") if key in more}
        person_id = await self.person(name, unit_id, **values)
        return person_id, await self.name(person_id, unit_id, post, **more)

    async def rank(self, person_id: int) -> int:
        statement = select(person.c.rank).where(person.c.id == person_id)
        return await self.office.database.read(lambda conn: conn.execute(statement).scalar_one())

    async def seat(self, seat_id: int) -> Any:
        statement = select(seat).where(seat.c.id == seat_id)
        return await self.office.database.read(lambda conn: conn.execute(statement).one())

    async def seats(self) -> list[Any]:
        statement = select(seat).order_by(seat.c.id)
        return list(await self.office.database.read(lambda conn: conn.execute(statement).all()))

    async def phones_of(self, person_id: int) -> list[tuple[str, str]]:
        """Numbers and whose they are."""
        statement = (
            select(address.c.msisdn, person_address.c.whose)
            .join(person_address, person_address.c.address_id == address.c.id)
            .where(person_address.c.person_id == person_id)
            .order_by(address.c.msisdn)
        )
        rows = await self.office.database.read(lambda conn: conn.execute(statement).all())
        return [(row.msisdn, row.whose) for row in rows]

    async def acts(self) -> list[str]:
        """What the journal says was done, in order."""
        statement = select(journal.c.action).order_by(journal.c.id)
        return list(
            await self.office.database.read(lambda conn: conn.execute(statement).scalars().all())
        )


TODAY = date(2026, 11, 21)
"""The day of the tests' clock in Karachi."""
