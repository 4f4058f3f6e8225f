"""Show what waits and why: by broadcast, with the time at which it goes on, and what never went."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from app.domain.messages import State
from app.domain.quiet_reasons import Why, why_quiet
from app.services.list_broadcasts import first_words
from app.services.watch_clock import ClockState, clock_state
from app.store import held, networks, today
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo
from app.store.settle import RESTORED

TOLD_FOR = timedelta(days=30)
"""So long what never went out is listed."""
MOST_NEVER_SENT = 100
SOON = timedelta(minutes=2)
"""A text that is due within the time to take it back waits for nothing else."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Texts of one broadcast that wait for the same; `until` is None when a person must act."""

    why: Why
    texts: int
    until: datetime | None
    day: str = ""
    """What the festival or mourning is called."""
    wire: str = ""
    """The wire that is stopped, or has no more for the day."""
    broadcast_id: int | None = None
    """None for answers to members."""
    ref: int = 0
    kind: str = ""
    words: str = ""
    language: str = ""
    is_late: bool = False
    """It will be too late by then, and be dropped."""


@dataclass(frozen=True, slots=True)
class NeverSent:
    """A notice of a meeting that did not go out; `why` is one of four words.

    `missed` (nothing ran at its time), `dropped` (no decent hour was left before the meeting),
    `dear` (no money was left in the month), `nobody` (no phone could be texted).
    """

    body: str
    label: str
    meeting_at: datetime
    lead: int
    """Minutes before the meeting; 0 for one that says that it was moved or is off."""
    part: str
    why: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """Everything of a network that waits, and what it waits for."""

    clock: ClockState
    stopped: int
    """Texts that would go out now if the clock were believed; 0 while it is."""
    waiting: tuple[Waiting, ...]
    numbers: int
    """Numbers that are not texted before somebody has looked at them."""
    never_sent: tuple[NeverSent, ...]

    @property
    def texts(self) -> int:
        """How many texts are listed."""
        return sum(one.texts for one in self.waiting)


@dataclass(frozen=True, slots=True)
class HeldShort:
    """The same in one line; `until` is when the first of the held texts goes on."""

    clock: ClockState
    stopped: int
    texts: int
    until: datetime | None


async def show_held(database: Database, network_id: int, *, now: datetime) -> Held:
    """What waits in a network, why and until when; and what never went out in 30 days."""
    return await database.read(_show, network_id, now)


async def count_held(database: Database, network_id: int, *, now: datetime) -> HeldShort:
    """Only how much, for the first page."""
    return await database.read(_count, network_id, now)


def _count(conn: Connection, network_id: int, now: datetime) -> HeldShort:
    state = clock_state(conn, now)
    texts, until = held.held_count(conn, network_id)
    return HeldShort(state, _stopped(conn, network_id, state), texts, until)


def _stopped(conn: Connection, network_id: int, state: ClockState) -> int:
    return 0 if state.is_believed else held.open_count(conn, network_id, state.now)


def _show(conn: Connection, network_id: int, now: datetime) -> Held:
    network = networks.by_id(conn, network_id)
    state = clock_state(conn, now)
    since = now - TOLD_FOR
    return Held(
        clock=state,
        stopped=_stopped(conn, network_id, state),
        waiting=(*_approvals(conn, network), *_texts(conn, network, now)),
        numbers=held.doubtful_numbers(conn, network_id),
        never_sent=tuple(
            NeverSent(
                body=row.body,
                label=row.label,
                meeting_at=row.at,
                lead=row.lead,
                part=row.part,
                why=row.state,
                due_at=row.due_at,
            )
            for row in held.never_sent(conn, network_id, since, limit=MOST_NEVER_SENT)
        ),
    )


def _approvals(conn: Connection, network: NetworkInfo) -> Iterator[Waiting]:
    """What was planned and waits for a second person, or for a smaller price."""
    plans = today.plans(conn, network.id)
    words = today.texts_of(conn, [row.id for row in plans])
    for row in plans:
        is_dear = any(one.get("reason") == "budget" for one in row.held)
        why = Why.BUDGET if is_dear else Why.APPROVAL
        yield Waiting(why, row.addresses, None, **_named(network, row, words.get(row.id, {})))


def _texts(conn: Connection, network: NetworkInfo, now: datetime) -> Iterator[Waiting]:
    """What stands in the outbox and does not go now; the first to go on comes first."""
    rows = held.waiting(conn, network.id)
    ids = sorted({row.broadcast_id for row in rows if row.broadcast_id is not None})
    known, words = held.broadcasts_named(conn, ids), today.texts_of(conn, ids)
    wires = held.wires(conn, now.date())
    found = [
        Waiting(
            texts=row.n,
            is_late=_is_late(row, why["until"]),
            **why,
            **_named(network, known.get(row.broadcast_id), words.get(row.broadcast_id, {})),
        )
        for row in rows
        if (why := _why(row, network, wires, now)) is not None
    ]
    last = datetime.max.replace(tzinfo=UTC)
    yield from sorted(found, key=lambda one: (one.until or last, one.ref, one.why))


def _is_late(row: Any, until: datetime | None) -> bool:
    return until is not None and row.expires_at is not None and row.expires_at <= until


def _why(
    row: Any, network: NetworkInfo, wires: Mapping[int, Any], now: datetime
) -> dict[str, Any] | None:
    """`why` and `until` of texts that wait; None for those that go now."""
    if row.state == State.HELD:
        return _why_held(row, network, now)
    wire = wires[row.route_id]
    if not wire.is_open or wire.trouble:
        return {"why": Why.WIRE, "until": None, "wire": wire.name}
    if row.first_at > now + SOON:
        return {"why": Why.LATER, "until": row.first_at}
    if wire.is_full:
        midnight = datetime.combine(now.date() + timedelta(days=1), time(0), UTC)
        return {"why": Why.MEASURE, "until": midnight, "wire": wire.name}
    return None


def _why_held(row: Any, network: NetworkInfo, now: datetime) -> dict[str, Any]:
    if row.reason == RESTORED:
        return {"why": Why.RESTORED, "until": None}
    if row.reason != "quiet":
        return {"why": Why.OTHER, "until": row.first_at}
    why, day = why_quiet(now, row.first_at, network.tz, network.quiet, network.special_days)
    return {"why": why, "until": row.first_at, "day": day}


def _named(network: NetworkInfo, row: Any, texts: Mapping[str, str]) -> dict[str, Any]:
    """Which broadcast it is, and its first words; nothing for answers to members."""
    if row is None:
        return {}
    words, language = first_words(network, texts)
    return {
        "broadcast_id": row.id,
        "ref": row.ref,
        "kind": row.kind,
        "words": words,
        "language": language,
    }
