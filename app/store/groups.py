"""Groups: blood donors, resource persons, interest groups, lists of a campaign; and audiences."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Index,
    UniqueConstraint,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlmodel import Field

from app.domain.names import name_key
from app.store.addresses import address
from app.store.bulk import insert_into
from app.store.people import person, person_address
from app.store.schema import Row, link, new_id, table_of
from app.store.seats import body
from app.store.units import unit

DONORS = "donors"
"""The kind of group that is about health, and therefore for few eyes."""


class PeopleGroup(Row, table=True):
    """A list of people for one purpose."""

    __tablename__ = "people_group"
    __table_args__ = (UniqueConstraint("network_id", "name_key"),)

    id: int = new_id()
    network_id: int = link("network.id")
    name: str = Field(max_length=80)
    local_name: str = Field(default="", max_length=80)
    name_key: str = Field(max_length=80)
    kind: str = Field(max_length=10)
    """`donors`, `resource`, `interest`, `campaign` or `other`."""
    ends_on: date | None = None
    """The last day of a group that was made for a time; nobody is in it afterwards."""


class Membership(Row, table=True):
    """A person in a group, with what the group knows of them."""

    __table_args__ = (
        UniqueConstraint("group_id", "person_id"),
        Index("ix_membership_person", "person_id"),
    )

    id: int = new_id()
    group_id: int = link("people_group.id")
    person_id: int = link("person.id")
    skill: str = Field(default="", max_length=60)
    """What a resource person can do: tailoring, livestock, birth attendant."""
    place: str = Field(default="", max_length=120)
    blood_group: str = Field(default="", max_length=3)
    """Only with a consent of its own (`HealthConsent`), and shown to few."""
    last_on: date | None = None
    """When a donor last gave blood."""
    joined_on: date | None = None


class HealthConsent(Row, table=True):
    """One record that a person lets the network keep their blood group, or not; append-only."""

    __tablename__ = "health_consent"
    __table_args__ = (Index("ix_health_consent_person", "person_id", "id"),)

    id: int = new_id()
    network_id: int = link("network.id")
    person_id: int = link("person.id")
    is_given: bool
    basis: str = Field(default="", max_length=200)
    recorded_by: str = Field(default="", max_length=80)
    at: datetime


class SavedAudience(Row, table=True):
    """An audience in words that bears a name."""

    __tablename__ = "saved_audience"
    __table_args__ = (UniqueConstraint("network_id", "name_key"),)

    id: int = new_id()
    network_id: int = link("network.id")
    name: str = Field(max_length=80)
    name_key: str = Field(max_length=80)
    words: str = Field(max_length=500)
    saved_by: str = Field(default="", max_length=80)
    saved_at: datetime


people_group = table_of(PeopleGroup)
membership = table_of(Membership)
health_consent = table_of(HealthConsent)
saved_audience = table_of(SavedAudience)


def add_group(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a group and give its id."""
    statement = insert(people_group).values(**_keyed(values)).returning(people_group.c.id)
    return int(conn.execute(statement).scalar_one())


def change_group(conn: Connection, group_id: int, values: Mapping[str, Any]) -> None:
    """Set these columns of a group."""
    changed = update(people_group).where(people_group.c.id == group_id)
    conn.execute(changed.values(**_keyed(values)))


def _keyed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**values, "name_key": name_key(values["name"])[:80]}


def get_group(conn: Connection, network_id: int, group_id: int) -> Any | None:
    """The group with that id, if it is that network's."""
    table = people_group.c
    statement = select(people_group).where(table.id == group_id, table.network_id == network_id)
    return conn.execute(statement).one_or_none()


def of_network(conn: Connection, network_id: int, *, with_health: bool) -> Sequence[Any]:
    """The groups of a network by name, each with the number of its members."""
    size = (
        select(func.count())
        .where(membership.c.group_id == people_group.c.id)
        .scalar_subquery()
        .label("size")
    )
    statement = select(people_group, size).where(people_group.c.network_id == network_id)
    if not with_health:
        statement = statement.where(people_group.c.kind != DONORS)
    return conn.execute(statement.order_by(people_group.c.name_key)).all()


def put_in(conn: Connection, values: Mapping[str, Any]) -> None:
    """Put a person into a group; who is in it already gets these values."""
    statement = insert_into(conn.dialect.name, membership).values(**values)
    changed = {name: values[name] for name in values.keys() - {"group_id", "person_id"}}
    key = ["group_id", "person_id"]
    conn.execute(
        statement.on_conflict_do_update(index_elements=key, set_=changed)
        if changed
        else statement.on_conflict_do_nothing(index_elements=key)
    )


