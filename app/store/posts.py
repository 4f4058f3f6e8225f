"""Posts as they are shown: who holds them, over which phone, and which are empty."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, case, func, or_, select

from app.domain.institution import GENERAL_BODY, OFFICERS, OUTSIDE_BODY
from app.store.addresses import address
from app.store.people import DENIED, person, person_address
from app.store.seats import seat
from app.store.units import unit


def _lines() -> Select[Any]:
    return (
        select(
            seat,
            person.c.name,
            person.c.local_name,
            person.c.sex,
            person.c.language,
            unit.c.kind,
            unit.c.name.label("unit_name"),
            unit.c.local_name.label("local_unit"),
        )
        .join(person, person.c.id == seat.c.person_id)
        .outerjoin(unit, unit.c.id == seat.c.unit_id)
        .order_by(seat.c.id)
    )


def held(
    conn: Connection,
    network_id: int,
    *,
    unit_id: int | None = None,
    bodies: Collection[str] = (),
) -> Sequence[Any]:
    """The seats held now, with holder and unit: all, of one unit, of these bodies.

    With a unit and bodies, the unit's own seats and all of these bodies.
    """
    statement = _lines().where(seat.c.network_id == network_id, seat.c.left_on.is_(None))
    wanted: list[ColumnElement[bool]] = []
    if unit_id is not None:
        wanted.append(seat.c.unit_id == unit_id)
    if bodies:
        wanted.append(seat.c.body.in_(list(bodies)))
    if wanted:
        statement = statement.where(or_(*wanted))
    return conn.execute(statement).all()


def these(conn: Connection, network_id: int, seat_ids: Collection[int]) -> Sequence[Any]:
    """These of the seats that are held now, with holder and unit."""
    statement = _lines().where(
        seat.c.network_id == network_id,
        seat.c.left_on.is_(None),
        seat.c.id.in_(bindparam("ids", expanding=True)),
    )
    return conn.execute(statement, {"ids": list(seat_ids)}).all()


def phones(
    conn: Connection, person_ids: Collection[int], *, is_private: bool = False
) -> Mapping[int, Any]:
    """For each of these people the address at which the office reaches them best.

    One that can be texted and has agreed comes first, then their own, then the oldest. One of
    which somebody said that it is not theirs never counts; with `is_private` only those to which
    private words may go.
    """
    statement = (
        select(
            person_address.c.person_id,
            person_address.c.address_id,
            person_address.c.whose,
            person_address.c.is_private,
            address.c.kind,
            address.c.msisdn,
            address.c.reach,
            address.c.standing,
            address.c.language,
        )
        .join(address, address.c.id == person_address.c.address_id)
        .where(
            person_address.c.person_id.in_(bindparam("ids", expanding=True)),
            person_address.c.whose != DENIED,
        )
        .order_by(
            person_address.c.person_id,
            case((address.c.kind == "msisdn", 0), else_=1),
            case((address.c.reach.in_(("none", "held")), 1), else_=0),
            case((address.c.standing == "active", 0), (address.c.standing == "wrong", 2), else_=1),
            case((person_address.c.whose == "own", 0), else_=1),
            person_address.c.address_id,
        )
    )
    if is_private:
        statement = statement.where(person_address.c.is_private, person_address.c.whose != "office")
    found: dict[int, Any] = {}
    for row in conn.execute(statement, {"ids": list(person_ids)}):
        found.setdefault(row.person_id, row)
    return found


def units_with_offices(
    conn: Connection, network_id: int, unit_id: int | None = None
) -> Sequence[Any]:
    """The units of the tree whose officers ought to be known: all but those that lapsed."""
    tiers = [kind for kind, posts in OFFICERS.items() if posts]
    statement = select(unit.c.id, unit.c.kind, unit.c.name, unit.c.local_name, unit.c.status).where(
        unit.c.network_id == network_id, unit.c.kind.in_(tiers), unit.c.status != "lapsed"
    )
    if unit_id is not None:
        statement = statement.where(unit.c.id == unit_id)
    return conn.execute(statement.order_by(unit.c.name_key, unit.c.id)).all()


def offices_held(
    conn: Connection, network_id: int, unit_id: int | None = None
) -> set[tuple[int, str, str]]:
    """The (unit, body, office) that somebody holds now in units of the tree."""
    statement = select(seat.c.unit_id, seat.c.body, seat.c.post).where(
        seat.c.network_id == network_id,
        seat.c.left_on.is_(None),
        seat.c.body.in_(list(OFFICERS)),
    )
    if unit_id is not None:
        statement = statement.where(seat.c.unit_id == unit_id)
    return {(row.unit_id, row.body, row.post) for row in conn.execute(statement)}


def nominated(conn: Connection, network_id: int) -> Mapping[int, int]:
    """How many General Body seats of each LSO are held now."""
    statement = (
        select(seat.c.unit_id, func.count().label("n"))
        .where(
            seat.c.network_id == network_id,
            seat.c.body == GENERAL_BODY,
            seat.c.left_on.is_(None),
            seat.c.unit_id.is_not(None),
        )
        .group_by(seat.c.unit_id)
    )
    return {row.unit_id: row.n for row in conn.execute(statement)}


def emptied_outside(conn: Connection, network_id: int, unit_id: int | None = None) -> Sequence[Any]:
    """Posts of outside bodies whose last holder left and that nobody holds now."""
    now = seat.alias("now")
    is_held = (
        select(now.c.id)
        .where(
            now.c.unit_id == seat.c.unit_id,
            now.c.body == OUTSIDE_BODY,
            now.c.post == seat.c.post,
            now.c.left_on.is_(None),
        )
        .exists()
    )
    last = func.max(seat.c.left_on).label("left_on")
    statement = (
        select(
            seat.c.unit_id,
            seat.c.post,
            func.max(seat.c.local_post).label("local_post"),
            last,
            unit.c.kind,
            unit.c.name.label("unit_name"),
            unit.c.local_name.label("local_unit"),
        )
        .join(unit, unit.c.id == seat.c.unit_id)
        .where(
            seat.c.network_id == network_id,
            seat.c.body == OUTSIDE_BODY,
            seat.c.left_on.is_not(None),
            seat.c.post != "",
            ~is_held,
        )
        .group_by(seat.c.unit_id, seat.c.post, unit.c.kind, unit.c.name, unit.c.local_name)
        .order_by(unit.c.name, seat.c.post)
    )
    if unit_id is not None:
        statement = statement.where(seat.c.unit_id == unit_id)
    return conn.execute(statement).all()


def last_holder(conn: Connection, unit_id: int, post: str) -> int | None:
    """Who held that post of an outside body last and left it."""
    statement = (
        select(seat.c.person_id)
        .where(
            and_(seat.c.unit_id == unit_id, seat.c.body == OUTSIDE_BODY, seat.c.post == post),
            seat.c.left_on.is_not(None),
        )
        .order_by(seat.c.left_on.desc(), seat.c.id.desc())
        .limit(1)
    )
    return conn.execute(statement).scalar_one_or_none()


def people_named(conn: Connection, network_id: int, key: str, limit: int) -> Sequence[Any]:
    """People in whose name, either one, a word begins like the key (a `name_key`)."""
    like = key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    fits = or_(
        *(
            column.like(pattern, escape="\\")
            for column in (person.c.name_key, person.c.local_key)
            for pattern in (f"{like}%", f"% {like}%")
        )
    )
    statement = (
        select(
            person.c.id,
            person.c.name,
            person.c.local_name,
            unit.c.kind,
            unit.c.name.label("unit_name"),
        )
        .outerjoin(unit, unit.c.id == person.c.unit_id)
        .where(person.c.network_id == network_id, fits)
        .order_by(person.c.name_key, person.c.id)
        .limit(limit)
    )
    return conn.execute(statement).all()
