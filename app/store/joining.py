"""Requests to join by text: a stranger's name, which the General Secretary says yes or no to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Index, func, select, text, update
from sqlmodel import Field

from app.store.addresses import address, spoken_name
from app.store.bulk import insert_into
from app.store.inbound import inbound
from app.store.people import DENIED, person, person_address
from app.store.schema import Row, link, maybe_link, new_id, table_of
from app.store.units import unit

_waits = text("state = 'waiting'")
_is_settled = text("person_id IS NOT NULL")


class JoinRequest(Row, table=True):
    """One request; an address has at most one that waits."""

    __tablename__ = "join_request"
    __table_args__ = (
        Index("ix_join_request_state", "network_id", "state", "id"),
        Index(
            "ix_join_request_waiting",
            "address_id",
            unique=True,
            sqlite_where=_waits,
            postgresql_where=_waits,
        ),
        # Whoever takes a person out makes the database look here for each.
        Index(
            "ix_join_request_person_id",
            "person_id",
            sqlite_where=_is_settled,
            postgresql_where=_is_settled,
        ),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    address_id: int = link("address.id", index=True)
    inbound_id: int | None = maybe_link("inbound.id")
    name: str = Field(max_length=200)
    state: str = Field(default="waiting", max_length=10)
    """`waiting`, `approved` or `refused`."""
    person_id: int | None = maybe_link("person.id")
    """Whom an approval made or found."""
    asked_at: datetime
    decided_by: str = Field(default="", max_length=80)
    decided_at: datetime | None = None


join_request = table_of(JoinRequest)


def ask(conn: Connection, values: Mapping[str, Any]) -> None:
    """Store a request; one that waits already for this address takes the new name and text."""
    new = insert_into(conn.dialect.name, join_request).values(**values, state="waiting")
    changed = {"name": new.excluded.name, "inbound_id": new.excluded.inbound_id}
    conn.execute(
        new.on_conflict_do_update(index_elements=["address_id"], index_where=_waits, set_=changed)
    )


_listed = (
    select(
        join_request.c.id,
        join_request.c.address_id,
        join_request.c.name,
        join_request.c.asked_at,
        spoken_name().label("msisdn"),
        address.c.standing,
        address.c.reach,
        address.c.language,
        inbound.c.text,
    )
    .join(address, address.c.id == join_request.c.address_id)
    .outerjoin(inbound, inbound.c.id == join_request.c.inbound_id)
)


def waiting(conn: Connection, network_id: int, *, after: int | None, limit: int) -> Sequence[Any]:
    """Requests of a network that wait, oldest first."""
    mine = _listed.where(join_request.c.network_id == network_id, join_request.c.state == "waiting")
    if after is not None:
        mine = mine.where(join_request.c.id > after)
    return conn.execute(mine.order_by(join_request.c.id).limit(limit)).all()


def waiting_count(conn: Connection, network_id: int) -> int:
    """How many requests of a network wait."""
    mine = (join_request.c.network_id == network_id, join_request.c.state == "waiting")
    return int(conn.execute(select(func.count()).where(*mine)).scalar_one())


def hold(conn: Connection, network_id: int, request_id: int) -> Any | None:
    """One request of this network with its address, locked until the commit."""
    mine = (
        select(join_request)
        .where(join_request.c.id == request_id, join_request.c.network_id == network_id)
        .with_for_update()
    )
    return conn.execute(mine).one_or_none()


def decide(conn: Connection, request_id: int, values: Mapping[str, Any]) -> None:
    """Write down what became of a request: `state`, `person_id`, `decided_by`, `decided_at`."""
    conn.execute(update(join_request).where(join_request.c.id == request_id).values(**values))


def namesakes(conn: Connection, network_id: int, keys: Sequence[str], limit: int) -> Sequence[Any]:
    """People whose name has one of these keys, with unit and number, if any."""
    wanted = list(keys)
    return conn.execute(
        select(
            person.c.id,
            person.c.name,
            person.c.local_name,
            person.c.name_key,
            person.c.local_key,
            unit.c.name.label("unit"),
            unit.c.kind.label("unit_kind"),
        )
        .select_from(person)
        .outerjoin(unit, unit.c.id == person.c.unit_id)
        .where(
            person.c.network_id == network_id,
            person.c.name_key.in_(wanted) | person.c.local_key.in_(wanted),
        )
        .order_by(person.c.id)
        .limit(limit)
    ).all()


def numbers_of(conn: Connection, person_ids: Sequence[int]) -> Mapping[int, str]:
    """The first number of each of these people."""
    rows = conn.execute(
        select(person_address.c.person_id, address.c.msisdn)
        .join(address, address.c.id == person_address.c.address_id)
        .where(person_address.c.person_id.in_(list(person_ids)), address.c.msisdn.is_not(None))
        .order_by(address.c.id.desc())
    )
    return {row.person_id: row.msisdn for row in rows}


def names_on(conn: Connection, address_ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """The names of the people on each of these phones."""
    rows = conn.execute(
        select(person_address.c.address_id, person.c.name)
        .join(person, person.c.id == person_address.c.person_id)
        .where(person_address.c.address_id.in_(list(address_ids)))
        .order_by(person.c.id)
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.address_id, []).append(row.name)
    return found


def are_others_on(conn: Connection, address_id: int, person_id: int) -> bool:
    """Whether somebody else is on this phone, and was not denied there."""
    others = select(person_address.c.person_id).where(
        person_address.c.address_id == address_id,
        person_address.c.person_id != person_id,
        person_address.c.whose != DENIED,
    )
    return conn.execute(others.limit(1)).first() is not None
