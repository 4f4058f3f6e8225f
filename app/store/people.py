"""People, their seats in bodies, and the addresses that reach them; a phone is not a person."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Connection,
    Index,
    UniqueConstraint,
    bindparam,
    insert,
    or_,
    select,
    update,
)
from sqlmodel import Field

from app.store.bulk import insert_new
from app.store.schema import UTC_TIME, Row, link, maybe_link, new_id, table_of

STANDINGS = ("unknown", "active", "alerts", "stopped", "wrong")
"""`unknown` has never consented; `alerts` takes life-danger texts only."""


class Person(Row, table=True):
    """A member or a stakeholder."""

    id: int = new_id()
    network_id: int = link("network.id", index=True)
    unit_id: int | None = maybe_link("unit.id")
    name: str = Field(max_length=200)
    local_name: str = Field(default="", max_length=200)
    sex: str = Field(default="", max_length=1)
    language: str = Field(default="", max_length=20)
    rank: int = 9
    """Leaders first: the smaller number is texted earlier in a broadcast."""
    import_id: int | None = maybe_link("import_batch.id")


class Seat(Row, table=True):
    """A person's seat in a body (GB, EC, LSO) and the office held in it."""

    __table_args__ = (UniqueConstraint("person_id", "body", "unit_id"),)

    id: int = new_id()
    network_id: int = link("network.id")
    person_id: int = link("person.id", index=True)
    unit_id: int | None = maybe_link("unit.id")
    body: str = Field(max_length=8)
    post: str = Field(default="", max_length=60)


