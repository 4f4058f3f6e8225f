"""The GSM 7-bit default alphabet and its extension table, by 3GPP TS 23.038 section 6.2."""

from collections.abc import Mapping

ESCAPE = 0x1B
"""Leads to the extension table; a code and not a letter, so no text can hold it in GSM-7."""

_DEFAULT = (
    "@£$¥èéùìòÇ\nØø\rÅå"
    "Δ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ"
    " !\"#¤%&'()*+,-./"
    "0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNO"
    "PQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmno"
    "pqrstuvwxyzäöñüà"
)

DEFAULT_CHARACTERS: Mapping[int, str] = {
    code: character for code, character in enumerate(_DEFAULT) if code != ESCAPE
}
"""Septet to character; Ç is there and ç is not (as 23.038 prints it, against some handsets)."""

EXTENSION_CHARACTERS: Mapping[int, str] = {
    0x0A: "\f",
    0x14: "^",
    0x28: "{",
    0x29: "}",
    0x2F: "\\",
    0x3C: "[",
    0x3D: "~",
    0x3E: "]",
    0x40: "|",
    0x65: "€",
}
"""Septet after ESCAPE to character; each costs two septets."""

SEPTETS: Mapping[str, bytes] = {
    **{character: bytes([code]) for code, character in DEFAULT_CHARACTERS.items()},
    **{character: bytes([ESCAPE, code]) for code, character in EXTENSION_CHARACTERS.items()},
}
"""Character to its one or two unpacked septets."""
