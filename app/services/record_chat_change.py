"""Record what became of a chat: blocked, back, moved to another id, a group joined or left."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.chats import chat_id_of, is_group_chat
from app.domain.messages import ChatChange
from app.domain.storable import storable
from app.services._chats import bring_back
from app.services.fall_back import for_chat
from app.services.mark_gone import note_standing
from app.store import chat_groups, chats, networks
from app.store.database import Connection, Database

LONGEST_TITLE = 200


async def record_chat_change(
    database: Database, change: ChatChange, *, homes: Mapping[str, str], now: datetime
) -> None:
    """Let the chat's address follow; a repeat changes nothing.

    `homes` is the slug of the network that each channel belongs to. What waits for a chat that
    blocked us goes to the phone.
    """
    await database.write(_record, change, homes, now)


def _record(conn: Connection, change: ChatChange, homes: Mapping[str, str], now: datetime) -> None:
    chat = chat_id_of(change.sender)
    network = networks.at_home(networks.every(conn), homes.get(change.channel, ""))
    if chat is None or network is None:
        return
    row = chats.chats_of(conn, network.id, [chat]).get(chat)
    if change.change == "joined" and is_group_chat(chat):
        _join(conn, network.id, chat, change, now)
    elif row is None:
        return
    elif change.change == "migrated":
        _move(conn, network.id, row, change, now)
    elif change.change in {"blocked", "left"}:
        for_chat(conn, row.id, now)
        note_standing(conn, row, "bounced", basis=change.change, now=now)
    else:
        bring_back(conn, row, now)


def _join(conn: Connection, network_id: int, chat: str, change: ChatChange, now: datetime) -> None:
    """We are in a group: it has an address, and a name that the office knows it by."""
    chats.note_heard(conn, network_id, [chat], now)
    row = chats.chats_of(conn, network_id, [chat])[chat]
    bring_back(conn, row, now)
    known = chat_groups.group(conn, network_id, row.id)
    title = storable(change.title)[:LONGEST_TITLE]
    if known is None or title:
        values = {"address_id": row.id, "network_id": network_id, "title": title}
        chat_groups.put_group(conn, {**values, "at": now if known is None else known.at})


def _move(conn: Connection, network_id: int, row: Any, change: ChatChange, now: datetime) -> None:
    """The group goes on under another id; if that was heard already, that one is the group."""
    chat = chat_id_of(change.to) or change.to
    if not is_group_chat(chat):
        return
    there = chats.chats_of(conn, network_id, [chat]).get(chat)
    if there is None:
        chats.rename(conn, row.id, chat)
        return
    chat_groups.move_group(conn, row.id, there.id)
    note_standing(conn, row, "bounced", basis="moved", now=now)
