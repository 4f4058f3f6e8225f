"""What an officer sees of a broadcast: the plan as approved, and where its texts stand."""

import json

from app.domain.messages import State
from app.services.show_broadcast import show_broadcast
from tests.factories import Office, person


async def test_a_broadcast_shows_its_plan_its_words_and_all_ten_states(office: Office) -> None:
    await office.people(person("Gul", 1), person("Be-Phone"))
    plan = await office.plan()
    waiting = await show_broadcast(office.database, plan.id)
    assert waiting is not None
    assert (waiting["state"], waiting["approved_at"]) == ("planned", None)
    await office.approve(plan)
    shown = await show_broadcast(office.database, plan.id)
    assert shown is not None
    assert (shown["hash"], shown["people"], shown["addresses"]) == (plan.hash, 1, 1)
    assert shown["left_out"] == [{"reason": "no_phone", "people": 1}]
    assert shown["texts"] == {text.language: text.body for text in plan.texts}
    assert set(shown["states"]) == set(State)
    assert (shown["state"], shown["states"]["queued"]) == ("running", 1)
    assert shown["due_at"] == office.now.isoformat()
    json.dumps(shown)


async def test_a_broadcast_that_is_not_there_is_nothing(office: Office) -> None:
    assert await show_broadcast(office.database, 404) is None


async def test_another_networks_broadcast_is_not_there(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan()
    other = await Office.open(office.database, office.now, slug="sarang")
    assert await show_broadcast(office.database, plan.id, network_id=other.id) is None
    assert await show_broadcast(office.database, plan.id, network_id=office.id) is not None
