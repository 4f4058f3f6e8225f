"""The user data of an SMS PDU, as a modem takes and gives it (3GPP TS 23.038 and TS 23.040).

Septets travel packed, eight in seven octets; after a header they start at the next septet
border, so up to six bits between are filled with zero.
"""

from dataclasses import dataclass

from app.domain.gsm import Encoding, encoding_of, headers, letters, segments
from app.domain.gsm_tables import DEFAULT_CHARACTERS, ESCAPE, EXTENSION_CHARACTERS

DCS_GSM7 = 0x00
DCS_UCS2 = 0x08
_UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class UserData:
    """One segment's TP-UD: `length` is TP-UDL (septets in GSM-7, octets in UCS-2).

    `dcs` is TP-DCS and `has_header` is TP-UDHI.
    """

    length: int
    octets: bytes
    dcs: int
    has_header: bool


def user_data(text: str, *, reference: int | None, reference_bits: int = 8) -> tuple[UserData, ...]:
    """Each segment of the text as user data; errors as in `gsm.octets`."""
    encoding = encoding_of(text)
    pieces = segments(text, reference_bits=reference_bits)
    starts = headers(len(pieces), reference, reference_bits)
    build = _gsm7_data if encoding is Encoding.GSM7 else _ucs2_data
    return tuple(
        build(start, letters(piece.text, encoding))
        for start, piece in zip(starts, pieces, strict=True)
    )


def bits_to_fill(header_octets: int) -> int:
    """Zero bits between a header of so many octets and the first septet."""
    return -header_octets * 8 % 7


def pack_septets(septets: bytes, *, fill_bits: int) -> bytes:
    """Unpacked septets (one an octet, each below 0x80) as packed octets, lowest bit first."""
    packed = 0
    for place, septet in enumerate(septets):
        packed |= septet << (7 * place + fill_bits)
    return packed.to_bytes((7 * len(septets) + fill_bits + 7) // 8, "little")


def unpack_septets(packed: bytes, *, count: int, fill_bits: int = 0) -> bytes:
    """The first `count` septets after `fill_bits`; `count` must come from TP-UDL.

    Seven spare bits look like an eighth septet, so the octets alone cannot tell it. Octets that
    are missing at the end are read as zero.
    """
    bits = int.from_bytes(packed, "little") >> fill_bits
    return bytes(bits >> (7 * place) & 0x7F for place in range(count))


def decode_gsm7(septets: bytes) -> str:
    """Unpacked septets as text; never raises.

    By 23.038 an escape before a code that the extension lacks shows the default character, an
    escape before another escape or at the end shows a space. An octet above 0x7F is no septet
    and becomes U+FFFD.
    """
    text = []
    codes = iter(septets)
    for code in codes:
        if code == ESCAPE:
            text.append(_after_escape(next(codes, ESCAPE)))
        else:
            text.append(DEFAULT_CHARACTERS.get(code, _UNKNOWN))
    return "".join(text)


def _after_escape(code: int) -> str:
    if code == ESCAPE:
        return " "
    return EXTENSION_CHARACTERS.get(code) or DEFAULT_CHARACTERS.get(code, _UNKNOWN)


def _gsm7_data(header: bytes, septets: bytes) -> UserData:
    fill = bits_to_fill(len(header))
    length = (len(header) * 8 + fill) // 7 + len(septets)
    packed = pack_septets(septets, fill_bits=fill)
    return UserData(length, header + packed, DCS_GSM7, bool(header))


def _ucs2_data(header: bytes, utf16: bytes) -> UserData:
    octets = header + utf16
    return UserData(len(octets), octets, DCS_UCS2, bool(header))
