"""The journal: every act of a person, append-only, each entry sealed by the hash of the last."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Connection, Index, insert, select
from sqlmodel import Field

from app.store import networks
from app.store.schema import Row, link, new_id, table_of


class JournalEntry(Row, table=True):
    """One act: who did what to what, when, with which figures."""

    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_network", "network_id", "id"),)

    id: int = new_id()
    network_id: int = link("network.id")
    at: datetime
    actor: str = Field(max_length=80)
    action: str = Field(max_length=40)
    subject: str = Field(default="", max_length=80)
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    seal: str = Field(max_length=64)


journal = table_of(JournalEntry)


def seal_of(previous: str, entry: Mapping[str, Any]) -> str:
    """SHA-256 over the previous seal and this entry's content."""
    moment = entry["at"].astimezone(UTC).isoformat()
    content = [entry["network_id"], moment, entry["actor"], entry["action"], entry["subject"]]
    words = json.dumps([previous, content, entry["detail"]], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(words.encode()).hexdigest()


def append(conn: Connection, entry: Mapping[str, Any]) -> None:
    """Write one act (network_id, at, actor, action, subject, detail) at the end of the chain."""
    # The network's row is the lock that keeps two writers from sealing the same predecessor.
    networks.hold(conn, entry["network_id"])
    previous = conn.execute(
        select(journal.c.seal)
        .where(journal.c.network_id == entry["network_id"])
        .order_by(journal.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()
    conn.execute(insert(journal).values(**entry, seal=seal_of(previous or "", entry)))


def first_broken(conn: Connection, network_id: int) -> int | None:
    """The id of the first entry whose seal does not fit; None when the chain is whole."""
    previous = ""
    rows = conn.execute(
        select(journal).where(journal.c.network_id == network_id).order_by(journal.c.id)
    )
    for row in rows:
        if row.seal != seal_of(previous, dict(row._mapping)):
            return int(row.id)
        previous = row.seal
    return None
