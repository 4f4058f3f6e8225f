"""Whom the directory knows: people by their numbers, by their name in a unit; posts held."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Text,
    bindparam,
    func,
    or_,
    select,
    tuple_,
)

from app.store.addresses import address, consent
from app.store.bulk import rows_from, rows_value
from app.store.groups import health_consent, membership, people_group
from app.store.many import is_among, listed
from app.store.people import person, person_address
from app.store.schema import unindexed
from app.store.seats import body, seat
from app.store.units import unit

_FACTS = (
    person.c.id,
    person.c.name,
    person.c.local_name,
    person.c.name_key,
    person.c.local_key,
    person.c.unit_id,
    person.c.sex,
    person.c.language,
    person.c.reads,
    person.c.phone_kind,
    person.c.notes,
    person.c.rank,
)


def by_numbers(conn: Connection, network_id: int, msisdns: Collection[str]) -> Sequence[Any]:
    """The people with one of these numbers."""
    if not msisdns:
        return ()
    values = {"network_id": network_id, "msisdns": listed(conn, msisdns)}
    return conn.execute(_by_numbers(conn.dialect.name), values).all()


@cache
def _by_numbers(dialect: str) -> Select[Any]:
    theirs = (
        select(person_address.c.person_id)
        .join(address, address.c.id == person_address.c.address_id)
        .where(
            address.c.network_id == bindparam("network_id"),
            is_among(dialect, address.c.msisdn, "msisdns"),
        )
    )
    return select(*_FACTS).where(person.c.id.in_(theirs))


def by_names(
    conn: Connection, network_id: int, pairs: Collection[tuple[str, int]]
) -> Sequence[Any]:
    """The people who bear one of these names in the unit beside it."""
    if not pairs:
        return ()
    values = {
        "network_id": network_id,
        "keys": listed(conn, {key for key, _ in pairs}),
        "pairs": rows_value([{"named": key, "unit": unit_id} for key, unit_id in pairs]),
    }
    found: list[Any] = []
    for name in ("name_key", "local_key"):
        found += conn.execute(_by_names(conn.dialect.name, name), values)
    return found


@cache
def _by_names(dialect: str, name: str) -> Select[Any]:
    pairs = rows_from(dialect, "pairs", {"named": Text(), "unit": BigInteger()})
    here = tuple_(unindexed(person.c[name]), unindexed(person.c.unit_id))
    return select(*_FACTS).where(
        person.c.network_id == bindparam("network_id"),
        # By the index of the names; SQLite would rather walk all people, or all of the units.
        is_among(dialect, person.c[name], "keys"),
        here.in_(select(pairs.c.named, pairs.c.unit)),
    )


def without_number_or_unit(
    conn: Connection, network_id: int, keys: Collection[str]
) -> Sequence[Any]:
    """The people with one of these names of whom neither a number nor a unit is known."""
    if not keys:
        return ()
    values = {"network_id": network_id, "keys": listed(conn, [key for key in keys if key])}
    return conn.execute(_bare(conn.dialect.name), values).all()


@cache
def _bare(dialect: str) -> Select[Any]:
    has_number = select(person_address.c.person_id).where(person_address.c.person_id == person.c.id)
    named = _named(dialect)
    return select(*_FACTS).where(named, person.c.unit_id.is_(None), ~has_number.exists())


def somewhere(conn: Connection, network_id: int, keys: Collection[str]) -> Mapping[str, Any]:
    """For each of these names that the directory has: a unit (or None) of one who bears it."""
    if not keys:
        return {}
    wanted = rows_value([{"named": key} for key in keys if key])
    values = {"network_id": network_id, "keys": wanted}
    found: dict[str, Any] = {}
    for name in ("name_key", "local_key"):
        rows = conn.execute(_somewhere(conn.dialect.name, name), values)
        found.update({row[0]: row[1] for row in rows})
    return found


@cache
def _somewhere(dialect: str, name: str) -> Select[Any]:
    keys = rows_from(dialect, "keys", {"named": Text()})
    first = (
        select(func.min(person.c.id))
        .where(person.c.network_id == bindparam("network_id"), person.c[name] == keys.c.named)
        .correlate(keys)
        .scalar_subquery()
    )
    one = person.alias("one")
    return select(keys.c.named, one.c.unit_id).select_from(keys).join(one, one.c.id == first)


def _named(dialect: str) -> ColumnElement[bool]:
    same = or_(
        is_among(dialect, person.c.name_key, "keys"), is_among(dialect, person.c.local_key, "keys")
    )
    return (person.c.network_id == bindparam("network_id")) & same


def by_ids(conn: Connection, network_id: int, ids: Collection[int]) -> Sequence[Any]:
    """The people with these ids, as far as they are this network's."""
    if not ids:
        return ()
    return conn.execute(
        select(*_FACTS).where(person.c.network_id == network_id, person.c.id.in_(list(ids)))
    ).all()


