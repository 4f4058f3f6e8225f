"""A meeting is found by its body and number, in its own network only."""

import pytest

from app.domain.errors import Refusal
from app.services.pick_meeting import pick_meeting
from tests.factories import Office


async def test_a_meeting_is_found_by_its_body_and_number(office: Office) -> None:
    await office.meeting(14)
    found = await pick_meeting(office.database, office.id, "EC", "14")
    assert (found.body, found.label) == ("EC", "14")


@pytest.mark.parametrize(("body", "label"), [("GB", "14"), ("EC", "15"), ("", "")])
async def test_one_that_is_not_there_is_refused(office: Office, body: str, label: str) -> None:
    await office.meeting(14)
    with pytest.raises(Refusal, match="no such meeting"):
        await pick_meeting(office.database, office.id, body, label)


async def test_a_meeting_of_another_network_is_not_found(office: Office) -> None:
    await office.meeting(14)
    with pytest.raises(Refusal, match="no such meeting"):
        await pick_meeting(office.database, office.id + 1, "EC", "14")
