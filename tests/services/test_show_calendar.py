"""A month as the office sees it."""

from datetime import date

import pytest

from app.domain.errors import Refusal
from app.domain.moon import MoonDate
from app.domain.recurrence import read_rule
from app.printing.words import words_of
from app.services._paper_desk import paper_desk
from app.services.keep_series import DayOf, skip_day
from app.services.show_calendar import list_series, read_series, show_calendar
from app.store import networks
from tests.factories import Office
from tests.services.ruled import BY, bodies, info, ruled, utc

SPECIAL = [
    {"kind": "festival", "first": "2026-12-25", "last": "2026-12-26", "name": "Fair"},
    {"kind": "ramadan", "first": "2027-02-08", "last": "2027-03-09", "name": ""},
]


async def test_a_month_shows_what_lies_on_its_days(office: Office) -> None:
    await bodies(office)
    rule = await ruled(office)
    await ruled(office, body="GB", rule=read_rule("last Friday"))
    await office.meeting(7, body="GB", at=utc(2026, 12, 13, 19, 30))  # the next day in Karachi
    changes = {"special_days": SPECIAL, "hijri_offset": 1}
    await office.database.write(networks.change, office.id, changes)
    network = await info(office)
    december = await show_calendar(office.database, network, date(2026, 12, 31), now=office.now)
    assert [len(week) for week in december.weeks] == [7] * 5
    assert december.weeks[0][0].day == date(2026, 11, 30)
    assert not december.weeks[0][0].in_month
    lies = {
        f"{one.day:%-d}": (
            [mark.label for mark in one.meetings],
            [(mark.body, mark.is_skipped) for mark in one.rules],
            [special.name for special in one.special],
        )
        for one in december.told
    }
    assert lies == {
        "13": (["1"], [], []),
        "14": (["7"], [], []),
        "25": (["2"], [], ["Fair"]),
        "26": ([], [], ["Fair"]),
    }
    assert december.told[0].moon == MoonDate(3, 7, 1448)
    assert [one.month for one in december.moons] == [6, 7]
    await skip_day(
        office.database, office.id, DayOf(rule, date(2027, 2, 14)), by=BY, now=office.now
    )
    february = await show_calendar(office.database, network, date(2027, 2, 1), now=office.now)
    assert [(one.day.day, [mark.is_skipped for mark in one.rules]) for one in february.told] == [
        (8, []),
        (14, [True]),
        (26, [False]),
    ]
    lines = await list_series(office.database, network, now=office.now)
    assert [line.body for line in lines] == ["EC", "GB"]
    assert lines[0].next_days == (date(2026, 12, 13), date(2027, 1, 10), date(2027, 3, 14))
    assert lines[0].skipped == (date(2027, 2, 14),)
    assert await read_series(office.database, network, rule, now=office.now) == lines[0]


async def test_a_day_whose_hour_is_past_is_no_next_day(office: Office) -> None:
    await bodies(office)
    saturdays = await ruled(office, rule=read_rule("every Saturday"))  # it is noon on one
    network = await info(office)
    line = await read_series(office.database, network, saturdays, now=office.now)
    assert line.next_days[0] == date(2026, 11, 28)
    november = await show_calendar(office.database, network, date(2026, 11, 1), now=office.now)
    assert [one.day.day for one in november.told] == [28]


async def test_sheets_go_by_the_moon_of_the_network(office: Office) -> None:
    await office.database.write(networks.change, office.id, {"hijri_offset": 2})
    desk = await office.database.read(paper_desk, office.id, "en")
    said = words_of("en").both(date(2026, 12, 13), desk.head.hijri_offset)
    assert said == "13 December 2026 / 2 Rajab 1448 AH"


async def test_the_last_months_of_time_have_no_neighbours(office: Office) -> None:
    network = await info(office)
    for month, is_first in ((date(1980, 1, 5), True), (date(2099, 12, 5), False)):
        found = await show_calendar(office.database, network, month, now=office.now)
        assert (found.before is None, found.after is None) == (is_first, not is_first)
    for month in (date.min, date(1979, 12, 31), date(2100, 1, 1), date.max):
        with pytest.raises(Refusal):
            await show_calendar(office.database, network, month, now=office.now)
    for missing in (1, 2**62):
        with pytest.raises(Refusal) as refused:
            await read_series(office.database, network, missing, now=office.now)
        assert refused.value.code == "not_found"
