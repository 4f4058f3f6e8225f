"""Show a broadcast on its way: how far it is, what it cost, who is in doubt and who was missed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from app.domain.broadcast import Kind, Worded
from app.domain.errors import Refusal
from app.domain.messages import State
from app.domain.msisdn import mask
from app.services.price_plan import cut_at, first_moment, seconds_left, shown
from app.services.roll_up_units import UnitProgress, is_gone, roll_up
from app.store import networks, progress
from app.store.database import Connection, Database

MOST_ROWS = 50
"""Of the texts that are shown one by one."""
WAITING = (State.QUEUED, State.HELD)


@dataclass(frozen=True, slots=True)
class Named:
    """A person or a unit: the Latin name and the local one, which may be empty."""

    name: str
    local_name: str


@dataclass(frozen=True, slots=True)
class UncertainText:
    """A text that may have been sent: a person decides."""

    id: int
    """Of the outbox row: what `decide_uncertain` takes."""
    people: tuple[Named, ...]
    """Everybody on this phone, leaders first; empty for a number without a person."""
    unit: Named
    """The own unit (village) of the first of them."""
    number: str
    """Masked."""
    since: datetime


@dataclass(frozen=True, slots=True)
class FailedText:
    """A text that certainly did not arrive (or was too late): somebody has to call."""

    id: int
    people: tuple[Named, ...]
    unit: Named
    number: str
    """Masked."""
    state: State
    """`undelivered`, `rejected` or `expired`."""
    reason: str
    """The wire's own word or code; may be empty."""
    since: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """A broadcast as planned and approved, and where its texts stand now.

    A text that a person sent once more counts only as its newest try, so that each phone counts
    once: total = the sum of `states` = the sum of `units`. Before the approval total is 0.
    """

    id: int
    ref: int
    kind: Kind
    state: str
    """`planning`, `planned`, `fanning`, `running` or `cancelled`."""
    audience: str
    source: str
    """How the author knows; never sent."""
    hash: str
    author: str
    """Name of the account; empty when a command planned it."""
    author_id: int | None
    approver: str
    """Empty before the approval."""
    created_at: datetime
    approved_at: datetime | None
    due_at: datetime | None
    """When it goes or went: its 60 seconds to take it back end then."""
    expires_at: datetime | None
    texts: tuple[Worded, ...]
    """By language: `language`, `body`, `encoding`, `segments`."""
    people: int
    addresses: int
    segments: int
    price_micro: int
    currency: str
    seconds: int
    held: tuple[Mapping[str, Any], ...]
    left_out: tuple[Mapping[str, Any], ...]
    is_private: bool
    """Only to phones that are a person's own."""
    send_at: datetime | None
    """When its author wants it to go; None for as soon as somebody agrees."""
    publication_id: int | None
    """The publication that it is part of, and with which it is approved."""
    is_waiting_for_undo: bool
    """Approved, and nothing has gone out yet because the 60 seconds run."""
    seconds_left: int
    """Of these 60 seconds; 0 when they do not run."""
    states: Mapping[State, int]
    """Texts in each of the ten states, zeros too."""
    total: int
    gone: int
    """What the wire took or certainly refused: sent, delivered, undelivered, rejected, and
    expired after it was taken."""
    waiting: int
    """Queued and held: what can still be stopped."""
    failed_total: int
    """Undelivered, rejected and expired."""
    spent_micro: int
    """Planned price of what a wire took."""
    last_at: datetime | None
    """When the last waiting text leaves at the safe pace; None when nothing waits, or when its
    wire is stopped. Holds only while `cut_at` is None."""
    cut_at: datetime | None
    """When quiet hours will stop it half way."""
    held_until: datetime | None
    """When the held texts are due again; None when none is held."""
    held_reason: str
    """`quiet` or another word; empty when none is held."""
    units: tuple[UnitProgress, ...]
    """By name; phones without a unit last."""
    uncertain: tuple[UncertainText, ...]
    """The 50 oldest; `states` has their whole number."""
    failed: tuple[FailedText, ...]
    """The 50 newest; `failed_total` has their whole number."""


async def show_progress(
    database: Database, broadcast_id: int, *, network_id: int, now: datetime
) -> Progress:
    """Everything that a page about one broadcast shows.

    Raises Refusal when this network has no such broadcast.
    """
    return await database.read(_show, broadcast_id, network_id, now)


async def show_counts(
    database: Database, broadcast_id: int, *, network_id: int
) -> Mapping[State, int]:
    """Only the texts in each of the ten states, for a page that asks each second.

    Raises Refusal when this network has no such broadcast.
    """
    return await database.read(_count, broadcast_id, network_id)


def _count(conn: Connection, broadcast_id: int, network_id: int) -> Mapping[State, int]:
    row = _found(conn, broadcast_id, network_id)
    return progress.standing(conn, row.id, progress.superseded(conn, row.id))


