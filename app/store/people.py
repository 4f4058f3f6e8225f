"""People, and the addresses that reach them; a phone is not a person."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Index, bindparam, delete, insert, select, update
from sqlmodel import Field

from app.domain.names import name_key
from app.store.addresses import address
from app.store.bulk import insert_into, insert_new
from app.store.imports import import_batch
from app.store.schema import Row, link, maybe_link, new_id, table_of


class Person(Row, table=True):
    """A member or a stakeholder."""

    __table_args__ = (
        Index("ix_person_name_key", "network_id", "name_key"),
        Index("ix_person_local_key", "network_id", "local_key"),
    )

    id: int = new_id()
    network_id: int = link("network.id", index=True)
    unit_id: int | None = maybe_link("unit.id", index=True)
    name: str = Field(max_length=200)
    local_name: str = Field(default="", max_length=200)
    name_key: str = Field(default="", max_length=200)
    """`name_key` of the name, by which the same person is found again; set whenever the name is."""
    local_key: str = Field(default="", max_length=200)
    sex: str = Field(default="", max_length=1)
    language: str = Field(default="", max_length=20)
    reads: str = Field(default="", max_length=6)
    """`self`, `helped` (somebody reads texts to them) or `not`; "" when nobody asked."""
    phone_kind: str = Field(default="", max_length=6)
    """`basic` or `smart`; "" when nobody asked."""
    notes: str = Field(default="", max_length=500)
    rank: int = 9
    """Leaders first: the smaller number is texted earlier in a broadcast."""
    import_id: int | None = maybe_link("import_batch.id")


class PersonAddress(Row, table=True):
    """Who can be reached where, whose phone it is, and whether private content may go there."""

    __table_args__ = (Index("ix_person_address_address_id", "address_id"),)
    __tablename__ = "person_address"

    person_id: int = link("person.id", primary_key=True)
    address_id: int = link("address.id", primary_key=True)
    whose: str = Field(default="own", max_length=10)
    """`own`, `family`, `neighbour`, `office`, or `denied` by whoever answered there."""
    is_private: bool = True


DENIED = "denied"
"""The link of somebody whom the holder of a phone does not know: they sent GALAT."""

person = table_of(Person)
person_address = table_of(PersonAddress)

_registered = (
    select(person_address.c.address_id, person.c.language)
    .join(person, person.c.id == person_address.c.person_id)
    .where(person_address.c.address_id.in_(bindparam("address_ids", expanding=True)))
    .order_by(person.c.language == "", person.c.id)
)


def registered(conn: Connection, address_ids: Iterable[int]) -> Mapping[int, str]:
    """Those of these addresses that people have, with the first language that one of them has."""
    found: dict[int, str] = {}
    for row in conn.execute(_registered, {"address_ids": list(address_ids)}):
        found.setdefault(row.address_id, row.language)
    return found


def keyed(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the keys that the names are found by."""
    keys = {"name": "name_key", "local_name": "local_key"}
    found = {key: name_key(values[name])[:200] for name, key in keys.items() if name in values}
    return {**values, **found}


def add_person(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a person and give their id."""
    return int(
        conn.execute(insert(person).values(**keyed(values)).returning(person.c.id)).scalar_one()
    )


def link_address(conn: Connection, person_id: int, address_id: int, *, is_shared: bool) -> None:
    """Say that a person can be reached there; private content only where it is their own."""
    values = {
        "person_id": person_id,
        "address_id": address_id,
        "whose": "family" if is_shared else "own",
        "is_private": not is_shared,
    }
    conn.execute(insert_new(conn, person_address, ("person_id", "address_id")).values(**values))


def get(conn: Connection, network_id: int, person_id: int) -> Any | None:
    """The person with that id, if they are this network's, locked until the commit."""
    mine = select(person).where(person.c.id == person_id, person.c.network_id == network_id)
    return conn.execute(mine.with_for_update()).one_or_none()


def seen(conn: Connection, network_id: int, person_id: int) -> Any | None:
    """The person with that id, if they are this network's, with the list that they came with."""
    batch = (import_batch.c.file_name, import_batch.c.at.label("imported_at"))
    return conn.execute(
        select(person, *batch)
        .outerjoin(import_batch, import_batch.c.id == person.c.import_id)
        .where(person.c.id == person_id, person.c.network_id == network_id)
    ).one_or_none()


def change(conn: Connection, person_id: int, values: Mapping[str, Any]) -> None:
    """Set these columns of a person, with the keys that follow from the names."""
    conn.execute(update(person).where(person.c.id == person_id).values(**keyed(values)))


def remove(conn: Connection, person_id: int) -> None:
    """Take out a person of whom nothing else says anything any more."""
    conn.execute(delete(person).where(person.c.id == person_id))


def links_of(conn: Connection, address_ids: Iterable[int]) -> Sequence[Any]:
    """Who is on each of these addresses: the link's facts with the person's names, by person."""
    return conn.execute(
        select(person_address, person.c.name, person.c.local_name)
        .join(person, person.c.id == person_address.c.person_id)
        .where(person_address.c.address_id.in_(list(address_ids)))
        .order_by(person.c.rank, person.c.id)
    ).all()


def link_of(conn: Connection, person_id: int, address_id: int) -> Any | None:
    """The link between a person and an address."""
    return conn.execute(
        select(person_address).where(*_between(person_id, address_id))
    ).one_or_none()


def put_link(
    conn: Connection, person_id: int, address_id: int, *, whose: str, is_private: bool
) -> None:
    """Say whose address it is and whether private content may go there; links them when new."""
    key = {"person_id": person_id, "address_id": address_id}
    facts = {"whose": whose, "is_private": is_private}
    statement = insert_into(conn.dialect.name, person_address).values(**key, **facts)
    conn.execute(statement.on_conflict_do_update(index_elements=list(key), set_=facts))


def make_shared(conn: Connection, address_id: int) -> None:
    """Say of everybody on an address that nothing private may go there."""
    on_it = update(person_address).where(person_address.c.address_id == address_id)
    conn.execute(on_it.values(is_private=False))


def unlink(conn: Connection, person_id: int, address_id: int) -> bool:
    """Take an address away from a person; False when it was not theirs."""
    gone = delete(person_address).where(*_between(person_id, address_id))
    return bool(conn.execute(gone).rowcount)


def forget_speaker(conn: Connection, person_id: int, address_id: int) -> None:
    """Ask anew who texts from an address when it is no longer this person."""
    spoke = (address.c.id == address_id, address.c.speaker_id == person_id)
    conn.execute(update(address).where(*spoke).values(speaker_id=None, asked_at=None))


def _between(person_id: int, address_id: int) -> tuple[Any, Any]:
    return (
        person_address.c.person_id == person_id,
        person_address.c.address_id == address_id,
    )


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
