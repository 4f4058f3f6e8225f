"""The second officer's yes to a publication: text and mail together, or neither."""

from datetime import timedelta

import pytest

from app.domain.errors import Refusal
from app.services.approve_publication import approve_publication, cancel_publication
from app.services.show_publication import show_publication
from tests.factories import Office
from tests.services.published import approve, four_people, meeting, prepare


async def test_a_second_officer_approves_both_media_with_one_hash(office: Office) -> None:
    await four_people(office)
    found = await prepare(office, await meeting(office))
    assert {plan.hash for plan in found.plans} == {found.hash}
    by = office.approver(found.first, "Sajida")
    with pytest.raises(Refusal) as own:
        await approve_publication(office.database, office.id, found.id, by=by, now=office.now)
    assert own.value.code == "own_text"
    assert not await office.texts()
    assert await office.approve(found.plans[-1]) == 5
    after = await show_publication(office.database, office.id, found.id)
    assert (after.state, after.approver) == ("approved", "Rehmat")
    assert len(await office.texts()) == 5


async def test_for_sixty_seconds_nothing_goes_out(office: Office) -> None:
    await four_people(office)
    found = await prepare(office, await meeting(office))
    by = office.approver(found.first, at_once=False)
    await approve_publication(office.database, office.id, found.id, by=by, now=office.now)
    assert {row.due_at for row in await office.texts()} == {office.now + timedelta(seconds=60)}


async def test_the_mail_wire_claims_each_letter_with_the_mailbox_it_goes_to(
    office: Office,
) -> None:
    await four_people(office)
    found = await prepare(office, await meeting(office))
    await approve(office, found)
    claimed = (await office.claim(route="post")).rows
    letters = {one.document_id: one.language for one in found.forms if one.form == "mail"}
    assert sorted(letters[row.document_id] for row in claimed) == ["en", "ur"]
    assert {row.to for row in claimed} == {"aziz@example.org", "naz@example.org"}
    assert {row.document_id for row in (await office.claim()).rows} == {None}


async def test_what_was_taken_back_stops_in_both_media(office: Office) -> None:
    await four_people(office)
    found = await prepare(office, await meeting(office))
    await approve(office, found)
    stopped = await cancel_publication(
        office.database, office.id, found.id, by="Sajida", now=office.now
    )
    assert stopped == 5
    assert set(await office.states()) == {"cancelled"}
    again = await show_publication(office.database, office.id, found.id)
    assert again.state == "cancelled"