def _found(conn: Connection, broadcast_id: int, network_id: int) -> Any:
    row = progress.found(conn, broadcast_id, network_id)
    if row is None:
        raise Refusal("not_found", "There is no broadcast {id}.", id=broadcast_id)
    return row


def _show(conn: Connection, broadcast_id: int, network_id: int, now: datetime) -> Progress:
    row = _found(conn, broadcast_id, network_id)
    but = progress.superseded(conn, row.id)
    texts = progress.by_unit(conn, row.id, but)
    states = dict.fromkeys(State, 0)
    for one in texts:
        states[State(one.state)] += one.texts
    gone = sum(one.texts for one in texts if is_gone(one))
    held = progress.held(conn, row.id, but) if states[State.HELD] else None
    left = _left_of_undo(row, states, gone, now)
    last, cut = _end(conn, row, texts, now)
    return Progress(
        **_plan(conn, row),
        is_waiting_for_undo=left > 0,
        seconds_left=left,
        states=states,
        total=sum(states.values()),
        gone=gone,
        waiting=sum(states[state] for state in WAITING),
        failed_total=sum(states[state] for state in progress.FAILED),
        spent_micro=sum(int(one.price_micro) for one in texts if _was_taken(one)),
        last_at=last,
        cut_at=cut,
        held_until=held.due_at if held else None,
        held_reason=held.reason if held else "",
        units=roll_up(progress.units(conn, network_id), texts),
        **_one_by_one(conn, row.id, but),
    )


def _plan(conn: Connection, row: Any) -> dict[str, Any]:
    """What was planned, and who said yes to it."""
    plan = shown(conn, row)
    same = ("ref", "hash", "people", "addresses", "segments", "price_micro", "currency", "seconds")
    stored = ("state", "audience", "source", "author_id", "publication_id", "send_at")
    times = ("created_at", "approved_at", "due_at", "expires_at")
    return {
        "id": row.id,
        "kind": Kind(row.kind),
        "author": row.author or "",
        "approver": row.approver or "",
        "held": plan.held,
        "left_out": plan.left_out,
        "texts": plan.texts,
        "is_private": plan.is_private,
        **{name: getattr(plan, name) for name in same},
        **{name: getattr(row, name) for name in stored + times},
    }


def _left_of_undo(row: Any, states: Mapping[State, int], gone: int, now: datetime) -> int:
    """Seconds in which all of it can still be taken back."""
    has_begun = gone or states[State.SENDING] or states[State.UNCERTAIN]
    if row.state not in {"fanning", "running"} or has_begun or now >= row.due_at:
        return 0
    left: timedelta = row.due_at - now
    return ceil(left.total_seconds())


def _was_taken(texts: Any) -> bool:
    """Whether a wire took these texts, so that they cost something."""
    return texts.was_taken or texts.state in {State.SENT, State.DELIVERED, State.UNDELIVERED}


def _end(
    conn: Connection, row: Any, texts: Sequence[Any], now: datetime
) -> tuple[datetime | None, datetime | None]:
    """When the last text leaves, and when quiet hours stop it before."""
    waiting = Counter[int]()
    for one in texts:
        if one.state in WAITING:
            waiting[one.route_id] += one.texts
    left = seconds_left(conn, waiting, is_begun=any(one.state not in WAITING for one in texts))
    if not waiting or left is None:
        return None, None
    network, kind = networks.by_id(conn, row.network_id), Kind(row.kind)
    first = first_moment(network, kind, max(now, row.due_at))
    last = first + timedelta(seconds=left)
    return last, cut_at(network, kind, first, last)


def _one_by_one(conn: Connection, broadcast_id: int, but: Sequence[int]) -> dict[str, Any]:
    """The texts that need a person, with who is on each phone."""
    uncertain = progress.uncertain(conn, broadcast_id, but, MOST_ROWS)
    failed = progress.failed(conn, broadcast_id, but, MOST_ROWS)
    holders = progress.holders(conn, {row.address_id for row in (*uncertain, *failed)})
    return {
        "uncertain": tuple(
            UncertainText(**_text(row, holders), since=row.tried_at) for row in uncertain
        ),
        "failed": tuple(
            FailedText(
                **_text(row, holders),
                state=State(row.state),
                reason=row.reason,
                since=row.updated_at,
            )
            for row in failed
        ),
    }


def _text(row: Any, holders: Mapping[int, Sequence[Any]]) -> dict[str, Any]:
    people = holders.get(row.address_id, [])
    first = people[0] if people else None
    return {
        "id": row.id,
        "people": tuple(Named(one.name, one.local_name) for one in people),
        "unit": Named(first.unit_name, first.unit_local_name) if first else Named("", ""),
        "number": mask(row.msisdn),
    }
