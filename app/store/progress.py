"""Where the texts of one broadcast stand: by unit and state, in doubt, failed; only looked at."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    cast,
    func,
    select,
)

from app.domain.messages import State
from app.store.accounts import account
from app.store.addresses import address, spoken_name
from app.store.broadcasts import broadcast
from app.store.outbox import outbox
from app.store.people import person, person_address
from app.store.units import unit

FAILED = (State.UNDELIVERED, State.REJECTED, State.EXPIRED)
_RANK = 2**50
"""What a rank weighs in one 64-bit number beside the id of a person."""


_author, _approver = account.alias("author"), account.alias("approver")
_found = (
    select(broadcast, _author.c.name.label("author"), _approver.c.name.label("approver"))
    .outerjoin(_author, _author.c.id == broadcast.c.author_id)
    .outerjoin(_approver, _approver.c.id == broadcast.c.approver_id)
    .where(
        broadcast.c.id == bindparam("broadcast_id"),
        broadcast.c.network_id == bindparam("network_id"),
    )
)
# All statements are built once: a page asks each second.
_of_broadcast = outbox.c.broadcast_id == bindparam("broadcast_id")
_counted = and_(_of_broadcast, outbox.c.id.not_in(bindparam("but", expanding=True)))
_again = select(outbox.c.id, outbox.c.first_id).where(_of_broadcast, outbox.c.first_id.is_not(None))
_standing = select(outbox.c.state, func.count()).where(_counted).group_by(outbox.c.state)


def _by_unit() -> Select[Any]:
    # The smallest (rank, person) as one number: half the price of a window.
    best = func.min(cast(person.c.rank, BigInteger) * _RANK + person.c.id).label("best")
    was_taken = outbox.c.external_id.is_not(None).label("was_taken")
    texts = (
        select(outbox.c.state, outbox.c.route_id, was_taken, outbox.c.price_micro, best)
        .select_from(outbox)
        .outerjoin(person_address, person_address.c.address_id == outbox.c.address_id)
        .outerjoin(person, person.c.id == person_address.c.person_id)
        .where(_counted)
        .group_by(outbox.c.id)
        .subquery("texts")
    )
    groups = (person.c.unit_id, texts.c.state, texts.c.route_id, texts.c.was_taken)
    sums = (func.count().label("texts"), func.sum(texts.c.price_micro).label("price_micro"))
    joined = texts.outerjoin(person, person.c.id == texts.c.best % _RANK)
    return select(*groups, *sums).select_from(joined).group_by(*groups)


_texts_by_unit = _by_unit()
_units = select(unit.c.id, unit.c.parent_id, unit.c.kind, unit.c.name, unit.c.local_name).where(
    unit.c.network_id == bindparam("network_id")
)
_held = (
    select(outbox.c.reason, outbox.c.due_at)
    .where(_counted, outbox.c.state == State.HELD.value)
    .order_by(outbox.c.due_at.desc(), outbox.c.id)
    .limit(1)
)
_one_by_one = (
    select(
        outbox.c.id,
        outbox.c.address_id,
        outbox.c.state,
        outbox.c.reason,
        func.coalesce(outbox.c.started_at, outbox.c.updated_at).label("tried_at"),
        outbox.c.updated_at,
        spoken_name().label("msisdn"),
    )
    .join(address, address.c.id == outbox.c.address_id)
    .where(_counted)
    .limit(bindparam("limit", type_=Integer))
)
_uncertain = _one_by_one.where(outbox.c.state == State.UNCERTAIN.value).order_by(
    "tried_at", outbox.c.id
)
_failed = _one_by_one.where(outbox.c.state.in_([state.value for state in FAILED])).order_by(
    outbox.c.updated_at.desc(), outbox.c.id.desc()
)
_holders = (
    select(
        person_address.c.address_id,
        person.c.name,
        person.c.local_name,
        func.coalesce(unit.c.name, "").label("unit_name"),
        func.coalesce(unit.c.local_name, "").label("unit_local_name"),
    )
    .join(person, person.c.id == person_address.c.person_id)
    .outerjoin(unit, unit.c.id == person.c.unit_id)
    .where(person_address.c.address_id.in_(bindparam("address_ids", expanding=True)))
    .order_by(person.c.rank, person.c.id)
)


def found(conn: Connection, broadcast_id: int, network_id: int) -> Any | None:
    """A broadcast of that network with the names of its author and approver."""
    wanted = {"broadcast_id": broadcast_id, "network_id": network_id}
    return conn.execute(_found, wanted).one_or_none()


def superseded(conn: Connection, broadcast_id: int) -> list[int]:
    """The texts that were sent once more: the newest try of each stands for all."""
    rows = conn.execute(_again, {"broadcast_id": broadcast_id}).all()
    newest: dict[int, int] = {}
    for row in rows:
        newest[row.first_id] = max(row.id, newest.get(row.first_id, 0))
    return sorted(({row.id for row in rows} | set(newest)) - set(newest.values()))


def standing(conn: Connection, broadcast_id: int, but: Sequence[int]) -> Mapping[State, int]:
    """How many texts stand in each state, zeros too, those of `but` left out."""
    rows = conn.execute(_standing, {"broadcast_id": broadcast_id, "but": but})
    found = {State(row[0]): row[1] for row in rows}
    return {state: found.get(state, 0) for state in State}


def by_unit(conn: Connection, broadcast_id: int, but: Sequence[int]) -> Sequence[Any]:
    """Rows of unit_id, state, route_id, was_taken, texts, price_micro.

    A text counts for the unit of the first leader, or else the first person, on its phone;
    `was_taken`: a wire gave it an id of its own.
    """
    return conn.execute(_texts_by_unit, {"broadcast_id": broadcast_id, "but": but}).all()


def units(conn: Connection, network_id: int) -> Sequence[Any]:
    """The units of a network as a tree: id, parent_id, kind, name, local_name."""
    return conn.execute(_units, {"network_id": network_id}).all()


def held(conn: Connection, broadcast_id: int, but: Sequence[int]) -> Any | None:
    """Why the last of the held texts is held, and until when (reason, due_at)."""
    return conn.execute(_held, {"broadcast_id": broadcast_id, "but": but}).one_or_none()


def uncertain(conn: Connection, broadcast_id: int, but: Sequence[int], limit: int) -> Sequence[Any]:
    """Texts that may have been sent, oldest first."""
    wanted = {"broadcast_id": broadcast_id, "but": but, "limit": limit}
    return conn.execute(_uncertain, wanted).all()


def failed(conn: Connection, broadcast_id: int, but: Sequence[int], limit: int) -> Sequence[Any]:
    """Texts that certainly did not arrive, newest first."""
    wanted = {"broadcast_id": broadcast_id, "but": but, "limit": limit}
    return conn.execute(_failed, wanted).all()


def holders(conn: Connection, address_ids: Collection[int]) -> Mapping[int, list[Any]]:
    """Who can be reached at these addresses, leaders first: their names and own unit's."""
    found: dict[int, list[Any]] = {}
    for row in conn.execute(_holders, {"address_ids": list(address_ids)}):
        found.setdefault(row.address_id, []).append(row)
    return found
