"""Which letters the fonts have, read from their own tables (OpenType `cmap`).

typst says nothing of a letter that no font has, and no library for fonts is among the
dependencies; the table is small: formats 4 and 12 hold every letter of the four files.
"""

import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
NASTALIQ = "NotoNastaliqUrdu"
NASKH = "ScheherazadeNew"

_UNSEEN = frozenset({"Cf", "Cc"})
_UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}


@cache
def letters_of(family: str) -> frozenset[str]:
    """The letters that both weights of a family have."""
    weights = [_letters(FONTS / f"{family}-{weight}.ttf") for weight in ("Regular", "Bold")]
    return weights[0] & weights[1]


@cache
def printable() -> frozenset[str]:
    """The letters that some font has."""
    return letters_of(NASTALIQ) | letters_of(NASKH)


def missing_letters(texts: Iterable[str]) -> tuple[str, ...]:
    """The letters that no font has, in the order of their code points."""
    used: set[str] = set()
    for text in texts:
        used.update(text)
    return tuple(sorted(letter for letter in used - printable() if _is_seen(letter)))


def _is_seen(letter: str) -> bool:
    """Marks that steer (joiners, directions) and blanks need no picture."""
    return not letter.isspace() and unicodedata.category(letter) not in _UNSEEN


def _letters(path: Path) -> frozenset[str]:
    content = path.read_bytes()
    tables = struct.unpack_from(">H", content, 4)[0]
    for at in range(12, 12 + 16 * tables, 16):
        name, _, offset, _ = struct.unpack_from(">4sIII", content, at)
        if name == b"cmap":
            return frozenset(map(chr, _code_points(content, offset)))
    raise ValueError(f"{path.name} has no table of its letters")


def _code_points(content: bytes, cmap: int) -> Iterator[int]:
    for index in range(struct.unpack_from(">H", content, cmap + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHI", content, cmap + 4 + 8 * index)
        if (platform, encoding) not in _UNICODE:
            continue
        kind = struct.unpack_from(">H", content, cmap + offset)[0]
        if kind == 4:
            yield from _format_4(content, cmap + offset)
        elif kind == 12:
            yield from _format_12(content, cmap + offset)


def _format_4(content: bytes, at: int) -> Iterator[int]:
    count = struct.unpack_from(">H", content, at + 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", content, at + 14 + skip)
        for skip in (0, 2 * count + 2, 4 * count + 2, 6 * count + 2)
    )
    for index in range(count):
        for code in range(starts[index], ends[index] + 1):
            glyph = code
            if offsets[index]:
                place = at + 14 + 6 * count + 2 + 2 * index + offsets[index]
                glyph = struct.unpack_from(">H", content, place + 2 * (code - starts[index]))[0]
                if not glyph:
                    continue
            if (glyph + deltas[index]) & 0xFFFF and code != 0xFFFF:
                yield code


def _format_12(content: bytes, at: int) -> Iterator[int]:
    for index in range(struct.unpack_from(">I", content, at + 12)[0]):
        start, end, glyph = struct.unpack_from(">III", content, at + 16 + 12 * index)
        yield from range(start if glyph else start + 1, end + 1)
