"""How far the cells of a workbook reach, and which of them hold faults: told by its packed parts.

The library that reads workbooks makes room for every cell between the first and the farthest, and
drops error cells. One stray cell in XFD1048576 would stop the office; so the parts are read first,
piece by piece and never further than a list can be long.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Literal

from app.domain.errors import Refusal
from app.services._file_kinds import MOST_OPENED, UNPACKING, broken

MOST_CELLS = 6_000_000
MOST_FAULTS = 10_000
_PIECE = 1 << 20
_cell_starts = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^<>]*?\s)?r=["']([A-Za-z]{1,3})([0-9]{1,7})["'][^<>]*(?<!/)>"""
).findall
_faults = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^<>]*?\s)?r=["']([A-Za-z]{1,3})([0-9]{1,7})["'](?:[^<>]*\st=["'](?:e)["'])"""
    rb"""[^<>]*>(?:<(?:\w+:)?f[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>([^<]*)</"""
).findall
_unsaid = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^<>]*?\s)?r=["']([A-Za-z]{1,3})([0-9]{1,7})["'][^<>]*>"""
    rb"""<(?:\w+:)?f[^<>]*>([^<]*)</(?:\w+:)?f>(?:<(?:\w+:)?v\s?/>|<(?:\w+:)?v></(?:\w+:)?v>)?</"""
).findall
_links = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>").findall
_sheet_tags = re.compile(rb"<(?:\w+:)?sheet\s[^<>]*>").findall
_attribute = re.compile(r"""(?:\w+:)?(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""").findall
_number = re.compile(rb"""table:number-(rows|columns)-repeated=["']([0-9]+)["']""").findall
_ods_cells = re.compile(rb"<table:(?:covered-)?table-cell[^<>]*>").findall


@dataclass(frozen=True, slots=True)
class Faults:
    """Cells that hold an error or a formula without its value, by row and column from 0."""

    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)
    errors: int = 0


def look_at_parts(
    content: bytes, kind: Literal["xlsx", "xlsb", "ods", "xls"]
) -> Mapping[str, Faults]:
    """The faults by sheet. Raises Refusal for what would need too much room."""
    if kind == "xls":
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_OPENED:
                raise too_much()
            if kind == "ods":
                _look_at_ods(archive)
                return {}
            if kind == "xlsb":
                _look_at_records(archive)
                return {}
            return _look_at_xlsx(archive)
    except UNPACKING as error:
        raise broken() from error


def too_much() -> Refusal:
    """The refusal of a workbook that is small only because it is packed."""
    return Refusal(
        "file_too_large",
        "This workbook becomes too large when it is opened. "
        "Copy only the list into a new workbook and bring that.",
    )


def _pieces(archive: zipfile.ZipFile, name: str, end: bytes) -> Iterator[bytes]:
    """A part piece by piece, each cut after its last `end`; never more than it says it has."""
    rest, size = b"", 0
    with archive.open(name) as part:
        while piece := part.read(_PIECE):
            size += len(piece)
            if size > MOST_OPENED:
                raise too_much()
            rest += piece
            found, step = rest.rfind(end), len(end)
            if found < 0 and len(rest) > 4 * _PIECE:
                found, step = rest.rfind(b">"), 1
            if found >= 0:
                yield rest[: found + step]
                rest = rest[found + step :]
            elif len(rest) > 16 * _PIECE:
                raise too_much()
    yield rest


def _look_at_xlsx(archive: zipfile.ZipFile) -> Mapping[str, Faults]:
    names = _sheet_names(archive)
    found = {}
    for part in archive.namelist():
        if part.lower().startswith("xl/worksheets/") and part.lower().endswith(".xml"):
            found[names.get(part, part)] = _look_at_sheet(archive, part)
        else:
            for _ in _pieces(archive, part, b">") if part.endswith(".xml") else ():
                pass
    return found


def _look_at_sheet(archive: zipfile.ZipFile, part: str) -> Faults:
    most_row = most_column = errors = 0
    cells: dict[tuple[int, int], str] = {}
    columns: dict[bytes, int] = {}
    for piece in _pieces(archive, part, b"</c>"):
        for letters, digits in _cell_starts(piece):
            if letters not in columns:
                columns[letters] = _column(letters)
                most_column = max(most_column, columns[letters])
            most_row = max(most_row, int(digits))
        if most_row * most_column > MOST_CELLS:
            raise _too_far(most_row, most_column)
        errors += _note_faults(piece, cells)
    return Faults(cells, errors)


