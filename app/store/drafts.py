"""Drafts: what an officer has typed and not yet planned, kept so that nothing typed is lost."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, Index, delete, select
from sqlmodel import Field

from app.store.broadcasts import broadcast
from app.store.bulk import insert_into
from app.store.schema import Row, link, maybe_link, new_id, table_of


class Draft(Row, table=True):
    """The fields of one page of writing; `key` is its address, chosen at random."""

    __table_args__ = (Index("ix_draft_account", "account_id", "updated_at"),)

    id: int = new_id()
    network_id: int = link("network.id")
    account_id: int = link("account.id")
    key: str = Field(max_length=40, unique=True)
    fields: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    broadcast_id: int | None = maybe_link("broadcast.id", index=True)
    """The plan that was made of it."""
    updated_at: datetime


draft = table_of(Draft)


def save(conn: Connection, values: Mapping[str, Any]) -> bool:
    """Store the fields of a draft; False when another officer owns that key."""
    statement = insert_into(conn.dialect.name, draft).values(**values)
    changed = {name: values[name] for name in ("fields", "updated_at")}
    kept = statement.on_conflict_do_update(
        index_elements=["key"], set_=changed, where=draft.c.account_id == values["account_id"]
    )
    return conn.execute(kept.returning(draft.c.id)).first() is not None


def get(conn: Connection, key: str, account_id: int) -> Any | None:
    """The draft with that key, if it is this officer's."""
    return conn.execute(
        select(draft).where(draft.c.key == key, draft.c.account_id == account_id)
    ).one_or_none()


def planned_as(conn: Connection, key: str, broadcast_id: int | None) -> None:
    """Say which plan was made of a draft."""
    conn.execute(draft.update().where(draft.c.key == key).values(broadcast_id=broadcast_id))


def plan_of(conn: Connection, key: str) -> Any | None:
    """The broadcast that a draft was planned as, unless it was taken back."""
    return conn.execute(
        select(broadcast)
        .join(draft, draft.c.broadcast_id == broadcast.c.id)
        .where(draft.c.key == key, broadcast.c.state != "cancelled")
    ).one_or_none()


def of_broadcast(conn: Connection, broadcast_id: int, account_id: int) -> Any | None:
    """The draft that a plan was made of, if it is this officer's."""
    return conn.execute(
        select(draft).where(draft.c.broadcast_id == broadcast_id, draft.c.account_id == account_id)
    ).first()


def waiting(conn: Connection, network_id: int, account_id: int, *, limit: int) -> Sequence[Any]:
    """An officer's drafts that are not planned yet, newest first."""
    return conn.execute(
        select(draft)
        .where(
            draft.c.network_id == network_id,
            draft.c.account_id == account_id,
            draft.c.broadcast_id.is_(None),
        )
        .order_by(draft.c.updated_at.desc())
        .limit(limit)
    ).all()


def drop(conn: Connection, key: str, account_id: int) -> None:
    """Throw a draft away."""
    conn.execute(delete(draft).where(draft.c.key == key, draft.c.account_id == account_id))
