"""Resolve uncertain texts: ask the provider, or let a person decide; never send again blindly."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.domain.errors import Refusal, SendError, Uncertain
from app.domain.messages import Mt, Sent, State
from app.domain.ports import Channel, Reconciles
from app.store import journal, outbox, routes
from app.store.database import Connection, Database
from app.store.settle import Result, reap, settle

AT_ONCE = 50
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides; `network_id` is None for whoever looks after all networks."""

    name: str
    network_id: int | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """How many lost answers were found: accepted after all, or certainly not."""

    accepted: int = 0
    queued: int = 0


async def reap_leases(database: Database, *, now: datetime) -> int:
    """Mark what a dead or frozen worker left `sending` as uncertain; gives how many."""
    return await database.write(reap, now)


async def resolve_uncertain(
    database: Database, route_id: int, channel: Channel, *, now: datetime
) -> Resolved:
    """Ask a wire that can be asked about each text whose answer was lost long enough ago.

    What it knows is marked as accepted; what it certainly never had is queued again; what it
    cannot tell is asked again later. Raises Busy when the database cannot be reached.
    """
    if not isinstance(channel, Reconciles):
        return Resolved()
    before = now - timedelta(seconds=channel.lookup_after_s)
    rows = await database.read(outbox.uncertain, route_id, before=before, limit=AT_ONCE)
    accepted = queued = 0
    for row in rows:
        try:
            result = await _ask(database, channel, row)
        except SendError as error:
            log.warning("the wire %s could not be asked: %s", channel.name, error)
            break
        taken = await database.write(_settle_told, row, result, now)
        accepted += taken and result.outcome == "found"
        queued += taken and result.state is State.QUEUED
    return Resolved(accepted, queued)


async def _ask(database: Database, channel: Reconciles, row: Any) -> Result:
    """What the provider says of one text; raises SendError when it cannot be asked now."""
    if row.external_id:
        # A receipt has brought the gateway's id already: that is an answer.
        return _told(row, Sent(row.external_id))
    known = await database.read(outbox.external_ids, row.route_id, row.address_id)
    mt = Mt(ref=f"{row.id}.{row.lease_token}", to=row.to, text=row.words, started=row.started_at)
    try:
        return _told(row, await channel.find(mt, since=row.started_at, known=known))
    except Uncertain as error:
        # Only this text is in doubt: it waits for its next turn and does not stop the others.
        return _result(row, State.UNCERTAIN, "uncertain", code=error.code, detail=str(error))


def _told(row: Any, sent: Sent | None) -> Result:
    if sent is None:
        return _result(row, State.QUEUED, "not accepted")
    return _result(row, sent.state, "found", external_id=sent.external_id)


def _result(row: Any, state: State, outcome: str, **more: Any) -> Result:
    return Result(row.id, row.lease_token, row.attempts, state, outcome, **more)


def _settle_told(conn: Connection, row: Any, result: Result, now: datetime) -> bool:
    """Write what the provider said, unless what it found may be the same words of another row."""
    if result.external_id and not row.external_id:
        routes.lock(conn, row.route_id)
        known = outbox.external_ids(conn, row.route_id, row.address_id)
        if result.external_id in known or outbox.is_busy(conn, row.route_id, row.address_id):
            return False
    return bool(settle(conn, [result], now))


class Verdict(StrEnum):
    """What a person found out about a text that may have been sent."""

    ARRIVED = "arrived"
    AGAIN = "again"
    LEAVE = "leave"


async def decide_uncertain(
    database: Database, outbox_id: int, verdict: Verdict, *, by: Decider, now: datetime
) -> int | None:
    """Let a person decide about a text that may have been sent: it arrived, once more, or never.

    A resend is a new text that names the first; gives its id. Raises Refusal when the text is
    not uncertain, or another network's.
    """
    return await database.write(_decide, outbox_id, verdict, by, now)


def _decide(
    conn: Connection, outbox_id: int, verdict: Verdict, by: Decider, now: datetime
) -> int | None:
    row = outbox.get(conn, outbox_id)
    is_theirs = row is not None and by.network_id in (None, row.network_id)
    if row is None or not is_theirs or row.state != State.UNCERTAIN:
        raise Refusal("not_uncertain", "This text is not waiting for a decision.")
    journal.append(
        conn,
        {
            "network_id": row.network_id,
            "at": now,
            "actor": by.name,
            "action": "uncertain text decided",
            "subject": f"text {outbox_id}",
            "detail": {"verdict": verdict.value},
        },
    )
    if verdict is Verdict.ARRIVED:
        outbox.conclude(conn, outbox_id, State.DELIVERED, reason="told by a person", now=now)
        return None
    outbox.conclude(conn, outbox_id, State.CANCELLED, reason="may have been sent", now=now)
    return outbox.again(conn, row, now) if verdict is Verdict.AGAIN else None
