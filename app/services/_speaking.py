"""Who speaks, as far as the conversation may know: from the phone's row and the people on it."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.services._chats import is_chat_row, is_group
from app.services.carry_out import STOPPED, is_asked
from app.store.networks import NetworkInfo
from app.store.speakers import Household
from bots.ask import Speaker


def speaker_of(
    network: NetworkInfo, address: Any | None, found: Household | None, now: datetime
) -> Speaker:
    """The speaker on this phone; a sender without an address is a stranger without a phone."""
    here = now.astimezone(ZoneInfo(network.tz))
    if address is None:
        return Speaker(network.language, is_registered=False, now=here)
    return Speaker(
        language=address.language or (found and found.language) or network.language,
        is_registered=found is not None,
        now=here,
        people=found.people if found else (),
        speaking=address.speaker_id,
        is_asked=is_asked(address, now),
        is_stopped=address.standing in STOPPED,
        phone=address.id,
        is_group=is_group(address),
        is_chat=is_chat_row(address),
        is_mail=address.kind == "email",
        has_chosen=bool(address.language),
    )
