"""A list of instalments as people bring it: columns by their headings, else by what is in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.errors import Refusal
from app.domain.pasted import clean_line
from app.services.read_table import Row, open_book

HEADINGS: Mapping[str, frozenset[str]] = {
    "phone": frozenset({"phone", "number", "mobile", "phone number", "فون", "نمبر", "فون نمبر"}),
    "name": frozenset({"name", "naam", "member", "نام"}),
    "due": frozenset({"due", "day", "date", "due on", "due date", "tareekh", "تاریخ", "دن"}),
    "label": frozenset({"for", "what", "loan", "label", "qist", "قسط", "قرض", "کس لیے"}),
}
ORDER = ("name", "phone", "due", "label")
"""What the columns are in a list without headings."""
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it was written, numbered as its writer sees it."""

    row: int
    name: str = ""
    phone: str = ""
    due: str = ""
    label: str = ""


def lines_of(content: bytes, name: str) -> Iterator[Line]:
    """The rows with something in them; raises Refusal for what is no list or lacks a column."""
    book = open_book(content, name)
    sheet = book.sheets[book.likeliest]
    if sheet.height > MOST_ROWS:
        raise Refusal(
            "too_many_rows",
            "The list has {count} rows; {most} is the most. Split it.",
            count=sheet.height,
            most=MOST_ROWS,
        )
    columns: Mapping[str, int] | None = None
    for at, row in enumerate(sheet.rows(), 1):
        cells = [clean_line(cell) for cell in row]
        if not any(cells):
            continue
        if columns is None:
            columns = _headed(cells)
            if columns is not None:
                continue
            columns = {name: no for no, name in enumerate(ORDER)}
        yield _line(at, cells, columns)


def _headed(cells: list[str]) -> Mapping[str, int] | None:
    """Which column is which, when the row is one of headings."""
    found = {
        name: at
        for at, cell in enumerate(cells)
        for name, words in HEADINGS.items()
        if cell.casefold() in words
    }
    if not found:
        return None
    if "due" not in found or "label" not in found or not {"name", "phone"} & set(found):
        raise Refusal(
            "columns",
            "The list needs the headings name or phone, due, and for. See the example.",
        )
    return found


def _line(at: int, cells: Row | list[str], columns: Mapping[str, int]) -> Line:
    told = {name: cells[no] if no < len(cells) else "" for name, no in columns.items()}
    return Line(at, **told)
