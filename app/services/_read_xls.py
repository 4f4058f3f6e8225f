"""XLS is read in a process of its own: the library can only end the process at some damage.

XLSX, XLSB and ODS are packed folders that are looked at before they are opened; XLS is one old
binary file that nothing here can check, so what goes wrong in it must stay outside the office.
"""

import json
import resource
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

import app
from app.domain.errors import Refusal
from app.services._book import Book, Merged, Sheet
from app.services._file_kinds import broken, locked
from app.services._read_workbook import open_workbook

MOST_MEMORY = 1024**3
LONGEST_S = 60


def open_xls(content: bytes) -> Book:
    """The sheets of an XLS file. Raises Refusal for a broken, locked or oversized one."""
    try:
        reading = subprocess.run(  # noqa: S603 -- this very module
            [sys.executable, "-m", __spec__.name],
            input=content,
            capture_output=True,
            timeout=LONGEST_S,
            check=True,
            cwd=Path(app.__file__).parents[1],
        )
        told = json.loads(reading.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise broken() from error
    if "refused" in told:
        raise locked() if told["refused"] == locked().code else broken()
    return Book(tuple(map(_sheet, told["sheets"])))


def _sheet(told: dict[str, Any]) -> Sheet:
    return Sheet(
        told["name"],
        told["height"],
        partial(iter, [tuple(row) for row in told["rows"]]),
        told["is_hidden"],
        tuple(Merged(*one) for one in told["merged"]),
    )


def _tell() -> None:
    """Read a file from the standard input and write its sheets as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        sheets = open_workbook(sys.stdin.buffer.read(), "xls").sheets
        told: dict[str, Any] = {"sheets": [_told(sheet) for sheet in sheets]}
    except Refusal as refusal:
        told = {"refused": refusal.code}
    json.dump(told, sys.stdout)


def _told(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "height": sheet.height,
        "rows": list(sheet.rows()),
        "is_hidden": sheet.is_hidden,
        "merged": [
            (one.first_row, one.last_row, one.first_column, one.last_column) for one in sheet.merged
        ],
    }


if __name__ == "__main__":
    _tell()