class Address(Row, table=True):
    """Where a text can go: one phone number, whoever holds it."""

    __table_args__ = (
        UniqueConstraint("network_id", "msisdn"),
        CheckConstraint(
            "standing IN (" + ", ".join(f"'{word}'" for word in STANDINGS) + ")", name="standing"
        ),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    msisdn: str = Field(max_length=20)
    reach: str = Field(max_length=8)
    """`real`, `demo`, `test`, `held` (unknown prefix, waits for a person), `none` (call only)."""
    standing: str = Field(default="unknown", max_length=8)
    """What the newest consent record says; changed only together with such a record."""
    language: str = Field(default="", max_length=20)
    """The writing that this phone asked for; overrides the person's."""
    created_at: datetime


class PersonAddress(Row, table=True):
    """Who can be reached where, whose phone it is, and whether private content may go there."""

    __table_args__ = (Index("ix_person_address_address_id", "address_id"),)
    __tablename__ = "person_address"

    person_id: int = link("person.id", primary_key=True)
    address_id: int = link("address.id", primary_key=True)
    whose: str = Field(default="own", max_length=10)
    is_private: bool = True


class Consent(Row, table=True):
    """One record of consent given or taken back; append-only."""

    __table_args__ = (Index("ix_consent_address_id", "address_id", "purpose", "id"),)

    id: int = new_id()
    network_id: int = link("network.id")
    address_id: int = link("address.id")
    purpose: str = Field(max_length=10)
    """`routine` (notices and news) or `alert` (danger to life)."""
    is_given: bool
    source: str = Field(max_length=20)
    """`sms`, `import`, `demo`, `office`."""
    basis: str = Field(default="", max_length=200)
    recorded_by: str = Field(default="", max_length=80)
    at: datetime


person = table_of(Person)
seat = table_of(Seat)
address = table_of(Address)
person_address = table_of(PersonAddress)
consent = table_of(Consent)

_PURPOSES: Mapping[str, Mapping[str, bool]] = {
    "active": {"routine": True, "alert": True},
    "alerts": {"routine": False, "alert": True},
    "stopped": {"routine": False, "alert": False},
}


_addresses_of = select(address).where(
    address.c.network_id == bindparam("network_id"),
    address.c.msisdn.in_(bindparam("msisdns", expanding=True)),
)
_registered = (
    select(person_address.c.address_id, person.c.language)
    .join(person, person.c.id == person_address.c.person_id)
    .where(person_address.c.address_id.in_(bindparam("address_ids", expanding=True)))
    .order_by(person.c.language == "", person.c.id)
)


def addresses_of(conn: Connection, network_id: int, msisdns: Iterable[str]) -> Mapping[str, Any]:
    """The address rows of these numbers, by number."""
    wanted = {"network_id": network_id, "msisdns": list(set(msisdns))}
    return {row.msisdn: row for row in conn.execute(_addresses_of, wanted)}


def add_addresses(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store addresses that are not there yet; those that are stay as they are."""
    if rows:
        ordered = sorted(rows, key=lambda row: row["msisdn"])
        conn.execute(insert_new(conn, address, ("network_id", "msisdn")), ordered)


def registered(conn: Connection, address_ids: Iterable[int]) -> Mapping[int, str]:
    """Those of these addresses that people have, with the first language that one of them has."""
    found: dict[int, str] = {}
    for row in conn.execute(_registered, {"address_ids": list(address_ids)}):
        found.setdefault(row.address_id, row.language)
    return found


def record_standing(  # noqa: PLR0913 -- a consent record has that many facts
    conn: Connection,
    network_id: int,
    address_ids: Sequence[int],
    standing: str,
    *,
    source: str,
    basis: str = "",
    by: str = "",
    at: datetime,
) -> None:
    """Append the consent records behind `standing` and let the addresses follow them."""
    records = [
        {
            "network_id": network_id,
            "address_id": address_id,
            "purpose": purpose,
            "is_given": is_given,
            "source": source,
            "basis": basis,
            "recorded_by": by,
            "at": at,
        }
        for address_id in address_ids
        for purpose, is_given in _PURPOSES[standing].items()
    ]
    if records:
        conn.execute(insert(consent), records)
        conn.execute(
            update(address).where(address.c.id.in_(list(address_ids))).values(standing=standing)
        )


def set_language(conn: Connection, address_id: int, language: str) -> None:
    """Remember the writing that this phone asked for."""
    conn.execute(update(address).where(address.c.id == address_id).values(language=language))


def known(
    conn: Connection, network_id: int, names: Iterable[str], msisdns: Iterable[str]
) -> set[tuple[str, str]]:
    """The (name in small letters, number or "") of people with these names or numbers."""
    found = conn.execute(
        select(person.c.name, address.c.msisdn)
        .select_from(person)
        .outerjoin(person_address, person_address.c.person_id == person.c.id)
        .outerjoin(address, address.c.id == person_address.c.address_id)
        .where(
            person.c.network_id == network_id,
            or_(person.c.name.in_(list(names)), address.c.msisdn.in_(list(msisdns))),
        )
    )
    return {(row.name.casefold(), row.msisdn or "") for row in found}


def add_person(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a person and give their id."""
    return int(conn.execute(insert(person).values(**values).returning(person.c.id)).scalar_one())


def add_seats(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store a person's seats; one held already stays as it is."""
    if rows:
        conn.execute(insert_new(conn, seat, ("person_id", "body", "unit_id")), list(rows))


def ensure_address(
    conn: Connection, network_id: int, msisdn: str, reach: str, now: datetime
) -> Any:
    """The address row of a number, made when it is not there."""
    add_addresses(
        conn,
        [{"network_id": network_id, "msisdn": msisdn, "reach": reach, "created_at": now}],
    )
    return addresses_of(conn, network_id, [msisdn])[msisdn]


def link_address(conn: Connection, person_id: int, address_id: int, *, is_shared: bool) -> None:
    """Say that a person can be reached there; private content only where it is their own."""
    values = {
        "person_id": person_id,
        "address_id": address_id,
        "whose": "family" if is_shared else "own",
        "is_private": not is_shared,
    }
    conn.execute(insert_new(conn, person_address, ("person_id", "address_id")).values(**values))


def has_consent(conn: Connection, address_id: int) -> bool:
    """Whether any consent, given or taken back, was ever recorded for this address."""
    statement = select(consent.c.id).where(consent.c.address_id == address_id).limit(1)
    return conn.execute(statement).first() is not None


def listing(conn: Connection) -> Sequence[Any]:
    """People with their addresses, by id."""
    return conn.execute(
        select(
            person.c.id,
            person.c.name,
            person.c.sex,
            person.c.language,
            address.c.msisdn,
            address.c.reach,
            address.c.standing,
        )
        .select_from(person)
        .outerjoin(person_address, person_address.c.person_id == person.c.id)
        .outerjoin(address, address.c.id == person_address.c.address_id)
        .order_by(person.c.id, address.c.id)
    ).all()


def number_of(conn: Connection, network_id: int, address_id: int) -> str | None:
    """The number of an address, if it is this network's."""
    return conn.execute(
        select(address.c.msisdn).where(
            address.c.network_id == network_id, address.c.id == address_id
        )
    ).scalar_one_or_none()


def numbers(conn: Connection, network_id: int | None = None) -> list[str]:
    """Exactly the numbers that may be texted by their form, whatever their consent, in order."""
    statement = select(address.c.msisdn).where(address.c.reach.in_(("real", "demo", "test")))
    if network_id is not None:
        statement = statement.where(address.c.network_id == network_id)
    return list(conn.execute(statement.order_by(address.c.msisdn)).scalars())


__all__ = ["UTC_TIME", "address", "consent", "person", "person_address", "seat"]
