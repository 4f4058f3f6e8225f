"""Who writes from a chat of a messenger: its address row, what it may ask, what is read of it.

Writing to the bot is no consent to messages by itself: that takes START, as on a phone.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.domain.chats import chat_id_of, is_group_chat, shown_chat
from app.domain.messages import Mo
from app.domain.msisdn import mask
from app.store import addresses, chat_groups, chats
from app.store.database import Connection
from app.store.speakers import Household
from bots.ask import Effect, Reply, Speaker

SHORT_CODE = 6
"""The most digits that a short code has."""
OPEN_TO_GROUPS = frozenset(
    {
        Effect.NONE,
        Effect.OPT_OUT,
        Effect.OPT_IN,
        Effect.ALERTS_ONLY,
        Effect.SET_LANGUAGE,
        Effect.TO_INBOX,
        Effect.LINK_CHAT,
    }
)
"""What a text from a group may change; all else is one person's own and asked for in private."""


_code = re.compile(r"\bLINK\s+([0-9]{6})\b", re.IGNORECASE).search


def is_chat(mo: Mo) -> bool:
    """Whether it came from a chat of a messenger."""
    return chat_id_of(mo.sender) is not None


def is_group(address: Any | None) -> bool:
    """Whether many people read what goes to this address."""
    return is_chat_row(address) and is_group_chat(address.handle)  # type: ignore[union-attr]


def is_chat_row(address: Any | None) -> bool:
    """Whether it is the address of a chat."""
    return address is not None and address.kind == chats.KIND


def chat_addresses(
    conn: Connection, network_id: int, mos: Iterable[Mo], now: datetime
) -> Mapping[str, Any]:
    """The address of each chat, by its sender; a stranger's is made, one that was gone is back."""
    ids = {mo.sender: chat for mo in mos if (chat := chat_id_of(mo.sender)) is not None}
    if not ids:
        return {}
    chats.note_heard(conn, network_id, ids.values(), now)
    found = dict(chats.chats_of(conn, network_id, ids.values()))
    if any(row.standing == "bounced" for row in found.values()):
        for row in found.values():
            bring_back(conn, row, now)
        found = dict(chats.chats_of(conn, network_id, ids.values()))
    return {sender: found[chat] for sender, chat in ids.items()}


def bring_back(conn: Connection, row: Any, now: datetime) -> None:
    """Let a chat that was blocked or gone stand as it did before."""
    if row.standing != "bounced":
        return
    before = chats.standing_before_bounce(conn, row.id)
    if before == "unknown":
        chats.set_unknown(conn, row.id)
        return
    addresses.record_standing(
        conn, row.network_id, [row.id], before, source="bounce", basis="the chat is back", at=now
    )


def committees(conn: Connection, rows: Iterable[Any | None]) -> Mapping[int, Household]:
    """Those of these addresses that are groups of a body: the office knows them.

    Nobody in particular speaks there, and who reads along nobody knows: they are told what is
    public.
    """
    groups = [row.id for row in rows if row is not None and is_group(row)]
    linked = chat_groups.linked_groups(conn, groups) if groups else ()
    return {address_id: Household((), "") for address_id in linked}


def group_name(conn: Connection, row: Any) -> str:
    """What people call the group that this address is; "" for anybody's own chat or phone."""
    return chat_groups.titles(conn, [row.id]).get(row.id, "") if is_group(row) else ""


def shown_address(conn: Connection, row: Any) -> str:
    """The masked number of an address, or the name of a group."""
    if not is_chat_row(row):
        return mask(row.msisdn or row.handle or "")
    return group_name(conn, row) or shown_chat(row.handle or "")


def shown_sender(sender: str) -> str:
    """A number, a mail address, a chat with most of it hidden; a short code, a name as it is."""
    is_name = "@" not in sender and chat_id_of(sender) is None
    return sender if is_name and sum(map(str.isdigit, sender)) <= SHORT_CODE else mask(sender)


def without_code(text: str) -> str:
    """The words as the office may read them: without a code that would link a chat."""
    found = _code(text)
    return text.replace(found[1], "******") if found else text


def in_company(reply: Reply, who: Speaker) -> Reply:
    """The answer where many read along: what is one person's own is asked for elsewhere."""
    if not who.is_group:
        return reply
    if reply.effect in OPEN_TO_GROUPS and reply.speaker_id is None:
        return replace(reply, opens=None)
    return Reply(reply.intent, "group_private", reply.language)
