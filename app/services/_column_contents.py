"""What a column holds, told by the cells themselves: phones, names, identity numbers, a count."""

import re
from collections.abc import Callable, Sequence

from app.domain.contact_words import Problem, read_blood, read_date, read_sex
from app.domain.msisdn import read_numbers
from app.services._book import Row

_MOST_SAMPLES = 50
_MOSTLY = 0.6
_MOST_LETTERS = 300
_identity = re.compile(r"[0-9]{5}[- ]?[0-9]{7}[- ]?[0-9]").fullmatch
_is_count = re.compile(r"[0-9]{1,4}\.?").fullmatch


def column_of(rows: Sequence[Row], at: int) -> list[str]:
    """The first filled cells of a column."""
    cells = [row[at][:_MOST_LETTERS].strip() for row in rows if at < len(row)]
    return [cell for cell in cells if cell][:_MOST_SAMPLES]


def content_of(cells: Sequence[str]) -> str:
    """`phone`, `never`, `email`, `sex`, `blood`, `count`, `words` or "" for none of them."""
    if not cells:
        return ""
    for kind, is_one in _KINDS.items():
        if sum(map(is_one, cells)) >= _MOSTLY * len(cells):
            return kind
    return ""


def is_phone(cell: str) -> bool:
    """Whether a cell holds a number that could be called or texted."""
    return any(number.msisdn for number in read_numbers(cell[:_MOST_LETTERS]))


def is_identity(cell: str) -> bool:
    """Whether a cell holds an identity number: 5, 7 and 1 digits, and no mobile number."""
    return bool(_identity(_western(cell))) and not is_phone(cell)


def _western(cell: str) -> str:
    return "".join(
        str(int(letter)) if letter.isdecimal() else letter
        for letter in cell.strip().strip("'").replace("–", "-")
    )


def _is_sex(cell: str) -> bool:
    return len(cell) < 12 and read_sex(cell) in {"f", "m"}


def _is_blood(cell: str) -> bool:
    return len(cell) < 14 and not isinstance(read_blood(cell), Problem)


def _is_day(cell: str) -> bool:
    return not isinstance(read_date(cell), Problem)


def _is_words(cell: str) -> bool:
    letters = sum(letter.isalpha() for letter in cell)
    return letters >= 2 and len(cell) <= 80 and not any(letter.isdecimal() for letter in cell)


_KINDS: dict[str, Callable[[str], bool]] = {
    "never": is_identity,
    "count": lambda cell: bool(_is_count(cell)),
    "phone": is_phone,
    "email": lambda cell: "@" in cell and "." in cell,
    "sex": _is_sex,
    "blood": _is_blood,
    "day": _is_day,
    "words": _is_words,
}
