"""How people and spreadsheets write a telephone number, brought to bare digits or refused."""

import re
import unicodedata

_JOINS = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹣－", "-") | {"_": " ", "\uff0b": "+", "\uff08": "(", "\uff09": ")"}
)
_label = re.compile(r"(?i)^(?:tel|telephone|phone|ph|mobile|mob|cell|no)\s?(?:no)?\s?[.:#]+\s*").sub
_quoted = re.compile(r"""^(?:'|=?"([^"]*)"$)""")
_float_ending = re.compile(r"(?<=[0-9]{9})\.0+$").sub
_thousands = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){3}").fullmatch
_letters_for_digits = re.compile(r"([0-9][ -]?)([OoIl]+)(?=[ -]?[0-9])").sub
_leading_o = re.compile(r"^[Oo](?=3[0-9])").sub
_AS_DIGITS = str.maketrans("OoIl", "0011")
_one_number = re.compile(r"\+?[ ]?\(?\+?[0-9](?:[ ()-]{0,3}[0-9])*\)?").fullmatch
# A slash or a point may stand after the prefix; elsewhere it begins another number.
_after_prefix = re.compile(r"^((?:\+92|0092|0)[ -]?3[0-9]{2})[/.](?=[0-9]{3}[ -]?[0-9]{4}$)").sub
_separators = re.compile(r"[/,;&|\n\r\u060c\u061b]+").split


def tidy(raw: str) -> str:
    """The cell with Western digits, plain hyphens and single blanks, and nothing invisible."""
    if not raw.isascii():
        raw = "".join(map(_plain_character, raw))
    text = raw.translate(_JOINS)
    return re.sub(r"[ \t]+", " ", text).strip()


def separate(raw: str) -> list[str]:
    """The pieces of a cell between `/ , ; & |` and new lines, without the empty ones."""
    return [piece.strip() for piece in _separators(tidy(raw)) if piece.strip()]


def spell(raw: str) -> str | None:
    """The digits of the only number that the text can mean, `+` before them if it had one.

    None when anything else stands there: a name, an exponent, a second number.
    """
    text = _unwrapped(tidy(raw)).strip(" .,;/")
    if _thousands(text):
        text = text.replace(",", "")
    text = _letters_for_digits(_digits_meant, _leading_o("0", text))
    text = _after_prefix(r"\1", _float_ending("", text))
    if not _one_number(text):
        return None
    sign = "+" if "+" in text else ""
    return sign + re.sub("[^0-9]", "", text)


def _unwrapped(text: str) -> str:
    """Without the label and without the quotes that keep a spreadsheet from counting."""
    text = _quoted.sub(lambda quoted: quoted[1] or "", text)
    return _label("", text.strip())


def _digits_meant(match: re.Match[str]) -> str:
    return match[1] + match[2].translate(_AS_DIGITS)


def _plain_character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category == "Cf":
        return ""
    return " " if category == "Zs" else character
