"""Meetings are called by their rule, each once, some weeks ahead."""

import asyncio
from datetime import date, time, timedelta

from app.domain.recurrence import read_rule
from app.services.call_series import call_series
from app.services.change_meeting import MeetingChange, change_meeting
from app.store import networks
from tests.factories import Office
from tests.services.ruled import bodies, book, ruled, told, utc


async def again(office: Office, **later: int) -> int:
    now = office.now + timedelta(**later)
    return await call_series(office.database, catalogue=None, now=now)


async def test_meetings_of_two_months_are_called_with_the_next_numbers(office: Office) -> None:
    await bodies(office)
    await office.meeting(23, at=office.now - timedelta(days=13), quorum=8)
    await ruled(office, venue={"en": "Shahi"}, agenda={"ur": "سڑک"})
    assert (await told(office))[1:] == [
        "24 Sun 13 Dec 10:00 planned",
        "25 Sun 10 Jan 10:00 planned",
    ]
    newest = (await book(office))[-1]
    assert (newest.venue, newest.agenda, newest.quorum) == ({"en": "Shahi"}, {"ur": "سڑک"}, 8)
    assert await again(office) == 0
    assert await again(office, days=30) == 1
    assert await again(office, days=30) == 0
    assert (await told(office))[-1] == "26 Sun 14 Feb 10:00 planned"


async def test_a_number_that_another_meeting_bears_as_its_label_is_passed_over(
    office: Office,
) -> None:
    await bodies(office)
    await office.meeting(23, at=office.now - timedelta(days=13), label="24")
    await ruled(office)
    assert [line.split()[0] for line in await told(office)] == ["24", "25", "26"]


async def test_a_meeting_that_was_moved_or_called_off_is_not_called_again(office: Office) -> None:
    await bodies(office)
    await ruled(office)
    first, second = await book(office)
    for meeting_id, change in (
        (first.id, MeetingChange(at=first.at + timedelta(days=3))),
        (second.id, MeetingChange(state="cancelled")),
    ):
        await change_meeting(
            office.database, office.id, meeting_id, change, by="Nusrat", now=office.now
        )
    assert await again(office) == 0
    assert await told(office) == ["1 Wed 16 Dec 10:00 planned", "2 Sun 10 Jan 10:00 cancelled"]


async def test_a_meeting_called_by_hand_for_such_a_day_is_the_rules_own(office: Office) -> None:
    await bodies(office)
    mine = await office.meeting(40, at=utc(2026, 12, 13, 4, 30))
    await ruled(office)
    assert await told(office) == ["40 Sun 13 Dec 09:30 planned", "41 Sun 10 Jan 10:00 planned"]
    first, _ = await book(office)
    assert (first.id, first.series_on) == (mine, date(2026, 12, 13))


async def test_a_computer_that_was_off_calls_no_meeting_of_the_past(office: Office) -> None:
    await bodies(office)
    await ruled(office, rule=read_rule("every Sunday"), ends_on=date(2027, 3, 1))
    called = len(await book(office))
    await again(office, days=90)
    late = (await told(office))[called:]
    assert late == ["10 Sun 21 Feb 10:00 planned", "11 Sun 28 Feb 10:00 planned"]
    # It is noon on a Saturday: that of today began already.
    saturdays = {"rule": read_rule("every Saturday"), "ends_on": date(2026, 11, 28)}
    await ruled(office, body="GB", starts_on=date(2026, 11, 1), **saturdays)
    assert (await told(office))[0:2] == [
        "1 Sun 22 Nov 10:00 planned",
        "1 Sat 28 Nov 10:00 planned",
    ]


async def test_ten_o_clock_stays_ten_o_clock_when_clocks_change(office: Office) -> None:
    await bodies(office)
    await office.database.write(networks.change, office.id, {"tz": "Europe/London"})
    weekly = read_rule("every Sunday")
    await ruled(office, rule=weekly, starts_on=date(2027, 3, 14), clock=time(1, 30))
    await again(office, days=80)
    assert (await told(office, "Europe/London"))[:4] == [
        "1 Sun 14 Mar 01:30 planned",
        "2 Sun 21 Mar 01:30 planned",
        "3 Sun 28 Mar 02:30 planned",  # there is no half past one on that day
        "4 Sun 4 Apr 01:30 planned",
    ]


async def test_two_processes_call_each_meeting_once(office: Office) -> None:
    await bodies(office)
    await ruled(office)
    made = await asyncio.gather(*(again(office, days=30) for _ in range(4)))
    assert sorted(made) == [0, 0, 0, 1]
    assert len(await book(office)) == 3


async def test_two_rules_that_fall_on_one_hour_call_one_meeting(office: Office) -> None:
    await bodies(office)
    await ruled(office)
    await ruled(office, rule=read_rule("13 of every month"))
    assert [line.split(" ", 1)[1] for line in await told(office)] == [
        "Sun 13 Dec 10:00 planned",
        "Sun 10 Jan 10:00 planned",
        "Wed 13 Jan 10:00 planned",
    ]
    assert await again(office) == 0
