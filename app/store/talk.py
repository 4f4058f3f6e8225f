"""The talk as people read it: texts in and out with their words, and who is on each phone."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    select,
)

from app.domain.messages import State
from app.store.addresses import address, spoken_name
from app.store.broadcasts import broadcast, broadcast_text
from app.store.inbound import inbound
from app.store.outbox import outbox, stands
from app.store.people import person, person_address
from app.store.routes import route
from app.store.schema import of_network, unindexed
from app.store.seats import seat
from app.store.units import unit

SIMULATOR = "simulator"
PHONES = 3
_FEW = (State.SENDING, State.UNCERTAIN)
"""States with an index of their own that holds few rows: found there, then put in order."""


_out = (
    select(
        outbox.c.id,
        outbox.c.address_id,
        outbox.c.inbound_id,
        outbox.c.broadcast_id,
        outbox.c.language,
        outbox.c.segments,
        outbox.c.price_micro,
        outbox.c.currency,
        outbox.c.state,
        outbox.c.reason,
        outbox.c.created_at,
        outbox.c.updated_at,
        outbox.c.started_at,
        spoken_name().label("msisdn"),
        broadcast.c.ref,
        route.c.name.label("wire"),
        func.coalesce(outbox.c.body, broadcast_text.c.body, "").label("text"),
        func.coalesce(inbound.c.is_hidden, false()).label("is_hidden"),
    )
    .join(address, address.c.id == outbox.c.address_id)
    .join(route, route.c.id == outbox.c.route_id)
    .outerjoin(inbound, inbound.c.id == outbox.c.inbound_id)
    .outerjoin(broadcast, broadcast.c.id == outbox.c.broadcast_id)
    .outerjoin(
        broadcast_text,
        and_(
            broadcast_text.c.broadcast_id == outbox.c.broadcast_id,
            broadcast_text.c.language == outbox.c.language,
        ),
    )
)


_is_shown = ~(
    select(inbound.c.id)
    .where(inbound.c.id == outbox.c.inbound_id, inbound.c.is_hidden.is_(True))
    .correlate(outbox)
    .exists()
)
"""Whether a text that went out answers none that is hidden: its phone would tell who wrote that."""


def went_out(
    conn: Connection, network_id: int, *, state: State | None, before: int | None, limit: int
) -> Sequence[Any]:
    """Texts of a network that went out or will, newest first, from below that id."""
    # The page is cut before the joins: a database then never joins what it does not show.
    page = select(outbox.c.id).where(of_network(outbox, network_id), _is_shown)
    if state is not None:
        page = page.where(stands(state))
    if before is not None:
        page = page.where(outbox.c.id < before)
    newest = unindexed(outbox.c.id) if state in _FEW else outbox.c.id
    ids = conn.execute(page.order_by(newest.desc()).limit(limit)).scalars().all()
    return conn.execute(_out.where(outbox.c.id.in_(ids)).order_by(outbox.c.id.desc())).all()


def came_in(
    conn: Connection, network_id: int, *, waiting: bool, before: int | None, limit: int
) -> Sequence[Any]:
    """Texts that came in to a network, newest first, from below that id."""
    statement = select(inbound)
    if waiting:
        statement = statement.where(
            inbound.c.network_id == network_id, inbound.c.needs_person.is_(True)
        )
    else:
        statement = statement.where(of_network(inbound, network_id))
    if before is not None:
        statement = statement.where(inbound.c.id < before)
    return conn.execute(statement.order_by(inbound.c.id.desc()).limit(limit)).all()


def phone(conn: Connection, network_id: int, address_id: int) -> Any | None:
    """The address with that id, if it is this network's."""
    return conn.execute(
        select(address).where(address.c.id == address_id, address.c.network_id == network_id)
    ).one_or_none()


def out_to(conn: Connection, address_id: int, limit: int) -> Sequence[Any]:
    """The newest texts to that phone, newest first."""
    mine = _out.where(outbox.c.address_id == address_id, _is_shown)
    return conn.execute(mine.order_by(outbox.c.id.desc()).limit(limit)).all()


def in_from(conn: Connection, address_id: int, limit: int) -> Sequence[Any]:
    """The newest texts from that phone, newest first."""
    mine = select(inbound).where(inbound.c.address_id == address_id)
    return conn.execute(mine.order_by(inbound.c.id.desc()).limit(limit)).all()


