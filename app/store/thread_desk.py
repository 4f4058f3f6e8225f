"""Whose desk a thread lies on: the officer who looks after one phone, and who answered it last."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlmodel import Field

from app.store.accounts import account
from app.store.bulk import insert_new
from app.store.schema import BIG_ID, Row, link, maybe_big, maybe_link, new_id, table_of


class ThreadDesk(Row, table=True):
    """One phone's thread as the office deals with it."""

    __tablename__ = "thread_desk"

    id: int = new_id()
    network_id: int = link("network.id", index=True)
    address_id: int = Field(foreign_key="address.id", unique=True, sa_type=BIG_ID)
    account_id: int | None = maybe_link("account.id", index=True)
    """The officer who looks after it; None: nobody."""
    by: str = Field(default="", max_length=80)
    """Who put it there."""
    at: datetime
    """When it was put there, or first answered."""
    answer_id: int | None = maybe_big()
    """The newest answer that an officer wrote, by its id in the outbox."""
    answered_by: str = Field(default="", max_length=80)
    answered_at: datetime | None = None


thread_desk = table_of(ThreadDesk)


def hold(conn: Connection, network_id: int, address_id: int, at: datetime) -> Any:
    """The row of that thread, made if there is none, locked until the commit."""
    new = {"network_id": network_id, "address_id": address_id, "at": at}
    conn.execute(insert_new(conn, thread_desk, ("address_id",)).values(**new))
    mine = select(thread_desk).where(thread_desk.c.address_id == address_id)
    return conn.execute(mine.with_for_update()).one()


def change(conn: Connection, address_id: int, values: Mapping[str, Any]) -> None:
    """Set these columns of a thread's row."""
    mine = update(thread_desk).where(thread_desk.c.address_id == address_id)
    conn.execute(mine.values(**values))


def of_threads(conn: Connection, address_ids: Sequence[int]) -> Mapping[int, Any]:
    """How these threads are dealt with, by their phones, with the officer's name (`assignee`)."""
    if not address_ids:
        return {}
    rows = conn.execute(
        select(thread_desk, account.c.name.label("assignee"))
        .outerjoin(account, account.c.id == thread_desk.c.account_id)
        .where(thread_desk.c.address_id.in_(list(address_ids)))
    )
    return {row.address_id: row for row in rows}


def drop(conn: Connection, address_ids: Sequence[int]) -> None:
    """Forget how these threads were dealt with."""
    conn.execute(delete(thread_desk).where(thread_desk.c.address_id.in_(list(address_ids))))
