"""The outbox: every text on its way to a member, whoever produced it, and each try to send it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    Connection,
    Index,
    UniqueConstraint,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlmodel import Field

from app.domain.messages import Lane, State
from app.store.addresses import address
from app.store.broadcasts import broadcast_text
from app.store.bulk import Insert, insert_into
from app.store.schema import (
    Row,
    big,
    link,
    maybe_big,
    maybe_link,
    new_id,
    table_of,
)

OVERTAKING = "state = 'queued' AND goes_first"
WAITING = "state IN ('queued', 'held')"
"""Written alike in the index and in the question, or SQLite does not see that they fit."""


def _partial(name: str, *columns: str, where: str) -> Index:
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


class Outbox(Row, table=True):
    """One text to one address over one route."""

    __table_args__ = (
        UniqueConstraint("network_id", "dedupe_key"),
        CheckConstraint("state IN ('" + "', '".join(State) + "')", name="state"),
        _partial("ix_outbox_due", "route_id", "lane", "due_at", "id", where="state = 'queued'"),
        _partial("ix_outbox_first", "route_id", "lane", "due_at", "id", where=OVERTAKING),
        _partial("ix_outbox_expires", "expires_at", where=WAITING),
        _partial("ix_outbox_leased", "lease_until_us", where="state = 'sending'"),
        _partial("ix_outbox_held", "due_at", where="state = 'held'"),
        _partial("ix_outbox_uncertain", "route_id", "id", where="state = 'uncertain'"),
        _partial("ix_outbox_ref", "route_id", "external_id", where="external_id IS NOT NULL"),
        Index("ix_outbox_broadcast", "broadcast_id", "state"),
        Index("ix_outbox_address", "address_id", "broadcast_id", "state"),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    address_id: int = link("address.id")
    route_id: int = link("route.id")
    broadcast_id: int | None = maybe_link("broadcast.id")
    inbound_id: int | None = maybe_link("inbound.id")
    first_id: int | None = maybe_link("outbox.id")
    """The undelivered text that this one tries again."""
    dedupe_key: str = Field(max_length=80)
    lane: int
    language: str = Field(default="", max_length=20)
    body: str | None = None
    """Empty when the words stand once in `broadcast_text`."""
    document_id: int | None = maybe_link("document.id")
    """The letter that goes by mail, or the paper that goes with a text to a chat.

    Empty when it stands in `broadcast_text`, or when there is none.
    """
    buttons: list[list[str]] | None = Field(default=None, sa_type=JSON, nullable=True)
    """What to send next, as [text, label]: for wires that show buttons."""
    segments: int = 1
    price_micro: int = big()
    currency: str = Field(default="", max_length=3)
    state: str = Field(max_length=12)
    reason: str = Field(default="", max_length=200)
    due_at: datetime
    goes_first: bool = False
    """Whether it overtakes others of its lane that wait: it says that an earlier text is void."""
    expires_at: datetime | None = None
    attempts: int = 0
    lease_token: int | None = maybe_big()
    lease_until_us: int | None = maybe_big()
    started_at: datetime | None = None
    """When the newest try began: what a look-up at the provider asks from."""
    external_id: str | None = Field(default=None, max_length=80)
    created_at: datetime
    updated_at: datetime


class Attempt(Row, table=True):
    """One try to hand a text to a wire; committed before the wire is called."""

    outbox_id: int = link("outbox.id", primary_key=True)
    no: int = Field(primary_key=True)
    token: int = big()
    worker: str = Field(max_length=60)
    started_us: int = big()
    ended_us: int = big()
    outcome: str = Field(default="", max_length=14)
    """Empty while open; then a state, `transient`, `throttled`, `abandoned` or `late`."""
    code: str = Field(default="", max_length=40)
    detail: str = Field(default="", max_length=200)


outbox = table_of(Outbox)
attempt = table_of(Attempt)

_PUT_KEY = ("network_id", "dedupe_key")


def stands(state: State) -> ColumnElement[bool]:
    """Whether a row is in this state; written out, so that the partial indexes can be used."""
    return outbox.c.state == literal_column(f"'{state.value}'")


def put(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store texts; one whose dedupe_key is there already stays as it is."""
    if rows:
        conn.execute(_put(conn.dialect.name), list(rows))


@cache
def _put(dialect: str) -> Insert:
    """Built once: each answer goes through it."""
    return insert_into(dialect, outbox).on_conflict_do_nothing(index_elements=list(_PUT_KEY))


def cancel_for_address(
    conn: Connection, address_ids: Sequence[int], *, keep_urgent: bool, now: datetime
) -> int:
    """Cancel what waits for these addresses, replies to their own texts apart; gives how many."""
    kept = (Lane.URGENT, Lane.REPLY) if keep_urgent else (Lane.REPLY,)
    statement = (
        update(outbox)
        .where(
            outbox.c.address_id.in_(list(address_ids)),
            or_(stands(State.QUEUED), stands(State.HELD)),
            outbox.c.lane.not_in(kept),
        )
        .values(state=State.CANCELLED, reason="stopped", updated_at=now)
    )
    return conn.execute(statement).rowcount


