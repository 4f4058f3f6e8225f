"""Linking a chat, as the conversation asks: a new code for a phone, and what a code would link."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, select

from app.store import chats
from app.store.addresses import address
from app.store.people import person
from bots.ask import Fellow, LinkNote

GOOD_FOR = timedelta(minutes=15)
HOUR = timedelta(hours=1)
CODES_A_PHONE = 3
CODES_IN_ALL = 20
"""How many codes an hour cost an SMS at most."""
WRONG_A_CHAT = 5
WRONG_IN_ALL = 60
"""So many wrong codes in an hour, from whatever chats: somebody is guessing."""
_LEAST, _CODES = 100_000, 900_000
_TRIES = 20


def fresh_code(conn: Connection, network_id: int, phone: int, now: datetime) -> str:
    """Six digits that no good code has; "" when the phone, or all phones, had enough."""
    since = now - HOUR
    if chats.codes_since(conn, network_id, since, phone) >= CODES_A_PHONE:
        return ""
    if chats.codes_since(conn, network_id, since) >= CODES_IN_ALL:
        return ""
    return unused_code(conn, network_id, now)


def unused_code(conn: Connection, network_id: int, now: datetime) -> str:
    """Six digits that no good code has."""
    for _ in range(_TRIES):
        code = str(_LEAST + secrets.randbelow(_CODES))
        if chats.good_code(conn, network_id, code, now) is None:
            return code
    return ""


def linkable(conn: Connection, network_id: int, code: str, chat: int, now: datetime) -> LinkNote:
    """What a code typed in that chat would link; silence when too many were wrong."""
    since = now - HOUR
    is_silent = (
        chats.wrong_since(conn, network_id, since, chat) >= WRONG_A_CHAT
        or chats.wrong_since(conn, network_id, since) >= WRONG_IN_ALL
    )
    if is_silent:
        return LinkNote(is_silent=True)
    row = chats.good_code(conn, network_id, code, now)
    if row is None:
        return LinkNote()
    if row.person_id is None:
        return LinkNote(row.id, body=row.body)
    named = conn.execute(_named(row.person_id, row.address_id)).one()
    fellow = Fellow(named.id, named.name, named.local_name)
    return LinkNote(row.id, fellow, named.phone_language or named.language)


def _named(person_id: int, address_id: int | None) -> Select[Any]:
    """A person with the language of theirs, and that of the phone on which they asked."""
    spoken = address.c.language.label("phone_language")
    return (
        select(person.c.id, person.c.name, person.c.local_name, person.c.language, spoken)
        .select_from(person)
        .outerjoin(address, address.c.id == address_id)
        .where(person.c.id == person_id)
    )
