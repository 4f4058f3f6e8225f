"""The rows of a list that need a person, as a file to correct and bring back."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from app.domain.contact_headings import columns as known_columns
from app.domain.errors import Refusal
from app.services._told import said
from app.store import import_rows, imports
from app.store.database import Connection, Database

WRONG, DO = "What is wrong", "What to do"
"""Headings of our own, which are passed over when the file comes back."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def list_errors(database: Database, network_id: int, batch_id: int) -> bytes:
    """The held rows as CSV (UTF-8 with BOM) with what is wrong and what to do; it may come back.

    Raises Refusal `not_found`.
    """
    return await database.read(_errors, network_id, batch_id)


def _errors(conn: Connection, network_id: int, batch_id: int) -> bytes:
    batch = imports.get(conn, network_id, batch_id)
    if batch is None:
        raise Refusal("not_found", "There is no such list in this network.")
    rows: list[Any] = []
    while some := import_rows.after(
        conn, batch_id, rows[-1].line if rows else 0, 1_000, verdicts=("held",)
    ):
        rows += some
    held = [row for row in rows if row.cells]
    return as_file(batch.layout, held)


def as_file(layout: dict[str, Any], rows: Sequence[Any]) -> bytes:
    """Rows (`cells`, `reason`, `cure`) as a file under the list's own headings."""
    taken = {name: heading for heading, name in _pairs(layout) if name and heading}
    filled = {name for row in rows for name, cell in row.cells.items() if cell}
    names = [name for name in known_columns() if name in filled]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*(taken.get(name, name) for name in names), WRONG, DO])
    for row in rows:
        cells = [closed(row.cells.get(name, "")) for name in names]
        writer.writerow([*cells, closed(said(row.reason)), closed(said(row.cure))])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _pairs(layout: dict[str, Any]) -> list[tuple[str, str]]:
    pairs = list(zip(layout.get("headings", ()), layout.get("columns", ()), strict=False))
    return list(reversed(pairs))


def closed(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    is_number = cell.startswith("+") and cell[1:].replace(" ", "").isdigit()
    return f"'{cell}" if cell.startswith(_FORMULA) and not is_number else cell
