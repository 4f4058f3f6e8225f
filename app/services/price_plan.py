"""Price a plan: what it costs, how long it takes, what is held and who is left out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.broadcast import Kind, Total, Worded
from app.domain.errors import Refusal
from app.domain.pacing import Pace, duration_s
from app.domain.quiet_hours import is_quiet, next_allowed
from app.domain.routing import Offer
from app.store import broadcasts, routes
from app.store.audience import OK, SHARED
from app.store.database import Connection
from app.store.networks import NetworkInfo

HELD = frozenset({"unconfirmed_number", SHARED})
"""Reasons that a person can lift; the others leave people out."""
FREE = frozenset({"telegram"})
"""What a wire reaches that costs nothing: it needs no price where a budget is set."""
STEP = timedelta(minutes=5)
"""Quiet hours begin and end on such borders."""
LOOK_AHEAD = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Plan:
    """What will happen if somebody else approves it."""

    id: int
    ref: int
    hash: str
    people: int
    addresses: int
    segments: int
    price_micro: int
    currency: str
    seconds: int
    held: tuple[Mapping[str, Any], ...]
    left_out: tuple[Mapping[str, Any], ...]
    texts: tuple[Worded, ...]
    is_private: bool = False
    """Only to phones that are a person's own."""
    send_at: datetime | None = None
    """When it is to go; None for as soon as somebody agrees."""


def offers(conn: Connection) -> list[Offer]:
    """What each configured route offers."""
    return [
        Offer(
            route_id=row.id,
            name=row.name,
            reaches=frozenset(row.reaches.split()),
            price_micro=row.price_micro,
            currency=row.currency,
            is_open=row.is_open,
        )
        for row in routes.every(conn)
    ]


def nobody(verdicts: Counter[str]) -> Refusal:
    """The Refusal that says why nobody would get it."""
    if verdicts["no_route"]:
        return Refusal(
            "no_route",
            "No wire is configured that reaches these numbers. Add one to MUNADI_CHANNELS.",
        )
    if not verdicts:
        return Refusal("nobody", "This would reach nobody (no such people).")
    reasons = ", ".join(f"{n} {reason}" for reason, n in sorted(verdicts.items()))
    return Refusal("nobody", "This would reach nobody ({reasons}).", reasons=reasons)


def price_of(totals: Sequence[Total], network: NetworkInfo) -> int:
    """The whole price in micro-units; raises Refusal for a cap that cannot be watched."""
    unpriced = sorted({one.route for one in totals if not (one.price_micro or one.is_free)})
    if unpriced and (network.broadcast_cap_micro or network.monthly_cap_micro):
        raise Refusal(
            "no_price",
            "A budget is set, but the wire {wire} has no price. "
            "Give its price_micro in MUNADI_CHANNELS.",
            wire=repr(unpriced[0]),
        )
    return sum(total.price_micro for total in totals)


def totals_of(conn: Connection, broadcast_id: int, texts: Sequence[Worded]) -> list[Total]:
    """Addresses and price per language and route."""
    segments = {text.language: text.segments for text in texts}
    known = {offer.route_id: offer for offer in offers(conn)}
    return [
        total(row.language, known[row.route_id], row.n, segments[row.language])
        for row in broadcasts.totals(conn, broadcast_id)
    ]


def total(language: str, offer: Offer, addresses: int, segments: int) -> Total:
    """What so many addresses cost in one language over one route."""
    return Total(
        language=language,
        route=offer.name,
        addresses=addresses,
        segments=segments,
        price_micro=addresses * segments * offer.price_micro,
        is_free=offer.reaches == FREE,
    )


def seconds_of(conn: Connection, totals: Sequence[Total]) -> int:
    """How long the slowest route needs at its safe rate."""
    longest = 0.0
    for row in routes.every(conn):
        n = sum(total.addresses for total in totals if total.route == row.name)
        longest = max(longest, duration_s(n, paces_of(row), row.per_day))
    return round(longest)


def paces_of(row: Any) -> list[Pace]:
    """The rates that a route keeps: for each text, and for a longer window."""
    return [routes.steady_of(row), routes.window_of(row)]


def seconds_left(conn: Connection, waiting: Mapping[int, int], *, is_begun: bool) -> int | None:
    """How long the texts that still wait need; None when a wire that they wait for is stopped.

    `waiting` is their number by route. Once a route has begun, its burst is spent.
    """
    longest = 0.0
    for row in routes.every(conn):
        n = waiting.get(row.id, 0)
        if n and not row.is_open:
            return None
        paces = [replace(pace, burst=0) if is_begun else pace for pace in paces_of(row)]
        longest = max(longest, duration_s(n, paces, row.per_day))
    return round(longest)


def first_moment(network: NetworkInfo, kind: Kind, due: datetime) -> datetime:
    """When a text of this kind that is due then really starts: not in quiet hours."""
    if kind is Kind.URGENT:
        return due
    return next_allowed(due, network.tz, network.quiet)


def cut_at(network: NetworkInfo, kind: Kind, first: datetime, last: datetime) -> datetime | None:
    """When quiet hours begin between the first and the last text; None when they do not."""
    if kind is Kind.URGENT:
        return None
    moment = first.replace(minute=first.minute // 5 * 5, second=0, microsecond=0) + STEP
    while moment < min(last, first + LOOK_AHEAD):
        if is_quiet(moment, network.tz, network.quiet):
            return moment
        moment += STEP
    return None


def month_start(network: NetworkInfo, now: datetime) -> datetime:
    """When this month began on the network's clocks."""
    local = now.astimezone(ZoneInfo(network.tz))
    return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def held_of(
    network: NetworkInfo, kind: Kind, verdicts: Counter[str], price: int, at: datetime
) -> list[dict[str, Any]]:
    """What waits although it is planned for `at`: doubtful numbers, shared phones, hours, a cap."""
    held: list[dict[str, Any]] = [
        {"reason": reason, "people": verdicts[reason]} for reason in sorted(HELD & set(verdicts))
    ]
    if kind is not Kind.URGENT and is_quiet(at, network.tz, network.quiet):
        until = next_allowed(at, network.tz, network.quiet)
        held.append({"reason": "quiet", "people": verdicts[OK], "until": until.isoformat()})
    if network.broadcast_cap_micro and price > network.broadcast_cap_micro:
        held.append({"reason": "budget", "people": verdicts[OK]})
    return held


def left_out_of(verdicts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Who gets nothing, and why, by reason."""
    return [
        {"reason": reason, "people": n}
        for reason, n in sorted(verdicts.items())
        if reason != OK and reason not in HELD
    ]


def shown(conn: Connection, row: Any) -> Plan:
    """A stored plan as it is shown."""
    return Plan(
        id=row.id,
        ref=row.ref,
        hash=row.plan_hash,
        people=row.people,
        addresses=row.addresses,
        segments=row.segments,
        price_micro=row.price_micro,
        currency=row.currency,
        seconds=row.seconds,
        held=tuple(row.held),
        left_out=tuple(row.left_out),
        texts=tuple(
            Worded(text.language, text.body, text.encoding, text.segments)
            for text in broadcasts.texts(conn, row.id)
        ),
        is_private=row.is_private,
        send_at=row.send_at,
    )