def cancel_broadcast(conn: Connection, broadcast_id: int, now: datetime, *, limit: int) -> int:
    """Cancel up to `limit` texts of a broadcast that still wait; gives how many."""
    waiting = (
        select(outbox.c.id)
        .where(
            outbox.c.broadcast_id == broadcast_id,
            or_(stands(State.QUEUED), stands(State.HELD)),
        )
        .limit(limit)
    )
    return conn.execute(
        update(outbox)
        .where(outbox.c.id.in_(waiting.scalar_subquery()))
        .values(state=State.CANCELLED, reason="cancelled", updated_at=now)
    ).rowcount


_payload = (
    select(
        outbox.c.id,
        outbox.c.network_id,
        outbox.c.route_id,
        outbox.c.address_id,
        outbox.c.attempts,
        outbox.c.lease_token,
        outbox.c.price_micro,
        outbox.c.expires_at,
        outbox.c.started_at,
        outbox.c.lane,
        outbox.c.buttons,
        func.coalesce(address.c.msisdn, address.c.handle).label("to"),
        func.coalesce(outbox.c.body, broadcast_text.c.body).label("words"),
        func.coalesce(outbox.c.document_id, broadcast_text.c.document_id).label("document_id"),
    )
    .join(address, address.c.id == outbox.c.address_id)
    .outerjoin(
        broadcast_text,
        and_(
            broadcast_text.c.broadcast_id == outbox.c.broadcast_id,
            broadcast_text.c.language == outbox.c.language,
        ),
    )
    .order_by(outbox.c.lane, outbox.c.goes_first.desc(), outbox.c.due_at, outbox.c.id)
)
_payload_of_ids = _payload.where(outbox.c.id.in_(bindparam("ids", expanding=True)))


def payload(conn: Connection, ids: Sequence[int]) -> Sequence[Any]:
    """What a wire needs of these rows, in sending order: whom it goes `to` and its `words`."""
    return conn.execute(_payload_of_ids, {"ids": list(ids)}).all()


def uncertain(conn: Connection, route_id: int, *, before: datetime, limit: int) -> Sequence[Any]:
    """Rows of a route that have been uncertain, or were last asked about, before that moment.

    They come in sending order, with what a look-up needs.
    """
    lost = _payload.add_columns(outbox.c.external_id).where(
        outbox.c.route_id == route_id,
        stands(State.UNCERTAIN),
        outbox.c.updated_at <= before,
    )
    return conn.execute(lost.limit(limit)).all()


def counts(conn: Connection, broadcast_id: int | None = None) -> Mapping[str, int]:
    """How many texts stand in each state, zeros too."""
    statement = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    if broadcast_id is not None:
        statement = statement.where(outbox.c.broadcast_id == broadcast_id)
    found = {row[0]: row[1] for row in conn.execute(statement)}
    return {state.value: found.get(state.value, 0) for state in State}


def get(conn: Connection, outbox_id: int) -> Any | None:
    """One text, locked until the commit."""
    return conn.execute(
        select(outbox).where(outbox.c.id == outbox_id).with_for_update()
    ).one_or_none()


def external_ids(conn: Connection, route_id: int, address_id: int) -> frozenset[str]:
    """The gateway's ids of texts to this address that are accounted for already."""
    rows = conn.execute(
        select(outbox.c.external_id).where(
            outbox.c.route_id == route_id,
            outbox.c.address_id == address_id,
            outbox.c.external_id.is_not(None),
        )
    )
    return frozenset(rows.scalars())


def holders(conn: Connection, outbox_ids: Sequence[int]) -> Mapping[int, Any]:
    """The address (id, network_id, standing) behind each of these texts, locked in one order."""
    if not outbox_ids:
        return {}
    whose = (
        select(outbox.c.id.label("outbox_id"), address.c.id, address.c.network_id)
        .add_columns(address.c.standing)
        .join(address, address.c.id == outbox.c.address_id)
        .where(outbox.c.id.in_(list(outbox_ids)))
        .order_by(address.c.id, outbox.c.id)
        .with_for_update(of=address)
    )
    return {row.outbox_id: row for row in conn.execute(whose)}


def is_busy(conn: Connection, route_id: int, address_id: int) -> bool:
    """Whether a text to this address is being sent over this route now, its answer still open."""
    to_it = (outbox.c.address_id == address_id, outbox.c.route_id == route_id)
    open_rows = select(outbox.c.id).where(*to_it, stands(State.SENDING))
    return conn.execute(open_rows.limit(1)).first() is not None


def conclude(conn: Connection, outbox_id: int, state: State, *, reason: str, now: datetime) -> None:
    """End an uncertain text in the state that a person's word gives it."""
    conn.execute(
        update(outbox)
        .where(outbox.c.id == outbox_id, stands(State.UNCERTAIN))
        .values(state=state, reason=reason, lease_token=None, updated_at=now)
    )


def again(conn: Connection, row: Any, now: datetime) -> int:
    """Queue a text once more as a new row that names the first; gives its id."""
    first_id = row.first_id or row.id
    copied = ("network_id", "address_id", "route_id", "broadcast_id", "inbound_id", "lane")
    words = ("language", "body", "document_id", "segments", "price_micro", "currency", "expires_at")
    values = {name: getattr(row, name) for name in copied + words}
    values |= {
        "first_id": first_id,
        "dedupe_key": f"again{row.id}",
        "state": State.QUEUED.value,
        "due_at": now,
        "created_at": now,
        "updated_at": now,
    }
    statement = _put(conn.dialect.name).values(**values).returning(outbox.c.id)
    return int(conn.execute(statement).scalar_one())
