"""Term notices: which terms end soon, which of them were told, and to which phones it goes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, select

from app.domain.institution import OUTSIDE_BODY
from app.store.broadcasts import broadcast, recipient
from app.store.people import person
from app.store.seats import body, seat
from app.store.units import unit


def notices_with(conn: Connection, network_id: int, keys: Collection[str]) -> Mapping[str, Any]:
    """The broadcasts that were made with these keys: their Ref and when they were approved."""
    statement = select(broadcast.c.idem_key, broadcast.c.ref, broadcast.c.approved_at).where(
        broadcast.c.network_id == network_id,
        broadcast.c.idem_key.in_(bindparam("keys", expanding=True)),
    )
    return {row.idem_key: row for row in conn.execute(statement, {"keys": list(keys)})}


def due(conn: Connection, network_id: int, today: date, until: date) -> Sequence[Any]:
    """The seats held now whose term ends from today until that day: what a notice says of each.

    Officers outside serve whom they serve; the network reminds its own.
    """
    statement = (
        select(
            seat.c.id,
            seat.c.person_id,
            seat.c.unit_id,
            seat.c.body,
            seat.c.post,
            seat.c.local_post,
            seat.c.ends_on,
            person.c.name,
            person.c.local_name,
            unit.c.kind,
            unit.c.name.label("unit_name"),
            unit.c.local_name.label("local_unit"),
            body.c.name.label("body_name"),
            body.c.local_name.label("local_body"),
        )
        .join(person, person.c.id == seat.c.person_id)
        .outerjoin(unit, unit.c.id == seat.c.unit_id)
        .outerjoin(body, and_(body.c.network_id == seat.c.network_id, body.c.code == seat.c.body))
        .where(
            seat.c.network_id == network_id,
            seat.c.left_on.is_(None),
            seat.c.body != OUTSIDE_BODY,
            seat.c.ends_on >= today,
            seat.c.ends_on <= until,
        )
        .order_by(seat.c.ends_on, seat.c.id)
    )
    return conn.execute(statement).all()


def languages(conn: Connection, person_ids: Collection[int]) -> Mapping[int, str]:
    """The language of each of these people, empty where nobody asked."""
    statement = select(person.c.id, person.c.language).where(
        person.c.id.in_(bindparam("ids", expanding=True))
    )
    return {row.id: row.language for row in conn.execute(statement, {"ids": list(person_ids)})}


def add_recipients(
    conn: Connection, broadcast_id: int, recipients: Sequence[Mapping[str, Any]]
) -> None:
    """Say to which addresses a notice goes, in which language and over which route."""
    rows = [{"broadcast_id": broadcast_id, "rank": 0, **values} for values in recipients]
    conn.execute(insert(recipient), rows)
