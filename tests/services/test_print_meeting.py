"""Paper for a meeting to come: the notice, the script, the call list, the attendance sheet."""

from datetime import timedelta

import pytest

from app.domain.errors import Refusal
from app.services.change_meeting import MeetingChange, change_meeting
from app.services.print_meeting import KINDS, print_calls, print_meeting, script_for
from app.services.set_network import NetworkSettings, set_network
from app.store.seats import seat
from tests.factories import Office
from tests.services.called import Committee, order


async def printed(committee: Committee, kind: str, tag: str = "en", which: str = "EC 14") -> str:
    office = committee.office
    made = await print_meeting(
        office.database, office.id, (kind, which), order(tag), committee.moment
    )
    return made.content.decode()


async def change(committee: Committee, **changes: object) -> None:
    office = committee.office
    await change_meeting(
        office.database,
        office.id,
        committee.meeting_id,
        MeetingChange(**changes),  # type: ignore[arg-type]
        by="Nusrat",
        now=office.now,
    )


async def test_each_sheet_says_what_it_is_for(office: Office) -> None:
    committee = await Committee.open(office)
    await set_network(
        office.database,
        office.id,
        NetworkSettings(office_phone="0300 1234567"),
        by="Nusrat",
        now=office.now,
    )
    notice = await printed(committee, "meeting")
    for part in ("meeting 14", "Office of LSO Roshni", "Road, school", "AH", "Valid until"):
        assert part in notice
    assert "Text 11 for yes or 12 for no to" in notice
    script = await printed(committee, "aloud")
    assert "To read aloud" in script
    assert "Do you come, yes or no?" in script
    assert "Call list" not in script
    sheet = await printed(committee, "attendance")
    assert "HAZIR 1 2 5" in sheet
    names = ("Rehmat Wali", "Nusrat Ansari", "Bibi Shireen", "Karim Dad", "Lal Bibi")
    assert [sheet.index(name) for name in names] == sorted(sheet.index(name) for name in names)


async def test_whoever_leaves_only_after_the_meeting_keeps_their_number_on_the_sheet(
    office: Office,
) -> None:
    committee = await Committee.open(office)
    leaves = committee.moment.today + timedelta(days=30)
    mine = seat.update().where(seat.c.person_id == committee.ids["Rehmat Wali"])
    await office.database.write(lambda conn: conn.execute(mine.values(left_on=leaves)))
    assert "Rehmat Wali" in await printed(committee, "attendance")


async def test_a_call_list_masks_men_and_never_shows_a_womans_number(office: Office) -> None:
    committee = await Committee.open(office)
    await committee.says("Rehmat Wali", "coming")
    text = await printed(committee, "calls")
    assert text.index("Salaam.") < text.index("Call list") < text.index("Bibi Shireen")
    assert "Rehmat Wali" not in text
    assert "039*****03" in text
    made = await print_calls(
        office.database,
        office.id,
        "EC 14",
        order(),
        committee.moment,
        by="Nusrat",
        now=office.now,
    )
    whole = made.content.decode()
    assert "0390-0000003" in whole
    assert "0390-0000002" not in whole
    assert "through the office" in whole
    assert "call list taken" in await committee.chamber.acts()
    for name in ("Rehmat Wali", "Nusrat Ansari", "Bibi Shireen", "Karim Dad", "Lal Bibi"):
        await committee.says(name, "coming")
    assert "nobody to call" in await printed(committee, "calls")


@pytest.mark.parametrize("tag", ["ur", "ur-Latn", "sd"])
async def test_every_sheet_is_printed_in_the_writing_that_is_asked_for(
    office: Office, tag: str
) -> None:
    committee = await Committee.open(office)
    for kind in KINDS:
        text = await printed(committee, kind, tag)
        assert "Do you come" not in text
        assert ("روشنی" in text) == (tag != "ur-Latn")
    assert ("رحمت ولی" in await printed(committee, "attendance", tag)) == (tag != "ur-Latn")


async def test_a_change_stands_on_the_notice_and_in_the_script(office: Office) -> None:
    committee = await Committee.open(office)
    await change(committee, state="cancelled")
    assert "is called off" in await printed(committee, "meeting")
    assert "called off" in await printed(committee, "aloud")
    await change(committee, state="postponed")
    notice = await printed(committee, "meeting")
    assert "is put off" in notice
    assert "Text 11" not in notice
    script = await script_for(office.database, office.id, "EC 14", order(), committee.moment)
    assert "put off" in script.text


async def test_what_is_past_or_not_there_is_not_printed(office: Office) -> None:
    committee = await Committee.open(office)
    other = await Office.open(office.database, office.now, slug="other")
    for kind in KINDS:
        for network_id, which in ((other.id, str(committee.meeting_id)), (office.id, "EC 99")):
            with pytest.raises(Refusal) as refused:
                await print_meeting(
                    office.database, network_id, (kind, which), order(), committee.moment
                )
            assert refused.value.code == "not_found"
    await change(committee, at=office.now - timedelta(days=2))
    with pytest.raises(Refusal) as refused:
        await printed(committee, "meeting")
    assert refused.value.code == "over"
