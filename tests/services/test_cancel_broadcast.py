"""What an officer who changes her mind may rely on: all that waits is stopped, and it is said."""

import pytest

from app.domain.errors import Refusal
from app.services.cancel_broadcast import cancel_broadcast
from app.services.show_broadcast import show_broadcast
from app.store import journal
from tests.factories import Office, person


async def cancel(office: Office, plan_id: int) -> int:
    return await cancel_broadcast(office.database, plan_id, by="Sajida", now=office.now, chunk=2)


async def test_a_plan_is_cancelled_before_anybody_approves_it(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan()
    assert await cancel(office, plan.id) == 0
    with pytest.raises(Refusal, match="cancelled"):
        await office.approve(plan)


async def test_all_that_waits_is_cancelled_and_what_went_out_is_not(office: Office) -> None:
    await office.people(*(person(f"P{n}", n) for n in range(9)))
    plan, other = await office.send(), await office.send()
    assert len((await office.claim(2)).rows) == 2
    assert await cancel(office, plan.id) == 7
    shown = await show_broadcast(office.database, plan.id)
    assert shown is not None
    assert (shown["state"], shown["states"]["cancelled"]) == ("cancelled", 7)
    assert shown["states"]["sending"] == 2
    kept = await show_broadcast(office.database, other.id)
    assert kept is not None
    assert kept["states"]["queued"] == 9


async def test_cancelling_twice_is_harmless(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.send()
    assert [await cancel(office, plan.id), await cancel(office, plan.id)] == [1, 0]
    assert await office.states() == ["cancelled"]
    assert await office.database.read(journal.first_broken, office.id) is None


async def test_a_broadcast_that_is_not_there_cannot_be_cancelled(office: Office) -> None:
    with pytest.raises(Refusal, match="no broadcast 7"):
        await cancel(office, 7)


async def test_another_network_cannot_cancel_it(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.send()
    other = await Office.open(office.database, office.now, slug="sarang")
    with pytest.raises(Refusal, match=f"no broadcast {plan.id}") as refused:
        await cancel_broadcast(
            office.database, plan.id, by="Sajida", now=office.now, network_id=other.id
        )
    assert refused.value.code == "not_found"
    assert await office.states() == ["queued"]
