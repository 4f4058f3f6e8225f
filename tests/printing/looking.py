"""How tests look at what was printed: the grey levels of a picture, the streams of a PDF."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

WHITE = 255


def levels(picture: bytes) -> list[bytes]:
    """The picture line by line, one byte from 0 (black) to 255 (white) for each point."""
    with Image.open(BytesIO(picture)) as opened:
        greys = opened.convert("L")
    width, packed = greys.width, greys.tobytes()
    return [packed[at : at + width] for at in range(0, len(packed), width)]


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


def changed_columns(one: bytes, other: bytes) -> list[int]:
    """The columns, from the left, in which two pictures of one size differ."""
    pairs = list(zip(levels(one), levels(other), strict=True))
    return [no for no in range(len(pairs[0][0])) if any(a[no] != b[no] for a, b in pairs)]


def streams(pdf: bytes) -> Iterator[bytes]:
    """All that stands packed in a PDF, and the file itself."""
    yield pdf
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            yield zlib.decompress(match[1])
        except zlib.error:
            continue
