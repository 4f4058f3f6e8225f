"""Who got a publication: people by unit, when the first of each had it, and who did not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Subquery,
    and_,
    case,
    cast,
    func,
    select,
)

from app.domain.messages import State
from app.store.audience_where import Whom
from app.store.broadcasts import recipient
from app.store.outbox import outbox
from app.store.people import DENIED, person, person_address

GOT = (State.SENT, State.DELIVERED)
"""A gateway took it, or the phone or mailbox said that it has it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The broadcasts that carry a publication's words and the people whom it was meant for."""

    broadcast_ids: Sequence[int]
    whom: Whom
    is_correction: bool
    """Then it was meant for its recipients only."""

    def meant(self) -> ColumnElement[bool]:
        """Whether a person is one of those that it was meant for."""
        if not self.is_correction:
            return and_(person.c.network_id == self.whom.network_id, self.whom.belongs())
        holders = (
            select(person_address.c.person_id)
            .join(recipient, recipient.c.address_id == person_address.c.address_id)
            .where(recipient.c.broadcast_id.in_(self.broadcast_ids))
        )
        return and_(person.c.network_id == self.whom.network_id, person.c.id.in_(holders))


def _got(asked: Asked) -> Subquery:
    """Everybody on an address that has it: when the first text or mail went, and if it arrived."""
    arrived = case((outbox.c.state == State.DELIVERED.value, 1), else_=0)
    moment = func.coalesce(outbox.c.started_at, outbox.c.updated_at)
    return (
        select(
            person_address.c.person_id,
            func.min(moment, type_=outbox.c.updated_at.type).label("first_at"),
            func.max(arrived).label("arrived"),
        )
        .join(person_address, person_address.c.address_id == outbox.c.address_id)
        .where(
            outbox.c.broadcast_id.in_(asked.broadcast_ids),
            outbox.c.state.in_([state.value for state in GOT]),
            person_address.c.whose != DENIED,
        )
        .group_by(person_address.c.person_id)
        .subquery("got")
    )


def by_unit(conn: Connection, asked: Asked) -> Sequence[Any]:
    """Rows of unit_id, people, got, arrived, first_at."""
    got = _got(asked)
    return conn.execute(
        select(
            person.c.unit_id,
            func.count().label("people"),
            func.count(got.c.person_id).label("got"),
            cast(func.coalesce(func.sum(got.c.arrived), 0), Integer).label("arrived"),
            func.min(got.c.first_at, type_=outbox.c.updated_at.type).label("first_at"),
        )
        .select_from(person)
        .outerjoin(got, got.c.person_id == person.c.id)
        .where(asked.meant())
        .group_by(person.c.unit_id)
    ).all()


def missed(conn: Connection, asked: Asked, limit: int) -> Sequence[Any]:
    """The first people who have it not, leaders first (id, name, local_name, unit_id)."""
    got = _got(asked)
    return conn.execute(
        select(person.c.id, person.c.name, person.c.local_name, person.c.unit_id)
        .select_from(person)
        .outerjoin(got, got.c.person_id == person.c.id)
        .where(asked.meant(), got.c.person_id.is_(None))
        .order_by(person.c.rank, person.c.id)
        .limit(limit)
    ).all()
