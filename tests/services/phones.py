"""Puts people on phones for tests of conversations: as the office links them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, select, update

from app.store import addresses, people
from app.store.addresses import address
from app.store.database import Connection
from app.store.joining import join_request
from app.store.people import person_address
from app.store.seats import seat
from tests.factories import Office, number


async def put_on(office: Office, n: int, *names: str, language: str = "ur-Latn") -> list[int]:
    """Let these people be on the n-th phone, which has agreed to messages; gives their ids."""

    def put(conn: Connection) -> list[int]:
        phone = addresses.ensure_address(conn, office.id, number(n), "demo", office.now)
        addresses.record_standing(
            conn, office.id, [phone.id], "active", source="office", at=office.now
        )
        ids = []
        for name in names:
            values = {"network_id": office.id, "name": name, "language": language}
            ids.append(people.add_person(conn, values))
            people.link_address(conn, ids[-1], phone.id, is_shared=len(names) > 1)
        return ids

    return await office.database.write(put)


async def seat_all(office: Office, *people_ids: int) -> int:
    """Let these people be on the Executive Committee, which meets in three days; the meeting."""
    rows = [{"network_id": office.id, "person_id": one, "body": "EC"} for one in people_ids]
    await office.database.write(lambda conn: conn.execute(insert(seat), rows))
    return await office.meeting(15, at=office.now + timedelta(days=3))


async def phone_of(office: Office, n: int) -> Any:
    """The n-th phone as it is stored."""
    wanted = select(address).where(address.c.network_id == office.id, address.c.msisdn == number(n))
    return await office.database.read(lambda conn: conn.execute(wanted).one())


async def links_of(office: Office, n: int) -> Sequence[Any]:
    """Who is on the n-th phone, with whose it is."""
    wanted = (
        select(person_address)
        .join(address, address.c.id == person_address.c.address_id)
        .where(address.c.network_id == office.id, address.c.msisdn == number(n))
        .order_by(person_address.c.person_id)
    )
    return await office.database.read(lambda conn: conn.execute(wanted).all())


async def requests(office: Office) -> Sequence[Any]:
    """All requests to join, oldest first."""
    mine = select(join_request).where(join_request.c.network_id == office.id)
    return await office.database.read(
        lambda conn: conn.execute(mine.order_by(join_request.c.id)).all()
    )


async def set_standing(office: Office, n: int, standing: str) -> None:
    """Let the n-th phone stand so."""
    change = update(address).where(address.c.msisdn == number(n)).values(standing=standing)
    await office.database.write(lambda conn: conn.execute(change))
