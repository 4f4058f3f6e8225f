"""Units by what people call them in a sentence: their names, and the places where they are."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from app.domain.institution import TIERS
from app.domain.unit_names import keys_of
from app.store.units import unit

_HAVE_PLACES = ("LSO", "VO")


def placed(conn: Connection, network_id: int) -> Sequence[Any]:
    """The LSOs and VOs that have a place: id, kind, `place`, `local_place`."""
    return conn.execute(
        select(unit.c.id, unit.c.kind, unit.c.place, unit.c.local_place)
        .where(
            unit.c.network_id == network_id,
            unit.c.kind.in_(_HAVE_PLACES),
            or_(unit.c.place != "", unit.c.local_place != ""),
        )
        .order_by(unit.c.id)
    ).all()


def named(
    conn: Connection, network_id: int, names: Collection[str], *, are_long: bool
) -> Sequence[Any]:
    """The units of the tree that bear one of these folded names, with or without their tier.

    A single word names an LSO alone: those of VOs and COs are everyday words ("School").
    """
    keys = {key for name in names for tier in TIERS for key in keys_of(tier, name)} - {""}
    return conn.execute(
        select(unit.c.id, unit.c.kind)
        .where(
            unit.c.network_id == network_id,
            unit.c.kind.in_(TIERS if are_long else _HAVE_PLACES[:1]),
            or_(unit.c.name_key.in_(keys), unit.c.local_key.in_(keys)),
        )
        .order_by(unit.c.id)
    ).all()
