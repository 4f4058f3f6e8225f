"""A draft becomes one plan, whatever is clicked; a changed one replaces it."""

import asyncio

import pytest

from app.domain.broadcast import Kind
from app.domain.errors import Refusal
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
