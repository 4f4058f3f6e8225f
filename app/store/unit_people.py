"""The people of one unit, as its page lists them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select

from app.store.addresses import address
from app.store.people import person, person_address


def first_people(conn: Connection, unit_id: int, limit: int) -> Sequence[Any]:
    """Those whose unit it is, leaders first, then by name."""
    return conn.execute(
        select(person.c.id, person.c.name, person.c.local_name, person.c.sex)
        .where(person.c.unit_id == unit_id)
        .order_by(person.c.rank, person.c.name_key, person.c.id)
        .limit(limit)
    ).all()


def first_numbers(conn: Connection, person_ids: Sequence[int]) -> Mapping[int, Any]:
    """The first phone of each of these people: `msisdn`, and `whose` it is."""
    statement = (
        select(person_address.c.person_id, address.c.msisdn, person_address.c.whose)
        .join(address, address.c.id == person_address.c.address_id)
        .where(
            person_address.c.person_id.in_(bindparam("ids", expanding=True)),
            address.c.msisdn.is_not(None),
        )
        .order_by(person_address.c.person_id, address.c.id)
    )
    found: dict[int, Any] = {}
    for row in conn.execute(statement, {"ids": list(person_ids)}):
        found.setdefault(row.person_id, row)
    return found
