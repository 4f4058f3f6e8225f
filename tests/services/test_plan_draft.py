"""A draft becomes one plan, whatever is clicked; a changed one replaces it."""

import asyncio

import pytest

from app.domain.broadcast import Kind
from app.domain.errors import Refusal
from app.services.approve_broadcast import Approver, approve_broadcast
from app.services.cancel_broadcast import cancel_broadcast
from app.services.keep_draft import Typed, keep_draft
from app.services.plan_broadcast import Draft
from app.services.plan_draft import plan_draft
from app.store import broadcasts, drafts
from tests.factories import Office, catalogue, person


def draft(office: Office, text: str = "Kal ijlas hai.") -> Draft:
    author = office.officers["Sajida"]
    return Draft("all", {"ur-Latn": text}, Kind.NOTICE, "Sajida", author, office.slug)


async def plan(office: Office, text: str = "Kal ijlas hai.") -> int:
    made = draft(office, text)
    return await plan_draft(office.database, "key", made, catalogue=catalogue(), now=office.now)


@pytest.fixture
async def written(office: Office) -> Office:
    await office.people(person("Gul", 1))
    typed = Typed("key", office.id, office.officers["Sajida"], {"who": "all"})
    await keep_draft(office.database, typed, now=office.now)
    return office


async def state(office: Office, broadcast_id: int) -> str:
    row = await office.database.read(broadcasts.get, broadcast_id)
    return str(row.state)


async def test_the_same_words_are_one_plan_however_often_they_come(written: Office) -> None:
    found = await asyncio.gather(*(plan(written) for _ in range(4)))
    assert len(set(found)) == 1
    assert await plan(written) == found[0]
    assert await state(written, found[0]) == "planned"


async def test_other_words_take_the_old_plan_back(written: Office) -> None:
    old = await plan(written)
    new = await plan(written, "Parson ijlas hai.")
    assert [await state(written, one) for one in (old, new)] == ["cancelled", "planned"]


async def test_words_that_cannot_be_planned_leave_the_old_plan_standing(written: Office) -> None:
    old = await plan(written)
    with pytest.raises(Refusal):
        await plan(written, "Dekhen www.example.com")
    assert await state(written, old) == "planned"


async def test_what_went_out_cannot_be_changed(written: Office) -> None:
    made = await written.plan()
    await written.approve(made)

    await written.database.write(drafts.planned_as, "key", made.id)
    with pytest.raises(Refusal) as refused:
        await plan(written, "Parson ijlas hai.")
    assert refused.value.code == "gone_out"


async def test_words_that_come_back_are_planned_anew(written: Office) -> None:
    first = await plan(written)
    await plan(written, "Parson ijlas hai.")
    again = await plan(written)
    assert again != first
    assert await state(written, again) == "planned"


async def test_what_was_taken_back_in_time_can_be_corrected_and_asked_again(
    written: Office,
) -> None:
    for text in ("Kal ijlas hai.", "Parson ijlas hai."):
        first = await plan(written)
        await agree(written, first)
        await cancel_broadcast(written.database, first, by="Sajida", now=written.now)
        second = await plan(written, text)
        assert second != first
        assert await state(written, second) == "planned"


async def agree(office: Office, broadcast_id: int) -> None:
    row = await office.database.read(broadcasts.get, broadcast_id)
    by = Approver("Rehmat", office.officers["Rehmat"], row.plan_hash)
    await approve_broadcast(office.database, broadcast_id, by=by, now=office.now)


async def test_of_a_change_and_a_yes_at_once_only_one_is_done(written: Office) -> None:
    old = await plan(written)
    changed, agreed = await asyncio.gather(
        plan(written, "Parson ijlas hai."), agree(written, old), return_exceptions=True
    )
    rows = [await state(written, old)]
    if isinstance(changed, int):
        assert isinstance(agreed, Refusal)
        assert [*rows, await state(written, changed)] == ["cancelled", "planned"]
    else:
        assert isinstance(changed, Refusal)
        assert agreed is None
        assert rows == ["running"]
