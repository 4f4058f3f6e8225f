"""A stretch of every year, from one day to another, as for a pass that snow closes."""

import re
from calendar import monthrange
from datetime import date

from app.domain.errors import Refusal

LEAP_YEAR = 2024
"""A year that has every day there is."""
_MONTHS = (
    ("jan", "january", "جنوری"),
    ("feb", "february", "فروری"),
    ("mar", "march", "مارچ"),
    ("apr", "april", "اپریل"),
    ("may", "may", "مئی"),
    ("jun", "june", "جون"),
    ("jul", "july", "جولائی"),
    ("aug", "august", "اگست"),
    ("sep", "september", "ستمبر"),
    ("oct", "october", "اکتوبر"),
    ("nov", "november", "نومبر"),
    ("dec", "december", "دسمبر"),
)
_NUMBER_OF = {word: number for number, words in enumerate(_MONTHS, 1) for word in words}
_NUMBER_OF["sept"] = 9
_day_first = re.compile(r"(\d{1,2})\s*([^\W\d]+)\.?").fullmatch
_month_first = re.compile(r"([^\W\d]+)\.?\s*(\d{1,2})").fullmatch


def read_year_day(words: str) -> int:
    """1201 for "1 Dec", 0 for nothing; raises Refusal for what is no day of the year."""
    told = " ".join(words.casefold().split())
    if not told:
        return 0
    if found := _day_first(told):
        day, name = int(found[1]), found[2]
    elif found := _month_first(told):
        day, name = int(found[2]), found[1]
    else:
        raise _no_day(words)
    month = _NUMBER_OF.get(name, 0)
    if not month or not is_year_day(month * 100 + day):
        raise _no_day(words)
    return month * 100 + day


def is_year_day(number: int) -> bool:
    """Whether month * 100 + day is a day that some year has."""
    month, day = divmod(number, 100)
    return 1 <= month <= len(_MONTHS) and 1 <= day <= monthrange(LEAP_YEAR, month)[1]


def year_day_words(number: int) -> str:
    """1201 as "1 Dec", as `read_year_day` reads it; nothing for 0."""
    month, day = divmod(number, 100)
    return f"{day} {_MONTHS[month - 1][0].title()}" if is_year_day(number) else ""


def check_stretch(first: int, last: int) -> None:
    """Raise Refusal unless both are days of the year, or both 0."""
    if bool(first) != bool(last):
        raise Refusal(
            "cut_off", "Give both days, the first and the last one without a road, or neither."
        )
    for number in (first, last):
        if number and not is_year_day(number):
            raise _no_day(str(number))


def is_within(today: date, first: int, last: int) -> bool:
    """Whether the day lies in the stretch, which may go over the end of the year."""
    if not first or not last:
        return False
    now = today.month * 100 + today.day
    if first <= last:
        return first <= now <= last
    return now >= first or now <= last


def _no_day(words: str) -> Refusal:
    return Refusal(
        "day",
        "{words} is no day of the year. Write the day and the month, as in 1 Dec.",
        words=repr(words[:40]),
    )
