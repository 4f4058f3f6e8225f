"""Dates as people write them into a form: 20 Oct, 20 Oct 2027, 2027-10-20."""

import re
from datetime import date

from app.domain.errors import Refusal
from app.domain.year_days import read_year_day

EARLIEST, LATEST = date(1980, 1, 1), date(2100, 1, 1)
"""What lies beyond is a slip of the pen."""
_iso = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})").fullmatch
_slashed = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})").fullmatch
_with_year = re.compile(r"(.*\S)[\s,،]+(\d{4})").fullmatch
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


def read_date(words: str, today: date, *, is_past: bool = False) -> date | None:
    """The day that is meant; None for an empty field.

    Without a year it is the next such day, or with `is_past` the last one. Raises Refusal for
    what is no day.
    """
    told = " ".join(words.translate(_DIGITS).split())
    if not told:
        return None
    if found := _iso(told):
        return _day(words, int(found[1]), int(found[2]), int(found[3]))
    if found := _slashed(told):
        return _day(words, int(found[3]), int(found[2]), int(found[1]))
    if found := _with_year(told):
        month, day = divmod(_year_day(words, found[1].rstrip(",،")), 100)
        return _day(words, int(found[2]), month, day)
    return _nearest(words, _year_day(words, told), today, is_past=is_past)


def _nearest(words: str, year_day: int, today: date, *, is_past: bool) -> date:
    month, day = divmod(year_day, 100)
    years = range(today.year, today.year - 9, -1) if is_past else range(today.year, today.year + 9)
    for year in years:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today if is_past else found >= today:
            return found
    raise _no_date(words)


def _year_day(words: str, told: str) -> int:
    try:
        found = read_year_day(told)
    except Refusal:
        found = 0
    if not found:
        raise _no_date(words)
    return found


def _day(words: str, year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise _no_date(words) from None
    if not EARLIEST <= found <= LATEST:
        raise _no_date(words)
    return found


def _no_date(words: str) -> Refusal:
    return Refusal(
        "date",
        "{words} is no date. Write day, month and year, as in 20 Oct 2027.",
        words=repr(words[:40]),
    )
