"""Dates as people write them in lists: the day before the month, as everybody here does."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.errors import Phrase
from app.domain.names import name_key


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell cannot be read, and what cures it, in plain words."""

    reason: str
    cure: str


_MONTHS = (
    "january,jan,janwari,جنوری",
    "february,feb,farwari,فروری",
    "march,mar,مارچ",
    "april,apr,aprail,اپریل",
    "may,mai,مئی",
    "june,jun,جون",
    "july,jul,julai,جولائی",
    "august,aug,agast,اگست",
    "september,sep,sept,sitambar,ستمبر",
    "october,oct,aktobar,اکتوبر",
    "november,nov,nawambar,نومبر",
    "december,dec,disambar,دسمبر",
)
_MONTH_OF = {
    name_key(word): month for month, words in enumerate(_MONTHS, 1) for word in words.split(",")
}
_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_iso = re.compile(r"([12][0-9]{3})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[T ][0-9:.]+Z?)?").fullmatch
_numbers = re.compile(
    r"([0-9]{1,2}) ?[-/.،,۔ ] ?([0-9]{1,2}) ?[-/.،,۔ ] ?([0-9]{4}|[0-9]{2})(?: [0-9:]+)?"
).fullmatch
_day_first = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?[-/., ]*([^\W\d]+)[-/., ]*([0-9]{4}|[0-9]{2})"
).fullmatch
_month_first = re.compile(r"([^\W\d]+)[-. ]*([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})").fullmatch
_serial = re.compile(r"([0-9]{5})(?:\.[0-9]+)?").fullmatch

_CURE = Phrase("Write the day, the month and the year, such as 28-2-2025.")
_UNCLEAR = Problem(Phrase("This is not a date that can be read for certain."), _CURE)
_NO_DAY = Problem(Phrase("There is no such day in the calendar."), _CURE)


def read_date(cell: str) -> date | Problem | None:
    """The day that a cell means, the day before the month; None for an empty cell."""
    text = " ".join("".join(map(_plain, cell)).split()).strip(" .")
    if not text.strip("-–—"):
        return None
    if serial := _serial(text):
        days = int(serial[1])
        is_day = _FIRST_SERIAL <= days <= _LAST_SERIAL
        return _EPOCH + timedelta(days=days) if is_day else _UNCLEAR
    found = _parts(text)
    if found is None:
        return _UNCLEAR
    year, month, day = found
    try:
        read = date(year, month, day)
    except ValueError:
        return _NO_DAY
    return read if 1900 <= year <= 2100 else _UNCLEAR


def _parts(text: str) -> tuple[int, int, int] | None:
    if found := _iso(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _numbers(text):
        return _year(found[3]), int(found[2]), int(found[1])
    if found := _day_first(text):
        month = _MONTH_OF.get(name_key(found[2]))
        return (_year(found[3]), month, int(found[1])) if month else None
    if found := _month_first(text):
        month = _MONTH_OF.get(name_key(found[1]))
        return (int(found[3]), month, int(found[2])) if month else None
    return None


def _year(digits: str) -> int:
    """Two digits are a year from 1980 to 2079: nobody's term or donation is older."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= 80 else 2000)


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Cf":
        return ""
    return "-" if category == "Pd" else character
