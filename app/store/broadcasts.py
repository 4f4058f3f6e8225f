"""Broadcasts: the plan that was shown, its texts and recipients, the approval, the fan-out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Connection,
    Index,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlmodel import Field

from app.store import digests
from app.store.schema import Row, big, link, maybe_link, new_id, table_of

STATES = ("planning", "planned", "fanning", "running", "cancelled")


class Broadcast(Row, table=True):
    """One text in all its languages to one audience."""

    __table_args__ = (
        UniqueConstraint("network_id", "ref"),
        UniqueConstraint("network_id", "idem_key"),
        CheckConstraint("state IN ('" + "', '".join(STATES) + "')", name="state"),
        Index("ix_broadcast_due", "network_id", "due_at"),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    ref: int
    kind: str = Field(max_length=8)
    state: str = Field(max_length=10, index=True)
    audience: str = Field(max_length=500)
    is_private: bool = False
    """Only to phones that are a person's own."""
    source: str = Field(default="", max_length=200)
    """How the author knows; for the approver and the journal, never sent."""
    author_id: int | None = maybe_link("account.id")
    approver_id: int | None = maybe_link("account.id")
    plan_hash: str = Field(default="", max_length=64)
    people: int = 0
    addresses: int = 0
    segments: int = big()
    price_micro: int = big()
    currency: str = Field(default="", max_length=3)
    seconds: int = 0
    held: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    left_out: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    send_at: datetime | None = None
    """When its author wants it to go; None for as soon as somebody agrees."""
    due_at: datetime | None = None
    expires_at: datetime | None = None
    goes_first: bool = False
    """Whether its texts overtake others of their lane that wait."""
    fan_rank: int = -1
    fan_address: int = big()
    idem_key: str | None = Field(default=None, max_length=80)
    created_at: datetime
    approved_at: datetime | None = None
    publication_id: int | None = maybe_link("publication.id", index=True)
    """The minutes that it carries, together with another broadcast over the other medium."""
    medium: str = Field(default="text", max_length=4)
    """`text` to phones, `mail` to mail addresses."""
    is_measured: bool = False
    """Whether phones that had their routine texts of the month are left out of it."""


class BroadcastText(Row, table=True):
    """A broadcast's words in one language, exactly as they go out."""

    __tablename__ = "broadcast_text"

    broadcast_id: int = link("broadcast.id", primary_key=True)
    language: str = Field(max_length=20, primary_key=True)
    body: str
    encoding: str = Field(max_length=6)
    segments: int
    document_id: int | None = maybe_link("document.id")
    """The letter that goes instead of the words, where they go by mail."""


class Recipient(Row, table=True):
    """One address in a plan; the fan-out walks them leaders first."""

    __table_args__ = (Index("ix_recipient_order", "broadcast_id", "rank", "address_id"),)

    broadcast_id: int = link("broadcast.id", primary_key=True)
    address_id: int = link("address.id", index=True, primary_key=True)
    rank: int
    language: str = Field(max_length=20)
    route_id: int = link("route.id")


broadcast = table_of(Broadcast)
broadcast_text = table_of(BroadcastText)
recipient = table_of(Recipient)


def add(conn: Connection, values: Mapping[str, Any], texts: Sequence[Mapping[str, Any]]) -> int:
    """Store a broadcast that is being planned, with its texts, and give its id."""
    broadcast_id = int(
        conn.execute(insert(broadcast).values(**values).returning(broadcast.c.id)).scalar_one()
    )
    conn.execute(insert(broadcast_text), [{"broadcast_id": broadcast_id, **text} for text in texts])
    return broadcast_id


def get(
    conn: Connection, broadcast_id: int, *, network_id: int | None = None, locked: bool = False
) -> Any | None:
    """The broadcast with that id, if it is that network's, where one is given.

    `locked` keeps others from changing it until the commit.
    """
    statement = select(broadcast).where(broadcast.c.id == broadcast_id)
    if network_id is not None:
        statement = statement.where(broadcast.c.network_id == network_id)
    return conn.execute(statement.with_for_update() if locked else statement).one_or_none()


def by_idem_key(conn: Connection, network_id: int, idem_key: str) -> Any | None:
    """The broadcast that was made with that Idempotency-Key."""
    return conn.execute(
        select(broadcast).where(
            broadcast.c.network_id == network_id, broadcast.c.idem_key == idem_key
        )
    ).one_or_none()


def texts(conn: Connection, broadcast_id: int) -> Sequence[Any]:
    """The texts of a broadcast, by language."""
    return conn.execute(
        select(broadcast_text)
        .where(broadcast_text.c.broadcast_id == broadcast_id)
        .order_by(broadcast_text.c.language)
    ).all()


def change(conn: Connection, broadcast_id: int, **values: Any) -> None:
    """Set these columns of a broadcast."""
    conn.execute(update(broadcast).where(broadcast.c.id == broadcast_id).values(**values))


def drop(conn: Connection, broadcast_id: int) -> None:
    """Take a broadcast that reaches nobody out again, with its texts."""
    digests.drop(conn, broadcast_id)
    for table in (recipient, broadcast_text):
        conn.execute(delete(table).where(table.c.broadcast_id == broadcast_id))
    conn.execute(delete(broadcast).where(broadcast.c.id == broadcast_id))


def totals(conn: Connection, broadcast_id: int) -> Sequence[Any]:
    """How many recipients per language and route (rows of language, route_id, n)."""
    return conn.execute(
        select(recipient.c.language, recipient.c.route_id, func.count().label("n"))
        .where(recipient.c.broadcast_id == broadcast_id)
        .group_by(recipient.c.language, recipient.c.route_id)
        .order_by(recipient.c.language, recipient.c.route_id)
    ).all()


def unfinished(conn: Connection) -> list[int]:
    """Broadcasts whose fan-out was begun and not ended."""
    return list(
        conn.execute(
            select(broadcast.c.id).where(broadcast.c.state == "fanning").order_by(broadcast.c.id)
        ).scalars()
    )


def ref_was_sent(conn: Connection, network_id: int, ref: int) -> bool:
    """Whether an approved broadcast of this network bears that Ref."""
    return (
        conn.execute(
            select(broadcast.c.id).where(
                broadcast.c.network_id == network_id,
                broadcast.c.ref == ref,
                broadcast.c.approved_at.is_not(None),
            )
        ).first()
        is not None
    )


def spent_since(conn: Connection, network_id: int, since: datetime) -> int:
    """The planned price in micro-units of what was approved since then, cancelled ones apart."""
    return int(
        conn.execute(
            select(func.coalesce(func.sum(broadcast.c.price_micro), 0)).where(
                broadcast.c.network_id == network_id,
                broadcast.c.approved_at >= since,
                broadcast.c.state != "cancelled",
            )
        ).scalar_one()
    )
