"""Meetings as iCalendar: read by a strict parser, and line by line by the rules of RFC 5545."""

import re
from datetime import UTC, date, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from icalendar import Calendar

from app.domain.recurrence import read_rule
from app.services._calendar_zone import zone_told
from app.services._newsletter_words import Reader
from app.services.change_meeting import MeetingChange, change_meeting
from app.services.write_calendar import (
    CalendarPlace,
    body_names,
    invitation,
    uid_of,
    write_calendar,
)
from app.store import networks
from tests.factories import Office, catalogue
from tests.services.ruled import bodies, book, info, ruled, utc

_content_line = re.compile(
    r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"\x00-\x1f\x7f]*"|[^";:,\x00-\x1f\x7f]*))*):(.*)'
).fullmatch
HOSTILE = "Room 1; a, b \\n\r\nEND:VCALENDAR\r\nX:y\x07\x7f\x00 \u2028سڑک " + "پل کی مرمت، " * 40


async def feed(office: Office, tag: str = "en", home: str = "https://a.example/p/x/") -> bytes:
    place = CalendarPlace(tag, home)
    network = await info(office)
    return await write_calendar(
        office.database, network, place, catalogue=catalogue(), now=office.now
    )


def lines_of(content: bytes) -> list[tuple[str, str, str]]:
    """RFC 5545 section 3.1 by itself: CRLF, 75 octets, folds, names, no control characters."""
    assert content.endswith(b"\r\n")
    raw = content.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in raw)
    assert all(line.decode("utf-8") for line in raw), "no letter is cut in two"
    unfolded = content.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]
    found = []
    for line in unfolded:
        match = _content_line(line)
        assert match is not None, line
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line)
        found.append((match[1], match[2], match[3]))
    return found


def events(content: bytes) -> list[Any]:
    calendar = Calendar.from_ical(content)
    assert calendar.errors == []
    for one in calendar.walk():
        assert one.errors == []
    return calendar.walk("VEVENT")


