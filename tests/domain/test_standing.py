"""The course of a standing text: its days and hours, and what is agreed to."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from app.domain.standing import Course, agreed_hash, read_clock

SUNDAYS = Course("FREQ=MONTHLY;BYDAY=2SU", date(2026, 1, 1), None, time(10, 0))


def test_the_next_days_follow_the_rule_to_its_end_without_those_left_out() -> None:
    assert SUNDAYS.next_days(date(2026, 3, 1), 3) == (
        date(2026, 3, 8),
        date(2026, 4, 12),
        date(2026, 5, 10),
    )
    ending = replace(SUNDAYS, ends_on=date(2026, 4, 30), skipped={date(2026, 3, 8)})
    assert ending.next_days(date(2026, 3, 1), 3) == (date(2026, 4, 12),)
    assert ending.next_day(date(2026, 5, 1)) is None


def test_a_rule_of_one_day_in_the_year_is_found_far_ahead() -> None:
    yearly = replace(SUNDAYS, rule="FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8")
    assert yearly.next_day(date(2026, 3, 9)) == date(2027, 3, 8)


def test_the_first_day_is_today_only_while_its_hour_is_still_to_come() -> None:
    at = datetime(2026, 3, 8, 5, 0, tzinfo=UTC)
    assert SUNDAYS.next_after(at.replace(hour=4, minute=59), "Asia/Karachi") == date(2026, 3, 8)
    assert SUNDAYS.next_after(at, "Asia/Karachi") == date(2026, 4, 12)


def test_the_hour_is_that_of_the_clocks_there_on_each_day() -> None:
    weekly = replace(SUNDAYS, rule="FREQ=WEEKLY;BYDAY=SU")
    hours = [weekly.moment(date(2026, 3, day), "Europe/London").hour for day in (22, 29)]
    assert hours == [10, 9]


def test_any_change_of_what_goes_to_whom_and_when_changes_the_hash() -> None:
    shown = ("notice", ("all",), {"en": "Come"}, "", SUNDAYS)
    other = [
        ("news", *shown[1:]),
        ("notice", ("all", "ec: x"), *shown[2:]),
        (*shown[:2], {"en": "Go"}, *shown[3:]),
        (*shown[:2], {"ur": "Come"}, *shown[3:]),
        (*shown[:3], "awareness", SUNDAYS),
        *(
            (*shown[:4], replace(SUNDAYS, **change))
            for change in (
                {"rule": "FREQ=WEEKLY;BYDAY=SU"},
                {"clock": time(10, 1)},
                {"starts_on": date(2026, 1, 2)},
                {"ends_on": date(2027, 1, 1)},
            )
        ),
    ]
    hashes = {agreed_hash(*one) for one in other}
    assert len(hashes) == len(other)
    assert agreed_hash(*shown) not in hashes
    left_out = replace(SUNDAYS, skipped={date(2026, 3, 8)})
    assert agreed_hash(*shown[:4], left_out) == agreed_hash(*shown)


@pytest.mark.parametrize(
    ("words", "clock"),
    [
        ("10:00", time(10)),
        (" 9.30 ", time(9, 30)),
        *((bad, None) for bad in ("", "10", "24:00", "10:60", "10:0", "1e:00", "-1:00", "١٠:٠٠")),
    ],
)
def test_an_hour_is_written_with_its_minutes(words: str, clock: time | None) -> None:
    assert read_clock(words) == clock
