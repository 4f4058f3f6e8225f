"""Texts that a demo says went out long ago: no wire ever had them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, case, select, update

from app.store.addresses import address
from app.store.meetings import meeting
from app.store.outbox import outbox
from app.store.people import person, person_address
from app.store.seats import seat

LOST_EVERY = 14
"""Of so many texts one did not arrive: its phone was off for two days."""


def deliver(conn: Connection, network_id: int, at: datetime) -> None:
    """Let every text of a demo that waits have gone out at that moment."""
    is_lost = outbox.c.id % LOST_EVERY == 0
    conn.execute(
        update(outbox)
        .where(outbox.c.network_id == network_id, outbox.c.state.in_(("queued", "held")))
        .values(
            state=case((is_lost, "undelivered"), else_="delivered"),
            reason=case((is_lost, "phone off"), else_=""),
            attempts=1,
            started_at=at,
            updated_at=at,
        )
    )


def coming(conn: Connection, network_id: int, body: str, now: datetime) -> Any | None:
    """The next meeting of a body."""
    mine = and_(meeting.c.network_id == network_id, meeting.c.body == body)
    statement = select(meeting).where(mine, meeting.c.state == "planned", meeting.c.at > now)
    return conn.execute(statement.order_by(meeting.c.at).limit(1)).one_or_none()


def members(conn: Connection, network_id: int, body: str) -> Sequence[Mapping[str, Any]]:
    """Who sits in a body, each with the first phone that is a person's own."""
    statement = (
        select(person.c.id, person.c.sex, address.c.id.label("address_id"), address.c.msisdn)
        .join(seat, seat.c.person_id == person.c.id)
        .join(person_address, person_address.c.person_id == person.c.id)
        .join(address, address.c.id == person_address.c.address_id)
        .where(
            seat.c.network_id == network_id,
            seat.c.body == body,
            seat.c.left_on.is_(None),
            address.c.kind == "msisdn",
            address.c.standing == "active",
        )
        .order_by(person.c.id, address.c.id)
    )
    first: dict[int, Mapping[str, Any]] = {}
    for row in conn.execute(statement):
        first.setdefault(row.id, dict(row._mapping))
    return list(first.values())
