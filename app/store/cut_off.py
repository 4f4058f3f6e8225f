"""Units without a road: how many people of an audience live where winter has closed the pass."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from app.store.audience_where import Whom
from app.store.people import person
from app.store.units import unit


def is_cut_off(today: date) -> ColumnElement[bool]:
    """Whether a unit has no road today; that time of the year may end in the next one."""
    day = today.month * 100 + today.day
    begun, lasts = unit.c.cut_from <= day, unit.c.cut_until >= day
    is_within_a_year = unit.c.cut_from <= unit.c.cut_until
    return and_(
        unit.c.cut_from != 0,
        or_(and_(is_within_a_year, begun, lasts), and_(~is_within_a_year, or_(begun, lasts))),
    )


def people_cut_off(conn: Connection, whom: Whom) -> int:
    """How many of these people live in a unit that is cut off, or below one."""
    cut = (unit.c.network_id == whom.network_id, is_cut_off(whom.today))
    if conn.execute(select(unit.c.id).where(*cut).limit(1)).first() is None:
        return 0
    tree: Any = select(unit.c.id).where(*cut).cte("cut_off", recursive=True)
    below = tree.union(select(unit.c.id).join(tree, unit.c.parent_id == tree.c.id))
    statement = select(func.count()).where(
        person.c.network_id == whom.network_id,
        person.c.unit_id.in_(select(below.c.id)),
        whom.belongs(),
    )
    return int(conn.execute(statement).scalar_one())
