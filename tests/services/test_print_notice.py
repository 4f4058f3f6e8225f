"""Notices from typed words, and sheets for the boards by their number."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.errors import Refusal
from app.services.call_meeting import NewMeeting, call_meeting
from app.services.hang_sheet import NewSheet, hang_sheet
from app.services.keep_board import BoardFacts, add_board
from app.services.print_notice import NoticeWords, print_hung, print_notice
from app.services.print_sheet import Order
from tests.factories import Office
from tests.services.written import ROAD, WATER, Book

WORDS = NoticeWords("Road closed", "Snow at Lowari.\n\nWait.", no="5", ref="41")
TEXT = Order("txt", "en", phone="0300-1234567")


async def said(office: Office, words: NoticeWords = WORDS, order: Order = TEXT) -> str:
    printed = await print_notice(office.database, office.id, words, order, today=office.now.date())
    return printed.content.decode()


async def test_a_notice_says_who_what_until_when_and_whom_to_ask(office: Office) -> None:
    last = office.now.date() + timedelta(days=8)
    text = await said(office, replace(WORDS, valid_until=last))
    for part in ("LSON mirkhai", "No: 5", "Ref: 41", "Road closed", "Snow at Lowari.\n\nWait."):
        assert part in text
    assert "Valid until: " in text
    assert "give a missed call to 0300-1234567" in text
    assert "Text REF 41 to 0300-1234567" in text
    assert "General Secretary" in text


async def test_the_head_is_in_the_script_of_the_sheet(office: Office) -> None:
    await office.unit(
        "Mirkhai", kind="LSON", local_name="ایل ایس او این میرخئی", local_place="شاہی"
    )
    assert (await said(office, order=Order("txt", "ur"))).startswith("ایل ایس او این میرخئی\nشاہی")
    assert (await said(office)).startswith("LSON mirkhai\n")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "title"),
        ({"body": "\n\n"}, "body"),
        ({"title": "x" * 201}, "too_long"),
        ({"body": "x" * 20_001}, "too_long"),
        ({"no": "x" * 121}, "too_long"),
        ({"valid_until": None, "signer": "x" * 121}, "too_long"),
    ],
)
async def test_what_cannot_be_printed_is_refused(office: Office, changes, code) -> None:
    with pytest.raises(Refusal) as refused:
        await said(office, replace(WORDS, **changes))
    assert refused.value.code == code


async def test_a_day_that_is_past_is_refused(office: Office) -> None:
    with pytest.raises(Refusal, match="is past"):
        await said(office, replace(WORDS, valid_until=office.now.date() - timedelta(days=2)))


async def hung(office: Office, meeting_id: int | None = None) -> int:
    act = {"by": "Nusrat", "now": office.now}
    await add_board(office.database, office.id, BoardFacts(place="Mosque"), **act)
    new = NewSheet("notice", {"en": "For everybody", "ur": "سب کے لیے"}, meeting_id=meeting_id)
    return (await hang_sheet(office.database, office.id, new, **act)).no


async def hung_text(office: Office, no: int, tag: str = "en") -> str:
    printed = await print_hung(office.database, office.id, no, Order("txt", tag))
    return printed.content.decode()


async def test_a_sheet_of_published_minutes_tells_the_open_decisions_of_all(office: Office) -> None:
    book = Book(office)
    meeting_id = await book.meeting()
    closed = replace(ROAD, restricted="a quarrel")
    await book.written(meeting_id, WATER, closed)
    text = await hung_text(office, await hung(office, meeting_id))
    assert "No: 1" in text
    assert "For everybody" in text
    assert "14/1 Repair the water line." in text
    assert "Letter to the DC" not in text


async def test_a_sheet_of_a_meeting_to_come_invites(office: Office) -> None:
    new = NewMeeting(
        body="EC",
        no=15,
        label="15",
        at=office.now + timedelta(days=9),
        venue={"en": "Office of LSO Roshni"},
        agenda={"en": "Road, school"},
    )
    meeting_id = await call_meeting(office.database, office.slug, new, by="Nusrat", now=office.now)
    text = await hung_text(office, await hung(office, meeting_id))
    assert "Office of LSO Roshni" in text
    assert "Road, school" in text


async def test_a_sheet_that_is_not_there_or_anothers_is_refused(office: Office) -> None:
    no = await hung(office)
    other = await Office.open(office.database, office.now, slug="other")
    for wrong, whose in ((no + 1, office), (0, office), (2**40, office), (no, other)):
        with pytest.raises(Refusal) as refused:
            await hung_text(whose, wrong)
        assert refused.value.code == "not_found"
