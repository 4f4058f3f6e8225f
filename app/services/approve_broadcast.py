"""Approve a broadcast: a second person, the same plan, within budget; then it enters the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.broadcast import Kind, Medium
from app.domain.errors import Phrase, Refusal
from app.domain.messages import State
from app.domain.quiet_hours import is_quiet, next_allowed
from app.domain.send_time import day_has_passed
from app.services._month_measure import measure_at
from app.services.watch_clock import must_be_believed
from app.store import (
    broadcasts,
    digest_lists,
    fan_out,
    journal,
    month_measure,
    networks,
    outbox,
    publications,
)
from app.store.database import Connection, Database
from app.store.fan_out import Order
from app.store.month_measure import Place
from app.store.networks import NetworkInfo

APPROVED = ("fanning", "running")
UNDO = timedelta(seconds=60)
CHUNK = 5_000
"""Rows that enter the outbox in one transaction."""
USEFUL_FOR = {Kind.URGENT: timedelta(hours=12), Kind.NOTICE: timedelta(days=3)}
MAIL_USEFUL_FOR = timedelta(days=14)
"""Minutes in a mailbox are read late anyway."""


@dataclass(frozen=True, slots=True)
class Approver:
    """Who says yes; `hash` is that of the plan they saw, `at_once` leaves the undo out."""

    name: str
    account_id: int | None
    hash: str
    at_once: bool = False


async def approve_broadcast(
    database: Database,
    broadcast_id: int,
    *,
    by: Approver,
    now: datetime,
    network_id: int | None = None,
) -> int:
    """Approve what was shown and put it into the outbox; gives the number of texts.

    A broadcast of a publication is approved with its others, all or none.
    Safe to repeat: an approval cut off half way is ended by the same call or by the timetable.
    Raises Refusal when it is not planned, was changed, is the approver's own or is too dear,
    when the clock is not believed, and when it is not that network's, where one is given.
    """
    approved = await database.write(_approve, broadcast_id, by, now, network_id)
    return sum([await fan_out_broadcast(database, one, now=now) for one in approved])


async def fan_out_broadcast(
    database: Database, broadcast_id: int, *, now: datetime, chunk: int = CHUNK
) -> int:
    """Copy what is left of an approved broadcast into the outbox, leaders first.

    Gives the number of its texts. May be cut off after any chunk of rows and called again.
    """
    while await database.write(_copy_chunk, broadcast_id, chunk, now):
        pass
    return await database.read(_count, broadcast_id)


def fan_out_within(conn: Connection, broadcast_id: int, now: datetime) -> None:
    """Copy a small approved broadcast into the outbox within this transaction."""
    while _copy_chunk(conn, broadcast_id, CHUNK, now):
        pass


async def finish_fan_outs(database: Database, *, now: datetime) -> int:
    """End every fan-out that a crash cut off; gives how many there were."""
    unfinished = await database.read(broadcasts.unfinished)
    for broadcast_id in unfinished:
        await fan_out_broadcast(database, broadcast_id, now=now)
    return len(unfinished)


def _count(conn: Connection, broadcast_id: int) -> int:
    return sum(outbox.counts(conn, broadcast_id).values())


def _approve(
    conn: Connection,
    broadcast_id: int,
    by: Approver,
    now: datetime,
    network_id: int | None = None,
) -> list[int]:
    """Approve it and what goes with it; gives their ids."""
    rows = together(conn, broadcast_id, network_id)
    row = next(one for one in rows if one.id == broadcast_id)
    ids = [one.id for one in rows]
    if row.state in APPROVED and row.approver_id == by.account_id is not None:
        return ids
    for one in rows:
        _check(one, by)
    must_be_believed(conn, now)
    network = networks.by_id(conn, row.network_id)
    if day_has_passed(row.send_at, now, network.tz):
        raise Refusal(
            "too_late", "The day on which this was to go has passed. Nothing was sent; plan anew."
        )
    _check_budget(conn, rows, network, now)
    for one in rows:
        _set_off(conn, one, by, now)
    if row.publication_id is not None:
        values = {"state": "approved", "approver_id": by.account_id, "approved_at": now}
        publications.change(conn, row.publication_id, **values)
    return ids


def together(conn: Connection, broadcast_id: int, network_id: int | None) -> list[Any]:
    """The broadcasts that go out or stay together, locked: those of its publication, else itself.

    They are locked in one order, whichever is named: two officers never wait for each other.
    """
    row = broadcasts.get(conn, broadcast_id, network_id=network_id)
    if row is None or row.publication_id is None:
        return [found(conn, broadcast_id, network_id)]
    siblings = publications.broadcasts_of(conn, row.publication_id)
    return [found(conn, one) for one in sorted(sibling.id for sibling in siblings)]


def _set_off(conn: Connection, row: Any, by: Approver, now: datetime) -> None:
    kind, is_mail = Kind(row.kind), row.medium == Medium.MAIL
    due = max(now if by.at_once else now + UNDO, row.send_at or now)
    useful = MAIL_USEFUL_FOR if is_mail else USEFUL_FOR.get(kind)
    broadcasts.change(
        conn,
        row.id,
        state="fanning",
        approver_id=by.account_id,
        approved_at=now,
        due_at=due,
        expires_at=due + useful if useful else None,
    )
    journal.append(
        conn,
        {
            "network_id": row.network_id,
            "at": now,
            "actor": by.name,
            "action": "broadcast approved",
            "subject": f"Ref {row.ref}",
            "detail": {
                "plan_hash": row.plan_hash,
                "people": row.people,
                "addresses": row.addresses,
                "price_micro": row.price_micro,
            },
        },
    )


def found(conn: Connection, broadcast_id: int, network_id: int | None = None) -> Any:
    """The broadcast of a network, or of any, locked; raises Refusal when there is none."""
    row = broadcasts.get(conn, broadcast_id, network_id=network_id, locked=True)
    if row is None:
        raise Refusal("not_found", "There is no broadcast {id}.", id=broadcast_id)
    return row


def _check(row: Any, by: Approver) -> None:
    if by.account_id is None:
        raise Refusal("not_allowed", "Only an officer with an account of their own can approve.")
    if row.state != "planned":
        raise Refusal(
            "not_planned",
            "Ref {ref} is {state}: it cannot be approved now.",
            ref=row.ref,
            state=Phrase(row.state),
        )
    if by.hash != row.plan_hash:
        raise Refusal(
            "plan_changed",
            "This is not the plan that was shown to you. Look at it again: nothing was sent.",
        )
    if row.author_id == by.account_id:
        raise Refusal("own_text", "You wrote this text: another officer must approve it.")


def _check_budget(
    conn: Connection, rows: Sequence[Any], network: NetworkInfo, now: datetime
) -> None:
    price = sum(row.price_micro for row in rows)
    if network.broadcast_cap_micro and price > network.broadcast_cap_micro:
        raise Refusal("over_cap", "This costs more than one broadcast may. Nothing was sent.")
    if not network.monthly_cap_micro:
        return
    local = now.astimezone(ZoneInfo(network.tz))
    month = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    spent = broadcasts.spent_since(conn, network.id, month)
    if spent + price > network.monthly_cap_micro:
        raise Refusal("over_cap", "This would pass the month's budget. Nothing was sent.")


def _copy_chunk(conn: Connection, broadcast_id: int, limit: int, now: datetime) -> bool:
    """Copy one chunk; False when the fan-out has ended."""
    row = found(conn, broadcast_id)
    if row.state != "fanning":
        return False
    after = (row.fan_rank, row.fan_address)
    until = fan_out.next_chunk(conn, broadcast_id, after, limit)
    if until is None:
        broadcasts.change(conn, broadcast_id, state="running")
        return False
    order = _order(conn, row, now)
    had_enough = _had_enough(conn, row, order, (after, until))
    fan_out.copy_chunk(conn, order, after, until, but=had_enough)
    digest_lists.leave_out(conn, broadcast_id, had_enough)
    broadcasts.change(conn, broadcast_id, fan_rank=until[0], fan_address=until[1])
    return True


def _had_enough(
    conn: Connection, row: Any, order: Order, stretch: tuple[Place, Place]
) -> tuple[int, ...]:
    """Phones that had their texts of the month since the plan was made; one broadcast at a time."""
    if not row.is_measured:
        return ()
    networks.hold(conn, row.network_id)
    network = networks.by_id(conn, row.network_id)
    if not network.routine_cap:
        return ()
    measure = measure_at(conn, network, order.due_at, but=row.id)
    return month_measure.had_enough_of(conn, row.id, stretch, measure)


def _order(conn: Connection, row: Any, now: datetime) -> Order:
    network = networks.by_id(conn, row.network_id)
    kind = Kind(row.kind)
    due, state, reason = row.due_at, State.QUEUED, ""
    wakes_people = kind is not Kind.URGENT and row.medium != Medium.MAIL
    if wakes_people and is_quiet(due, network.tz, network.quiet):
        due, state, reason = next_allowed(due, network.tz, network.quiet), State.HELD, "quiet"
    return Order(
        broadcast_id=row.id,
        network_id=row.network_id,
        lane=kind.lane,
        is_urgent=kind is Kind.URGENT,
        state=state,
        reason=reason,
        due_at=due,
        expires_at=row.expires_at,
        now=now,
        goes_first=row.goes_first,
    )
