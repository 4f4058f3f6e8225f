"""Whether a Ref is real: only approved texts bear one, and only public words are shown."""

from datetime import timedelta

import pytest

from app.domain.broadcast import Kind
from app.domain.messages import State
from app.services.cancel_broadcast import cancel_broadcast
from app.services.resolve_uncertain import Decider, Verdict, decide_uncertain
from app.services.verify_ref import VerifiedRef, verify_ref
from app.store.settle import Result, settle
from tests.factories import Office, number, person


async def verify(office: Office, ref: int) -> VerifiedRef | None:
    return await verify_ref(office.database, office.id, ref)


@pytest.mark.parametrize("kind", list(Kind))
async def test_a_public_text_is_shown_in_all_its_languages(office: Office, kind: Kind) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan(texts={"en": "Meeting at 10.", "ur": "اجلاس 10 بجے"}, kind=kind)
    later = office.now + timedelta(minutes=5)
    await office.approve(plan, now=later)
    found = await verify(office, plan.ref)
    assert found is not None
    assert (found.ref, found.approved_at, found.kind) == (plan.ref, later, kind.value)
    assert found.is_public
    assert set(found.texts) == {"en", "ur"}
    assert "Meeting at 10." in found.texts["en"]


@pytest.mark.parametrize("to", [number(1), f"lso, {number(1)}"])
async def test_the_words_to_one_phone_are_nobody_elses(office: Office, to: str) -> None:
    await office.people(person("Gul", 1))
    plan = await office.send(to)
    assert await verify(office, plan.ref) == VerifiedRef(plan.ref, office.now, False, "", {})


async def test_a_plan_is_not_real_before_its_approval(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.plan()
    assert await verify(office, plan.ref) is None


async def test_what_was_taken_back_before_anything_left_is_not_real(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.send()
    assert await verify(office, plan.ref) is not None
    await cancel_broadcast(office.database, plan.id, by="Rehmat", now=office.now)
    assert await verify(office, plan.ref) is None


@pytest.mark.parametrize("state", [State.SENT, State.DELIVERED, State.UNDELIVERED, State.UNCERTAIN])
async def test_what_may_have_reached_somebody_stays_real_after_it_was_stopped(
    office: Office, state: State
) -> None:
    await office.people(person("Gul", 1), person("Noor", 2))
    plan = await office.send()
    (row,) = (await office.claim(1)).rows
    result = Result(row.id, row.token, row.no, state, state.value)
    await office.database.write(settle, [result], office.now)
    await cancel_broadcast(office.database, plan.id, by="Rehmat", now=office.now)
    if state is State.UNCERTAIN:
        await decide_uncertain(
            office.database, row.id, Verdict.LEAVE, by=Decider("N"), now=office.now
        )
    assert await verify(office, plan.ref) is not None


async def test_a_number_that_no_text_bears_is_not_real(office: Office) -> None:
    for ref in (0, -1, 999, 10**12, 10**40):
        assert await verify(office, ref) is None


async def test_the_same_ref_of_another_network_is_another_text(office: Office) -> None:
    await office.people(person("Gul", 1))
    plan = await office.send()
    other = await Office.open(office.database, office.now, "other")
    assert await verify(other, plan.ref) is None
