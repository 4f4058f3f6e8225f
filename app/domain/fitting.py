"""Whether a text fits into its segments (3GPP TS 23.038)."""

from app.domain.bidi import turn_proof
from app.domain.gsm import Encoding, encoding_of, units

_ALONE = {Encoding.GSM7: 160, Encoding.UCS2: 70}
_OF_MANY = {Encoding.GSM7: 153, Encoding.UCS2: 67}


def overflow(text: str, parts: int = 1) -> int:
    """By how many units a text is too long for so many segments; 0 or less when it fits."""
    text = turn_proof(text)
    encoding = encoding_of(text)
    if parts == 1:
        return units(text) - _ALONE[encoding]
    # No letter is cut in two: up to one unit stays empty before each segment but the first.
    return units(text) - (parts * _OF_MANY[encoding] - (parts - 1))
