"""A chat of the bot in tests: what it types, what it gets, and how it is linked to somebody."""

import re
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.services.receive_mo import Desk, Received, receive_mos
from app.store.addresses import address
from app.store.database import Connection
from app.store.people import person, person_address
from app.store.routes import RouteSetting
from tests.factories import Office, catalogue, vocabulary, wire

CHAT, GROUP = "tg:77001", "tg:-1009"


def bot(**changes: Any) -> RouteSetting:
    """The wire to the messenger, which costs nothing."""
    free = wire(
        "bot",
        kind="telegram",
        reaches=frozenset({"telegram"}),
        price_micro=0,
        shows_buttons=True,
        carries_papers=True,
    )
    return replace(free, **changes)


async def with_bot(office: Office) -> Office:
    await office.wires(wire(), bot())
    return office


async def type_in(office: Office, text: str, chat: str = CHAT, **changes: Any) -> Received:
    """What the bot answers to a text typed in that chat."""
    mo = office.mo(chat, text, channel="bot", recipient="bot", **changes)
    desk = Desk(catalogue(), vocabulary(), {"sim": office.slug, "bot": office.slug})
    return (await receive_mos(office.database, [mo], desk=desk, now=office.now))[0]


def code_in(text: str) -> str:
    found = re.search(r"\b\d{6}\b", text)
    assert found is not None, text
    return found[0]


async def link(office: Office, phone: int, chat: str = CHAT) -> Received:
    """The chat becomes that of the one person on that phone."""
    said = await office.say(phone, "LINK")
    return await type_in(office, f"LINK {code_in(said.reply)}", chat)


def links(conn: Connection) -> list[tuple[str, str, str, bool]]:
    """Who is on which chat (name, chat, whose, private)."""
    found = (
        select(person.c.name, address.c.handle, person_address.c.whose, person_address.c.is_private)
        .join(person_address, person_address.c.person_id == person.c.id)
        .join(address, address.c.id == person_address.c.address_id)
        .where(address.c.kind == "telegram")
        .order_by(person.c.id)
    )
    return [tuple(row) for row in conn.execute(found)]


def chat_row(conn: Connection, chat: str = CHAT) -> Any:
    handle = chat.removeprefix("tg:")
    return conn.execute(select(address).where(address.c.handle == handle)).one()
