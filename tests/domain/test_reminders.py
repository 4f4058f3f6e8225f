"""When reminders go: so long before by the clocks there, never in quiet time, never too late."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.errors import Refusal
from app.domain.quiet_hours import QuietHours, is_quiet
from app.domain.reminders import DAY, check_leads, leads_of, usual_leads

PK = "Asia/Karachi"
USUAL = (7 * DAY, DAY, 120)


def at(text: str, zone: str = PK) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def due(
    meets: str, leads: tuple[int, ...] = USUAL, zone: str = PK, hours: QuietHours | None = None
) -> list[str | None]:
    found = leads_of(at(meets, zone), leads, zone, hours or QuietHours())
    place = ZoneInfo(zone)
    return [
        one.due_at.astimezone(place).strftime("%a %d %b %H:%M") if one.due_at else None
        for one in found
    ]


@pytest.mark.parametrize(
    ("meets", "wanted"),
    [
        ("2025-10-12T15:00", ["Sun 05 Oct 15:00", "Sat 11 Oct 15:00", "Sun 12 Oct 13:00"]),
        ("2025-10-12T10:00", ["Sun 05 Oct 10:00", "Sat 11 Oct 10:00", "Sun 12 Oct 09:00"]),
        ("2025-10-12T09:30", ["Sun 05 Oct 09:30", "Sat 11 Oct 09:30", "Sun 12 Oct 09:00"]),
        ("2025-10-12T09:20", ["Sun 05 Oct 09:20", "Sat 11 Oct 09:20", "Sun 12 Oct 09:00"]),
        ("2025-10-12T09:19", ["Sun 05 Oct 09:19", "Sat 11 Oct 09:19", None]),
        # In the night: the evening before would be too early for "two hours before".
        ("2025-10-12T07:00", ["Sun 05 Oct 09:00", "Sat 11 Oct 09:00", None]),
        ("2025-10-12T21:00", ["Mon 06 Oct 09:00", "Sun 12 Oct 09:00", "Sun 12 Oct 19:00"]),
        # Friday's gap.
        ("2025-10-10T15:00", ["Fri 03 Oct 15:00", "Thu 09 Oct 15:00", "Fri 10 Oct 14:30"]),
        ("2025-10-10T13:00", ["Fri 03 Oct 14:30", "Thu 09 Oct 13:00", "Fri 10 Oct 11:00"]),
        ("2025-10-11T13:00", ["Sat 04 Oct 13:00", "Fri 10 Oct 14:30", "Sat 11 Oct 11:00"]),
    ],
)
def test_a_lead_in_quiet_time_goes_when_it_ends_if_that_is_of_use(
    meets: str, wanted: list[str | None]
) -> None:
    assert due(meets) == wanted


def test_a_day_s_lead_on_a_festival_is_pulled_to_the_last_hour_before_it() -> None:
    eid = QuietHours(closed_days=(date(2025, 10, 10), date(2025, 10, 11)))
    wanted = ["Sun 05 Oct 10:00", "Thu 09 Oct 19:00", "Sun 12 Oct 09:00"]
    assert due("2025-10-12T10:00", hours=eid) == wanted
    early = QuietHours(closed_days=(date(2025, 10, 5),))
    assert due("2025-10-12T10:00", hours=early)[0] == "Mon 06 Oct 09:00"
    on_the_day = QuietHours(closed_days=(date(2025, 10, 12),))
    assert due("2025-10-12T10:00", hours=on_the_day)[2] is None


def test_of_two_at_one_moment_only_the_nearer_goes() -> None:
    mourning = QuietHours(closed_days=tuple(date(2025, 9, 29) + timedelta(n) for n in range(8)))
    found = due("2025-10-12T10:00", (10 * DAY, 8 * DAY, 2 * DAY), hours=mourning)
    assert found == [None, "Tue 07 Oct 09:00", "Fri 10 Oct 10:00"]


def test_ramadan_has_its_own_night() -> None:
    hours = QuietHours(
        ramadan=((date(2026, 2, 18), date(2026, 3, 19)),),
        ramadan_starts=time(17, 0),
        ramadan_ends=time(11, 0),
    )
    wanted = ["Sun 15 Feb 10:30", "Sat 21 Feb 11:00", None]
    assert due("2026-02-22T10:30", hours=hours) == wanted
    assert due("2026-02-22T12:30", hours=hours)[2] == "Sun 22 Feb 11:00"


@pytest.mark.parametrize("meets", ["2026-03-29T10:00", "2026-10-25T10:00"])
def test_days_are_counted_on_the_clocks_of_the_place(meets: str) -> None:
    days = due(meets, (7 * DAY, DAY), "Europe/London", QuietHours(time(0), time(0)))
    assert {one[-5:] for one in days if one} == {meets[-5:]}


def test_each_is_valid_until_the_next_and_the_last_while_there_is_time_to_come() -> None:
    meets = at("2025-10-12T10:00")
    first, second, last = leads_of(meets, USUAL, PK, QuietHours())
    assert (first.expires_at, second.expires_at) == (second.due_at, last.due_at)
    assert last.is_useful(meets - timedelta(minutes=20))
    assert not last.is_useful(meets - timedelta(minutes=19))
    assert last.is_over(meets - timedelta(minutes=19))
    assert not first.is_useful(first.nominal - timedelta(seconds=1))


@pytest.mark.parametrize("zone", ["Asia/Karachi", "Europe/London", "America/New_York"])
def test_no_reminder_of_a_year_is_quiet_late_or_out_of_order(zone: str) -> None:
    ramadan = ((date(2026, 2, 18), date(2026, 3, 19)),)
    closed = tuple(date(2026, 3, 20) + timedelta(n) for n in range(4))
    hours = QuietHours(ramadan=ramadan, ramadan_ends=time(10), closed_days=closed)
    meets = at("2026-01-01T00:10", zone)
    while meets < at("2026-12-31T00:00", zone):
        found = [one for one in leads_of(meets, (*USUAL, 45), zone, hours) if one.due_at]
        moments = [one.due_at for one in found]
        assert moments == sorted(set(moments))
        assert not any(is_quiet(moment, zone, hours) for moment in moments)
        assert all(moment <= meets - timedelta(minutes=20) for moment in moments)
        assert all(one.due_at < one.expires_at <= meets for one in found)
        meets += timedelta(hours=11, minutes=7)


def test_a_plan_has_a_few_leads_in_order() -> None:
    assert check_leads([120, DAY, 120]) == (DAY, 120)
    assert check_leads([]) == ()
    assert usual_leads("GB") == (15 * DAY, DAY, 120)
    assert usual_leads("EC") == usual_leads("VO") == USUAL
    for wrong in ([5], [-1], [61 * DAY], [30, 40, 50, 60, 70, 80]):
        with pytest.raises(Refusal):
            check_leads(wrong)
