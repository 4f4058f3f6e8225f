"""Claim: one short transaction that takes due rows of a route and writes the intent to send.

The commit of this transaction stands before any call to a wire, so that after a crash a row
that may have gone out is never `queued`.
"""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    insert,
    literal_column,
    not_,
    or_,
    select,
    union_all,
    update,
)

from app.domain.messages import Lane, State
from app.store import clock, routes
from app.store.addresses import address
from app.store.fan_out import lane_allows
from app.store.outbox import attempt, outbox, payload, stands
from app.store.schema import UTC_TIME

FIRST: ColumnElement[bool] = literal_column("outbox.goes_first", outbox.c.goes_first.type)
"""Whether a text overtakes others of its lane; written as in the index that holds them."""
SECOND_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that this worker alone may send now; `token` proves it when the result is settled."""

    id: int
    token: int
    no: int
    to: str
    text: str
    network_id: int
    price_micro: int
    expires_at: datetime | None
    started_at: datetime
    address_id: int = 0
    document_id: int | None = None
    """The letter that goes by mail, or the paper that goes to a chat, where there is one."""
    buttons: tuple[tuple[str, str], ...] = ()
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """Under what terms a worker claims: how long its lease is, when and for whom it is quiet."""

    worker: str
    lease_s: float
    now: datetime
    day: date
    quiet_networks: tuple[int, ...] = ()


def _due_in(lane: Lane, quiet: Collection[int], *, only_first: bool = False) -> Select[Any]:
    """The first due rows of one lane, in index order, those that others hold left out.

    `only_first`: those that overtake the others; a small index of their own holds them.
    """
    now = bindparam("now", type_=UTC_TIME)
    conditions: list[ColumnElement[bool]] = [
        outbox.c.route_id == bindparam("of_route"),
        stands(State.QUEUED),
        outbox.c.lane == literal_column(str(int(lane))),
        outbox.c.due_at <= now,
        or_(outbox.c.expires_at.is_(None), outbox.c.expires_at > now),
        lane_allows(outbox.c.lane, address.c.standing),
    ]
    if quiet and lane >= Lane.NORMAL:
        conditions.append(outbox.c.network_id.not_in(list(quiet)))
    if lane is Lane.NORMAL:
        conditions.append(FIRST if only_first else not_(FIRST))
    place: ColumnElement[int] = literal_column(str(2 * int(lane) + (not only_first)))
    picked = (
        select(outbox.c.id, place.label("place"), outbox.c.due_at)
        .join(address, address.c.id == outbox.c.address_id)
        .where(and_(*conditions))
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(bindparam("slots", type_=Integer))
        .with_for_update(skip_locked=True, of=outbox)
        .subquery(f"lane_{int(lane)}{'_first' * only_first}")
    )
    return select(picked)


@lru_cache(maxsize=64)
def _take(quiet: tuple[int, ...]) -> Any:
    """UPDATE … RETURNING id over the picked rows of all lanes, joined by id through a CTE."""
    lanes = (_due_in(lane, quiet) for lane in Lane)
    first = _due_in(Lane.NORMAL, quiet, only_first=True)
    due = union_all(first, *lanes).subquery("due")
    picked = (
        select(due.c.id)
        .where(clock.BELIEVED)
        .order_by(due.c.place, due.c.due_at, due.c.id)
        .limit(bindparam("slots", type_=Integer))
        .cte("picked")
    )
    return (
        update(outbox)
        .where(outbox.c.id == picked.c.id, stands(State.QUEUED))
        .values(
            state=State.SENDING.value,
            reason="",
            lease_token=bindparam("new_token"),
            lease_until_us=bindparam("lease_ends_us"),
            attempts=outbox.c.attempts + 1,
            started_at=bindparam("now", type_=UTC_TIME),
            updated_at=bindparam("now", type_=UTC_TIME),
        )
        .returning(outbox.c.id)
    )


@dataclass(frozen=True, slots=True)
class Claim:
    """What a claim got; `wait_s` is when the pace allows more, None when nothing was due."""

    rows: tuple[Claimed, ...] = ()
    wait_s: float | None = None


def claim(conn: Connection, route_id: int, slots: int, terms: Terms) -> Claim:
    """Take up to `slots` due rows of a route that its pace allows; they are now `sending`.

    Each has an open attempt row. The caller commits before it calls the wire. A clock that is not
    believed takes nothing: the statement that takes the rows asks for it.
    """
    row = routes.for_claim(conn, route_id)
    allowed = routes.allowance(row, slots)
    wanted = allowed.texts
    if row.per_day:
        wanted = min(wanted, row.per_day - routes.used_on(conn, route_id, terms.day))
    if wanted <= 0:
        return Claim(wait_s=allowed.wait_s)
    token = secrets.randbits(62)
    values = {
        "now": terms.now,
        "of_route": route_id,
        "slots": wanted,
        "new_token": token,
        "lease_ends_us": row.now_us + int(terms.lease_s * SECOND_US),
        **clock.limits(terms.now),
    }
    ids = list(conn.execute(_take(terms.quiet_networks), values).scalars())
    if not ids:
        return Claim()
    claimed = [
        Claimed(
            id=found.id,
            token=token,
            no=found.attempts,
            to=found.to,
            text=found.words or "",
            network_id=found.network_id,
            price_micro=found.price_micro,
            expires_at=found.expires_at,
            started_at=terms.now,
            address_id=found.address_id,
            document_id=found.document_id,
            buttons=tuple((text, label) for text, label in found.buttons or ()),
            is_urgent=found.lane == Lane.URGENT,
        )
        for found in payload(conn, ids)
    ]
    _open_attempts(conn, ids, terms.worker, row.now_us)
    _count(conn, row, claimed, terms.day)
    return Claim(tuple(claimed), allowed.wait_s)


_open_attempt = insert(attempt).from_select(
    ("outbox_id", "no", "token", "worker", "started_us"),
    select(
        outbox.c.id,
        outbox.c.attempts,
        outbox.c.lease_token,
        bindparam("by_worker", type_=Text),
        bindparam("begun_us", type_=BigInteger),
    ).where(outbox.c.id.in_(bindparam("ids", expanding=True))),
)


def _open_attempts(conn: Connection, ids: Sequence[int], worker: str, now_us: int) -> None:
    conn.execute(_open_attempt, {"by_worker": worker, "begun_us": now_us, "ids": list(ids)})


def _count(conn: Connection, row: Any, claimed: Sequence[Claimed], day: date) -> None:
    routes.spend(conn, row, len(claimed))
    taken: dict[int, tuple[int, int]] = {}
    for one in claimed:
        used, spent_micro = taken.get(one.network_id, (0, 0))
        taken[one.network_id] = (used + 1, spent_micro + one.price_micro)
    routes.count_day(conn, row.id, day, taken)
