"""What the table of bad files says of a file, and the two people who stand in most of them."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.services.file_writers import Rows

Row = tuple[int, str, str, tuple[int | str, ...]]
"""The number of the row, its verdict, the name as read, and its numbers (an int is a demo one)."""


@dataclass(frozen=True)
class BadFile:
    """One file: how it is called, what it tests, what it holds, and what must become of it."""

    name: str
    rule: str
    content: Callable[[], bytes]
    rows: tuple[Row, ...] = ()
    told: frozenset[str] = frozenset()
    refused: str = ""
    failed_first: bool = False
    lso: tuple[str, ...] = ()
    """The LSO of each row, where the rule is about it."""


def added(row: int, name: str, *numbers: int | str) -> Row:
    return (row, "added", name, numbers)


def held(row: int, name: str, *numbers: int | str) -> Row:
    return (row, "held", name, numbers)


def same(row: int, name: str, *numbers: int | str) -> Row:
    return (row, "same", name, numbers)


TWO: Rows = (("Name", "Mobile"), ("Gul Zari", "0390-0000001"), ("Sher Nawab", "0390-0000002"))
TWO_READ = (added(2, "Gul Zari", 1), added(3, "Sher Nawab", 2))
URDU: Rows = (("نام", "موبائل نمبر"), ("گل زری", "0390-0000001"), ("شیر نواب", "0390-0000002"))
URDU_READ = (added(2, "گل زری", 1), added(3, "شیر نواب", 2))
FRENCH: Rows = (
    ("Name", "Mobile", "Gaon"),
    ("Ünal Özden", "03900000001", "Café Bazar"),
    ("Aziz", "03900000002", "Naïve Abad’s"),
)


def below(number: int, rows: Rows = TWO_READ) -> tuple[Row, ...]:
    """The same rows so many lines further down."""
    return tuple((row + number, verdict, name, phones) for row, verdict, name, phones in rows)
