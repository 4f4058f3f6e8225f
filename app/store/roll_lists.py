"""People on a printed list: officers of a unit, a body, a group, a part of the tree."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from app.store.groups import membership, people_group
from app.store.people import person
from app.store.schema import unindexed
from app.store.seats import body, seat
from app.store.unit_tree import below
from app.store.units import unit

_PERSON = (
    person.c.id.label("person_id"),
    person.c.name,
    person.c.local_name,
    person.c.sex,
    person.c.rank,
)
_PLACE = (
    unit.c.id.label("unit_id"),
    unit.c.kind.label("unit_kind"),
    unit.c.name.label("unit_name"),
    unit.c.local_name.label("local_unit"),
    unit.c.place,
    unit.c.local_place,
)


def _seated(network_id: int) -> Select[Any]:
    return (
        select(*_PERSON, *_PLACE, seat.c.body, seat.c.post, seat.c.local_post)
        .select_from(seat)
        .join(person, person.c.id == seat.c.person_id)
        .outerjoin(unit, unit.c.id == func.coalesce(seat.c.unit_id, person.c.unit_id))
        .where(unindexed(seat.c.network_id) == network_id, seat.c.left_on.is_(None))
        .order_by(unit.c.name_key, seat.c.unit_id, seat.c.id)
    )


def officers(conn: Connection, network_id: int, unit_id: int, limit: int) -> Sequence[Any]:
    """Who holds an office of this unit or of one under it: bodies called like its tier."""
    under = below(unit_id)
    statement = _seated(network_id).where(
        seat.c.unit_id.in_(select(under.c.id)), or_(seat.c.body == unit.c.kind, _is_outside())
    )
    return conn.execute(statement.limit(limit)).all()


def _is_outside() -> ColumnElement[bool]:
    return seat.c.body == "OUT"


def of_body(conn: Connection, network_id: int, code: str, limit: int) -> Sequence[Any]:
    """Who sits in this body."""
    statement = _seated(network_id).where(seat.c.body == code)
    return conn.execute(statement.limit(limit)).all()


def of_group(conn: Connection, network_id: int, group_id: int, limit: int) -> Sequence[Any]:
    """Who is in this group."""
    statement = (
        select(*_PERSON, *_PLACE, membership.c.skill)
        .select_from(membership)
        .join(people_group, people_group.c.id == membership.c.group_id)
        .join(person, person.c.id == membership.c.person_id)
        .outerjoin(unit, unit.c.id == person.c.unit_id)
        .where(people_group.c.network_id == network_id, membership.c.group_id == group_id)
        .order_by(unit.c.name_key, person.c.name_key, person.c.id)
    )
    return conn.execute(statement.limit(limit)).all()


def of_unit(conn: Connection, network_id: int, unit_id: int, limit: int) -> Sequence[Any]:
    """The people of this unit and of all under it."""
    under = below(unit_id)
    statement = (
        select(*_PERSON, *_PLACE)
        .select_from(person)
        .join(unit, unit.c.id == person.c.unit_id)
        .where(
            unindexed(person.c.network_id) == network_id,
            person.c.unit_id.in_(select(under.c.id)),
        )
        .order_by(unit.c.name_key, unit.c.id, person.c.rank, person.c.name_key, person.c.id)
    )
    return conn.execute(statement.limit(limit)).all()


def bodies(conn: Connection, network_id: int) -> Sequence[Any]:
    """The bodies of the network itself: code, name, local_name."""
    statement = select(body.c.code, body.c.name, body.c.local_name).where(
        body.c.network_id == network_id
    )
    return conn.execute(statement.order_by(body.c.id)).all()


def big_units(conn: Connection, network_id: int, limit: int) -> Sequence[Any]:
    """The LSON and its LSOs, by name."""
    statement = (
        select(unit.c.id, unit.c.kind, unit.c.name, unit.c.local_name)
        .where(unindexed(unit.c.network_id) == network_id, unit.c.kind.in_(("LSON", "LSO")))
        .order_by(unit.c.kind.desc(), unit.c.name_key)
    )
    return conn.execute(statement.limit(limit)).all()
