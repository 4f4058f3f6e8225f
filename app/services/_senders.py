"""Who writes: the address row behind each sender; strangers who can have one get one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.domain.messages import Mo
from app.domain.msisdn import read_number
from app.services._chats import chat_addresses, is_chat
from app.services._mailboxes import is_mail, mailboxes
from app.store import addresses
from app.store.database import Connection


def senders(
    conn: Connection, network_id: int, mos: Sequence[Mo], now: datetime
) -> dict[str, Any | None]:
    """The address of each sender; None for a short code, a name, a machine."""
    rows: dict[str, Any | None] = {mo.sender: None for mo in mos}
    texted = [mo.sender for mo in mos if not is_mail(mo) and not is_chat(mo)]
    rows.update(_phones(conn, network_id, texted, now))
    rows.update(chat_addresses(conn, network_id, mos, now))
    rows.update(mailboxes(conn, network_id, mos, now))
    return rows


def _phones(
    conn: Connection, network_id: int, texted: Sequence[str], now: datetime
) -> Mapping[str, Any | None]:
    found = addresses.addresses_of(conn, network_id, texted)
    strange = {sender: read_number(sender) for sender in texted if sender not in found}
    numbers = {sender: one for sender, one in strange.items() if one.msisdn}
    if not numbers:
        return found
    addresses.add_addresses(
        conn,
        [
            {
                "network_id": network_id,
                "msisdn": one.msisdn,
                "reach": one.reach,
                "created_at": now,
            }
            for one in numbers.values()
        ],
    )
    wanted = [one.msisdn for one in numbers.values() if one.msisdn]
    late = addresses.addresses_of(conn, network_id, wanted)
    return {**found, **{sender: late.get(one.msisdn or "") for sender, one in numbers.items()}}
