"""What a written telephone number is: who it may reach, and in plain words what is wrong with it.

A wrong number is worse than a refused one: nothing is guessed beyond the spellings that can mean
only one number, and letters never become keypad digits.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberType

from app.domain.chats import chat_id_of, shown_chat
from app.domain.errors import Phrase
from app.domain.msisdn_spelling import separate, spell
from app.domain.msisdn_trouble import trouble_of_length, trouble_of_signs

Kind = Literal["mobile", "landline", "short", "other"]
Reach = Literal["real", "demo", "test", "held", "none"]

_DEMO = re.compile(r"\+9239[0-9]{8}").fullmatch
_TEST = re.compile(r"\+92364[0-9]{7}").fullmatch
_pakistani_mobile = re.compile(r"(?:(?:\+|00)920?|920?|\+?0)?(3[0-9]{9})").fullmatch
_short_code = re.compile(r"[1-9][0-9]{2,5}").fullmatch
_SATELLITE = frozenset({870, 881, 882, 883})
_MOBILE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read; `problem` says what is wrong and what to do, None when nothing is.

    `msisdn` is E.164 with `+`, None when unreadable. `sms`: a real wire may have it. `possible`
    and `valid` as libphonenumber has them. `reach`: `real`, `demo` (simulator only), `test`
    (loopback only), `held` (unknown mobile prefix: waits for a person), `none` (never texted).
    """

    msisdn: str | None
    kind: Kind
    sms: bool
    possible: bool
    valid: bool
    problem: str | None
    reach: Reach


def is_demo(msisdn: str) -> bool:
    """True for +92 390-399, which no operator has: only the simulator takes them."""
    return _DEMO(msisdn) is not None


def is_test(msisdn: str) -> bool:
    """True for +92 364, whose operator is gone: real wires take it towards loopback only."""
    return _TEST(msisdn) is not None


def mask(msisdn: str) -> str:
    """The number with its middle hidden, for lists, logs and prints: 039*****12.

    Of a mail address, which stands where a number would, the first letter and the domain stay.
    """
    chat = chat_id_of(msisdn)
    if chat is not None:
        return shown_chat(chat)
    name, at, domain = msisdn.rpartition("@")
    if at:
        return f"{name[:1]}*****@{domain}"
    digits = re.sub(r"[^0-9]", "", msisdn)
    if len(digits) < 9:
        return "*****"
    start = "0" + digits[2:4] if msisdn.startswith("+92") else msisdn[:3]
    return f"{start}*****{digits[-2:]}"


def read_number(raw: str, *, region: str = "PK") -> Number:
    """The one number that a cell or field holds; never raises, whatever the text.

    `region` (ISO 3166) is the country of numbers written without one. Every spelling of a
    Pakistani mobile is read; a cell with letters or with two numbers is refused with its reason.
    """
    digits = spell(raw)
    if digits is None:
        return _unreadable(trouble_of_signs(raw))
    mobile = _pakistani_mobile(digits) if region == "PK" else None
    if mobile:
        return _pakistani(mobile[1])
    if _short_code(digits):
        return replace(_unreadable(_SHORT), kind="short")
    return _parsed(digits, region) or _unreadable(trouble_of_length(digits))


def read_numbers(raw: str, *, region: str = "PK") -> tuple[Number, ...]:
    """Every number of a cell in which several are separated by `/ , ; &` or a new line.

    A cell that holds one number gives that one; an empty cell gives one number with its problem.
    """
    whole = read_number(raw, region=region)
    pieces = separate(raw)
    if whole.msisdn or len(pieces) < 2:
        return (whole,)
    return tuple(read_number(piece, region=region) for piece in pieces)


_SHORT = Phrase(
    "This is a short code, not a person's number: it cannot be texted. "
    "Write the mobile number with all its digits."
)
_ABOUT: dict[Reach, str] = {
    "demo": Phrase("This is a demo number: only the phone simulator takes it."),
    "held": Phrase(
        "This prefix is not known as a mobile prefix yet: the number is kept, "
        "and texted only after a person has confirmed it."
    ),
}
_NEVER: dict[int, tuple[Kind, str]] = {
    PhoneNumberType.FIXED_LINE: (
        "landline",
        Phrase(
            "This is a landline: it can be called but cannot receive texts. Add a mobile number."
        ),
    ),
    PhoneNumberType.UAN: (
        "other",
        Phrase("This is a company's UAN number: it cannot receive texts. Add a mobile number."),
    ),
    PhoneNumberType.PREMIUM_RATE: (
        "other",
        Phrase("This is a premium-rate number: it is never texted. Add a mobile number."),
    ),
    PhoneNumberType.TOLL_FREE: (
        "other",
        Phrase("This is a free-call number: it cannot receive texts. Add a mobile number."),
    ),
}
_OTHER: tuple[Kind, str] = (
    "other",
    Phrase("This is not a mobile number: it cannot receive texts. Add a mobile number."),
)
_SATELLITE_PHONE: tuple[Kind, str] = (
    "other",
    Phrase("This is a satellite number: it is never texted. Add a mobile number."),
)


def _unreadable(problem: str) -> Number:
    return Number(None, "other", False, False, False, problem, "none")


def _pakistani(national: str) -> Number:
    msisdn = f"+92{national}"
    if is_demo(msisdn):
        return Number(msisdn, "mobile", False, True, False, _ABOUT["demo"], "demo")
    known = phonenumbers.number_type(PhoneNumber(92, int(national))) in _MOBILE
    if not known:
        return Number(msisdn, "mobile", False, True, False, _ABOUT["held"], "held")
    return Number(msisdn, "mobile", True, True, True, None, "test" if is_test(msisdn) else "real")


def _parsed(digits: str, region: str) -> Number | None:
    """Landlines and foreign numbers, as libphonenumber reads them; None for what it refuses."""
    try:
        parsed = phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None
    msisdn = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if mobile := _pakistani_mobile(msisdn):
        return _pakistani(mobile[1])
    if phonenumbers.is_valid_number(parsed):
        return _classified(msisdn, parsed)
    if parsed.country_code == 92 or not phonenumbers.is_possible_number(parsed):
        return None
    return Number(msisdn, "other", False, True, False, trouble_of_length(digits), "none")


def _classified(msisdn: str, parsed: PhoneNumber) -> Number:
    kind_of = phonenumbers.number_type(parsed)
    if parsed.country_code in _SATELLITE:
        kind, problem = _SATELLITE_PHONE
    elif kind_of in _MOBILE:
        return Number(msisdn, "mobile", True, True, True, None, "real")
    else:
        kind, problem = _NEVER.get(kind_of, _OTHER)
    return Number(msisdn, kind, False, True, True, problem, "none")