def nested(lines: list[tuple[str, str, str]]) -> None:
    """Every component is closed by its own end, and has what section 3.6 demands once."""
    opened: list[tuple[str, list[str]]] = []
    for name, _, value in lines:
        if name == "BEGIN":
            opened.append((value, []))
        elif name == "END":
            kind, names = opened.pop()
            assert kind == value
            wanted = {
                "VCALENDAR": ("VERSION", "PRODID"),
                "VEVENT": ("UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "STATUS", "SUMMARY"),
                "VTIMEZONE": ("TZID",),
                "STANDARD": ("DTSTART", "TZOFFSETTO", "TZOFFSETFROM"),
                "DAYLIGHT": ("DTSTART", "TZOFFSETTO", "TZOFFSETFROM"),
            }[kind]
            assert [names.count(one) for one in wanted] == [1] * len(wanted), (kind, names)
        else:
            opened[-1][1].append(name)
    assert opened == []


async def test_the_feed_is_read_by_strict_readers(office: Office) -> None:
    await bodies(office)
    await office.database.write(networks.change, office.id, {"tz": "Europe/London"})
    await ruled(office, rule=read_rule("every 2 weeks on Sunday"))
    await office.meeting(99, venue={"en": HOSTILE, "ur": HOSTILE}, agenda={"ur-Latn": HOSTILE})
    for tag in ("en", "ur", "ur-Latn", "sd", "ps"):
        content = await feed(office, tag)
        lines = lines_of(content)
        nested(lines)
        assert (lines[0][2], lines[-1][2]) == ("VCALENDAR", "VCALENDAR")
        assert [value for name, _, value in lines if name == "VERSION"] == ["2.0"]
        zones = [value for name, _, value in lines if name == "TZID"]
        assert zones == ["Europe/London"]
        assert {params for name, params, _ in lines if name in {"DTEND"}} == {";TZID=Europe/London"}
        found = events(content)
        starts = [one["DTSTART"].dt.astimezone(UTC) for one in found]
        assert starts == [row.at for row in await book(office)]
        texts = [str(one.get("LOCATION", "")) for one in found]
        assert any("END:VCALENDAR" in text and "سڑک" in text for text in texts)


@pytest.mark.parametrize("tz", ["Europe/London", "Asia/Karachi", "Australia/Lord_Howe"])
def test_the_zone_is_told_as_its_clocks_go(tz: str) -> None:
    first, last = utc(2026, 1, 5), utc(2027, 12, 20)
    told = zone_told(tz, first, last).to_ical().decode()
    (zone,) = (tzical(StringIO(told)).get(name) for name in [tz])
    for hours in range(0, int((last - first) / timedelta(hours=1)), 7):
        moment = first + timedelta(hours=hours)
        wall = moment.astimezone(ZoneInfo(tz)).replace(tzinfo=None)
        if wall.replace(tzinfo=ZoneInfo(tz)).astimezone(UTC) == moment:
            assert wall.replace(tzinfo=zone).astimezone(UTC) == moment
    if tz == "Europe/London":
        # By the clocks as they stood before: one in March, two in October.
        assert "DTSTART:20270328T010000" in told
        assert "DTSTART:20271031T020000" in told


async def test_a_meeting_keeps_its_uid_and_counts_its_changes(office: Office) -> None:
    await bodies(office)
    await ruled(office)
    first, second = await book(office)
    before = {str(one["UID"]): int(one["SEQUENCE"]) for one in events(await feed(office))}
    for meeting_id, change in (
        (first.id, MeetingChange(at=first.at + timedelta(hours=2))),
        (second.id, MeetingChange(state="cancelled")),
    ):
        await change_meeting(
            office.database, office.id, meeting_id, change, by="Nusrat", now=office.now
        )
    moved, off = events(await feed(office))
    assert {str(moved["UID"]), str(off["UID"])} == set(before)
    assert [int(one["SEQUENCE"]) - before[str(one["UID"])] for one in (moved, off)] == [1, 1]
    assert [str(one["STATUS"]) for one in (moved, off)] == ["CONFIRMED", "CANCELLED"]
    assert str(off["SUMMARY"]).startswith("Cancelled: Executive Committee meeting 2, LSON")
    zone = ZoneInfo("Asia/Karachi")
    assert moved["DTSTART"].dt.astimezone(zone).hour == 12
    assert moved["DTSTART"].params["TZID"] == "Asia/Karachi"
    change = MeetingChange(state="postponed")
    await change_meeting(office.database, office.id, first.id, change, by="Nusrat", now=office.now)
    postponed = events(await feed(office, "ur"))[0]
    assert str(postponed["STATUS"]) == "CANCELLED"
    assert str(postponed["SUMMARY"]).startswith("ملتوی")


async def test_the_feed_tells_what_anybody_may_know_and_nothing_else(office: Office) -> None:
    await bodies(office)
    await office.meeting(1, at=office.now - timedelta(days=400))
    await office.meeting(2, at=office.now - timedelta(days=300), quorum=8)
    other = await Office.open(office.database, office.now, "sarang")
    await other.meeting(3, venue={"en": "Elsewhere"})
    content = await feed(office)
    (one,) = events(content)
    assert set(one) == {
        *("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "STATUS", "SUMMARY", "URL")
    }
    assert b"Elsewhere" not in content
    networks_of = (await info(office), await info(other))
    assert len({uid_of(network, 1) for network in networks_of}) == 2
    assert str(one["UID"]) == uid_of(networks_of[0], (await book(office))[1].id)


async def test_a_file_beside_a_mail_is_the_same_meeting(office: Office) -> None:
    await bodies(office)
    await ruled(
        office, venue={"en": "Shahi"}, agenda={"en": "Road\nFees"}, ends_on=date(2027, 1, 1)
    )
    (row,) = await book(office)
    network = await info(office)
    names = (await office.database.read(body_names, office.id))["EC"]
    content = invitation(row, names, Reader("en", network, catalogue()), now=office.now)
    nested(lines_of(content))
    (alone,) = events(content)
    (told,) = events(await feed(office, home=""))
    assert alone.to_ical() == told.to_ical()
    assert str(alone["DESCRIPTION"]) == "Road\nFees"
    assert alone["DTSTART"].dt.astimezone(UTC) == utc(2026, 12, 13, 5)
    assert alone["DTEND"].dt - alone["DTSTART"].dt == timedelta(hours=2)
