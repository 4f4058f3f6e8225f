"""Write a list as a file that spreadsheets open as it is meant: nothing in it can run."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import IO, Protocol
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

_STARTS = "=+-@\t\r\n＝＋－＠"
"""What a spreadsheet takes for the beginning of a formula, the wide ones of East Asia too."""
_unwritable = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]").sub
MOST_LETTERS = 32_000
"""A cell of XLSX holds 32,767."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN = "http://schemas.openxmlformats.org"
_MAIN = f"{_OPEN}/spreadsheetml/2006/main"
_OFFICE = f"{_OPEN}/officeDocument/2006/relationships"
_PACKAGE = f"{_OPEN}/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TEXT = 49
"""Excel's number of the format of text: what is typed over a cell stays text too."""
_PARTS: Mapping[str, str] = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType='
    f'"application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_KIND}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_KIND}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    f'<sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts>'
    f'<fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    f'<patternFill patternType="gray125"/></fill></fills>'
    f'<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    f'<cellXfs count="2"><xf/><xf numFmtId="{_TEXT}" applyNumberFormat="1"/></cellXfs>'
    f'<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    f"</styleSheet>",
}


class Writer(Protocol):
    """Takes rows of text, and ends with the whole file."""

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """Write these rows below those before."""

    def end(self) -> IO[bytes]:
        """The file, at its beginning; it has no name and is gone once it is closed."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a list as a file."""

    suffix: str
    media_type: str
    begin: Callable[[], Writer]


class _CsvWriter:
    """CSV in UTF-8 with its mark, without which Excel shows Urdu as something else."""

    def __init__(self) -> None:
        # Without a name: a list of numbers must not be left behind when the process is killed.
        self._file = TemporaryFile()  # noqa: SIM115 -- closed by whoever sends it
        self._text = io.TextIOWrapper(self._file, encoding="utf-8-sig", newline="")
        self._rows = csv.writer(self._text, quoting=csv.QUOTE_ALL)

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        self._rows.writerows([harmless(cell) for cell in row] for row in rows)

    def end(self) -> IO[bytes]:
        self._text.flush()
        self._text.detach()
        self._file.seek(0)
        return self._file


class _XlsxWriter:
    """A spreadsheet in which every cell is text, whatever it looks like.

    Written by hand, because openpyxl takes ten times as long for 100,000 rows.
    """

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 -- closed by whoever sends it
        self._book = ZipFile(self._file, "w", ZIP_DEFLATED, compresslevel=4)
        for name, content in _PARTS.items():
            self._book.writestr(name, _XML + content)
        self._sheet = self._book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True)
        self._sheet.write(f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
        self._at = 0

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        first = self._at + 1
        self._at += len(rows)
        lines = (_row(at, row) for at, row in enumerate(rows, start=first))
        self._sheet.write("".join(lines).encode())

    def end(self) -> IO[bytes]:
        self._sheet.write(b"</sheetData></worksheet>")
        self._sheet.close()
        self._book.close()
        self._file.seek(0)
        return self._file


def _row(at: int, row: Sequence[str]) -> str:
    cells = (
        f'<c r="{_LETTERS[n]}{at}" s="1" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(_unwritable('', text)[:MOST_LETTERS])}</t></is></c>"
        for n, text in enumerate(row)
        if text
    )
    return f'<row r="{at}">{"".join(cells)}</row>'


FORMS: Mapping[str, Form] = {
    "csv": Form("csv", "text/csv; charset=utf-8", _CsvWriter),
    "xlsx": Form(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _XlsxWriter,
    ),
}


def harmless(text: str) -> str:
    """The text as a cell of CSV that no spreadsheet runs; it gets an apostrophe where it might."""
    plain = text.replace("\x00", "")
    return f"'{plain}" if plain.lstrip(" \u00a0\ufeff").startswith(tuple(_STARTS)) else plain


def written_number(msisdn: str) -> str:
    """The number as people here write it: 0391-2345678.

    No plus, which starts a formula, and a dash, which keeps a spreadsheet from reading a number
    and taking its zero away.
    """
    if msisdn.startswith("+92"):
        return f"0{msisdn[3:6]}-{msisdn[6:]}"
    digits = msisdn.removeprefix("+")
    return f"00{digits[:2]}-{digits[2:]}"
