"""Lists to take away, page by page: people, units, posts, members of groups, numbers, consents."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from app.store.addresses import address, consent
from app.store.groups import health_consent, membership, people_group
from app.store.people import person, person_address
from app.store.schema import unindexed
from app.store.seats import seat
from app.store.units import unit

_above = unit.alias("above")


def people(conn: Connection, network_id: int, after: int, limit: int) -> Sequence[Any]:
    """People by id."""
    statement = select(person).where(
        unindexed(person.c.network_id) == network_id, person.c.id > after
    )
    return conn.execute(statement.order_by(person.c.id).limit(limit)).all()


def phones_of(conn: Connection, person_ids: Collection[int]) -> Mapping[int, Sequence[Any]]:
    """The phones of each of these people: msisdn, reach, standing, whose."""
    statement = (
        select(
            person_address.c.person_id,
            person_address.c.whose,
            address.c.msisdn,
            address.c.reach,
            address.c.standing,
        )
        .join(address, address.c.id == person_address.c.address_id)
        .where(
            person_address.c.person_id.in_(bindparam("ids", expanding=True)),
            address.c.kind == "msisdn",
        )
        .order_by(person_address.c.person_id, person_address.c.address_id)
    )
    return _by(conn, statement, person_ids, "person_id")


def seats_of(conn: Connection, person_ids: Collection[int]) -> Mapping[int, Sequence[Any]]:
    """The seats that each of these people holds now, with the name of their unit."""
    statement = (
        select(
            seat.c.person_id,
            seat.c.body,
            seat.c.post,
            seat.c.local_post,
            seat.c.unit_id,
            unit.c.name.label("unit_name"),
        )
        .outerjoin(unit, unit.c.id == seat.c.unit_id)
        .where(
            seat.c.person_id.in_(bindparam("ids", expanding=True)),
            seat.c.left_on.is_(None),
        )
        .order_by(seat.c.person_id, seat.c.id)
    )
    return _by(conn, statement, person_ids, "person_id")


def units(conn: Connection, network_id: int, after: int, limit: int) -> Sequence[Any]:
    """Units by id with the name of the one above."""
    statement = (
        select(unit, _above.c.name.label("above_name"), _above.c.kind.label("above_kind"))
        .outerjoin(_above, _above.c.id == unit.c.parent_id)
        .where(unindexed(unit.c.network_id) == network_id, unit.c.id > after)
    )
    return conn.execute(statement.order_by(unit.c.id).limit(limit)).all()


def posts(conn: Connection, network_id: int, after: int, limit: int) -> Sequence[Any]:
    """The seats that are held now, by id, with who holds them."""
    statement = (
        select(
            seat.c.id,
            seat.c.person_id,
            seat.c.body,
            seat.c.post,
            seat.c.local_post,
            seat.c.starts_on,
            seat.c.ends_on,
            person.c.name,
            person.c.local_name,
            person.c.sex,
            unit.c.kind.label("unit_kind"),
            unit.c.name.label("unit_name"),
        )
        .join(person, person.c.id == seat.c.person_id)
        .outerjoin(unit, unit.c.id == seat.c.unit_id)
        .where(
            unindexed(seat.c.network_id) == network_id,
            seat.c.left_on.is_(None),
            seat.c.id > after,
        )
    )
    return conn.execute(statement.order_by(seat.c.id).limit(limit)).all()


def groups(conn: Connection, network_id: int) -> Sequence[Any]:
    """The groups of a network, by name."""
    statement = select(people_group).where(people_group.c.network_id == network_id)
    return conn.execute(statement.order_by(people_group.c.name_key)).all()


def members(
    conn: Connection, network_id: int, group_ids: Collection[int], after: int, limit: int
) -> Sequence[Any]:
    """Who is in these groups, by membership; a blood group only where its consent stands."""
    newest = (
        select(func.max(health_consent.c.id))
        .where(health_consent.c.person_id == membership.c.person_id)
        .correlate(membership)
        .scalar_subquery()
    )
    statement = (
        select(
            membership,
            people_group.c.name.label("group_name"),
            person.c.name,
            person.c.local_name,
            person.c.sex,
            unit.c.name.label("unit_name"),
            health_consent.c.is_given,
        )
        .join(people_group, people_group.c.id == membership.c.group_id)
        .join(person, person.c.id == membership.c.person_id)
        .outerjoin(unit, unit.c.id == person.c.unit_id)
        .outerjoin(health_consent, health_consent.c.id == newest)
        .where(
            people_group.c.network_id == network_id,
            membership.c.group_id.in_(list(group_ids)),
            membership.c.id > after,
        )
    )
    return conn.execute(statement.order_by(membership.c.id).limit(limit)).all()


def held_numbers(conn: Connection, network_id: int, after: int, limit: int) -> Sequence[Any]:
    """Numbers that somebody has to look at before they are texted, by id."""
    statement = select(address).where(
        unindexed(address.c.network_id) == network_id,
        address.c.kind == "msisdn",
        address.c.reach == "held",
        address.c.id > after,
    )
    return conn.execute(statement.order_by(address.c.id).limit(limit)).all()


def consents(conn: Connection, network_id: int, after: int, limit: int) -> Sequence[Any]:
    """Every record of a consent given or taken back, oldest first, with its number."""
    statement = (
        select(consent, address.c.msisdn, address.c.handle)
        .join(address, address.c.id == consent.c.address_id)
        .where(unindexed(consent.c.network_id) == network_id, consent.c.id > after)
    )
    return conn.execute(statement.order_by(consent.c.id).limit(limit)).all()


def people_at(conn: Connection, address_ids: Collection[int]) -> Mapping[int, Sequence[Any]]:
    """Who can be reached at each of these addresses: name, local_name, sex, unit_name."""
    statement = (
        select(
            person_address.c.address_id,
            person.c.name,
            person.c.local_name,
            person.c.sex,
            unit.c.name.label("unit_name"),
        )
        .join(person, person.c.id == person_address.c.person_id)
        .outerjoin(unit, unit.c.id == person.c.unit_id)
        .where(person_address.c.address_id.in_(bindparam("ids", expanding=True)))
        .order_by(person_address.c.address_id, person.c.id)
    )
    return _by(conn, statement, address_ids, "address_id")


def _by(
    conn: Connection, statement: Select[Any], ids: Collection[int], key: str
) -> Mapping[int, Sequence[Any]]:
    found: dict[int, list[Any]] = {}
    for row in conn.execute(statement, {"ids": list(ids)}):
        found.setdefault(getattr(row, key), []).append(row)
    return found
