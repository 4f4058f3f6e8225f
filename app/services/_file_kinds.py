"""What a file is by its content, whatever it is called; what is no list is refused by its name."""

import io
import zipfile
import zlib
from typing import Literal

from app.domain.errors import Refusal

Kind = Literal["xlsx", "xlsb", "ods", "xls", "markup", "vcard", "text"]

MOST_OPENED = 400_000_000
"""Bytes that a workbook may have when it is unpacked; a longer one is a trap or no list."""
UNPACKING = (
    zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError,
    NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip
"""What a packed file may raise while it is unpacked."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_PACKED = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh")
_markup_starts = (b"<html", b"<!doctype html", b"<table", b"<?xml", b"<body", b"<meta", b"<head")


def kind_of(content: bytes) -> Kind:
    """How a file must be read. Raises Refusal for what is known to be no list."""
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    if content.startswith(_OLE):
        return _kind_of_ole(content)
    if content.startswith(b"%PDF"):
        raise Refusal(
            "not_a_table",
            "This is a PDF: its rows cannot be read safely. "
            "Ask for the Excel file it was made from, or type the list as XLSX or CSV.",
        )
    # A picture's bytes have NUL among the first; "BM" may also begin a list.
    if content.startswith(_PICTURES) and b"\x00" in content[:200]:
        raise Refusal(
            "not_a_table",
            "This is a picture, not a table. Type the list as XLSX or CSV.",
        )
    if content.startswith(_PACKED):
        raise Refusal("not_a_table", "This file is packed. Unpack it and bring the list inside it.")
    if content.startswith(b"{\\rtf"):
        raise _document()
    return _kind_of_text(content)


def _kind_of_text(content: bytes) -> Kind:
    start = content[:1000].removeprefix(b"\xef\xbb\xbf")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.replace(b"\x00", b"")[2:]
    start = start.lstrip().lower()
    if start.startswith(b"begin:vcard"):
        return "vcard"
    return "markup" if start.startswith(_markup_starts) else "text"


def _kind_of_zip(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.lower() for name in archive.namelist()}
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
            manifest = "meta-inf/manifest.xml"
            is_locked = manifest in names and _has_key(archive)
    except UNPACKING as error:
        raise broken() from error
    if b"opendocument.spreadsheet" in kind:
        if is_locked:
            raise locked()
        return "ods"
    return _kind_of_names(names, kind)


def _kind_of_names(names: set[str], kind: bytes) -> Kind:
    if any(name.startswith(("word/", "ppt/")) for name in names) or b"opendocument" in kind:
        raise _document()
    if any(name.startswith("index/") and name.endswith(".iwa") for name in names):
        raise Refusal(
            "not_a_table",
            "This is a file of Apple Numbers. Export it there as Excel (XLSX) or CSV.",
        )
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    raise Refusal(
        "not_a_table",
        "This file cannot be read as a spreadsheet: it is a packed folder. "
        "Unpack it and bring the list inside it as XLSX or CSV.",
    )


def _has_key(archive: zipfile.ZipFile) -> bool:
    with archive.open("META-INF/manifest.xml") as manifest:
        return b"encryption-data" in manifest.read(1_000_000)


def _kind_of_ole(content: bytes) -> Kind:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if has("EncryptedPackage"):
        raise locked()
    if has("WordDocument") or has("PowerPoint Document"):
        raise _document()
    return "xls"


def locked() -> Refusal:
    """The refusal of a workbook that opens only with a password."""
    return Refusal(
        "file_locked",
        "This workbook opens only with a password. Open it in Excel, save it without the "
        "password, and bring it again.",
    )


def _document() -> Refusal:
    return Refusal(
        "not_a_table",
        "This is a document, not a table. Copy its table into Excel and save it as XLSX or CSV.",
    )


def broken() -> Refusal:
    """The refusal of a workbook that cannot be read."""
    return Refusal(
        "not_a_table",
        "This file cannot be read as a spreadsheet. Save it again as XLSX or CSV.",
    )
