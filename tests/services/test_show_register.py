"""The register as the office and as everyone reads it: meetings, minutes, decisions by words."""

from datetime import timedelta

import pytest

from app.domain.errors import Refusal
from app.services.show_register import MinutesPage, list_meetings, read_minutes
from tests.factories import Office
from tests.services.three_meetings import DAY, PUMP, ROAD, three_meetings, withdraw


async def read(office: Office, label: str, *, public: bool) -> MinutesPage:
    return await read_minutes(office.database, office.id, "EC", label, public=public, today=DAY)


async def test_meetings_are_listed_newest_first_for_the_office_and_for_everyone(
    office: Office,
) -> None:
    await three_meetings(office)
    inside = await list_meetings(office.database, office.id, public=False)
    outside = await list_meetings(office.database, office.id, public=True)
    assert [(m.label, m.state, m.has_minutes, m.decisions) for m in inside.lines] == [
        ("14", "planned", False, 0),
        ("13", "held", True, 1),
        ("12", "held", True, 3),
    ]
    assert [(m.label, m.has_minutes, m.decisions) for m in outside.lines] == [
        ("14", False, 0),
        ("13", False, 0),
        ("12", True, 2),
    ]
    first = inside.lines[0]
    assert (first.body, first.no, first.venue) == ("EC", 14, {"en": "Shahi"})
    assert first.at == office.now + timedelta(days=3)


async def test_pages_of_meetings_join_even_when_two_were_at_the_same_hour(
    office: Office,
) -> None:
    for no in range(1, 6):
        await office.meeting(no, at=office.now + timedelta(days=no // 3))
    labels, cursor = [], None
    for _ in range(3):
        page = await list_meetings(office.database, office.id, public=True, before=cursor, limit=2)
        labels += [line.label for line in page.lines]
        cursor = page.next
    assert labels == ["5", "4", "3", "2", "1"]
    assert cursor is None
    for wrong in ("", "7", "1.2.3", "9" * 18 + ".1", "x.y"):
        with pytest.raises(Refusal, match="not known"):
            await list_meetings(office.database, office.id, public=True, before=wrong)


async def test_minutes_carry_their_decisions_in_all_languages(office: Office) -> None:
    await three_meetings(office)
    page = await read(office, "12", public=False)
    assert (page.present, page.women, page.meeting.label) == (12, 5, "12")
    assert (page.published_at, page.is_restricted) == (office.now, False)
    assert set(page.summaries) == {"ur-Latn", "ur"}
    assert [(d.code, d.is_restricted) for d in page.decisions] == [
        ("12/1", False),
        ("12/2", False),
        ("12/3", True),
    ]
    pump = page.decisions[1]
    assert pump.texts["ur"] == "لاسپہ میں پمپ کی مرمت"
    assert pump.shorts == {"en": "pump Laspa", "ur": "پمپ"}
    assert (pump.owner["en"], pump.due, pump.days_late) == ("LSO Umeed", PUMP.due, 9)
    assert (pump.status, pump.topics) == ("in hand", ("water",))
    assert page.decisions[0].days_late == 0


async def test_everyone_reads_all_but_what_is_restricted(office: Office) -> None:
    await three_meetings(office)
    page = await read(office, "12", public=True)
    assert [d.code for d in page.decisions] == ["12/1", "12/2"]
    assert page.meeting.decisions == 2
    for label in ("13", "14", "99"):
        with pytest.raises(Refusal) as refused:
            await read(office, label, public=True)
        assert refused.value.code == "not_found"


async def test_the_office_reads_a_meeting_before_it_has_minutes(office: Office) -> None:
    await three_meetings(office)
    page = await read(office, "14", public=False)
    assert (page.published_at, page.decisions, page.summaries) == (None, (), {})
    with pytest.raises(Refusal, match="no such meeting"):
        await read(office, "99\x00", public=False)


async def test_a_draft_is_read_by_the_office_only(office: Office) -> None:
    await office.meeting(15)
    minutes_id = await office.minutes(15, decisions=[ROAD])
    await office.database.write(withdraw, minutes_id)
    page = await read(office, "15", public=False)
    assert (page.published_at, len(page.decisions)) == (None, 1)
    assert not page.meeting.has_minutes
    with pytest.raises(Refusal):
        await read(office, "15", public=True)


async def test_another_networks_register_is_empty(office: Office) -> None:
    await three_meetings(office)
    other = await Office.open(office.database, office.now, "other")
    assert (await list_meetings(office.database, other.id, public=False)).lines == ()
    with pytest.raises(Refusal):
        await read(other, "12", public=False)
