"""The walk through a plan's recipients: leaders first, nobody left out, nobody twice."""

import pytest

from app.store import fan_out
from tests.factories import Office, number, person

BODIES = ("", "LSO", "GB", "EC")
START = (-1, 0)


@pytest.mark.parametrize("limit", [1, 2, 3, 8, 9, 50])
async def test_chunks_cover_the_whole_plan_in_order(office: Office, limit: int) -> None:
    await office.people(*(person(f"P{n}", n, body=BODIES[n % 4]) for n in range(9)))
    plan = await office.plan()
    places = [START]
    while until := await office.database.read(fan_out.next_chunk, plan.id, places[-1], limit):
        places.append(until)
    assert places == sorted(set(places))
    assert len(places) - 1 == -(-9 // limit)
    assert places[-1][0] == 9


async def test_a_plan_without_recipients_has_no_chunk(office: Office) -> None:
    assert await office.database.read(fan_out.next_chunk, 99, START, 5) is None


async def test_everything_that_a_wire_needs_is_copied(office: Office) -> None:
    await office.people(person("Gul", 1, language="ur"), person("Naz", 2, language="en"))
    await office.send(texts={"en": "Meeting.", "ur": "اجلاس"})
    rows = (await office.claim()).rows
    assert [row.to for row in rows] == [number(1), number(2)]
    assert "اجلاس" in rows[0].text
    assert "Meeting." in rows[1].text
    texts = await office.texts()
    assert [(row.dedupe_key, row.body, row.currency) for row in texts] == [
        (f"b1:a{row.address_id}", None, "PKR") for row in texts
    ]