def take_out(conn: Connection, group_id: int, person_id: int) -> bool:
    """Take a person out of a group; False when they were not in it."""
    gone = delete(membership).where(
        membership.c.group_id == group_id, membership.c.person_id == person_id
    )
    return conn.execute(gone).rowcount > 0


def members(
    conn: Connection, group_id: int, *, is_donors: bool, after: int, limit: int
) -> Sequence[Any]:
    """A page of a group's members behind the first `after`.

    Donors stand by blood group, and who gave longest ago, or never, comes first.
    """
    table = membership.c
    by_blood = (table.blood_group, table.last_on.is_not(None), table.last_on)
    order = by_blood if is_donors else (person.c.name_key,)
    columns = (person.c.name, person.c.local_name, person.c.sex, person.c.unit_id)
    return conn.execute(
        select(
            membership, *columns, unit.c.name.label("unit"), unit.c.local_name.label("local_unit")
        )
        .join(person, person.c.id == table.person_id)
        .outerjoin(unit, unit.c.id == person.c.unit_id)
        .where(table.group_id == group_id)
        .order_by(*order, table.person_id)
        .offset(after)
        .limit(limit)
    ).all()


def size(conn: Connection, group_id: int) -> int:
    """How many people are in a group."""
    statement = select(func.count()).where(membership.c.group_id == group_id)
    return int(conn.execute(statement).scalar_one())


def numbers_of(conn: Connection, person_ids: Iterable[int]) -> Mapping[int, str]:
    """The first number of each of these people who has one, best standing first."""
    found: dict[int, str] = {}
    rows = conn.execute(
        select(person_address.c.person_id, address.c.msisdn)
        .join(address, address.c.id == person_address.c.address_id)
        .where(person_address.c.person_id.in_(list(person_ids)), address.c.msisdn.is_not(None))
        .order_by(address.c.standing != "active", address.c.id)
    )
    for row in rows:
        found.setdefault(row.person_id, row.msisdn)
    return found


def health_is_agreed(conn: Connection, person_id: int) -> bool:
    """Whether the newest record lets us keep this person's blood group."""
    newest = (
        select(health_consent.c.is_given)
        .where(health_consent.c.person_id == person_id)
        .order_by(health_consent.c.id.desc())
        .limit(1)
    )
    return bool(conn.execute(newest).scalar_one_or_none())


def record_health(conn: Connection, values: Mapping[str, Any]) -> None:
    """Append a record; one that takes the consent back blanks what is known in every group."""
    conn.execute(insert(health_consent).values(**values))
    if not values["is_given"]:
        known = update(membership).where(membership.c.person_id == values["person_id"])
        conn.execute(known.values(blood_group="", last_on=None))


def saved(conn: Connection, network_id: int) -> Sequence[Any]:
    """The saved audiences of a network, by name."""
    statement = select(saved_audience).where(saved_audience.c.network_id == network_id)
    return conn.execute(statement.order_by(saved_audience.c.name_key)).all()


def get_saved(conn: Connection, network_id: int, audience_id: int) -> Any | None:
    """The saved audience with that id, if it is that network's."""
    table = saved_audience.c
    statement = select(saved_audience).where(
        table.id == audience_id, table.network_id == network_id
    )
    return conn.execute(statement).one_or_none()


def save_audience(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store an audience under its name, in place of what stood there, and give its id."""
    keyed = _keyed(values)
    statement = insert_into(conn.dialect.name, saved_audience).values(**keyed)
    changed = {name: keyed[name] for name in ("name", "words", "saved_by", "saved_at")}
    kept = statement.on_conflict_do_update(index_elements=["network_id", "name_key"], set_=changed)
    return int(conn.execute(kept.returning(saved_audience.c.id)).scalar_one())


def rename_saved(conn: Connection, audience_id: int, name: str) -> None:
    """Give a saved audience another name."""
    renamed = update(saved_audience).where(saved_audience.c.id == audience_id)
    conn.execute(renamed.values(**_keyed({"name": name})))


def drop_saved(conn: Connection, audience_id: int) -> None:
    """Take a saved audience away."""
    conn.execute(delete(saved_audience).where(saved_audience.c.id == audience_id))


def bearers(conn: Connection, network_id: int, name: str) -> set[str]:
    """What already bears this name: `unit`, `group`, `audience`, `body`."""
    key = name_key(name)
    wanted = {
        "unit": (unit, or_(unit.c.name_key == key, unit.c.local_key == key)),
        "group": (people_group, people_group.c.name_key == key),
        "audience": (saved_audience, saved_audience.c.name_key == key),
        "body": (body, or_(func.lower(body.c.code) == key, func.lower(body.c.name) == key)),
    }
    return {
        what
        for what, (table, is_so) in wanted.items()
        if conn.execute(
            select(table.c.id).where(table.c.network_id == network_id, is_so).limit(1)
        ).first()
    }
