"""Record consent that was given or taken back on paper or in a visit; append-only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.storable import storable
from app.services._act import Deed
from app.services.change_address import found_address
from app.store import addresses, outbox
from app.store.database import Connection, Database

STANDING_AFTER: Mapping[str, str] = {"all": "active", "alerts": "alerts", "stop": "stopped"}
"""What an officer may record: all messages, danger to life only, or nothing any more."""
LONGEST_BASIS = 200


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """What somebody said, and how the office knows: `basis` names the form or the visit.

    `is_signed` says that the basis is a form that this person has signed.
    """

    choice: str
    basis: str
    is_signed: bool = False


async def record_consent(  # noqa: PLR0913 -- where, what, by whom, when
    database: Database,
    network_id: int,
    address_id: int,
    form: ConsentForm,
    *,
    by: str,
    now: datetime,
) -> str:
    """Append the record and let the address follow it; gives its standing.

    A STOP that came by text can only be lifted by the person, by text, or with a signed form.
    Raises Refusal when the basis is missing.
    """
    return await database.write(_record, Deed(network_id, by, now), address_id, form)


OWN_WORD = frozenset({"sms", "mail", "chat"})
"""Sources of a record that the person made alone, by text, by mail or in a chat."""


def refused_by_text(records: Sequence[Any], purpose: str) -> bool:
    """Whether the person's own text, newest record first, forbids this purpose until now."""
    for one in records:
        if one.purpose == purpose and (one.source in OWN_WORD or one.is_given):
            return one.source in OWN_WORD and not one.is_given
    return False


def _record(conn: Connection, deed: Deed, address_id: int, form: ConsentForm) -> str:
    standing = STANDING_AFTER.get(form.choice)
    if standing is None:
        raise Refusal("choice", "Say what was agreed: all, alerts or stop.")
    basis = _basis(form)
    found_address(conn, deed.network_id, address_id)
    if not form.is_signed and _lifts(conn, address_id, form.choice):
        raise Refusal(
            "stopped_by_text",
            "This person stopped messages by their own text. Only they can lift that: by texting "
            "START, or with a form that they have signed. Tick that there is one and name it.",
        )
    addresses.record_standing(
        conn,
        deed.network_id,
        [address_id],
        standing,
        source="office",
        basis=basis,
        by=deed.by,
        at=deed.now,
    )
    if standing != "active":
        keeps = standing == "alerts"
        outbox.cancel_for_address(conn, [address_id], keep_urgent=keeps, now=deed.now)
    detail = {"choice": form.choice, "signed": form.is_signed}
    deed.note(conn, "consent recorded", f"address {address_id}", **detail)
    return standing


def _basis(form: ConsentForm) -> str:
    basis = " ".join(storable(form.basis).split())
    if not basis:
        raise Refusal(
            "basis", "Say how you know: the paper form with its date, or who visited whom when."
        )
    if form.is_signed:
        basis = f"signed form: {basis}"
    if len(basis) > LONGEST_BASIS:
        raise Refusal("basis", "How you know is longer than 200 letters. Shorten it.")
    return basis


def _lifts(conn: Connection, address_id: int, choice: str) -> bool:
    """Whether this would give what the person's own text took."""
    wanted = {"all": ("routine", "alert"), "alerts": ("alert",), "stop": ()}[choice]
    records = addresses.consents_of(conn, [address_id])
    return any(refused_by_text(records, purpose) for purpose in wanted)
