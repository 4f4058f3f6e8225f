"""Inbound: each text from a member once, by the provider's own id."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Index,
    UniqueConstraint,
    func,
    select,
    text,
    update,
)
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import Field

from app.store.bulk import insert_into
from app.store.schema import Row, link, loose_link, maybe_link, new_id, of_network, table_of

_has_speaker = text("speaker_id IS NOT NULL")
NOT_UNDERSTOOD = text("intent = 'none'")
"""As it stands in the index of the texts that nobody understood."""
LOOKED_BACK = 100


class Inbound(Row, table=True):
    """A text as it came in, with how it was understood."""

    __table_args__ = (
        UniqueConstraint("channel", "external_id"),
        Index("ix_inbound_address", "address_id", "id"),
        Index("ix_inbound_inbox", "network_id", "needs_person", "id"),
        Index(
            "ix_inbound_unknown",
            "network_id",
            "id",
            sqlite_where=NOT_UNDERSTOOD,
            postgresql_where=NOT_UNDERSTOOD,
        ),
        Index(
            "ix_inbound_speaker_id",
            "speaker_id",
            sqlite_where=_has_speaker,
            postgresql_where=_has_speaker,
        ),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    address_id: int | None = maybe_link("address.id")
    channel: str = Field(max_length=40)
    external_id: str = Field(max_length=120)
    sender: str = Field(max_length=60)
    text: str
    raw: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    intent: str = Field(default="", max_length=20)
    needs_person: bool = False
    is_danger: bool = False
    """Whether it speaks of danger to life; such texts are shown before all others."""
    speaker_id: int | None = loose_link("person.id")
    """Which of several people on this phone spoke, where the text or the phone told."""
    unanswered: str = Field(default="", max_length=10)
    """Why the guard let no automatic answer go (`app.domain.guard.Silence`); "" where one may."""
    is_hidden: bool = False
    """It belongs to a protected or nameless report: no list shows it, nor what answers it."""
    received_at: datetime


inbound = table_of(Inbound)
HIDDEN: Mapping[str, Any] = {
    "address_id": None,
    "sender": "",
    "text": "",
    "raw": {},
    "speaker_id": None,
    "needs_person": False,
    "is_danger": False,
    "is_hidden": True,
}
"""What is left of a text whose words stand in a report that few may read."""


def record(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> Mapping[tuple[str, str], int]:
    """Store texts that are new; gives their ids by (channel, external id). Repeats are absent."""
    if not rows:
        return {}
    statement = _record(conn.dialect.name)
    # In one order for all: two batches that hold the same texts then never wait in a ring.
    ordered = sorted(rows, key=lambda row: (row["channel"], row["external_id"]))
    return {(row.channel, row.external_id): row.id for row in conn.execute(statement, ordered)}


def was_understood(conn: Connection, address_id: int, intent: str, *, since: datetime) -> bool:
    """Whether a phone asked for that since then; only its newest texts are looked at."""
    newest = (
        select(inbound.c.intent, inbound.c.received_at)
        .where(inbound.c.address_id == address_id)
        .order_by(inbound.c.id.desc())
        .limit(LOOKED_BACK)
        .subquery()
    )
    asked = select(newest.c.intent).where(newest.c.intent == intent, newest.c.received_at >= since)
    return conn.execute(asked.limit(1)).first() is not None


@cache
def _record(dialect: str) -> ReturningInsert[Any]:
    """Built once: each text goes through it."""
    fresh = insert_into(dialect, inbound).on_conflict_do_nothing(
        index_elements=["channel", "external_id"]
    )
    return fresh.returning(inbound.c.id, inbound.c.channel, inbound.c.external_id)


def waiting(conn: Connection, network_id: int | None = None, *, limit: int) -> Sequence[Any]:
    """Texts that wait for a person of one network, or of any, newest first."""
    statement = select(inbound).where(inbound.c.needs_person.is_(True))
    if network_id is not None:
        statement = statement.where(inbound.c.network_id == network_id)
    return conn.execute(statement.order_by(inbound.c.id.desc()).limit(limit)).all()


def waiting_count(conn: Connection, network_id: int) -> int:
    """How many texts of a network wait for a person."""
    statement = select(func.count()).where(
        inbound.c.network_id == network_id, inbound.c.needs_person.is_(True)
    )
    return int(conn.execute(statement).scalar_one())


def get(conn: Connection, network_id: int, inbound_id: int) -> Any | None:
    """One text of a network; None for one that is not there or another network's."""
    mine = select(inbound).where(inbound.c.id == inbound_id, inbound.c.network_id == network_id)
    return conn.execute(mine).one_or_none()


def hide(conn: Connection, network_id: int, inbound_id: int) -> None:
    """Take sender, words and payload out of a text, and the text out of all lists."""
    mine = (inbound.c.id == inbound_id, inbound.c.network_id == network_id)
    conn.execute(update(inbound).where(*mine).values(**HIDDEN))


def settle_phone(conn: Connection, network_id: int, address_id: int, *, until: int) -> int:
    """Let a phone's texts up to that id wait for nobody any more; gives how many waited."""
    return _settle(conn, network_id, inbound.c.address_id == address_id, inbound.c.id <= until)


def settle_one(conn: Connection, network_id: int, inbound_id: int) -> int:
    """Let one text wait for nobody any more; gives 1 if it waited, else 0."""
    return _settle(conn, network_id, inbound.c.id == inbound_id)


def _settle(conn: Connection, network_id: int, *which: ColumnElement[bool]) -> int:
    waits = (inbound.c.network_id == network_id, inbound.c.needs_person.is_(True))
    return conn.execute(update(inbound).where(*waits, *which).values(needs_person=False)).rowcount


def listing(
    conn: Connection, network_id: int | None, *, external_id: str, before: int | None, limit: int
) -> Sequence[Any]:
    """Texts that came in to one network, or to any, newest first, as they are listed."""
    statement = select(
        inbound.c.id,
        inbound.c.channel,
        inbound.c.external_id,
        inbound.c.sender.label("msisdn"),
        inbound.c.received_at.label("at"),
    )
    if network_id is not None:
        statement = statement.where(of_network(inbound, network_id))
    if external_id:
        statement = statement.where(inbound.c.external_id == external_id)
    if before is not None:
        statement = statement.where(inbound.c.id < before)
    return conn.execute(statement.order_by(inbound.c.id.desc()).limit(limit)).all()
