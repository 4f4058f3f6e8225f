"""What to tell a person about a number that cannot be read: what is wrong and what to do."""

import re

from app.domain.errors import Phrase
from app.domain.msisdn_spelling import separate, tidy

_exponent = re.compile(r"(?i)^\+?[0-9]+(?:[.,][0-9]+)?e\+?[0-9]+$").match
_number_shaped = re.compile(r"(?:\+|00)?(?:92)?[ -]?0?[1-9][0-9]{1,3}[ -]?[0-9]{3}[ -]?[0-9]{3,4}")
_strange = re.compile(r"[^0-9 ()+-]+")
_mobile_start = re.compile(r"(?:(?:\+|00)920?|920?(?=3)|0(?=3)|(?=3))").match

_EMPTY = Phrase("There is no number here. Write a mobile number such as 0300 1234567.")
_SHORTENED = Phrase(
    "The spreadsheet has shortened this number and its last digits are lost. "
    "Make the column text and write the number again."
)


def trouble_of_signs(raw: str) -> str:
    """Why a text is no number at all: nothing there, an exponent, two numbers, letters."""
    text = tidy(raw)
    if not any(character.isalnum() for character in text):
        return _EMPTY
    if _exponent(text):
        return _SHORTENED
    return _several(text) or _strangers(text)


def trouble_of_length(digits: str) -> str:
    """Why bare digits, with or without `+`, are no telephone number."""
    found = digits.lstrip("+")
    start = _mobile_start(digits)
    if start is None or digits[start.end() : start.end() + 1] != "3":
        return _not_a_number(digits)
    if several := _several(digits):
        return several
    expected = len(start[0].lstrip("+")) + 10
    missing = expected - len(found)
    end = f"this number has {len(found)}, a mobile number written like this has {expected}."
    if missing > 0:
        return f"{_digits(missing)} missing: {end}"
    return f"{_digits(-missing)} too many: {end}"


def _not_a_number(digits: str) -> str:
    if digits.startswith(("+", "00")):
        return Phrase(
            "This is not a valid number of its country. Check the digits after the country code."
        )
    return Phrase(
        "This is not a telephone number of Pakistan. "
        "A mobile number has 11 digits and begins with 03."
    )


def _several(text: str) -> str | None:
    shaped = [piece for piece in separate(text) if _number_shaped.search(piece)]
    count = max(len(shaped), len(_number_shaped.findall(text)))
    if count < 2:
        return None
    return f"There are {count} numbers in one place: put each number in a row of its own."


def _strangers(text: str) -> str:
    strange = list(dict.fromkeys(_strange.findall(text)))
    words = ", ".join(f'"{word[:20]}"' for word in strange[:3])
    if any(character.isalpha() for character in "".join(strange)):
        return f"There are letters in the number ({words}): leave only its digits."
    if strange:
        return f"There are signs that no number has ({words}): leave only its digits."
    return Phrase("The digits are not written as one number: leave only its digits.")


def _digits(number: int) -> str:
    return "1 digit is" if number == 1 else f"{number} digits are"
