"""Price a plan: what it costs, how long it takes, what is held and who is left out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.broadcast import Kind, Total, Worded
from app.domain.errors import Refusal
from app.domain.pacing import Pace, duration_s
from app.domain.quiet_hours import is_quiet, next_allowed
from app.domain.routing import Offer
from app.store import broadcasts, routes
from app.store.audience import OK
from app.store.database import Connection
from app.store.networks import NetworkInfo

HELD = frozenset({"unconfirmed_number"})
"""Reasons that a person can lift; the others leave people out."""


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
    reasons = ", ".join(f"{n} {reason}" for reason, n in sorted(verdicts.items()))
    return Refusal("nobody", f"This would reach nobody ({reasons or 'no such people'}).")


def price_of(totals: Sequence[Total], network: NetworkInfo) -> int:
    """The whole price in micro-units; raises Refusal for a cap that cannot be watched."""
    unpriced = sorted({total.route for total in totals if not total.price_micro})
    if unpriced and (network.broadcast_cap_micro or network.monthly_cap_micro):
        raise Refusal(
            "no_price",
            f"A budget is set, but the wire {unpriced[0]!r} has no price. "
            "Give its price_micro in MUNADI_CHANNELS.",
        )
    return sum(total.price_micro for total in totals)


def totals_of(conn: Connection, broadcast_id: int, texts: Sequence[Worded]) -> list[Total]:
    """Addresses and price per language and route."""
    segments = {text.language: text.segments for text in texts}
    known = {offer.route_id: offer for offer in offers(conn)}
    return [
        Total(
            language=row.language,
            route=known[row.route_id].name,
            addresses=row.n,
            segments=segments[row.language],
            price_micro=row.n * segments[row.language] * known[row.route_id].price_micro,
        )
        for row in broadcasts.totals(conn, broadcast_id)
    ]


def seconds_of(conn: Connection, totals: Sequence[Total]) -> int:
    """How long the slowest route needs at its safe rate."""
    longest = 0.0
    for row in routes.every(conn):
        n = sum(total.addresses for total in totals if total.route == row.name)
        paces = [Pace(interval_us=row.interval_us, burst=row.burst), routes.window_of(row)]
        longest = max(longest, duration_s(n, paces, row.per_day))
    return round(longest)


def held_of(
    network: NetworkInfo, kind: Kind, verdicts: Counter[str], price: int, now: datetime
) -> list[dict[str, Any]]:
    """What waits although it is planned: doubtful numbers, quiet hours, a cap of money."""
    held: list[dict[str, Any]] = [
        {"reason": reason, "people": verdicts[reason]} for reason in sorted(HELD & set(verdicts))
    ]
    if kind is not Kind.URGENT and is_quiet(now, network.tz, network.quiet):
        until = next_allowed(now, network.tz, network.quiet)
        held.append({"reason": "quiet", "people": verdicts[OK], "until": until.isoformat()})
    if network.broadcast_cap_micro and price > network.broadcast_cap_micro:
        held.append({"reason": "budget", "people": verdicts[OK]})
    return held


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
    )
