"""Make it plain: the characters that Word and keyboards slip in, as basic phones like them.

One typographic quote turns a text of one segment into three. Letters, numbers and dates are
never changed, and the plain text never needs more segments than the text did.
"""

import re
from collections.abc import Mapping

from app.domain.gsm import Encoding, count, encoding_of


def _each(characters: str, plain: str) -> dict[int, str]:
    return dict.fromkeys(map(ord, characters), plain)


_WESTERN_DIGITS = {zero + digit: str(digit) for zero in (0x0660, 0x06F0) for digit in range(10)}

_SAFE: Mapping[int, str] = {
    **_WESTERN_DIGITS,
    **_each("\t\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " "),
    **_each("\u000b\u0085\u2028\u2029", "\n"),
    **_each("\u00ad\u180e\u200b\u2060\ufeff", ""),
    **_each("\u2010\u2011", "-"),
}
"""Safe in every script: in Arabic script, joiners, direction marks and quotes carry meaning."""

_ONE_FOR_ONE: Mapping[int, str] = {
    **_SAFE,
    **_each("\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63", "-"),
    **_each("\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u00b4`", "'"),
    **_each("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    # A star and not a hyphen: "•5" must not become minus five.
    **_each("\u2022\u2023\u2043\u25aa\u25cf\u25e6\u00b7", "*"),
    **_each("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", ""),
}

_FULL: Mapping[int, str] = {**_ONE_FOR_ONE, **_each("\u2026", "..."), **_each("\u20a8", "Rs")}
"""With what makes a text longer: worth it only where the text becomes GSM-7 by it."""

_rtl_letter = re.compile(
    "[\u0590-\u05ff\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff"
    "\u0700-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
).search
_JOINERS = "\u200c\u200d"
_stray_joiners = re.compile(rf"(?<![^\0-\u02ff])[{_JOINERS}]+(?![^\0-\u02ff])")
_NUMBER_SIGNS: Mapping[int, str] = {0x066B: ".", 0x066C: ",", 0x060D: "/"}
_number_sign = re.compile("(?<=[0-9])[\u066b\u066c\u060d](?=[0-9])")


def make_plain(text: str) -> str:
    """The same words in the characters that cost least; plain text comes back as it is.

    Dashes, quotes, blanks, bullets, ellipsis, ₨ and invisible characters; Urdu and Arabic digits
    become Western. A text with right-to-left letters gets only the changes that are safe there.
    """
    return _rewrite(text, _table_for(text))


def changes(text: str) -> tuple[tuple[str, str], ...]:
    """What `make_plain` would change: each character once, in order, with what stands for it.

    An empty string means that the character is left out.
    """
    table = _table_for(text)
    plain = _rewrite(text, table)
    everything = {**_NUMBER_SIGNS, **_each(_JOINERS, ""), **table}
    return tuple(
        (character, everything[ord(character)])
        for character in dict.fromkeys(text)
        if ord(character) in everything and plain.count(character) < text.count(character)
    )


def _table_for(text: str) -> Mapping[int, str]:
    if _rtl_letter(text):
        return _SAFE
    full = _rewrite(text, _FULL)
    if encoding_of(full) is Encoding.GSM7 and count(full) <= count(text):
        return _FULL
    return _ONE_FOR_ONE


def _rewrite(text: str, table: Mapping[int, str]) -> str:
    rewritten = text.translate(table)
    rewritten = _number_sign.sub(lambda sign: _NUMBER_SIGNS[ord(sign[0])], rewritten)
    # Last, because whether a joiner is stray depends on the neighbours that remain.
    return _stray_joiners.sub("", rewritten)
