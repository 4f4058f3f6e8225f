"""The word for what a text waits for."""

from datetime import UTC, date, datetime, time

import pytest

from app.domain.coming_days import coming_days
from app.domain.quiet_hours import QuietHours, next_allowed
from app.domain.quiet_reasons import Why, why_quiet
from app.domain.special_days import DayKind, SpecialDays, closed, ramadan

KARACHI = "Asia/Karachi"
DAYS = (
    SpecialDays(DayKind.RAMADAN, date(2027, 2, 9), date(2027, 3, 9)),
    SpecialDays(DayKind.FESTIVAL, date(2027, 3, 10), date(2027, 3, 12), "Eid al-Fitr"),
    SpecialDays(DayKind.MOURNING, date(2027, 4, 1), date(2027, 4, 1), "Master Sahib"),
)
HOURS = QuietHours(
    ramadan=ramadan(DAYS),
    ramadan_starts=time(17),
    ramadan_ends=time(10),
    closed_days=closed(DAYS),
)


@pytest.mark.parametrize(
    ("since", "why", "until"),
    [
        ("2027-01-05 21:00", (Why.NIGHT, ""), "2027-01-06 09:00"),
        ("2027-01-08 12:40", (Why.FRIDAY, ""), "2027-01-08 14:30"),
        ("2027-02-20 18:00", (Why.RAMADAN, ""), "2027-02-21 10:00"),
        ("2027-02-26 13:00", (Why.FRIDAY, ""), "2027-02-26 14:30"),
        ("2027-03-09 18:00", (Why.FESTIVAL, "Eid al-Fitr"), "2027-03-13 09:00"),
        ("2027-03-12 23:00", (Why.FESTIVAL, "Eid al-Fitr"), "2027-03-13 09:00"),
        ("2027-03-13 01:00", (Why.NIGHT, ""), "2027-03-13 09:00"),
        ("2027-04-01 12:00", (Why.MOURNING, "Master Sahib"), "2027-04-02 09:00"),
        ("2027-03-30 22:00", (Why.NIGHT, ""), "2027-03-31 09:00"),
    ],
)
def test_what_a_text_waits_for_is_said(since: str, why: tuple[Why, str], until: str) -> None:
    at = _moment(since)
    goes_on = next_allowed(at, KARACHI, HOURS)
    assert goes_on == _moment(until)
    assert why_quiet(at, goes_on, KARACHI, HOURS, DAYS) == why


def _moment(words: str) -> datetime:
    return datetime.fromisoformat(f"{words}+05:00").astimezone(UTC)


def test_a_ramadan_without_nights_of_its_own_is_as_any_other_month() -> None:
    plain = QuietHours(ramadan=ramadan(DAYS))
    since, until = _moment("2027-02-20 22:00"), _moment("2027-02-21 09:00")
    assert why_quiet(since, until, KARACHI, plain, DAYS) == (Why.NIGHT, "")


def test_the_days_by_the_moon_are_reckoned_ahead_and_moved_by_the_sighting() -> None:
    """Against the calendar of Umm al-Qura as printed for 1448 and 1449."""
    found = {one.name: (one.first, one.last) for one in coming_days(date(2026, 11, 21))}
    assert found == {
        "Ramadan": (date(2027, 2, 8), date(2027, 3, 8)),
        "Eid al-Fitr": (date(2027, 3, 9), date(2027, 3, 11)),
        "Eid al-Adha": (date(2027, 5, 16), date(2027, 5, 18)),
        "Ashura": (date(2027, 6, 14), date(2027, 6, 15)),
        "Eid Milad-un-Nabi": (date(2027, 8, 14), date(2027, 8, 14)),
    }
    later = {one.name: one.first for one in coming_days(date(2026, 11, 21), 1)}
    assert later["Ramadan"] == date(2027, 2, 9)


def test_days_that_are_kept_are_not_proposed_and_those_of_today_still_are() -> None:
    kept = (SpecialDays(DayKind.RAMADAN, date(2027, 2, 9), date(2027, 3, 9)),)
    names = [one.name for one in coming_days(date(2027, 2, 20), 0, kept)]
    assert names[0] == "Eid al-Fitr"
    assert "Ramadan" not in names[:4]
    assert coming_days(date(2027, 3, 11))[0].name == "Eid al-Fitr"
    assert coming_days(date(2090, 1, 1)) == ()
