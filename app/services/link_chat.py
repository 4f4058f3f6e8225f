"""Link chats: a code said by SMS makes a chat somebody's; an officer's code makes a group a body's.

The code goes to a telephone and never into a chat. The phone is told that a chat was linked, so
that a theft is seen. A chat that is linked gets no messages by itself before it says START.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.domain.errors import Refusal
from app.domain.routing import choose
from app.domain.storable import storable
from app.services._act import Deed
from app.services._chats import is_chat_row, is_group
from app.services._text_row import OneText, text_row
from app.services.price_plan import offers
from app.store import addresses, chat_groups, chat_links, chats, outbox, people, routes, seats
from app.store.database import Connection, Database
from bots.ask import Effect, Reply
from bots.values import Value

BY_TEXT = "a member by text"
GROUP_CODE_GOOD_FOR = timedelta(hours=1)
LONGEST_TITLE = 200
DEAF = frozenset({"stopped", "wrong", "bounced"})
Say = Callable[[str, Mapping[str, Value], str], Any]
"""Renders a template with values in a language; the answer has `text`."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where a text about links came from: its network, its address row, a group's title."""

    network_id: int
    address: Any
    title: str = ""


def say_code(conn: Connection, where: Where, reply: Reply, now: datetime) -> None:
    """Remember the code that is being said to a phone."""
    chats.keep_code(
        conn,
        {
            "network_id": where.network_id,
            "digest": chats.digest_of(where.network_id, reply.note),
            "address_id": where.address.id,
            "person_id": reply.told_by,
            "body": "",
            "made_at": now,
            "good_until": now + chat_links.GOOD_FOR,
        },
    )


def link_chat(conn: Connection, where: Where, reply: Reply, now: datetime) -> None:
    """Use the code up: the chat is that person's alone from now on, or the group that body's.

    It proves no more than the phone does: what may not go to a shared phone does not go to the
    chat either, until an officer says so.
    """
    row = chats.get_code(conn, where.network_id, reply.about[0])
    if row is None or not chats.use_code(conn, row.id, now):
        return
    if is_group(where.address):
        _link_group(conn, where, row, now)
    elif row.person_id is not None and row.address_id is not None:
        chats.free(conn, [where.address.id])
        phone = people.link_of(conn, row.person_id, row.address_id)
        is_private = phone is not None and phone.is_private
        people.put_link(conn, row.person_id, where.address.id, whose="own", is_private=is_private)
        deed = Deed(where.network_id, BY_TEXT, now)
        deed.note(conn, "chat linked", f"address {where.address.id}", person=row.person_id)


def _link_group(conn: Connection, where: Where, row: Any, now: datetime) -> None:
    known = chat_groups.group(conn, where.network_id, where.address.id)
    title = storable(where.title)[:LONGEST_TITLE]
    values = {
        "address_id": where.address.id,
        "network_id": where.network_id,
        "title": title or (known.title if known is not None else ""),
        "body": row.body,
        "linked_by": row.made_by,
        "at": now,
    }
    chat_groups.put_group(conn, values)
    deed = Deed(where.network_id, row.made_by, now)
    deed.note(conn, "group linked", f"body {row.body}", address=where.address.id)


def unlink_chat(conn: Connection, where: Where, reply: Reply, now: datetime) -> None:
    """A chat that says so is nobody's; from a phone all the chats of the one who texts."""
    ids, whose = [where.address.id], tuple[int, ...]()
    if not is_chat_row(where.address):
        ids = chats.chats_of_people(conn, where.network_id, reply.about)
        whose = reply.about
    if ids and chats.free(conn, ids, whose):
        deed = Deed(where.network_id, BY_TEXT, now)
        deed.note(conn, "chat unlinked", f"address {ids[0]}")


def tell_phone(conn: Connection, where: Where, reply: Reply, say: Say, now: datetime) -> None:
    """Tell the phone to which the code was said that a chat was linked with it."""
    if reply.effect is not Effect.LINK_CHAT or is_group(where.address):
        return
    row = chats.get_code(conn, where.network_id, reply.about[0])
    phone = None
    if row is not None and row.address_id is not None and row.used_at == now:
        phone = addresses.get(conn, where.network_id, row.address_id)
    offer = choose(offers(conn)).get(phone.reach) if phone is not None else None
    if row is None or phone is None or offer is None or phone.standing in DEAF:
        return
    text = say("link_told", reply.values, reply.language).text
    told = OneText(where.network_id, phone.id, f"linked{row.id}", reply.language, text)
    outbox.put(conn, [text_row(told, routes.by_name(conn, offer.name), now)])


async def make_group_code(
    database: Database, network_id: int, body: str, *, by: str, now: datetime
) -> str:
    """A code for an officer to type in a body's group, good for an hour; earlier ones are void.

    Raises Refusal for a body that is not there.
    """
    return await database.write(_make_group_code, Deed(network_id, by, now), body)


def _make_group_code(conn: Connection, deed: Deed, body: str) -> str:
    body_code = _code_of(conn, deed.network_id, body)
    code = chat_links.unused_code(conn, deed.network_id, deed.now)
    if not code:
        raise Refusal("no_code", "No code can be made now. Try again in a minute.")
    chats.keep_code(
        conn,
        {
            "network_id": deed.network_id,
            "digest": chats.digest_of(deed.network_id, code),
            "address_id": None,
            "person_id": None,
            "body": body_code,
            "made_by": deed.by,
            "made_at": deed.now,
            "good_until": deed.now + GROUP_CODE_GOOD_FOR,
        },
    )
    deed.note(conn, "group code made", f"body {body_code}")
    return code


async def unlink_group(  # noqa: PLR0913 -- which group of which body, by whom, when
    database: Database, network_id: int, body: str, address_id: int, *, by: str, now: datetime
) -> str:
    """Take a group away from its body, if it has it; gives the body's code.

    Raises Refusal for a body that is not there.
    """
    return await database.write(_unlink_group, Deed(network_id, by, now), body, address_id)


def _unlink_group(conn: Connection, deed: Deed, body: str, address_id: int) -> str:
    code = _code_of(conn, deed.network_id, body)
    found = chat_groups.group(conn, deed.network_id, address_id)
    if found is not None and found.body == code:
        values = {"address_id": address_id, "network_id": deed.network_id}
        chat_groups.put_group(conn, {**values, "body": "", "linked_by": ""})
        deed.note(conn, "group unlinked", f"body {code}", address=address_id)
    return code


def _code_of(conn: Connection, network_id: int, body: str) -> str:
    found = seats.body_named(conn, network_id, body)
    if found is None:
        raise Refusal("not_found", "There is no such body here. Choose one from the list.")
    return str(found.code)


@dataclass(frozen=True, slots=True)
class BodyGroup:
    """A group of a body; `is_gone` when we are no member of it any more."""

    address_id: int
    title: str
    linked_by: str
    at: datetime
    is_gone: bool


async def body_groups(database: Database, network_id: int, body: str) -> tuple[BodyGroup, ...]:
    """The groups that officers linked to a body, oldest first."""
    return await database.read(_body_groups, network_id, body)


def _body_groups(conn: Connection, network_id: int, body: str) -> tuple[BodyGroup, ...]:
    return tuple(
        BodyGroup(row.address_id, row.title, row.linked_by, row.at, row.standing == "bounced")
        for row in chat_groups.groups_of(conn, network_id, body)
    )