def _note_faults(piece: bytes, cells: dict[tuple[int, int], str]) -> int:
    """Remember error cells as they are shown, and formulas that were never worked out."""
    errors = 0
    if b'"e"' in piece or b"'e'" in piece:
        for letters, digits, text in _faults(piece):
            errors += 1
            if len(cells) < MOST_FAULTS:
                cells[int(digits) - 1, _column(letters) - 1] = text.decode("utf-8", "replace")
    if b"<f" in piece or b":f>" in piece:
        for letters, digits, text in _unsaid(piece):
            if len(cells) < MOST_FAULTS:
                formula = text.decode("utf-8", "replace")[:100]
                cells[int(digits) - 1, _column(letters) - 1] = f"={formula}"
    return errors


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The name of the sheet by the path of its part."""
    links = map(_attributes, _links(_small(archive, "xl/_rels/workbook.xml.rels")))
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    named = {}
    for sheet in map(_attributes, _sheet_tags(_small(archive, "xl/workbook.xml"))):
        target = targets.get(sheet.get("id", ""), "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        named[path] = sheet.get("name", "")
    return named


def _attributes(tag: bytes) -> dict[str, str]:
    """The attributes of a tag, without their prefixes."""
    text = tag.decode("utf-8", "replace")
    return {name: unescape(double or single) for name, double, single in _attribute(text)}


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    return b"".join(_pieces(archive, name, b">"))


def _look_at_records(archive: zipfile.ZipFile) -> None:
    """XLSB: every record is a kind, a length and its bytes; rows and cells say where they are."""
    for part in archive.namelist():
        if not part.lower().startswith("xl/worksheets/") or not part.lower().endswith(".bin"):
            continue
        content = b"".join(_pieces(archive, part, b""))
        most_row = most_column = at = 0
        while at < len(content):
            kind, at = _varying(content, at, 2)
            length, at = _varying(content, at, 4)
            # 0 begins a row, 2 to 11 are cells with something in them.
            if kind == 0 and length >= 4:
                most_row = max(most_row, int.from_bytes(content[at : at + 4], "little") + 1)
            elif 2 <= kind <= 11 and length >= 4:
                most_column = max(most_column, int.from_bytes(content[at : at + 4], "little") + 1)
            at += length
        if most_row * most_column > MOST_CELLS:
            raise _too_far(most_row, most_column)


def _varying(content: bytes, at: int, most: int) -> tuple[int, int]:
    """A number in bytes of seven bits, and where it ends."""
    value = 0
    for shift in range(most):
        byte = content[at] if at < len(content) else 0
        at += 1
        value |= (byte & 0x7F) << (7 * shift)
        if not byte & 0x80:
            break
    return value, at


def _look_at_ods(archive: zipfile.ZipFile) -> None:
    """ODS: rows and cells say how often they are repeated; empty ones at the end take no room."""
    rows = most_row = most_column = 0
    for piece in _pieces(archive, "content.xml", b"</table:table-row>"):
        for row in piece.split(b"</table:table-row>"):
            if b"<table:table " in row:
                rows = most_row = most_column = 0
            repeated = _number(row[row.rfind(b"<table:table-row") :].split(b">", 1)[0])
            rows += int(repeated[0][1]) if repeated else 1
            width = _filled_width(row)
            if width:
                most_row, most_column = rows, max(most_column, width)
            if most_row * most_column > MOST_CELLS:
                raise _too_far(most_row, most_column)


def _filled_width(row: bytes) -> int:
    """How many columns the row has up to its last cell in which something stands."""
    width = filled = 0
    for cell in _ods_cells(row):
        repeated = _number(cell)
        width += int(repeated[0][1]) if repeated else 1
        if b"value-type" in cell:
            filled = width
    return filled


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _too_far(row: int, column: int) -> Refusal:
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return Refusal(
        "file_too_wide",
        "Something stands as far out as cell {cell}. Delete what is beside and below the list, "
        "or copy only the list into a new workbook.",
        cell=f"{letters}{row}",
    )
