"""Pictures of sheets: every PNG filter is undone, greys are the nearest of eight."""

import struct
import zlib
from random import Random

import pytest

from app.printing.picture import MAGIC, _chunk, _undone, in_greys
from tests.printing.looking import levels

ABOVE, VALUES = Random(1).randbytes(500), Random(2).randbytes(500)  # noqa: S311


def filtered(kind: int, line: bytes, above: bytes) -> bytes:
    """As PNG says (ISO 15948, clause 9), byte by byte."""
    made = bytearray()
    for no, value in enumerate(line):
        left = line[no - 1] if no else 0
        up, corner = above[no], above[no - 1] if no else 0
        guess = left + up - corner
        nearest = min((left, up, corner), key=lambda one: abs(guess - one))
        made.append((value - (0, left, up, (left + up) // 2, nearest)[kind]) & 255)
    return bytes(made)


@pytest.mark.parametrize("kind", range(5))
def test_every_filter_of_a_picture_is_undone(kind):
    assert _undone(kind, filtered(kind, VALUES, ABOVE), ABOVE) == VALUES


def coloured(width: int, lines: list[list[int]]) -> bytes:
    raw = b"".join(b"\0" + b"".join(bytes([v, v, v, 255]) for v in line) for line in lines)
    head = struct.pack(">IIBBBBB", width, len(lines), 8, 6, 0, 0, 0)
    parts = (_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(raw)), _chunk(b"IEND", b""))
    return MAGIC + b"".join(parts)


def test_greys_are_kept_to_the_nearest_of_eight_at_odd_widths_too():
    made = in_greys(coloured(3, [[0, 255, 128], [40, 200, 255]]))
    assert levels(made) == [bytes([0, 15, 9]), bytes([2, 11, 15])]


def test_a_picture_of_another_shape_is_refused():
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    with pytest.raises(ValueError, match="another shape"):
        in_greys(MAGIC + _chunk(b"IHDR", head))
