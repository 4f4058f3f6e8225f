"""Instalments of interest-free loans: who pays back when. Amounts are kept on paper only."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Connection,
    Index,
    Select,
    UniqueConstraint,
    and_,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlmodel import Field

from app.store.addresses import address
from app.store.bulk import insert_new
from app.store.people import DENIED, person, person_address
from app.store.schema import Row, link, new_id, table_of
from app.store.units import unit


class Instalment(Row, table=True):
    """One day on which one person pays back a part of something."""

    __table_args__ = (
        UniqueConstraint("network_id", "person_id", "due_on", "label"),
        Index("ix_instalment_due", "network_id", "due_on"),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    person_id: int = link("person.id", index=True)
    due_on: date
    label: str = Field(max_length=30)
    """A word for what it is of; it goes into the reminder."""
    paid_on: date | None = None
    told_before_at: datetime | None = None
    """When the reminder three days before was made."""
    told_on_day_at: datetime | None = None
    created_by: str = Field(default="", max_length=80)
    created_at: datetime


instalment = table_of(Instalment)
_KEY = ("network_id", "person_id", "due_on", "label")

_FACTS = (
    *(instalment.c[name] for name in ("id", "person_id", "due_on", "label", "paid_on")),
    *(instalment.c[name] for name in ("told_before_at", "told_on_day_at")),
    person.c.name,
    person.c.local_name,
    unit.c.kind,
    unit.c.name.label("unit"),
    unit.c.local_name.label("local_unit"),
)


def _told_of(network_id: int) -> Select[Any]:
    return (
        select(*_FACTS)
        .join(person, person.c.id == instalment.c.person_id)
        .outerjoin(unit, unit.c.id == person.c.unit_id)
        .where(instalment.c.network_id == network_id)
    )


def listed(conn: Connection, network_id: int, *, since: date, limit: int) -> Sequence[Any]:
    """What is not paid yet, and what was due or paid since that day; the first due comes first."""
    wanted = or_(instalment.c.paid_on.is_(None), instalment.c.paid_on >= since)
    ordered = _told_of(network_id).where(wanted).order_by(instalment.c.due_on, instalment.c.id)
    return conn.execute(ordered.limit(limit)).all()


def get(conn: Connection, network_id: int, instalment_id: int) -> Any | None:
    """One of a network, if it is there."""
    return conn.execute(_told_of(network_id).where(instalment.c.id == instalment_id)).one_or_none()


def add(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Store instalments; one that is there already stays. Gives the ids of the new ones."""
    made = insert_new(conn, instalment, _KEY).returning(instalment.c.id)
    found = (conn.execute(made.values(**row)).scalar_one_or_none() for row in rows)
    return [one for one in found if one is not None]


def change(conn: Connection, instalment_ids: Collection[int], **values: Any) -> None:
    """Set these columns of instalments."""
    mine = instalment.c.id.in_(list(instalment_ids))
    conn.execute(update(instalment).where(mine).values(**values))


def remove(conn: Connection, instalment_id: int) -> None:
    """Take out one that was written down by mistake."""
    conn.execute(delete(instalment).where(instalment.c.id == instalment_id))


def count(conn: Connection, network_id: int) -> int:
    """How many a network has that are not paid."""
    mine = (instalment.c.network_id == network_id, instalment.c.paid_on.is_(None))
    return int(conn.execute(select(func.count()).select_from(instalment).where(*mine)).scalar_one())


def to_remind(conn: Connection, network_id: int, today: date, ahead: timedelta) -> Sequence[Any]:
    """What is due from today on up to so far ahead, is not paid and was not told of for that.

    What is due today is told on the day, what comes later once before.
    """
    on_day = and_(instalment.c.due_on == today, instalment.c.told_on_day_at.is_(None))
    before = and_(
        instalment.c.due_on > today,
        instalment.c.due_on <= today + ahead,
        instalment.c.told_before_at.is_(None),
    )
    return conn.execute(
        select(instalment)
        .where(
            instalment.c.network_id == network_id,
            instalment.c.paid_on.is_(None),
            or_(on_day, before),
        )
        .order_by(instalment.c.due_on, instalment.c.id)
    ).all()


def on_phone(conn: Connection, network_id: int, msisdn: str) -> Sequence[Any]:
    """The people on a number who do not deny it (id, name_key, local_key)."""
    return conn.execute(
        select(person.c.id, person.c.name_key, person.c.local_key)
        .join(person_address, person_address.c.person_id == person.c.id)
        .join(address, address.c.id == person_address.c.address_id)
        .where(
            address.c.network_id == network_id,
            address.c.msisdn == msisdn,
            person_address.c.whose != DENIED,
        )
        .order_by(person.c.id)
    ).all()


def named(conn: Connection, network_id: int, key: str) -> list[int]:
    """The people whose name, in one script or the other, has that key."""
    same = or_(person.c.name_key == key, person.c.local_key == key)
    mine = select(person.c.id).where(person.c.network_id == network_id, same)
    return list(conn.execute(mine.order_by(person.c.id)).scalars())


def cut(conn: Connection, person_id: int) -> None:
    """Somebody is forgotten, and with them what they pay back."""
    conn.execute(delete(instalment).where(instalment.c.person_id == person_id))


def move(conn: Connection, from_id: int, to_id: int) -> None:
    """Let them be another person's; one that both have stays once."""
    theirs = instalment.alias("theirs")
    twice = (
        select(theirs.c.id)
        .where(
            theirs.c.person_id == to_id,
            theirs.c.due_on == instalment.c.due_on,
            theirs.c.label == instalment.c.label,
        )
        .exists()
    )
    conn.execute(delete(instalment).where(instalment.c.person_id == from_id, twice))
    mine = update(instalment).where(instalment.c.person_id == from_id)
    conn.execute(mine.values(person_id=to_id))


def same(conn: Connection, row: Mapping[str, Any]) -> int:
    """The id of the one that stands there already."""
    mine = (instalment.c[name] == row[name] for name in _KEY)
    return int(conn.execute(select(instalment.c.id).where(*mine)).scalar_one())
