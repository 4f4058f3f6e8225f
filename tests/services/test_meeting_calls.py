"""Who is to be called about a meeting: those who said nothing, those without a phone first."""

import pytest

from app.domain.errors import Refusal
from app.services.meeting_calls import list_calls
from tests.factories import Office
from tests.services.called import Committee


async def test_those_who_said_nothing_are_called_first_those_whom_no_text_reaches(
    office: Office,
) -> None:
    committee = await Committee.open(office)
    await committee.says("Rehmat Wali", "coming")
    calls = await list_calls(office.database, office.id, committee.meeting_id)
    assert [(one.who.name, one.why, one.phone) for one in calls] == [
        ("Bibi Shireen", "no_phone", ""),
        ("Lal Bibi", "not_texted", "through the office"),
        ("Nusrat Ansari", "silent", "through the office"),
        ("Karim Dad", "silent", "039*****03"),
    ]
    await committee.says("Karim Dad", "not")
    await committee.says("Rehmat Wali", "")
    calls = await list_calls(office.database, office.id, committee.meeting_id)
    assert {one.who.name for one in calls if one.why == "silent"} == {
        "Rehmat Wali",
        "Nusrat Ansari",
    }


async def test_a_meeting_of_another_network_has_no_call_list_here(office: Office) -> None:
    committee = await Committee.open(office)
    other = await Office.open(office.database, office.now, slug="other")
    for network_id, meeting_id in ((other.id, committee.meeting_id), (office.id, 2**40)):
        with pytest.raises(Refusal) as refused:
            await list_calls(office.database, network_id, meeting_id)
        assert refused.value.code == "not_found"
