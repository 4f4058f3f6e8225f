"""Settle: writes what became of claimed rows, in groups, fenced by their lease token."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    Text,
    and_,
    bindparam,
    case,
    func,
    not_,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.types import TypeEngine

from app.domain.messages import Lane, State
from app.store.addresses import address
from app.store.broadcasts import broadcast
from app.store.bulk import rows_from, rows_value
from app.store.fan_out import lane_allows
from app.store.outbox import WAITING, attempt, outbox, stands
from app.store.schema import UTC_TIME, db_now_us

RESTORED = "restored"
"""Why a text waits that stood open in a restored copy: only a person may let it go."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one claimed row.

    `state` is where the row goes; `outcome` is the word for the attempt; `retry_s` is when a
    queued row is due again, in seconds from now. `is_gone`: there is no such address anywhere.
    """

    id: int
    token: int
    no: int
    state: State
    outcome: str
    external_id: str = ""
    code: str = ""
    detail: str = ""
    retry_s: int = 0
    is_gone: bool = False


_COLUMNS: Mapping[str, TypeEngine[Any]] = {
    "id": BigInteger(),
    "token": BigInteger(),
    "no": Integer(),
    "state": Text(),
    "outcome": Text(),
    "external_id": Text(),
    "code": Text(),
    "detail": Text(),
}


def _values(results: Sequence[Result]) -> str:
    return rows_value(
        [
            {
                "id": one.id,
                "token": one.token,
                "no": one.no,
                "state": one.state.value,
                "outcome": one.outcome,
                "external_id": one.external_id,
                "code": one.code[:40],
                "detail": one.detail[:200],
            }
            for one in results
        ]
    )


@cache
def _settle_rows(dialect: str) -> Any:
    """UPDATE of the rows that still carry their token, built once: it is the hottest of all.

    A text of a restored copy that turns out to be unsent is held, not queued.
    """
    rows = rows_from(dialect, "results", _COLUMNS)
    is_restored = outbox.c.reason == RESTORED
    goes_back = and_(is_restored, rows.c.state == State.QUEUED.value)
    stays_open = and_(is_restored, rows.c.state.in_([State.QUEUED.value, State.UNCERTAIN.value]))
    return (
        update(outbox)
        .where(
            outbox.c.id == rows.c.id,
            outbox.c.lease_token == rows.c.token,
            or_(stands(State.SENDING), stands(State.UNCERTAIN)),
        )
        .values(
            state=case((goes_back, State.HELD.value), else_=rows.c.state),
            reason=case((stays_open, RESTORED), else_=rows.c.code),
            external_id=func.coalesce(func.nullif(rows.c.external_id, ""), outbox.c.external_id),
            lease_until_us=None,
            updated_at=bindparam("now", type_=UTC_TIME),
        )
        .returning(outbox.c.id)
    )


@cache
def _settle_attempts(dialect: str) -> Any:
    rows = rows_from(dialect, "results", _COLUMNS)
    return (
        update(attempt)
        .where(
            attempt.c.outbox_id == rows.c.id,
            attempt.c.no == rows.c.no,
            attempt.c.token == rows.c.token,
        )
        .values(
            ended_us=db_now_us(),
            outcome=rows.c.outcome,
            code=rows.c.code,
            detail=rows.c.detail,
        )
    )


def settle(conn: Connection, results: Sequence[Result], now: datetime) -> set[int]:
    """Write the results of rows that still carry their token; gives the ids that took it.

    Safe to repeat until it commits. A row that moved on meanwhile (a receipt came first, or
    it was fenced) keeps its state; its attempt is written all the same.
    """
    values, dialect = _values(results), conn.dialect.name
    taken = set(conn.execute(_settle_rows(dialect), {"results": values, "now": now}).scalars())
    conn.execute(_settle_attempts(dialect), {"results": values})
    _name_accepted(conn, [one for one in results if one.external_id and one.id not in taken])
    again = [one for one in results if one.state is State.QUEUED and one.id in taken]
    for one in again:
        _due_again(conn, one, now)
    if again:
        _drop_unwanted(conn, [one.id for one in again], now)
    return taken


def _name_accepted(conn: Connection, late: Sequence[Result]) -> None:
    """Keep the provider's id of a text whose row a receipt moved on before we could settle."""
    for one in late:
        conn.execute(
            update(outbox)
            .where(outbox.c.id == one.id, outbox.c.lease_token == one.token)
            .values(external_id=func.coalesce(outbox.c.external_id, one.external_id))
        )


def _due_again(conn: Connection, one: Result, now: datetime) -> None:
    conn.execute(
        update(outbox)
        .where(outbox.c.id == one.id)
        .values(due_at=now + timedelta(seconds=one.retry_s), lease_token=None)
    )


def _drop_unwanted(conn: Connection, ids: Sequence[int], now: datetime) -> None:
    """Cancel what was stopped or called back while it was being sent, instead of a retry."""
    called_back = select(broadcast.c.id).where(broadcast.c.state == "cancelled")
    stopped = select(address.c.id).where(
        address.c.id == outbox.c.address_id, not_(lane_allows(outbox.c.lane, address.c.standing))
    )
    conn.execute(
        update(outbox)
        .where(
            outbox.c.id.in_(ids),
            stands(State.QUEUED),
            or_(outbox.c.broadcast_id.in_(called_back), stopped.exists()),
        )
        .values(state=State.CANCELLED.value, reason="stopped", updated_at=now)
    )


def reap(conn: Connection, now: datetime) -> int:
    """Mark rows whose lease ran out as uncertain, never as queued; gives how many.

    They keep their token, so that a settle that was only late still counts.
    """
    return conn.execute(
        update(outbox)
        .where(
            stands(State.SENDING),
            outbox.c.lease_until_us < db_now_us(),
        )
        .values(state=State.UNCERTAIN.value, reason="no answer", updated_at=now)
    ).rowcount


def tidy(conn: Connection, now: datetime, *, limit: int = 5000) -> int:
    """Expire what is past its valid-until and queue what was held until now; gives how many.

    What a restore holds back waits for a person, not for an hour. Works through at most
    `limit` rows of each kind, so that the writer is never held long.
    """
    late = select(outbox.c.id).where(text(WAITING), outbox.c.expires_at <= now).limit(limit)
    expired = conn.execute(
        update(outbox)
        .where(outbox.c.id.in_(late.scalar_subquery()))
        .values(state=State.EXPIRED.value, reason="too late", updated_at=now)
    ).rowcount
    free = (
        select(outbox.c.id)
        .where(
            stands(State.HELD),
            outbox.c.reason == "quiet",
            outbox.c.due_at <= now,
        )
        .order_by(outbox.c.goes_first.desc(), outbox.c.due_at)
        .limit(limit)
    )
    released = conn.execute(
        update(outbox)
        .where(outbox.c.id.in_(free.scalar_subquery()))
        .values(state=State.QUEUED.value, reason="", updated_at=now)
    ).rowcount
    return expired + released


def hold_quiet(
    conn: Connection, network_id: int, *, now: datetime, until: datetime, limit: int = 5000
) -> int:
    """Hold due routine texts of a network in its quiet hours until they end; gives how many."""
    late = (
        select(outbox.c.id)
        .where(
            stands(State.QUEUED),
            outbox.c.network_id == network_id,
            outbox.c.lane >= int(Lane.NORMAL),
            outbox.c.due_at <= now,
        )
        .limit(limit)
    )
    return conn.execute(
        update(outbox)
        .where(outbox.c.id.in_(late.scalar_subquery()))
        .values(state=State.HELD.value, reason="quiet", due_at=until, updated_at=now)
    ).rowcount
