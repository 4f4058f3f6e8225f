"""Whom a plan reaches: everybody it should, each on one phone, and the reason for the others."""

import random
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select

from app.domain.audience_terms import Term
from app.domain.broadcast import Kind
from app.domain.institution import WITHOUT_SEAT
from app.services.plan_broadcast import Draft, choice_of
from app.store import audience, networks
from app.store.audience import OK, Choice, Outlook
from app.store.broadcasts import recipient
from app.store.database import Connection
from tests.factories import Office, catalogue, number, person


def choice(office: Office, *terms: Term, **changes: Any) -> Choice:
    given = {
        "broadcast_id": 1,
        "network_id": office.id,
        "audience": terms or (Term(),),
        "is_urgent": False,
        "texts": {},
        "default": "en",
        "routes": {"demo": 1, "real": 1, "test": 1},
        "now": office.now,
        "today": office.now.date(),
        **changes,
    }
    return Choice(**given)


async def verdicts(office: Office, *terms: Term, **changes: Any) -> dict[str, int]:
    rows = await office.database.read(
        audience.verdicts, choice(office, *terms, **changes), 0, 10**6
    )
    return {row.verdict: row.n for row in rows}


async def test_everybody_gets_exactly_one_verdict(office: Office) -> None:
    await office.people(
        person("A", 1),
        person("B"),
        person("C", "051-2345678"),
        person("D", "+923670000001"),
        person("E", 2),
        person("F", 3),
    )
    await office.people(person("G", 4), basis="")
    await office.say(2, "STOP")
    await office.say(3, "ALERT")
    everyone = {
        "ok": 1,
        "no_phone": 1,
        "call_only": 1,
        "unconfirmed_number": 1,
        "stopped": 1,
        "alerts_only": 1,
        "no_consent": 1,
    }
    assert await verdicts(office) == everyone
    urgent = await verdicts(office, is_urgent=True)
    assert urgent == {**{k: n for k, n in everyone.items() if k != "alerts_only"}, "ok": 2}
    assert (await verdicts(office, routes={}))["no_route"] == 1
    assert (await verdicts(office, routes={"real": 1}))["no_route"] == 1


async def test_a_unit_holds_all_that_is_under_it(office: Office) -> None:
    lso = await office.unit("Roshni")
    vo = await office.unit("Roshni Bala", kind="VO", parent_id=lso)
    await office.unit("Roshni Gol", kind="CO", parent_id=vo)
    names = ("Roshni", "Roshni Bala", "Roshni Gol", "")
    await office.people(*(person(f"P{n}", n, lso=name) for n, name in enumerate(names)))
    assert await verdicts(office, Term(unit_id=lso)) == {"ok": 3}
    assert await verdicts(office, Term(unit_id=vo)) == {"ok": 2}


async def test_a_person_in_two_groups_is_counted_once(office: Office) -> None:
    await office.people(person("A", 1, sex="f", body="EC|GB", post="President"))
    terms = (Term(body="EC"), Term(body="GB"), Term(sex="f"), Term(post="President"))
    assert await verdicts(office, *terms) == {"ok": 1}
    assert await verdicts(office, Term(body="EC", sex="m")) == {}


async def test_a_number_in_the_audience_is_the_phone_that_is_texted(office: Office) -> None:
    await office.people(person("A", 1), person("B", 2))
    assert await verdicts(office, Term(msisdn=number(2))) == {"ok": 1}
    await office.send(number(2))
    assert [row.msisdn for row in await office.texts()] == [number(2)]


async def test_people_are_walked_in_slices_without_a_gap(office: Office) -> None:
    await office.people(*(person(f"P{n}", n) for n in range(7)))
    ends, after = [], 0
    while last := await office.database.read(audience.last_of_slice, office.id, after, 3):
        ends.append(last)
        after = last
    assert ends == [3, 6, 7]


async def test_every_language_that_somebody_asked_for_is_known(office: Office) -> None:
    await office.people(person("A", 1, language="ps"), person("B", 2))
    await office.say(2, "ENGLISH")
    assert await office.database.read(audience.languages, office.id) == {"ps", "en"}


def crowd(seed: int) -> list[dict[str, str]]:
    """People with phones, seats and languages at random; many share a phone or have two."""
    chance = random.Random(seed)  # noqa: S311 -- a crowd, no secret
    phones = ["", "051-2345678", "+923670000001", *(number(n) for n in range(12))]
    return [
        person(
            f"P{chance.randrange(20)}",
            chance.choice(phones),
            language=chance.choice(["", "ur", "en", "ps", "xx"]),
            body=chance.choice(["", "", "EC", "GB", "LSO"]),
            sex=chance.choice("fm"),
        )
        for _ in range(40)
    ]


@pytest.mark.parametrize("seed", range(4))
async def test_the_outlook_counts_what_a_plan_then_writes(office: Office, seed: int) -> None:
    await office.people(*crowd(seed))
    await office.say(1, "STOP")
    await office.say(2, "ALERT")
    await office.say(3, "URDU")
    texts = {"ur": "اجلاس", "en": "Meeting."}
    plan = await office.plan("women, leaders", texts=texts, kind=Kind.URGENT, at_once=7)

    def written(conn: Connection) -> list[Any]:
        return list(conn.execute(select(recipient).where(recipient.c.broadcast_id == plan.id)))

    def counted(conn: Connection) -> list[Outlook]:
        draft = Draft("", texts, Kind.URGENT, "", None)
        network = networks.by_id(conn, office.id)
        terms = (Term(sex="f"), Term(body="*"))
        return audience.outlook(
            conn, choice_of(conn, draft, terms, network, catalogue(), now=office.now)
        )

    rows, found = await office.database.read(written), await office.database.read(counted)
    phones, left = Counter[Any](), Counter[str]()
    for one in found:
        phones[one.language, one.route_id, one.is_leader] += one.addresses
        left[one.verdict] += one.people
    assert +phones == Counter((r.language, r.route_id, r.rank < WITHOUT_SEAT) for r in rows)
    assert left.pop(OK) == plan.people
    assert left == {row["reason"]: row["people"] for row in (*plan.left_out, *plan.held)}


async def test_a_shared_phone_is_counted_in_its_first_leaders_language(office: Office) -> None:
    await office.people(
        person("A", 1, language="en"),
        person("B", 1, language="ur", body="GB"),
        person("C", 1, language="en", body="GB"),
        person("D", 2, language="en"),
    )
    given = {"texts": {"en": "en", "ur": "ur"}, "routes": {"demo": 5}}
    found = await office.database.read(audience.outlook, choice(office, **given))
    assert {(one.language, one.is_leader): (one.people, one.addresses) for one in found} == {
        ("ur", True): (3, 1),
        ("en", False): (1, 1),
    }
    assert {one.route_id for one in found} == {5}


async def test_the_coming_ref_is_the_one_that_the_next_plan_gets(office: Office) -> None:
    for ref in (1, 2):
        for _ in range(2):
            assert await office.database.read(networks.coming_ref, office.id) == ref
        assert await office.database.write(networks.next_ref, office.id) == ref
