"""List broadcasts as the first page shows them: planned, on their way, sent lately."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.domain.messages import State
from app.store import networks, today
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo
from app.store.settle import RESTORED

SENT_LATELY = timedelta(days=7)
MOST_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Planned:
    """A broadcast that waits for a second person."""

    id: int
    ref: int
    kind: str
    author: str
    people: int
    addresses: int
    price_micro: int
    currency: str
    words: str
    """The first words, without the network's name."""
    language: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Going:
    """A broadcast on its way; `gone` have left (sent, delivered, undelivered), `waiting` not."""

    id: int
    ref: int
    kind: str
    words: str
    language: str
    gone: int
    waiting: int
    total: int
    held_until: datetime | None
    """When texts held for the night go on; None when none is held, or held for another reason."""
    held_reason: str
    """Why texts are held: `quiet`, `restored`; "" when none is."""
    undo_until: datetime | None
    """Until when it can be taken back whole; None when that has passed."""


@dataclass(frozen=True, slots=True)
class SentLately:
    """A broadcast of the last seven days of which nothing waits any more."""

    id: int
    ref: int
    kind: str
    words: str
    language: str
    delivered: int
    total: int
    price_micro: int
    currency: str
    approved_at: datetime


@dataclass(frozen=True, slots=True)
class Officer:
    """Who looks: an account, and whether its post may approve."""

    account_id: int | None
    may_approve: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """The broadcasts that an officer asks about first."""

    to_approve: tuple[Planned, ...]
    own_waiting: tuple[Planned, ...]
    going: tuple[Going, ...]
    sent: tuple[SentLately, ...]


async def list_broadcasts(
    database: Database, network_id: int, *, officer: Officer, now: datetime
) -> Listed:
    """What waits for approval, what is going out, what went out in the last seven days."""
    return await database.read(_list, network_id, officer, now)


def _list(conn: Connection, network_id: int, officer: Officer, now: datetime) -> Listed:
    return broadcasts_of(conn, networks.by_id(conn, network_id), officer, now)


def broadcasts_of(
    conn: Connection, network: NetworkInfo, officer: Officer, now: datetime
) -> Listed:
    """The same inside an open transaction."""
    plans = today.plans(conn, network.id)
    begun = today.under_way(conn, network.id, now - SENT_LATELY)
    shown = _Shown(conn, network, [row.id for row in (*plans, *begun)])
    states = today.states_of(conn, [row.id for row in begun])
    going = (row for row in begun if row.is_open)
    done = (row for row in begun if not row.is_open)
    own = officer.account_id
    may_approve = officer.may_approve and own is not None
    return Listed(
        to_approve=tuple(
            _planned(row, shown) for row in plans if may_approve and row.author_id != own
        ),
        own_waiting=tuple(
            _planned(row, shown) for row in plans if row.author_id == own is not None
        ),
        going=tuple(_going(conn, row, shown, states.get(row.id, {}), now) for row in going),
        sent=tuple(_sent(row, shown, states.get(row.id, {})) for row in done),
    )


class _Shown:
    """The first words of broadcasts, in the network's own language where they are written in it."""

    def __init__(self, conn: Connection, network: NetworkInfo, ids: Sequence[int]) -> None:
        self._network = network
        self._texts = today.texts_of(conn, ids)

    def words(self, broadcast_id: int) -> dict[str, str]:
        """`words` and their `language`."""
        words, tag = first_words(self._network, self._texts.get(broadcast_id, {}))
        return {"language": tag, "words": words}


def first_words(network: NetworkInfo, texts: Mapping[str, str]) -> tuple[str, str]:
    """The first words of a broadcast and their language: the network's own, where it has it."""
    tag = network.language if network.language in texts else min(texts, default="")
    text = texts.get(tag, "")
    for name in network.short_names.values():
        text = text.removeprefix(f"{name}: ")
    text = " ".join(text.split())
    if len(text) <= MOST_LETTERS:
        return text, tag
    whole, _, _ = text[: MOST_LETTERS + 1].rpartition(" ")
    return f"{whole or text[:MOST_LETTERS]}…", tag


def _planned(row: Any, shown: _Shown) -> Planned:
    return Planned(
        id=row.id,
        ref=row.ref,
        kind=row.kind,
        author=row.author or "",
        people=row.people,
        addresses=row.addresses,
        price_micro=row.price_micro,
        currency=row.currency,
        created_at=row.created_at,
        **shown.words(row.id),
    )


def _sum(states: Mapping[str, int], among: Sequence[State]) -> int:
    return sum(states.get(state, 0) for state in among)


def _total(row: Any, states: Mapping[str, int]) -> int:
    """Phones that get it: a text sent again counts once, one stopped since the plan not at all."""
    if row.state == "fanning":
        return int(row.addresses)
    return min(sum(states.values()), int(row.addresses))


def _going(
    conn: Connection, row: Any, shown: _Shown, states: Mapping[str, int], now: datetime
) -> Going:
    held = today.one_held(conn, row.id) if states.get(State.HELD) else None
    reason = held.reason if held is not None else ""
    total = _total(row, states)
    return Going(
        id=row.id,
        ref=row.ref,
        kind=row.kind,
        gone=min(_sum(states, today.WENT_OUT), total),
        waiting=_sum(states, today.OPEN),
        total=total,
        held_until=held.due_at if held is not None and reason != RESTORED else None,
        held_reason=reason,
        undo_until=row.due_at if row.due_at is not None and row.due_at > now else None,
        **shown.words(row.id),
    )


def _sent(row: Any, shown: _Shown, states: Mapping[str, int]) -> SentLately:
    total = _total(row, states)
    return SentLately(
        id=row.id,
        ref=row.ref,
        kind=row.kind,
        delivered=min(states.get(State.DELIVERED, 0), total),
        total=total,
        price_micro=row.price_micro,
        currency=row.currency,
        approved_at=row.approved_at,
        **shown.words(row.id),
    )
