"""A picture small enough for slow lines: eight greys in half a byte each (PNG, ISO 15948).

The sheets are black on white, so one channel tells all; no library for pictures is needed.
"""

import struct
import zlib
from collections.abc import Iterator

MAGIC = b"\x89PNG\r\n\x1a\n"
GREYS = 8

# Each level is spread over the sixteen that four bits can say: 0, 2, 4, 6, 9, 11, 13, 15.
_level = [round(round(value * (GREYS - 1) / 255) * 15 / (GREYS - 1)) for value in range(256)]
_low = bytes(_level)
_high = bytes(level << 4 for level in _level)


def in_greys(picture: bytes) -> bytes:
    """A picture of typst's (PNG, four channels of eight bits) in eight greys."""
    width, height, packed = _read(picture)
    lines = [b"\x00" + _half_bytes(line) for line in _first_channel(packed, width, height)]
    head = struct.pack(">IIBBBBB", width, height, 4, 0, 0, 0, 0)
    content = zlib.compress(b"".join(lines), 9)
    return MAGIC + _chunk(b"IHDR", head) + _chunk(b"IDAT", content) + _chunk(b"IEND", b"")


def _read(picture: bytes) -> tuple[int, int, bytes]:
    width = height = 0
    parts = []
    at = len(MAGIC)
    while at < len(picture):
        length, kind = struct.unpack_from(">I4s", picture, at)
        content = picture[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, *shape = struct.unpack(">IIBBBBB", content)
            if shape != [8, 6, 0, 0, 0]:
                raise ValueError(f"a picture of another shape: {shape}")
        elif kind == b"IDAT":
            parts.append(content)
        at += 12 + length
    return width, height, zlib.decompress(b"".join(parts))


def _first_channel(packed: bytes, width: int, height: int) -> Iterator[bytes]:
    """The lines of one channel; PNG filters each channel by itself, so the rest is left alone."""
    size = 1 + 4 * width
    above = bytes(width)
    for at in range(0, height * size, size):
        above = _undone(packed[at], packed[at + 1 : at + size : 4], above)
        yield above


def _undone(kind: int, line: bytes, above: bytes) -> bytes:
    if kind == 0:
        return line
    if kind == 1:
        return _sums(line)
    if kind == 2:
        return _added(line, above)
    return _averages(line, above) if kind == 3 else _paeth(line, above)


def _added(one: bytes, other: bytes) -> bytes:
    """Byte by byte modulo 256, as two long numbers whose bytes do not carry into each other."""
    size = len(one)
    low = int.from_bytes(b"\x7f" * size, "big")
    a, b = int.from_bytes(one, "big"), int.from_bytes(other, "big")
    return (((a & low) + (b & low)) ^ ((a ^ b) & ~low & ((1 << 8 * size) - 1))).to_bytes(
        size, "big"
    )


def _sums(line: bytes) -> bytes:
    """Each byte with all before it, by doubling steps."""
    step = 1
    while step < len(line):
        line = _added(line, bytes(step) + line[:-step])
        step *= 2
    return line


def _averages(line: bytes, above: bytes) -> bytes:
    made = bytearray()
    left = 0
    for value, up in zip(line, above, strict=True):
        left = (value + ((left + up) >> 1)) & 255
        made.append(left)
    return bytes(made)


def _paeth(line: bytes, above: bytes) -> bytes:
    made = bytearray()
    left = corner = 0
    for value, up in zip(line, above, strict=True):
        if left == corner == up:
            left = (value + up) & 255
        else:
            guess = left + up - corner
            far_left, far_up, far_corner = abs(guess - left), abs(guess - up), abs(guess - corner)
            if far_left <= far_up and far_left <= far_corner:
                left = (value + left) & 255
            else:
                left = (value + (up if far_up <= far_corner else corner)) & 255
        corner = up
        made.append(left)
    return bytes(made)


def _half_bytes(line: bytes) -> bytes:
    left, right = line[0::2].translate(_high), line[1::2].translate(_low)
    right += bytes(len(left) - len(right))
    size = len(left)
    both = int.from_bytes(left, "big") | int.from_bytes(right, "big")
    return both.to_bytes(size, "big")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )
