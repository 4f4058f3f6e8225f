"""The form of a unit: what was typed, read into facts, and which field is at fault."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.errors import Refusal
from app.domain.written_dates import read_date
from app.domain.year_days import check_stretch, read_year_day, year_day_words
from app.services.show_unit import ShownUnit

WORDS = ("name", "local_name", "place", "local_place", "members", "status")
YEAR_DAYS = ("cut_from", "cut_until")
DATES = ("formed_on", "verified_on")
FIELDS = (*WORDS, "formed_on", "households", *YEAR_DAYS, "verified_on")
_FIELD_OF = {"taken": "name", "long": "name", "place": "kind", "cut_off": "cut_from"}
"""Which field a refusal is about, where its code does not say."""
MOST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a form, and with which of its fields; "" for none of them."""

    field: str
    said: str


def fault_of(error: Refusal, say: Callable[[str], str]) -> Fault:
    """The fault that a refusal of the form is."""
    field = _FIELD_OF.get(error.code, error.code)
    return Fault(field if field in (*FIELDS, "kind", "under") else "", error.said(say))


def read_form(fields: Mapping[str, str], today: date) -> dict[str, Any]:
    """The facts of a form; raises Refusal whose code is the field that cannot be read."""
    told: dict[str, Any] = {name: fields.get(name, "") for name in WORDS}
    told["households"] = _number(fields.get("households", ""))
    readers: Mapping[str, Callable[[str], Any]] = {
        **dict.fromkeys(YEAR_DAYS, read_year_day),
        **dict.fromkeys(DATES, lambda words: read_date(words, today, is_past=True)),
    }
    for name, read in readers.items():
        try:
            told[name] = read(fields.get(name, ""))
        except Refusal as error:
            error.code = name
            raise
    check_stretch(told["cut_from"], told["cut_until"])
    return told


def _number(words: str) -> int:
    digits = "".join(words.split()).replace(",", "")
    if not digits:
        return 0
    if not digits.isdecimal() or len(digits) > MOST_DIGITS:
        raise Refusal(
            "households",
            "{words} is no number of households. Write digits, as in 1842.",
            words=repr(words[:40]),
        )
    return int(digits)


def as_typed(unit: ShownUnit) -> dict[str, str]:
    """A unit's facts as its form shows them."""
    typed = {name: str(getattr(unit, name)) for name in WORDS}
    for name in DATES:
        day: date | None = getattr(unit, name)
        typed[name] = f"{day.day} {day:%b %Y}" if day else ""
    for name in YEAR_DAYS:
        typed[name] = year_day_words(getattr(unit, name))
    return {**typed, "households": str(unit.households or "")}
