"""A publication as officers see it: only their own network's, with its files to be fetched."""

import pytest

from app.domain.errors import Refusal
from app.services.show_publication import fetch_form, newest_publication, show_publication
from tests.factories import Office
from tests.services.published import approve, four_people, meeting, prepare


async def test_it_is_shown_as_it_was_planned_with_who_wrote_and_who_agreed(office: Office) -> None:
    await four_people(office)
    planned = await prepare(office, await meeting(office))
    assert await show_publication(office.database, office.id, planned.id) == planned
    assert (planned.author, planned.approver, planned.state) == ("Sajida", "", "planned")
    assert planned.price_micro == sum(plan.price_micro for plan in planned.plans)
    await approve(office, planned)
    after = await show_publication(office.database, office.id, planned.id)
    assert (after.approver, after.approved_at) == ("Rehmat", office.now)


async def test_the_newest_of_a_meeting_is_shown_and_none_before_the_first(office: Office) -> None:
    await four_people(office)
    meeting_id = await meeting(office)
    assert await newest_publication(office.database, office.id, meeting_id) is None
    await prepare(office, meeting_id)
    second = await prepare(office, meeting_id)
    found = await newest_publication(office.database, office.id, meeting_id)
    assert found is not None
    assert found.id == second.id


async def test_nothing_of_it_is_shown_to_another_network(office: Office) -> None:
    database = office.database
    await four_people(office)
    planned = await prepare(office, await meeting(office))
    other = await Office.open(database, office.now, "sarang")
    with pytest.raises(Refusal, match="no publication"):
        await show_publication(database, other.id, planned.id)
    with pytest.raises(Refusal, match="no publication"):
        await fetch_form(database, other.id, planned.id, "sheet", "en")
    with pytest.raises(Refusal, match="no such file"):
        await fetch_form(database, office.id, planned.id, "telegram", "en")
