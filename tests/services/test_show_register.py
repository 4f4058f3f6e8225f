"""The register as the office and as everyone reads it: meetings, minutes, decisions by words."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from app.domain.errors import Refusal
from app.services.publish_minutes import DecisionDraft
from app.services.show_register import (
    DecisionLine,
    MinutesPage,
    list_meetings,
    read_minutes,
    search_decisions,
)
from app.store.database import Connection
from app.store.meetings import minutes
from tests.factories import Office, vocabulary

DAY = date(2026, 11, 21)
PUMP = DecisionDraft(
    2,
    {
        "en": {"text": "Repair of the 50% pump in Laspa.", "short": "pump Laspa"},
        "ur": {"text": "لاسپہ میں پمپ کی مرمت", "short": "پمپ"},
    },
    owner={"en": "LSO Umeed", "ur": "ایل ایس او امید"},
    due=DAY - timedelta(days=9),
    topics=["water"],
)
ROAD = DecisionDraft(
    1, {"en": {"text": "Letter to the DC for the road.", "short": "road letter"}}, topics=["road"]
)
SECRET = DecisionDraft(
    3, {"en": {"text": "Dispute over the pump in Kotli.", "short": "x"}}, is_restricted=True
)


async def book(office: Office) -> None:
    """Meeting 12 is open but for one decision, 13 is restricted, 14 is still to come."""
    for no, days in ((12, -30), (13, -10), (14, 3)):
        await office.meeting(no, at=office.now + timedelta(days=days), venue={"en": "Shahi"})
    await office.minutes(12, decisions=[ROAD, PUMP, SECRET])
    await office.minutes(13, decisions=[ROAD], is_restricted=True)


async def search(office: Office, words: str, **changes: object) -> list[str]:
    return [line.code for line in await lines(office, words, **changes)]


async def lines(office: Office, words: str, **changes: object) -> tuple[DecisionLine, ...]:
    how = {"public": False, "today": DAY, "topics": vocabulary().topics, **changes}
    return await search_decisions(office.database, office.id, words, **how)


async def read(office: Office, label: str, *, public: bool) -> MinutesPage:
    return await read_minutes(office.database, office.id, "EC", label, public=public, today=DAY)


def _withdraw(conn: Connection, minutes_id: int) -> None:
    conn.execute(update(minutes).where(minutes.c.id == minutes_id).values(published_at=None))


async def test_meetings_are_listed_newest_first_for_the_office_and_for_everyone(
    office: Office,
) -> None:
    await book(office)
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
    await book(office)
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
    await book(office)
    page = await read(office, "12", public=True)
    assert [d.code for d in page.decisions] == ["12/1", "12/2"]
    assert page.meeting.decisions == 2
    for label in ("13", "14", "99"):
        with pytest.raises(Refusal) as refused:
            await read(office, label, public=True)
        assert refused.value.code == "not_found"


async def test_the_office_reads_a_meeting_before_it_has_minutes(office: Office) -> None:
    await book(office)
    page = await read(office, "14", public=False)
    assert (page.published_at, page.decisions, page.summaries) == (None, (), {})
    with pytest.raises(Refusal, match="no such meeting"):
        await read(office, "99\x00", public=False)


async def test_a_draft_is_read_by_the_office_only_and_found_by_nobody(office: Office) -> None:
    await office.meeting(15)
    minutes_id = await office.minutes(15, decisions=[ROAD])
    await office.database.write(_withdraw, minutes_id)
    page = await read(office, "15", public=False)
    assert (page.published_at, len(page.decisions)) == (None, 1)
    assert not page.meeting.has_minutes
    with pytest.raises(Refusal):
        await read(office, "15", public=True)
    assert await search(office, "") == []


@pytest.mark.parametrize(
    "words",
    ["pump", "PUMP laspa", "umeed", "امید", "پمپ", "مرمت لاسپہ", "pani", "پانی", "water",
     "50%", "  pump   water "],
)  # fmt: skip
async def test_a_decision_is_found_by_its_words_its_owner_or_its_topic(
    office: Office, words: str
) -> None:
    await book(office)
    assert "12/2" in await search(office, words)
    assert "12/1" not in await search(office, words)


@pytest.mark.parametrize("words", ["pump road", "5_%", "%", "_", "\\", "xyzzy", "'", "\x00pumpx"])
async def test_words_that_no_decision_has_find_none(office: Office, words: str) -> None:
    await book(office)
    found = await search(office, words)
    assert found == (["12/2"] if words == "%" else [])


@pytest.mark.parametrize("words", ["12/2", "D12/2", "d 12 / 2", "۱۲/۲", "١٢/٢"])
async def test_a_number_finds_exactly_that_decision(office: Office, words: str) -> None:
    await book(office)
    assert await search(office, words) == ["12/2"]
    assert await search(office, "12/22") == []


async def test_an_emergency_meeting_is_found_by_its_letter(office: Office) -> None:
    await office.meeting(1, label="E1")
    await office.minutes(1, label="E1", decisions=[ROAD])
    assert await search(office, "e1/1") == ["E1/1"]


async def test_no_words_list_the_newest_for_each_reader(office: Office) -> None:
    await book(office)
    assert await search(office, " ") == ["13/1", "12/1", "12/2", "12/3"]
    assert await search(office, "", public=True) == ["12/1", "12/2"]
    assert await search(office, "", limit=2) == ["13/1", "12/1"]
    for words in ("dispute", "12/3", "13/1"):
        assert await search(office, words) != []
        assert await search(office, words, public=True) == []


async def test_a_decision_that_is_done_is_never_late(office: Office) -> None:
    late = DAY - timedelta(days=5)
    words = {"en": {"text": "A.", "short": "a"}}
    states = ("in hand", "overdue", "done", "dropped")
    await office.meeting(20)
    await office.minutes(
        20, decisions=[DecisionDraft(n, words, due=late, status=s) for n, s in enumerate(states)]
    )
    assert [one.days_late for one in await lines(office, "")] == [5, 5, 0, 0]
    assert {one.days_late for one in await lines(office, "", today=late)} == {0}


async def test_another_networks_register_is_empty(office: Office) -> None:
    await book(office)
    other = await Office.open(office.database, office.now, "other")
    assert (await list_meetings(office.database, other.id, public=False)).lines == ()
    for words in ("", "12/2", "pump"):
        assert await search(other, words) == []
    with pytest.raises(Refusal):
        await read(other, "12", public=False)
