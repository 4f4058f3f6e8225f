"""Writes the files that people bring, byte by byte where no library here writes their kind."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Sequence
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[object]]
_XML = '<?xml version="1.0" encoding="UTF-8"?>'


def csv(rows: Rows, sign: str = ",", end: str = "\r\n", encoding: str = "utf-8") -> bytes:
    """Lines of cells, without any quoting."""
    text = "".join(sign.join(str(cell) for cell in row) + end for row in rows)
    return text.encode(encoding)


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP of these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def xlsx(rows: Rows, change: Callable[[Worksheet], object] | None = None) -> bytes:
    """A workbook of one sheet; `change` does more to it."""
    return sheets({"Sheet1": rows}, change)


def sheets(
    named: dict[str, Rows],
    change: Callable[[Worksheet], object] | None = None,
    hidden: Iterable[str] = (),
) -> bytes:
    """A workbook of several sheets, in their order."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in named.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        if name in hidden:
            sheet.sheet_state = "hidden"
        if change:
            change(sheet)
    return saved(book)


def rewritten(content: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with a text of one part exchanged."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    return packed(parts)


def ods(rows: Rows, *, body: str = "", is_locked: bool = False) -> bytes:
    """An ODS as LibreOffice writes it, with its million empty rows at the end."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    lines = "".join(
        "<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>" for row in rows
    )
    end = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    lock = "<manifest:encryption-data/>" if is_locked else ""
    return packed(
        {
            "mimetype": kind,
            "META-INF/manifest.xml": f"{_XML}<manifest:manifest xmlns:manifest="
            '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{kind}">{lock}</manifest:file-entry>'
            "</manifest:manifest>",
            "content.xml": f"{_XML}<office:document-content{spaces}><office:body>"
            f'<office:spreadsheet><table:table table:name="List">{lines}{body}{end}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        }
    )


def _ods_cell(value: object) -> str:
    if value in {None, ""}:
        return "<table:table-cell/>"
    text = f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}">{text}'
    return f'<table:table-cell office:value-type="string">{text}'


def ole(streams: dict[str, bytes]) -> bytes:
    """The container of old Office files: sectors of 512 bytes, a table of them and a directory."""
    body, starts, chain = b"", {}, []
    for name, stream in streams.items():
        padded = stream.ljust(4096, b"\x00")
        padded += b"\x00" * (-len(padded) % 512)
        starts[name] = (len(chain), len(padded))
        count = len(padded) // 512
        chain += [len(chain) + 1 + at for at in range(count - 1)] + [0xFFFFFFFE]
        body += padded
    entries = [_ole_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    names = list(streams)
    entries += [
        _ole_entry(name, 2, *starts[name], right=at + 2 if at + 1 < len(names) else None)
        for at, name in enumerate(names)
    ]
    directory = b"".join(entries).ljust(512 * (-(-len(entries) // 4)), b"\x00")
    first = len(chain)
    count = len(directory) // 512
    chain += [first + 1 + at for at in range(count - 1)] + [0xFFFFFFFE]
    table_at = len(chain)
    chain.append(0xFFFFFFFD)
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\x00" * 10
    header += struct.pack("<IIIIIIIII", 1, first, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, table_at)
    return header.ljust(512, b"\xff") + body + directory + table


def _ole_entry(
    name: str,
    kind: int,
    start: int,
    size: int,
    *,
    child: int | None = None,
    right: int | None = None,
) -> bytes:
    wide = name.encode("utf-16-le")
    none = 0xFFFFFFFF
    links = (none, none if right is None else right, none if child is None else child)
    entry = wide.ljust(64, b"\x00") + struct.pack("<HBB", len(wide) + 2, kind, 1)
    entry += struct.pack("<III", *links) + b"\x00" * 36
    return entry + struct.pack("<IQ", start, size)


def xls(rows: Rows) -> bytes:
    """A workbook of Excel 97 (BIFF8)."""
    cells = b""
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(value, int | float):
                cells += _record(0x203, place + struct.pack("<d", value))
            elif value:
                wide = str(value).encode("utf-16-le")
                cells += _record(0x204, place + struct.pack("<HB", len(wide) // 2, 1) + wide)
    width = max(map(len, rows))
    size = struct.pack("<IIHHH", 0, len(rows), 0, width, 0)
    begin = struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0x606)
    sheet = _record(0x809, begin) + _record(0x200, size) + cells + _record(0x0A, b"")
    book = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0x606))
    name = b"\x06\x00Sheet1"
    where = len(book) + 4 + 6 + len(name) + 4
    book += _record(0x85, struct.pack("<IH", where, 0) + name) + _record(0x0A, b"")
    return ole({"Workbook": book + sheet})


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def xlsb(rows: Rows, *, first_row: int = 0) -> bytes:
    """A binary workbook of today's Excel."""
    extent = struct.pack("<IIII", 0, first_row + len(rows) - 1, 0, max(map(len, rows)) - 1)
    cells = _wide_record(129) + _wide_record(148, extent) + _wide_record(145)
    for at, row in enumerate(rows, start=first_row):
        cells += _wide_record(0, struct.pack("<I", at) + b"\x00" * 21)
        for column, value in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(value, int | float):
                cells += _wide_record(5, place + struct.pack("<d", value))
            elif value:
                cells += _wide_record(6, place + _wide_text(str(value)))
    cells += _wide_record(146) + _wide_record(130)
    bundle = struct.pack("<II", 0, 1) + _wide_text("rId1") + _wide_text("Sheet1")
    book = _wide_record(131) + _wide_record(143) + _wide_record(156, bundle)
    book += _wide_record(144) + _wide_record(132)
    links = (
        f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    return packed(
        {
            "[Content_Types].xml": f"{_XML}<Types/>",
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": links,
            "xl/worksheets/sheet1.bin": cells,
        }
    )


def _wide_record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(data)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + data


def _wide_text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
