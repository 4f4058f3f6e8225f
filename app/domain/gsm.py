"""How a text becomes billed segments, and the octets of each, by 3GPP TS 23.038 and TS 23.040.

A text is counted by really splitting it. What must stay whole is an escape pair (an extension
character costs two septets) and a surrogate pair (a character beyond U+FFFF costs two UTF-16
units); nothing else changes where a segment ends, so that our count is the network's count.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Refusal
from app.domain.gsm_tables import EXTENSION_CHARACTERS, SEPTETS

GSM7_ALONE = 160
UCS2_ALONE = 70
GSM7_JOINED = {8: 153, 16: 152}
UCS2_JOINED = {8: 67, 16: 66}
MAX_SEGMENTS = 255
"""The header counts segments in one octet."""


class Encoding(StrEnum):
    """The two alphabets that every handset knows."""

    GSM7 = "GSM-7"
    UCS2 = "UCS-2"


@dataclass(frozen=True, slots=True)
class Segment:
    """One billed piece; `units` are septets in GSM-7 and UTF-16 units in UCS-2."""

    text: str
    units: int


_EXTENSION = re.escape("".join(EXTENSION_CHARACTERS.values()))
_BASIC = re.escape("".join(set(SEPTETS) - set(EXTENSION_CHARACTERS.values())))
_only_basic = re.compile(f"[{_BASIC}]*").fullmatch
_only_gsm7 = re.compile(f"[{_BASIC}{_EXTENSION}]*").fullmatch
_escaped = re.compile(f"[{_EXTENSION}]").findall
_beyond_bmp = re.compile("[\U00010000-\U0010ffff]").findall
_high_surrogate_at = re.compile("[\ud800-\udbff][\udc00-\udfff]").match


def encoding_of(text: str) -> Encoding:
    """GSM-7 when every character is in the default alphabet or its extension, else UCS-2."""
    return Encoding.GSM7 if _only_gsm7(text) else Encoding.UCS2


def units(text: str) -> int:
    """Septets of a GSM-7 text, UTF-16 units of any other (3GPP TS 23.038)."""
    return _measure(text)[1]


def count(text: str, *, reference_bits: int = 8) -> int:
    """How many segments the text is billed as; `len(segments(text))` without making them."""
    encoding, size = _measure(text)
    if size <= _alone(encoding):
        return 1
    return len(_cut(text, encoding, reference_bits))


def segments(text: str, *, reference_bits: int = 8) -> tuple[Segment, ...]:
    """The text as it will be sent, cut where the network cuts it (3GPP TS 23.040, 9.2.3.24).

    One segment of 160 septets or 70 units, else several of 153 (152 with a 16-bit reference)
    or 67 (66). Their texts joined are the text; an empty text is one segment of no units. Any
    `str` is taken, lone surrogates too: each counts as the one unit that it is.
    """
    encoding, size = _measure(text)
    if size <= _alone(encoding):
        return (Segment(text, size),)
    return tuple(
        Segment(piece, _size(piece, encoding)) for piece in _cut(text, encoding, reference_bits)
    )


def octets(text: str, *, reference: int | None, reference_bits: int = 8) -> tuple[bytes, ...]:
    """Each segment as the `short_message` of SMPP: header if several, then the letters.

    GSM-7 goes as unpacked septets, one an octet, UCS-2 as UTF-16BE; the encoding is that of the
    whole text. `reference` joins the segments of one text and may be None for a single one.
    Raises Refusal when the text has more segments than a header can count.
    """
    encoding = encoding_of(text)
    pieces = segments(text, reference_bits=reference_bits)
    return tuple(
        header + letters(piece.text, encoding)
        for header, piece in zip(
            headers(len(pieces), reference, reference_bits), pieces, strict=True
        )
    )


def headers(total: int, reference: int | None, reference_bits: int = 8) -> tuple[bytes, ...]:
    """The user data header of each of `total` segments; an empty one when there is only one.

    Concatenation element 0x00 (8-bit reference) or 0x08 (16-bit) of 3GPP TS 23.040, 9.2.3.24.
    Raises Refusal above 255 segments, ValueError when several come without a reference.
    """
    if total == 1:
        return (b"",)
    if total > MAX_SEGMENTS:
        raise Refusal(
            "too_long",
            "This text needs {count} SMS; one text can have {most} at most.",
            count=total,
            most=MAX_SEGMENTS,
        )
    if reference is None:
        raise ValueError("a text of several segments needs a reference that joins them")
    size = reference_bits // 8
    start = bytes([4 + size, 0x00 if size == 1 else 0x08, 2 + size])
    name = (reference % (1 << reference_bits)).to_bytes(size, "big")
    return tuple(start + name + bytes([total, number]) for number in range(1, total + 1))


def letters(text: str, encoding: Encoding) -> bytes:
    """The text in one encoding: unpacked septets or UTF-16BE.

    A lone surrogate is no character and goes out as U+FFFD, which has the same size. Raises
    KeyError when a GSM-7 text holds a character that GSM-7 has not.
    """
    if encoding is Encoding.GSM7:
        return b"".join(map(SEPTETS.__getitem__, text))
    raw = text.encode("utf-16-be", "surrogatepass")
    return raw.decode("utf-16-be", "replace").encode("utf-16-be")


def _measure(text: str) -> tuple[Encoding, int]:
    """The encoding and its units; the order of questions makes plain texts the fastest."""
    if _only_basic(text):
        return Encoding.GSM7, len(text)
    if _only_gsm7(text):
        return Encoding.GSM7, len(text) + len(_escaped(text))
    return Encoding.UCS2, len(text.encode("utf-16-le", "surrogatepass")) // 2


def _size(piece: str, encoding: Encoding) -> int:
    double = _escaped if encoding is Encoding.GSM7 else _beyond_bmp
    return len(piece) + len(double(piece))


def _alone(encoding: Encoding) -> int:
    return GSM7_ALONE if encoding is Encoding.GSM7 else UCS2_ALONE


def _cut(text: str, encoding: Encoding, reference_bits: int) -> list[str]:
    joined = GSM7_JOINED if encoding is Encoding.GSM7 else UCS2_JOINED
    limit = joined[reference_bits]
    pieces = []
    start = 0
    while start < len(text):
        piece = _longest_fit(text[start : start + limit], encoding, limit)
        # Two surrogates that came as two characters are one pair on the air all the same.
        if _high_surrogate_at(text, start + len(piece) - 1):
            piece = piece[:-1]
        pieces.append(piece)
        start += len(piece)
    return pieces


def _longest_fit(piece: str, encoding: Encoding, limit: int) -> str:
    """Shorten from the end; a character frees two units at most, so half the excess must go."""
    while (excess := _size(piece, encoding) - limit) > 0:
        piece = piece[: len(piece) - (excess + 1) // 2]
    return piece