def holders(conn: Connection, address_ids: Sequence[int]) -> Mapping[int, Sequence[Any]]:
    """The people on each of these phones, leaders first, with unit and whose phone it is."""
    statement = (
        select(
            person_address.c.address_id,
            person_address.c.whose,
            person.c.id,
            person.c.name,
            person.c.local_name,
            person.c.language,
            func.coalesce(unit.c.name, "").label("unit"),
            func.coalesce(unit.c.local_name, "").label("local_unit"),
        )
        .join(person, person.c.id == person_address.c.person_id)
        .outerjoin(unit, unit.c.id == person.c.unit_id)
        .where(person_address.c.address_id.in_(list(set(address_ids))))
        .order_by(person.c.rank, person.c.id)
    )
    found: dict[int, list[Any]] = {}
    for row in conn.execute(statement) if address_ids else ():
        found.setdefault(row.address_id, []).append(row)
    return found


def posts(conn: Connection, person_ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    """The seats of each of these people, as "EC" or "EC President"."""
    statement = (
        select(seat)
        .where(seat.c.person_id.in_(list(person_ids)), seat.c.left_on.is_(None))
        .order_by(seat.c.id)
    )
    found: dict[int, list[str]] = {}
    for row in conn.execute(statement) if person_ids else ():
        found.setdefault(row.person_id, []).append(f"{row.body} {row.post}".strip())
    return found


def arrived(conn: Connection, address_id: int, limit: int) -> Sequence[Any]:
    """The newest texts that reached that phone over a simulated wire, newest first."""
    mine = _out.where(
        outbox.c.address_id == address_id,
        outbox.c.state.in_((State.SENT.value, State.DELIVERED.value)),
        route.c.kind == SIMULATOR,
    )
    newest = func.coalesce(outbox.c.started_at, outbox.c.created_at)
    return conn.execute(mine.order_by(newest.desc(), outbox.c.id.desc()).limit(limit)).all()


def typed(conn: Connection, address_id: int, limit: int) -> Sequence[Any]:
    """The newest texts that were typed on that simulated phone, newest first."""
    mine = (
        select(inbound)
        .join(route, route.c.name == inbound.c.channel)
        .where(inbound.c.address_id == address_id, route.c.kind == SIMULATOR)
    )
    return conn.execute(mine.order_by(inbound.c.id.desc()).limit(limit)).all()


def demo_phones(conn: Connection, network_id: int, language: str) -> Sequence[Any]:
    """The first three demo phones of each language (`msisdn`, `language`), officers first.

    `language` is what someone reads of whom nothing else is known.
    """
    candidates = _candidates(network_id, language).subquery()
    place = (candidates.c.has_no_seat, candidates.c.rank, candidates.c.address_id)
    number = func.row_number().over(partition_by=candidates.c.language, order_by=place)
    ranked = select(candidates, number.label("number")).subquery()
    statement = (
        select(ranked.c.msisdn, ranked.c.language, ranked.c.number)
        .where(ranked.c.number <= PHONES)
        .order_by(ranked.c.has_no_seat, ranked.c.rank, ranked.c.address_id)
    )
    return conn.execute(statement).all()


def _candidates(network_id: int, language: str) -> Select[Any]:
    """Each demo phone that may be texted once, with its first person's place."""
    has_seat = (
        select(seat.c.id).where(seat.c.person_id == person.c.id, seat.c.left_on.is_(None)).exists()
    )
    own = func.nullif(func.max(person.c.language), "")
    return (
        select(
            address.c.id.label("address_id"),
            address.c.msisdn,
            func.coalesce(func.nullif(address.c.language, ""), own, literal(language)).label(
                "language"
            ),
            func.min(case((has_seat, 0), else_=1)).label("has_no_seat"),
            func.min(person.c.rank).label("rank"),
        )
        .join(person_address, person_address.c.address_id == address.c.id)
        .join(person, person.c.id == person_address.c.person_id)
        .where(
            address.c.network_id == network_id,
            address.c.reach == "demo",
            address.c.standing == "active",
        )
        .group_by(address.c.id, address.c.msisdn, address.c.language)
    )


def listing(  # noqa: PLR0913 -- each narrows the same question
    conn: Connection,
    network_id: int | None,
    *,
    state: str,
    external_id: str,
    before: int | None,
    limit: int,
) -> Sequence[Any]:
    """Texts of one network, or of all, on their way, newest first, as they are listed."""
    statement = (
        select(
            outbox.c.id,
            route.c.name.label("channel"),
            outbox.c.external_id,
            spoken_name().label("msisdn"),
            outbox.c.state,
            outbox.c.updated_at.label("at"),
        )
        .join(route, route.c.id == outbox.c.route_id)
        .join(address, address.c.id == outbox.c.address_id)
        .where(_is_shown)
    )
    if network_id is not None:
        statement = statement.where(of_network(outbox, network_id))
    if state:
        statement = statement.where(outbox.c.state == state)
    if external_id:
        statement = statement.where(outbox.c.external_id == external_id)
    if before is not None:
        statement = statement.where(outbox.c.id < before)
    return conn.execute(statement.order_by(outbox.c.id.desc()).limit(limit)).all()
