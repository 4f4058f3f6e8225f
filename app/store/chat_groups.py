"""Groups in a messenger: their names, and the bodies that they are of."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Index, delete, select, update
from sqlmodel import Field

from app.store.addresses import address
from app.store.bulk import insert_new
from app.store.schema import Row, link, table_of


class ChatGroup(Row, table=True):
    """A group in a messenger in which the bot is a member, and the body that it is of."""

    __tablename__ = "chat_group"
    __table_args__ = (Index("ix_chat_group_body", "network_id", "body"),)

    address_id: int = link("address.id", primary_key=True)
    network_id: int = link("network.id")
    title: str = Field(default="", max_length=200)
    body: str = Field(default="", max_length=12)
    """The code of its body; "" while nobody has linked it."""
    linked_by: str = Field(default="", max_length=80)
    at: datetime


chat_group = table_of(ChatGroup)


def put_group(conn: Connection, values: Mapping[str, Any]) -> None:
    """Write a group down; what is known of it already gives way to these values.

    One that is new needs `at` among them.
    """
    changed = {name: value for name, value in values.items() if name not in _GROUP_KEY}
    same = chat_group.c.address_id == values["address_id"]
    if not conn.execute(update(chat_group).where(same).values(**changed)).rowcount:
        conn.execute(insert_new(conn, chat_group, ("address_id",)).values(**values))


_GROUP_KEY = ("address_id", "network_id")


def move_group(conn: Connection, old_id: int, new_id_: int) -> None:
    """Let the address that has the group's new id be the group."""
    there = conn.execute(
        select(chat_group.c.address_id).where(chat_group.c.address_id == new_id_)
    ).one_or_none()
    mine = chat_group.c.address_id == old_id
    if there is None:
        conn.execute(update(chat_group).where(mine).values(address_id=new_id_))
    else:
        conn.execute(delete(chat_group).where(mine))


def groups_of(conn: Connection, network_id: int, body: str) -> Sequence[Any]:
    """The groups of a body (address_id, title, linked_by, at, standing), oldest first."""
    mine = (
        select(chat_group, address.c.standing)
        .join(address, address.c.id == chat_group.c.address_id)
        .where(chat_group.c.network_id == network_id, chat_group.c.body == body)
    )
    return conn.execute(mine.order_by(chat_group.c.at, chat_group.c.address_id)).all()


def group(conn: Connection, network_id: int, address_id: int) -> Any | None:
    """The group with that address, if it is this network's."""
    mine = (chat_group.c.address_id == address_id, chat_group.c.network_id == network_id)
    return conn.execute(select(chat_group).where(*mine)).one_or_none()


def linked_groups(conn: Connection, address_ids: Iterable[int]) -> set[int]:
    """Those of these addresses that are the group of a body."""
    linked = select(chat_group.c.address_id).where(
        chat_group.c.address_id.in_(list(address_ids)), chat_group.c.body != ""
    )
    return set(conn.execute(linked).scalars())


def titles(conn: Connection, address_ids: Iterable[int]) -> Mapping[int, str]:
    """The names of those of these addresses that are groups."""
    named = select(chat_group.c.address_id, chat_group.c.title).where(
        chat_group.c.address_id.in_(list(address_ids))
    )
    return {row.address_id: row.title for row in conn.execute(named)}


def let_body_go(conn: Connection, network_id: int, body: str) -> None:
    """The groups of a body that is no more are like any other group."""
    theirs = (chat_group.c.network_id == network_id, chat_group.c.body == body)
    conn.execute(update(chat_group).where(*theirs).values(body="", linked_by=""))
