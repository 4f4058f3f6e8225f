"""Bodies are added, changed and removed by what the by-laws say; two are always there."""

from datetime import date
from typing import Any

import pytest

from app.domain.errors import Refusal
from app.services.change_body import BodyChange, BodyFacts, add_body, change_body, remove_body
from app.store import journal, seats
from tests.factories import Office
from tests.services.seated import Chamber

HEALTH = BodyFacts("health", " Health   committee ", "صحت کمیٹی", 7, 0, 12, 40, date(2027, 6, 30))


async def add(office: Office, facts: BodyFacts) -> str:
    return await add_body(office.database, office.id, facts, by="Nusrat", now=office.now)


async def change(office: Office, code: str, **facts: Any) -> None:
    told = BodyChange(code, facts)
    await change_body(office.database, office.id, told, by="Nusrat", now=office.now)


async def body(office: Office, code: str) -> Any:
    return await office.database.read(seats.body_named, office.id, code)


async def test_a_committee_is_kept_as_it_was_told(office: Office) -> None:
    assert await add(office, HEALTH) == "HEALTH"
    row = await body(office, "Health")
    assert (row.name, row.local_name, row.seats, row.term_months) == (
        "Health committee", "صحت کمیٹی", 7, 12,
    )  # fmt: skip
    assert (row.women_percent, row.ends_on) == (40, date(2027, 6, 30))
    rows = await office.database.read(seats.bodies, office.id)
    assert [row.code for row in rows] == ["GB", "EC", "HEALTH"]


async def test_only_what_is_named_changes(office: Office) -> None:
    await add(office, HEALTH)
    await change(office, "health", women_percent=50, ends_on=None)
    row = await body(office, "HEALTH")
    assert (row.name, row.women_percent, row.ends_on, row.seats) == (
        "Health committee",
        50,
        None,
        7,
    )
    await change(office, "GB", women_percent=33, seats_per_lso=3)
    assert (await body(office, "GB")).seats_per_lso == 3
    assert await office.database.read(journal.first_broken, office.id) is None


@pytest.mark.parametrize(
    "code", ["", "A", "A B", "X" * 13, "LSO", "vo", "OUT", "new", "صحت", "A/B"]
)
async def test_a_short_name_is_short_and_no_tier(office: Office, code: str) -> None:
    with pytest.raises(Refusal, match="2 to 12 letters"):
        await add(office, BodyFacts(code, "Something"))


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"name": " "}, "needs a name"),
        ({"name": "x" * 121}, "more than 120 letters"),
        ({"local_name": "ص" * 121}, "more than 120 letters"),
        ({"seats": -1}, "0 to 10000 seats"),
        ({"seats_per_lso": 10_001}, "0 to 10000 seats"),
        ({"term_months": 601}, "0 to 600 months"),
        ({"women_percent": 101}, "0 to 100 percent"),
    ],
)
async def test_figures_that_cannot_be_are_refused(
    office: Office, facts: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        await change(office, "EC", **facts)
    with pytest.raises(Refusal, match=sentence):
        await add(office, BodyFacts("HEALTH", **{"name": "Health", **facts}))


async def test_general_body_and_executive_committee_stay(office: Office) -> None:
    for code in ("GB", "EC"):
        with pytest.raises(Refusal, match="is part of every network"):
            await remove_body(office.database, office.id, code, by="x", now=office.now)
    with pytest.raises(Refusal, match="at least 1 seat of each LSO"):
        await change(office, "GB", seats_per_lso=0)
    with pytest.raises(Refusal, match="a body GB already"):
        await add(office, BodyFacts("gb", "Another"))


async def test_a_committee_goes_when_nobody_sits_in_it(office: Office) -> None:
    await add(office, HEALTH)
    chamber = await Chamber.open(office)
    await chamber.officer("Nusrat", chamber.roshni, "", body="HEALTH")
    with pytest.raises(Refusal, match="1 seats of Health committee are held now"):
        await remove_body(office.database, office.id, "HEALTH", by="x", now=office.now)
    await add(office, BodyFacts("FLOOD", "Flood"))
    await remove_body(office.database, office.id, "flood", by="x", now=office.now)
    assert await body(office, "FLOOD") is None


async def test_bodies_of_another_network_are_not_there(office: Office) -> None:
    other = await Office.open(office.database, office.now, "sarang")
    await add(other, HEALTH)
    for code in ("HEALTH", "", "no such"):
        with pytest.raises(Refusal) as refused:
            await change(office, code, name="Ours")
        assert refused.value.code == "not_found"
    assert (await body(other, "HEALTH")).name == "Health committee"
