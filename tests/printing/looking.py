"""How tests look at what was printed: the grey levels of a picture, the streams of a PDF."""

import re
import struct
import zlib
from collections.abc import Iterator

from app.printing.picture import MAGIC

WHITE = 15


def levels(picture: bytes) -> list[bytes]:
    """The picture line by line, one byte from 0 (black) to 15 (white) for each point."""
    assert picture.startswith(MAGIC)
    width, packed, at = 0, b"", len(MAGIC)
    while at < len(picture):
        length, kind = struct.unpack_from(">I4s", picture, at)
        content = picture[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, _, depth, colour = struct.unpack(">IIBB", content[:10])
            assert (depth, colour) == (4, 0)
        elif kind == b"IDAT":
            packed += content
        at += 12 + length
    raw = zlib.decompress(packed)
    size = 1 + (width + 1) // 2
    return [_line(raw[at + 1 : at + size], width) for at in range(0, len(raw), size)]


def _line(halves: bytes, width: int) -> bytes:
    return bytes(value for half in halves for value in (half >> 4, half & 15))[:width]


def bands(picture: bytes) -> int:
    """How many stripes of ink there are with white between them, from top to bottom."""
    has_ink = [min(line) < WHITE for line in levels(picture)]
    return sum(ink and not before for ink, before in zip(has_ink, [False, *has_ink], strict=False))


def box(picture: bytes) -> tuple[float, float, float, float]:
    """The ink's distance from the left, top, right and bottom edge in parts of the width."""
    lines = levels(picture)
    width = len(lines[0])
    rows = [no for no, line in enumerate(lines) if min(line) < WHITE]
    columns = [no for no in range(width) if any(lines[row][no] < WHITE for row in rows)]
    edges = (columns[0], rows[0], width - 1 - columns[-1], len(lines) - 1 - rows[-1])
    left, top, right, bottom = (edge / width for edge in edges)
    return left, top, right, bottom


def streams(pdf: bytes) -> Iterator[bytes]:
    """All that stands packed in a PDF, and the file itself."""
    yield pdf
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            yield zlib.decompress(match[1])
        except zlib.error:
            continue
