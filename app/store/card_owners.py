"""Who looks after emergency cards, and whose a number is that is to stand on one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from app.domain.institution import EXECUTIVE, TIERS
from app.domain.msisdn import read_number
from app.store.addresses import address
from app.store.emergency_cards import emergency_number
from app.store.networks import network
from app.store.office_phones import OFFICE
from app.store.people import DENIED, person_address
from app.store.seats import seat
from app.store.unit_tree import ways
from app.store.units import unit

NETWORK_OWNER = "Vice President"
"""Who of the Executive Committee looks after the network's card, and after those of nobody."""
LEADERS = ("President", "Manager")


def owners_of(conn: Connection, network_id: int, msisdn: str) -> set[int]:
    """The people whose own number this is; nobody for the phone of an office."""
    statement = (
        select(person_address.c.person_id)
        .join(address, address.c.id == person_address.c.address_id)
        .where(
            address.c.network_id == network_id,
            address.c.msisdn == msisdn,
            person_address.c.whose.not_in((OFFICE, DENIED)),
        )
    )
    return set(conn.execute(statement).scalars())


def forget(conn: Connection, network_ids: Sequence[int], msisdn: str) -> None:
    """Take a number off all cards, and from where a network names that of its office."""
    table = emergency_number.c
    dialled = select(table.id, table.number).where(table.network_id.in_(list(network_ids)))
    ids = [row.id for row in conn.execute(dialled) if _is_same(row.number, msisdn)]
    conn.execute(delete(emergency_number).where(table.id.in_(ids)))
    offices = select(network.c.id, network.c.office_phone).where(
        network.c.id.in_(list(network_ids)), network.c.office_phone != ""
    )
    ids = [row.id for row in conn.execute(offices) if _is_same(row.office_phone, msisdn)]
    conn.execute(update(network).where(network.c.id.in_(ids)).values(office_phone=""))


def _is_same(dialled: str, msisdn: str) -> bool:
    """Whether what is dialled is this number, with or without its country."""
    digits = "".join(sign for sign in dialled if sign.isdigit())
    return bool(digits) and read_number(digits).msisdn == msisdn


def stale(conn: Connection, network_id: int, before: date) -> Sequence[Any]:
    """The cards of which a number was last tried before that day, or never.

    `unit_id` is None for the whole network's; `reminded_on` is when the owner was asked last.
    """
    table = emergency_number.c
    statement = (
        select(
            table.unit_id,
            unit.c.name,
            unit.c.local_name,
            unit.c.kind,
            func.max(table.reminded_on).label("reminded_on"),
        )
        .outerjoin(unit, unit.c.id == table.unit_id)
        .where(
            table.network_id == network_id,
            or_(table.checked_on.is_(None), table.checked_on < before),
        )
        .group_by(table.unit_id, unit.c.name, unit.c.local_name, unit.c.kind)
        .order_by(table.unit_id)
    )
    return conn.execute(statement).all()


def mark_reminded(
    conn: Connection, network_id: int, unit_ids: Collection[int | None], on: date
) -> None:
    """Write down that the owner of these cards was asked to try them."""
    table = emergency_number.c
    named = table.unit_id.in_([one for one in unit_ids if one is not None])
    whose = or_(named, table.unit_id.is_(None)) if None in unit_ids else named
    change = update(emergency_number).where(table.network_id == network_id, whose)
    conn.execute(change.values(reminded_on=on))


def leaders(
    conn: Connection, network_id: int, unit_ids: Collection[int | None]
) -> Mapping[int | None, int]:
    """Who looks after each of these cards.

    The unit's President or Manager, else that of the nearest unit above it, else the Vice
    President of the network.
    """
    chief = _first(conn, network_id, [seat.c.body == EXECUTIVE], (NETWORK_OWNER,))
    first = next(iter(chief.values()), None)
    all_ways = ways(conn, [one for one in unit_ids if one is not None])
    steps = {step.id for way in all_ways.values() for step in way if step.kind in TIERS[1:]}
    of_units = [seat.c.body.in_(TIERS[1:]), seat.c.unit_id.in_(list(steps))]
    held = _first(conn, network_id, of_units, LEADERS) if steps else {}
    found: dict[int | None, int] = {}
    for unit_id in unit_ids:
        way = all_ways.get(unit_id, ()) if unit_id is not None else ()
        owner = next((held[step.id] for step in reversed(way) if step.id in held), first)
        if owner is not None:
            found[unit_id] = owner
    return found


def _first(
    conn: Connection, network_id: int, where: Sequence[Any], offices: Sequence[str]
) -> dict[int | None, int]:
    """By unit who holds the first of these offices that is held."""
    statement = (
        select(seat.c.unit_id, seat.c.person_id, seat.c.post)
        .where(
            seat.c.network_id == network_id,
            seat.c.left_on.is_(None),
            seat.c.post.in_(list(offices)),
            *where,
        )
        .order_by(seat.c.id)
    )
    rows = sorted(conn.execute(statement), key=lambda row: offices.index(row.post))
    found: dict[int | None, int] = {}
    for row in rows:
        found.setdefault(row.unit_id, row.person_id)
    return found
