"""What the figures of a plan mean: money in micro-units, seconds at the safe pace of the wires."""

from collections import Counter

import pytest

from app.domain.broadcast import Kind
from app.services.price_plan import held_of, nobody
from app.store import networks
from tests.factories import PRICE, Office, person, wire


@pytest.mark.parametrize(
    ("pace", "seconds"),
    [
        ({}, 0),
        ({"interval_us": 1_000_000, "burst": 1}, 9),
        ({"interval_us": 1_000_000, "burst": 4}, 6),
        ({"per_window": 5, "window_us": 900_000_000, "burst": 1}, 2025),
        ({"per_day": 4}, 2 * 86_400),
        ({"per_day": 10}, 0),
    ],
)
async def test_the_time_is_what_the_slowest_limit_needs(
    office: Office, pace: dict[str, int], seconds: int
) -> None:
    await office.wires(wire(**pace))
    await office.people(*(person(f"P{n}", n) for n in range(10)))
    assert (await office.plan()).seconds == seconds


async def test_each_wire_has_its_own_price(office: Office) -> None:
    await office.wires(
        wire("demo", reaches=frozenset({"demo"}), price_micro=1),
        wire("real", reaches=frozenset({"real"}), price_micro=PRICE),
    )
    await office.people(person("Gul", 1), person("Naz", "0300-1234567"))
    plan = await office.plan()
    assert (plan.addresses, plan.price_micro) == (2, PRICE + 1)
    await office.approve(plan)
    routes = {row.msisdn: row.route_id for row in await office.texts()}
    assert list(routes.values()) == [office.routes["demo"], office.routes["real"]]


async def test_a_plan_says_what_will_wait_and_why(office: Office) -> None:
    network = await office.database.read(networks.by_slug, office.slug)
    assert network is not None
    verdicts = Counter(ok=3, unconfirmed_number=2, stopped=1)
    held = held_of(network, Kind.NOTICE, verdicts, 5, office.now)
    assert held == [{"reason": "unconfirmed_number", "people": 2}]


def test_a_refusal_counts_why_nobody_would_get_it() -> None:
    told = nobody(Counter(stopped=2, no_phone=1))
    assert (told.code, str(told)) == (
        "nobody",
        "This would reach nobody (1 no_phone, 2 stopped).",
    )
    assert nobody(Counter(no_route=1, stopped=1)).code == "no_route"