def phones_of(conn: Connection, person_ids: Collection[int]) -> Sequence[Any]:
    """The links of these people: person_id, address_id, kind, msisdn, handle, whose…."""
    if not person_ids:
        return ()
    return conn.execute(
        _phones_of(conn.dialect.name), {"person_ids": listed(conn, person_ids)}
    ).all()


@cache
def _phones_of(dialect: str) -> Select[Any]:
    return (
        select(
            person_address.c.person_id,
            person_address.c.address_id,
            person_address.c.whose,
            person_address.c.is_private,
            address.c.kind,
            address.c.msisdn,
            address.c.handle,
            address.c.language,
        )
        .join(address, address.c.id == person_address.c.address_id)
        .where(is_among(dialect, person_address.c.person_id, "person_ids"))
        .order_by(person_address.c.person_id, person_address.c.address_id)
    )


def seats_of(conn: Connection, person_ids: Collection[int]) -> Sequence[Any]:
    """The seats that these people hold now."""
    if not person_ids:
        return ()
    return conn.execute(
        _seats_of(conn.dialect.name), {"person_ids": listed(conn, person_ids)}
    ).all()


@cache
def _seats_of(dialect: str) -> Select[Any]:
    return (
        select(seat)
        .where(is_among(dialect, seat.c.person_id, "person_ids"), seat.c.left_on.is_(None))
        .order_by(seat.c.person_id, seat.c.id)
    )


def holders(
    conn: Connection, network_id: int, posts: Collection[str], unit_ids: Collection[int]
) -> Sequence[Any]:
    """Who holds an office of these names now: in these units, or in a body of the network."""
    in_body = seat.c.body.in_(select(body.c.code).where(body.c.network_id == network_id))
    here = seat.c.unit_id.in_(list(unit_ids)) if unit_ids else seat.c.unit_id.is_(None)
    return conn.execute(
        select(seat.c.body, seat.c.unit_id, seat.c.post, seat.c.person_id, person.c.name)
        .join(person, person.c.id == seat.c.person_id)
        .where(
            seat.c.network_id == network_id,
            seat.c.left_on.is_(None),
            seat.c.post.in_(list(posts)),
            or_(here, in_body),
        )
        .order_by(seat.c.id)
    ).all()


def seated(
    conn: Connection, network_id: int, code: str, unit_ids: Collection[int]
) -> Mapping[int, int]:
    """How many seats of a body are held now for each of these units."""
    if not unit_ids:
        return {}
    rows = conn.execute(
        select(seat.c.unit_id, func.count())
        .where(
            seat.c.network_id == network_id,
            seat.c.body == code,
            seat.c.left_on.is_(None),
            seat.c.unit_id.in_(list(unit_ids)),
        )
        .group_by(seat.c.unit_id)
    )
    return {row[0]: row[1] for row in rows}


def bodies(conn: Connection, network_id: int) -> Sequence[Any]:
    """The bodies of the network itself."""
    return conn.execute(select(body).where(body.c.network_id == network_id)).all()


def all_units(conn: Connection, network_id: int) -> Sequence[Any]:
    """The names of all units: id, parent_id, kind, name, name_key, local_key."""
    return conn.execute(
        select(
            unit.c.id,
            unit.c.parent_id,
            unit.c.kind,
            unit.c.name,
            unit.c.name_key,
            unit.c.local_key,
        )
        .where(unit.c.network_id == network_id)
        .order_by(unit.c.id)
    ).all()


def all_groups(conn: Connection, network_id: int) -> Sequence[Any]:
    """The groups of the network."""
    return conn.execute(select(people_group).where(people_group.c.network_id == network_id)).all()


def memberships_of(conn: Connection, person_ids: Collection[int]) -> Sequence[Any]:
    """The memberships of these people."""
    if not person_ids:
        return ()
    return conn.execute(
        select(membership).where(membership.c.person_id.in_(list(person_ids)))
    ).all()


def with_consent(conn: Connection, address_ids: Collection[int]) -> set[int]:
    """Those of these addresses that have any record of consent."""
    if not address_ids:
        return set()
    values = {"address_ids": listed(conn, address_ids)}
    return set(conn.execute(_with_consent(conn.dialect.name), values).scalars())


@cache
def _with_consent(dialect: str) -> Select[Any]:
    wanted = is_among(dialect, consent.c.address_id, "address_ids")
    return select(consent.c.address_id).where(wanted).distinct()


def with_health_consent(conn: Connection, person_ids: Collection[int]) -> set[int]:
    """Those of these people whose newest record lets the network keep their blood group."""
    if not person_ids:
        return set()
    rows = conn.execute(
        select(health_consent.c.person_id, health_consent.c.is_given)
        .where(health_consent.c.person_id.in_(list(person_ids)))
        .order_by(health_consent.c.id)
    )
    newest = {row.person_id: row.is_given for row in rows}
    return {person_id for person_id, is_given in newest.items() if is_given}
