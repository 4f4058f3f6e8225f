"""XLSX, XLSB, XLS and ODS: looked at before they are opened, so that none can fill the memory."""

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import partial
from typing import Literal

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from app.domain.errors import Phrase
from app.services._book import MOST_ROWS, Book, Merged, Note, Row, Sheet, height_of, note
from app.services._file_kinds import broken, locked
from app.services._sheet_parts import Faults, look_at_parts

Cells = Mapping[tuple[int, int], str]


def open_workbook(content: bytes, kind: Literal["xlsx", "xlsb", "ods", "xls"]) -> Book:
    """The sheets of a workbook. Raises Refusal for a broken, locked or oversized one."""
    faults = look_at_parts(content, kind)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = tuple(_sheets(book, faults))
    except PasswordError as error:
        raise locked() from error
    except (CalamineError, OSError, ValueError) as error:
        raise (locked() if "password" in str(error).lower() else broken()) from error
    except BaseException as error:
        # The library's own faults are no Exception; anything else must pass.
        if type(error).__name__ != "PanicException":
            raise
        raise broken() from error
    if not sheets:
        raise broken()
    return Book(sheets, tuple(_told(sheets, faults)))


def _sheets(book: CalamineWorkbook, faults: Mapping[str, Faults]) -> Iterator[Sheet]:
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        opened = book.get_sheet_by_name(about.name)
        rows = partial(_rows, opened, faults.get(about.name, Faults()).cells)
        yield Sheet(
            about.name,
            height_of(rows()),
            rows,
            about.visible != SheetVisibleEnum.Visible,
            _merged(opened),
        )


def _merged(sheet: CalamineSheet) -> tuple[Merged, ...]:
    """Cells that cover more than one row."""
    return tuple(
        Merged(top + 1, bottom + 1, left, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        if bottom > top
    )


def _rows(sheet: CalamineSheet, faults: Cells) -> Iterator[Row]:
    # The library leaves out the empty columns before the first filled one, but no rows.
    before = ("",) * (sheet.start[1] if sheet.start else 0)
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in faults.items():
        by_row.setdefault(row, {})[column] = text
    number = -1
    for number, values in enumerate(sheet.iter_rows()):
        cells = before + tuple(map(_cell, values))
        yield _patched(cells, by_row[number]) if number in by_row else cells
    # It ends before rows in which nothing but faults stands.
    last = max(by_row, default=-1)
    for row in range(number + 1, last + 1 if last < MOST_ROWS else 0):
        yield _patched((), by_row.get(row, {}))


def _patched(row: Row, faults: Mapping[int, str]) -> Row:
    cells = list(row)
    for column, text in faults.items():
        cells += [""] * (column + 1 - len(cells))
        cells[column] = cells[column] or text
    return tuple(cells)


def _cell(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        day = value.date().isoformat()
        return day if not (value.hour or value.minute or value.second) else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _told(sheets: tuple[Sheet, ...], faults: Mapping[str, Faults]) -> Iterator[Note]:
    for sheet in sheets:
        found = faults.get(sheet.name, Faults())
        if found.errors:
            told = Phrase("Sheet “{sheet}”: cells with an error such as {error} ({n}).")
            yield note(
                "cells_with_errors",
                told,
                sheet=sheet.name,
                n=found.errors,
                error=next(iter(found.cells.values())),
            )
