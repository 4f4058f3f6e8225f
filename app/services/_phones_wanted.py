"""The numbers and handles that a row gives somebody, and with whom they share them."""

from app.services._directory import Directory, PhoneKnown
from app.services._rulings import Act
from app.services._told import Told, told

MOST_NAMED = 3


def phone_all(directory: Directory, act: Act, remarks: list[Told], changes: list[Told]) -> None:
    """Add what is new to the act; whoever has the phone already is told, and shares it now."""
    for number in act.wanted.numbers:
        if number.msisdn and act.known.phone(number.msisdn) is None:
            changes.append(told("gets another number."))
            _phone(directory, act, number.msisdn, remarks)
    for kind, handle in act.wanted.handles:
        way = f"{kind}:{handle}"
        if act.known.phone(way) is None:
            changes.append(told("gets another address."))
            act.phones.append(PhoneKnown(way, 0, "own", True))


def _phone(directory: Directory, act: Act, msisdn: str, remarks: list[Told]) -> None:
    others = [one for one in directory.with_number(msisdn) if one is not act.known]
    is_shared = bool(others) or act.wanted.is_shared
    whose = act.wanted.whose or ("family" if is_shared else "own")
    act.phones.append(PhoneKnown(msisdn, 0, whose, whose == "own"))
    if others:
        names = ", ".join(one.name for one in others[:MOST_NAMED])
        remarks.append(told("shares the phone with {names}.", names=names))
    for one in others if not act.wanted.whose else ():
        phone = one.phone(msisdn)
        if phone is not None and phone.whose == "own":
            act.sharers.append((one, phone))
