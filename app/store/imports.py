"""Imports: one row per file brought in, so that it can be shown and undone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Connection, insert, select, update
from sqlmodel import Field

from app.store.schema import Row, link, new_id, table_of


class ImportBatch(Row, table=True):
    """One file of contacts, with its verdicts counted; `unfinished` until its last row stands."""

    __tablename__ = "import_batch"

    id: int = new_id()
    network_id: int = link("network.id")
    file_name: str = Field(max_length=200)
    basis: str = Field(default="", max_length=200)
    by: str = Field(default="", max_length=80)
    totals: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    state: str = Field(default="unfinished", max_length=12)
    at: datetime


import_batch = table_of(ImportBatch)


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a batch and give its id."""
    statement = insert(import_batch).values(**values).returning(import_batch.c.id)
    return int(conn.execute(statement).scalar_one())


def finish(conn: Connection, batch_id: int, totals: Mapping[str, int]) -> None:
    """Mark a batch as done, with its totals."""
    conn.execute(
        update(import_batch)
        .where(import_batch.c.id == batch_id)
        .values(state="done", totals=dict(totals))
    )


def every(conn: Connection, network_id: int) -> Sequence[Any]:
    """The batches of a network, newest first."""
    return conn.execute(
        select(import_batch)
        .where(import_batch.c.network_id == network_id)
        .order_by(import_batch.c.id.desc())
    ).all()
