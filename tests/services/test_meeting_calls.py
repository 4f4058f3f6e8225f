"""Who is to be called about a meeting: those who said nothing, those without a phone first."""

import pytest

from app.domain.errors import Refusal
from app.services.meeting_calls import list_calls
from app.store.addresses import address
from app.store.people import DENIED, person_address
from tests.factories import Office, number
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


async def test_a_line_for_calls_only_is_not_texted_and_a_denied_number_is_not_called(
    office: Office,
) -> None:
    committee = await Committee.open(office)
    landline = address.update().where(address.c.msisdn == number(3)).values(reach="none")
    of_nusrat = person_address.c.person_id == committee.ids["Nusrat Ansari"]
    denied = person_address.update().where(of_nusrat).values(whose=DENIED)
    await office.database.write(lambda conn: [conn.execute(one) for one in (landline, denied)])
    calls = await list_calls(office.database, office.id, committee.meeting_id)
    found = {one.who.name: (one.why, one.phone) for one in calls}
    assert found["Karim Dad"] == ("not_texted", "039*****03")
    assert found["Nusrat Ansari"] == ("no_phone", "")


async def test_a_meeting_of_another_network_has_no_call_list_here(office: Office) -> None:
    committee = await Committee.open(office)
    other = await Office.open(office.database, office.now, slug="other")
    for network_id, meeting_id in ((other.id, committee.meeting_id), (office.id, 2**40)):
        with pytest.raises(Refusal) as refused:
            await list_calls(office.database, network_id, meeting_id)
        assert refused.value.code == "not_found"
