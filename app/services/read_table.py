"""Read a table of contacts as people have it: CSV in any usual encoding, or a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from app.domain.errors import Refusal
from app.domain.storable import storable

MOST_BYTES = 20_000_000
MOST_ROWS = 200_000
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_ENCODINGS = ("utf-8-sig", "cp1256")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: its number as the person sees it, and its cells by column name."""

    number: int
    cells: dict[str, str]


def read_table(content: bytes, columns: dict[str, str]) -> list[Line]:
    """The rows below the header, cells by our own column names.

    `columns` maps header words in lower case to column names; unknown columns are dropped.
    Raises Refusal for what is no table, has no known header, or is too large.
    """
    if len(content) > MOST_BYTES:
        raise Refusal("file_too_large", "The file is larger than 20 MB. Split it.")
    if not content.strip():
        raise Refusal("file_empty", "The file is empty.")
    rows = _sheet(content) if content.startswith(_SPREADSHEETS) else _csv(content)
    for at, row in enumerate(rows):
        names = [columns.get(" ".join(cell.casefold().split()), "") for cell in row]
        if "phone" in names and "name" in names:
            return _lines(rows, at, names)
    raise Refusal(
        "no_header",
        "No header row was found. The file needs a column for the name and one for the phone.",
    )


def _lines(rows: Sequence[Sequence[str]], header: int, names: Sequence[str]) -> list[Line]:
    if len(rows) - header > MOST_ROWS:
        raise Refusal(
            "file_too_long",
            "The file has more than {most} rows. Split it.",
            most=f"{MOST_ROWS:,}",
        )
    return [
        Line(number, _cells(names, row))
        for number, row in enumerate(rows[header + 1 :], start=header + 2)
        if any(cell.strip() for cell in row)
    ]


def _cells(names: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """The cells by our names; of two columns for one thing the first that is filled counts."""
    cells: dict[str, str] = {}
    for name, cell in zip(names, row, strict=False):
        if name and not cells.get(name):
            cells[name] = " ".join(storable(cell).split())
    return cells


def _sheet(content: bytes) -> list[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, IndexError) as error:
        raise Refusal(
            "not_a_table",
            "This file cannot be read as a spreadsheet. Save it again as XLSX or CSV.",
        ) from error
    return [[_cell(value) for value in row] for row in rows]


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return "" if value is None else str(value)


def _csv(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    if "\x00" in text:
        raise Refusal("not_a_table", "This file is not a table. Save the list as CSV or XLSX.")
    head = text[:4000]
    separator = max(",;\t", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise Refusal("not_a_table", "This file is not a table ({fault}).", fault=error) from error
    return rows


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", errors="replace")
