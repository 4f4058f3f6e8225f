"""The figures of bodies: seats and women, terms that end, who holds offices twice."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, case, func, select

from app.domain.institution import EXECUTIVE, GENERAL_BODY, MEMBER
from app.store.people import person
from app.store.seats import seat
from app.store.units import unit


def filled(conn: Connection, network_id: int) -> Mapping[str, tuple[int, int]]:
    """For each body how many seats are held now, and how many of them by women."""
    women = func.sum(case((person.c.sex == "f", 1), else_=0)).label("women")
    statement = (
        select(seat.c.body, func.count().label("n"), women)
        .join(person, person.c.id == seat.c.person_id)
        .where(seat.c.network_id == network_id, seat.c.left_on.is_(None))
        .group_by(seat.c.body)
    )
    return {row.body: (row.n, int(row.women)) for row in conn.execute(statement)}


def ending(conn: Connection, network_id: int, until: date, limit: int) -> list[int]:
    """The seats held now whose term ends on that day or before, the earliest first."""
    statement = (
        select(seat.c.id)
        .where(seat.c.network_id == network_id, seat.c.left_on.is_(None), seat.c.ends_on <= until)
        .order_by(seat.c.ends_on, seat.c.id)
        .limit(limit)
    )
    return list(conn.execute(statement).scalars())


def offices_twice(conn: Connection, network_id: int) -> Sequence[Any]:
    """The offices of everybody who holds more than one now, by person."""
    is_office = and_(
        seat.c.network_id == network_id,
        seat.c.left_on.is_(None),
        seat.c.post.not_in(("", MEMBER)),
    )
    several = (
        select(seat.c.person_id)
        .where(is_office)
        .group_by(seat.c.person_id)
        .having(func.count() > 1)
    )
    statement = (
        select(
            seat.c.id,
            seat.c.person_id,
            seat.c.body,
            seat.c.post,
            seat.c.local_post,
            person.c.name,
            person.c.local_name,
            unit.c.kind,
            unit.c.name.label("unit_name"),
        )
        .join(person, person.c.id == seat.c.person_id)
        .outerjoin(unit, unit.c.id == seat.c.unit_id)
        .where(is_office, seat.c.person_id.in_(several))
        .order_by(person.c.name_key, seat.c.person_id, seat.c.id)
    )
    return conn.execute(statement).all()


def executives_outside(conn: Connection, network_id: int) -> Sequence[Any]:
    """Who sits in the Executive Committee without a seat in the General Body: id, names."""
    other = seat.alias("other")
    is_in_general_body = (
        select(other.c.id)
        .where(
            other.c.person_id == seat.c.person_id,
            other.c.body == GENERAL_BODY,
            other.c.left_on.is_(None),
        )
        .exists()
    )
    statement = (
        select(person.c.id, person.c.name, person.c.local_name)
        .join(seat, seat.c.person_id == person.c.id)
        .where(
            seat.c.network_id == network_id,
            seat.c.body == EXECUTIVE,
            seat.c.left_on.is_(None),
            ~is_in_general_body,
        )
        .distinct()
        .order_by(person.c.name, person.c.id)
    )
    return conn.execute(statement).all()
