"""Names of people on wires other than a phone's: e-mail, Telegram, WhatsApp; as read and masked."""

import re
from collections.abc import Callable, Mapping
from typing import Literal

from app.domain.errors import Phrase, Refusal
from app.domain.msisdn import mask, read_number

HandleKind = Literal["email", "telegram", "whatsapp"]
KINDS = ("msisdn", "email", "telegram", "whatsapp")
"""Every kind of address; `msisdn` is the telephone number itself."""
LONGEST = 200

_email = re.compile(r"[^\s@\"(),:;<>\[\\\]]{1,64}@((?:[\w-]{1,63}\.)+[\w-]{2,63})").fullmatch
_telegram_name = re.compile(r"[A-Za-z][A-Za-z0-9_]{4,31}").fullmatch
_telegram_id = re.compile(r"[0-9]{5,15}").fullmatch


def read_handle(kind: str, raw: str) -> str:
    """The handle in the one form in which it is stored; raises Refusal that says what is wrong.

    The domain of an e-mail address is in small letters, its other half as it was written.
    """
    text = raw.strip()
    if not text or len(text) > LONGEST:
        raise Refusal("handle", "There is no address here, or it is too long. Write it once more.")
    return _READERS[kind](text)


def mask_handle(kind: str, handle: str) -> str:
    """The handle with most of it hidden: g*****@example.org, ar*****."""
    if kind == "whatsapp":
        return mask(handle)
    name, at, domain = handle.rpartition("@")
    return f"{name[:1]}*****@{domain}" if at else f"{handle[:2]}*****"


def _read_email(text: str) -> str:
    text = text.removeprefix("mailto:")
    found = _email(text)
    if found is None or ".." in text or text.startswith(".") or ".@" in text:
        raise Refusal(
            "handle", "This is not an e-mail address. It looks like name@example.org, without gaps."
        )
    return f"{text.rpartition('@')[0]}@{found[1].lower()}"


def _read_telegram(text: str) -> str:
    name = re.sub(r"^(?:https?://)?(?:t\.me|telegram\.me)/", "", text).removeprefix("@")
    if _telegram_name(name):
        return name.lower()
    if _telegram_id(name):
        return name
    raise Refusal(
        "handle",
        "This is not a Telegram name. It has 5 to 32 Latin letters, digits or _, as in @gulrukh.",
    )


def _read_whatsapp(text: str) -> str:
    number = read_number(text)
    if number.msisdn is None or number.kind != "mobile":
        problem = Phrase(number.problem or "This is no telephone number.")
        raise Refusal("number", "{problem}", problem=problem)
    return number.msisdn


_READERS: Mapping[str, Callable[[str], str]] = {
    "email": _read_email,
    "telegram": _read_telegram,
    "whatsapp": _read_whatsapp,
}
