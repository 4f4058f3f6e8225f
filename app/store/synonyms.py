"""Synonyms: words of members that a network's officers gave a meaning to, and those retired."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Index, select, text, update
from sqlmodel import Field

from app.store.bulk import insert_into
from app.store.networks import network
from app.store.schema import Row, link, new_id, table_of

_in_use = text("retired_at IS NULL")


class Synonym(Row, table=True):
    """One folded text and what it means; a retired one means nothing and stays on record."""

    __table_args__ = (
        Index("ix_synonym_network", "network_id", "id"),
        Index(
            "ix_synonym_in_use",
            "network_id",
            "word",
            unique=True,
            sqlite_where=_in_use,
            postgresql_where=_in_use,
        ),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    word: str = Field(max_length=60)
    """As it is compared: `bots.fold.fold`."""
    intent: str = Field(max_length=20)
    language: str = Field(max_length=20)
    made_by: str = Field(max_length=80)
    at: datetime
    retired_by: str = Field(default="", max_length=80)
    retired_at: datetime | None = None


synonym = table_of(Synonym)


def add(conn: Connection, values: Mapping[str, Any]) -> int | None:
    """Store a synonym and give its id; None when the word is in use already."""
    new = insert_into(conn.dialect.name, synonym).values(**values)
    new = new.on_conflict_do_nothing(index_elements=["network_id", "word"], index_where=_in_use)
    row = conn.execute(new.returning(synonym.c.id)).first()
    if row is None:
        return None
    _count(conn, values["network_id"])
    return int(row.id)


def retire(conn: Connection, network_id: int, synonym_id: int, by: str, at: datetime) -> Any | None:
    """Take a word's meaning away; gives it, None when it is not there or was retired before."""
    row = conn.execute(
        update(synonym)
        .where(
            synonym.c.id == synonym_id,
            synonym.c.network_id == network_id,
            synonym.c.retired_at.is_(None),
        )
        .values(retired_by=by, retired_at=at)
        .returning(synonym.c.word, synonym.c.intent)
    ).one_or_none()
    if row is not None:
        _count(conn, network_id)
    return row


def in_use(conn: Connection, network_id: int) -> Sequence[Any]:
    """The synonyms that count, oldest first."""
    mine = select(synonym).where(synonym.c.network_id == network_id, _in_use)
    return conn.execute(mine.order_by(synonym.c.id)).all()


def every(conn: Connection, network_id: int, limit: int) -> Sequence[Any]:
    """The newest synonyms of a network, also those retired; newest first."""
    mine = select(synonym).where(synonym.c.network_id == network_id)
    return conn.execute(mine.order_by(synonym.c.id.desc()).limit(limit)).all()


def _count(conn: Connection, network_id: int) -> None:
    """Let everybody who keeps the words in memory see that they changed."""
    mine = update(network).where(network.c.id == network_id)
    conn.execute(mine.values(words_version=network.c.words_version + 1))
