"""Welcome people by text on first use: one text an address, once for ever, never by night.

All welcomes of a month share one broadcast, so that their Ref can be asked about, their price
counts, and they can be taken back like any other text.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.catalogue import Catalogue
from app.domain.broadcast import Kind, Worded, worded
from app.domain.errors import Refusal
from app.domain.language import chain
from app.services._act import Deed
from app.services._row_times import row_times
from app.services.approve_broadcast import UNDO
from app.services.plan_welcome import (
    NO_REF,
    TEMPLATE,
    WelcomePlan,
    plan,
    said,
    waiting_for_it,
    wires_now,
)
from app.services.price_plan import month_start
from app.store import broadcasts, networks, outbox, welcome
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

CHUNK = 250
"""Texts that enter the outbox in one transaction."""
USEFUL_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Host:
    """Who welcomes."""

    name: str
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Welcomed:
    """How many texts wait in the outbox now, under which Ref; no broadcast when there are none."""

    texts: int
    broadcast_id: int | None = None
    ref: int | None = None


async def welcome_people(  # noqa: PLR0913 -- whom, in which words, by whom, when
    database: Database,
    network_id: int,
    *,
    catalogue: Catalogue,
    by: Host,
    now: datetime,
    only: Sequence[int] | None = None,
) -> Welcomed:
    """Queue one text of welcome to each phone that agreed and was never texted.

    It can be taken back for 60 seconds and waits while the network is quiet. Safe to repeat at
    any moment: nobody is welcomed twice. Raises Refusal when it would pass the budget.
    """
    ids = await database.read(_ids, network_id, only)
    if not ids:
        return Welcomed(0)
    order = _Order(network_id, catalogue, by, now)
    carrier = await database.write(_begin, order, only)
    queued = 0
    for chunk in _chunks(ids):
        queued += await database.write(_put_chunk, order, carrier, chunk)
    return Welcomed(queued, carrier.broadcast_id, carrier.ref)


@dataclass(frozen=True, slots=True)
class _Order:
    network_id: int
    catalogue: Catalogue
    by: Host
    now: datetime


@dataclass(frozen=True, slots=True)
class _Carrier:
    """The broadcast whose Ref the welcomes bear."""

    broadcast_id: int
    ref: int


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[at : at + CHUNK] for at in range(0, len(ids), CHUNK))


def _ids(conn: Connection, network_id: int, only: Sequence[int] | None) -> list[int]:
    return [row.id for row in waiting_for_it(conn, network_id, only)]


def _worded(catalogue: Catalogue, network: NetworkInfo, language: str, ref: int) -> Worded:
    tag, text = said(catalogue, network, language, ref)
    name = network.short_name(chain(tag, catalogue.languages, network.language))
    return worded(text, tag, network=name, ref=ref)


def _begin(conn: Connection, order: _Order, only: Sequence[int] | None) -> _Carrier:
    """The broadcast of this month's welcomes, within the budget."""
    networks.hold(conn, order.network_id)
    network = networks.by_id(conn, order.network_id)
    planned = plan(conn, network.id, order.catalogue, only)
    _check_budget(conn, network, planned, order.now)
    carrier = _carrier(conn, order, network)
    Deed(network.id, order.by.name, order.now).note(
        conn,
        "people welcomed",
        f"Ref {carrier.ref}",
        addresses=planned.addresses,
        price_micro=planned.price_micro,
    )
    return carrier


def _carrier(conn: Connection, order: _Order, network: NetworkInfo) -> _Carrier:
    """That of this month; a new one where it was taken back or the words have changed."""
    name = key = _key(network, order.catalogue, order.now)
    turn = 1
    while (row := broadcasts.by_idem_key(conn, network.id, name)) is not None:
        if row.state != "cancelled":
            return _Carrier(row.id, row.ref)
        turn += 1
        name = f"{key}-{turn}"
    return _new(conn, order, network, name)


def _key(network: NetworkInfo, catalogue: Catalogue, now: datetime) -> str:
    """Names the month and the words: other words get another Ref."""
    texts = sorted({said(catalogue, network, tag, NO_REF) for tag in catalogue.languages})
    digest = hashlib.sha256(repr(texts).encode()).hexdigest()[:12]
    return f"welcome-{now.astimezone(ZoneInfo(network.tz)):%Y-%m}-{digest}"


def _new(conn: Connection, order: _Order, network: NetworkInfo, key: str) -> _Carrier:
    ref = networks.next_ref(conn, network.id)
    values = {
        "network_id": network.id,
        "ref": ref,
        "kind": Kind.NOTICE.value,
        "state": "running",
        "audience": TEMPLATE,
        "author_id": order.by.account_id,
        "approver_id": order.by.account_id,
        "currency": network.currency,
        "idem_key": key,
        "created_at": order.now,
        "approved_at": order.now,
        "due_at": order.now + UNDO,
    }
    texts = {
        text.language: _stored(text)
        for text in (
            _worded(order.catalogue, network, tag, ref) for tag in order.catalogue.languages
        )
    }
    return _Carrier(broadcasts.add(conn, values, list(texts.values())), ref)


def _check_budget(conn: Connection, network: NetworkInfo, plan: WelcomePlan, now: datetime) -> None:
    if network.broadcast_cap_micro and plan.price_micro > network.broadcast_cap_micro:
        raise Refusal("over_cap", "This costs more than one broadcast may. Nothing was sent.")
    if not network.monthly_cap_micro:
        return
    spent = broadcasts.spent_since(conn, network.id, month_start(network, now))
    if spent + plan.price_micro > network.monthly_cap_micro:
        raise Refusal("over_cap", "This would pass the month's budget. Nothing was sent.")


def _put_chunk(conn: Connection, order: _Order, carrier: _Carrier, ids: Sequence[int]) -> int:
    """Put the welcome of these addresses into the outbox; gives how many there were."""
    # Two who welcome at once must not both count the same address.
    networks.hold(conn, order.network_id)
    network, wires = networks.by_id(conn, order.network_id), wires_now(conn)
    due = order.now + UNDO
    times = row_times(network, Kind.NOTICE, due, useful_for=USEFUL_FOR, now=order.now)
    texts: dict[str, Worded] = {}
    rows = []
    for one in welcome.waiting(conn, network.id, reaches=list(wires), only=ids):
        if one.language not in texts:
            texts[one.language] = _worded(order.catalogue, network, one.language, carrier.ref)
        text, wire = texts[one.language], wires[one.reach]
        rows.append(
            {
                "network_id": network.id,
                "address_id": one.id,
                "route_id": wire.route_id,
                "broadcast_id": carrier.broadcast_id,
                "dedupe_key": f"{welcome.KEY}{one.id}",
                "lane": int(Kind.NOTICE.lane),
                "language": text.language,
                "segments": text.segments,
                "price_micro": text.segments * wire.price_micro,
                "currency": wire.currency,
                **times,
            }
        )
    outbox.put(conn, rows)
    totals = {name: sum(row[name] for row in rows) for name in ("segments", "price_micro")}
    welcome.add_to_totals(conn, carrier.broadcast_id, texts=len(rows), **totals)
    return len(rows)


def _stored(text: Worded) -> dict[str, Any]:
    return {
        "language": text.language,
        "body": text.body,
        "encoding": text.encoding,
        "segments": text.segments,
    }
