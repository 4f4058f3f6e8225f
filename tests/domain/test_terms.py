"""Terms are as long as they are said to be, and their end is said 60 and 30 days before."""

from datetime import date

import pytest

from app.domain.terms import add_months, lead_of


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2026, 11, 21), 24, date(2028, 11, 21)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
    ],
)
def test_a_term_counts_in_months(day: date, months: int, last: date) -> None:
    assert add_months(day, months) == last


def test_the_nearest_lead_counts() -> None:
    leads = {days: lead_of(days) for days in (61, 60, 31, 30, 0, -1)}
    assert leads == {61: None, 60: 60, 31: 60, 30: 30, 0: 30, -1: None}
