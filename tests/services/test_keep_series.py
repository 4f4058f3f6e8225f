"""Rules by which bodies meet: kept, stopped, a day left out."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.domain.errors import Refusal
from app.domain.recurrence import Rule, read_rule
from app.services.call_series import call_series
from app.services.keep_series import DayOf, meet_again, skip_day, stop_series
from app.store import journal
from tests.factories import Office
from tests.services.ruled import BY, bodies, book, ruled, told

SUNDAY = date(2026, 12, 13)


async def code_of(asked: object) -> str:
    with pytest.raises(Refusal) as refused:
        await asked  # type: ignore[misc]
    return refused.value.code


async def test_what_is_no_rule_of_a_body_changes_nothing(office: Office) -> None:
    await bodies(office)
    await ruled(office)
    before = await told(office)
    for changes, code in (
        ({}, "taken"),
        ({"body": "ec"}, "taken"),
        ({"body": "NONE"}, "no_body"),
        ({"body": ""}, "no_body"),
        ({"rule": Rule("FREQ=SECONDLY")}, "rule"),
        ({"rule": read_rule("daily"), "ends_on": date(2020, 1, 1)}, "no_days"),
        ({"rule": read_rule("daily"), "venue": {"en": "x" * 2001}}, "too_long"),
    ):
        assert await code_of(ruled(office, **changes)) == code, changes
    assert await told(office) == before


async def test_a_day_left_out_calls_its_meeting_off_and_can_be_taken_back(office: Office) -> None:
    await bodies(office)
    of = DayOf(await ruled(office), SUNDAY)
    act = {"by": BY, "now": office.now}
    for _ in range(2):
        await skip_day(office.database, office.id, of, **act)
        assert await told(office) == ["1 Sun 13 Dec 10:00 cancelled", "2 Sun 10 Jan 10:00 planned"]
    for _ in range(2):
        await meet_again(office.database, office.id, of, **act)
        assert await told(office) == ["1 Sun 13 Dec 10:00 planned", "2 Sun 10 Jan 10:00 planned"]


async def test_a_far_day_left_out_is_never_called(office: Office) -> None:
    await bodies(office)
    rule = await ruled(office)
    far = DayOf(rule, date(2027, 2, 14))
    await skip_day(office.database, office.id, far, by=BY, now=office.now)
    later = office.now + timedelta(days=60)
    assert await call_series(office.database, catalogue=None, now=later) == 1
    assert (await told(office))[-1] == "3 Sun 14 Mar 10:00 planned"
    for act in (skip_day, meet_again):
        await act(office.database, office.id, DayOf(rule, date(2027, 4, 11)), by=BY, now=later)
    assert await call_series(office.database, catalogue=None, now=later + timedelta(30)) == 1
    assert (await told(office))[-1] == "4 Sun 11 Apr 10:00 planned"


async def test_a_rule_that_ended_calls_no_more(office: Office) -> None:
    await bodies(office)
    rule = await ruled(office)
    act = {"by": BY, "now": office.now}
    assert await stop_series(office.database, office.id, rule, **act) == 2
    assert [one.state for one in await book(office)] == ["planned", "planned"]
    assert await stop_series(office.database, office.id, rule, calls_off=True, **act) == 0
    assert [one.state for one in await book(office)] == ["cancelled", "cancelled"]
    of = DayOf(rule, SUNDAY)
    assert await code_of(skip_day(office.database, office.id, of, **act)) == "no_day"
    await ruled(office, rule=read_rule("first Sunday"))
    actions = select(journal.journal.c.action).order_by(journal.journal.c.id)
    said = await office.database.read(lambda conn: list(conn.scalars(actions)))
    assert [one for one in said if one.startswith("meeting rule")] == [
        "meeting rule kept",
        "meeting rule stopped",
        "meeting rule kept",
    ]


async def test_only_a_day_to_come_of_the_rule_can_be_left_out(office: Office) -> None:
    await bodies(office)
    rule = await ruled(office, ends_on=date(2027, 6, 1))
    act = {"by": BY, "now": office.now}
    for day in (date(2026, 12, 14), date(2026, 11, 8), date(2027, 6, 13), date.max, date.min):
        asked = skip_day(office.database, office.id, DayOf(rule, day), **act)
        assert await code_of(asked) == "no_day", day


async def test_a_rule_of_another_network_is_not_there(office: Office) -> None:
    await bodies(office)
    rule = await ruled(office)
    other = await Office.open(office.database, office.now, "sarang")
    act = {"by": BY, "now": office.now}
    for asked in (
        stop_series(other.database, other.id, rule, **act),
        skip_day(other.database, other.id, DayOf(rule, SUNDAY), **act),
        meet_again(other.database, other.id, DayOf(rule, SUNDAY), **act),
        stop_series(other.database, other.id, 2**62, **act),
    ):
        assert await code_of(asked) == "not_found"
