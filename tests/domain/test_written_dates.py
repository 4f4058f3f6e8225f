"""Dates are read as people write them, and what is none is said plainly."""

from datetime import date

import pytest

from app.domain.errors import Refusal
from app.domain.written_dates import read_date

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("words", "ahead", "back"),
    [
        ("", None, None),
        ("  ", None, None),
        ("2027-10-20", date(2027, 10, 20), date(2027, 10, 20)),
        ("20 Oct 2027", date(2027, 10, 20), date(2027, 10, 20)),
        ("20 october, 2027", date(2027, 10, 20), date(2027, 10, 20)),
        ("Oct 20 2027", date(2027, 10, 20), date(2027, 10, 20)),
        ("20/10/2027", date(2027, 10, 20), date(2027, 10, 20)),
        ("20.10.2027", date(2027, 10, 20), date(2027, 10, 20)),
        ("۲۰ اکتوبر ۲۰۲۷", date(2027, 10, 20), date(2027, 10, 20)),
        ("20 Oct", date(2027, 10, 20), date(2026, 10, 20)),
        ("21 Nov", TODAY, TODAY),
        ("29 Feb", date(2028, 2, 29), date(2024, 2, 29)),
        ("28 فروری", date(2027, 2, 28), date(2026, 2, 28)),
    ],
)
def test_a_day_is_read_ahead_or_back(words: str, ahead: date | None, back: date | None) -> None:
    assert read_date(words, TODAY) == ahead
    assert read_date(words, TODAY, is_past=True) == back


@pytest.mark.parametrize(
    "words",
    ["x", "20", "Oct", "31 Feb 2027", "32 Oct", "2027-13-01", "29 Feb 2027", "20 Oct 1200",
     "20/13/2027", "20 Oct 99999", "9" * 5000, "<b>", "20 Foo 2027"],
)  # fmt: skip
def test_what_is_no_date_is_said(words: str) -> None:
    with pytest.raises(Refusal, match="is no date"):
        read_date(words, TODAY)
