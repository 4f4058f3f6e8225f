"""Imports: one row per file brought in, so that it can be shown and undone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    Index,
    UniqueConstraint,
    insert,
    select,
    update,
)
from sqlmodel import Field

from app.store.schema import Row, big, link, new_id, table_of


class ImportBatch(Row, table=True):
    """One file of contacts.

    `draft` while its rows are judged and looked at; `keeping` while they are taken over, which
    the next start completes; then `done`, and `undone` when it was taken back.
    """

    __tablename__ = "import_batch"

    id: int = new_id()
    network_id: int = link("network.id", index=True)
    file_name: str = Field(max_length=200)
    sheet: str = Field(default="", max_length=80)
    basis: str = Field(default="", max_length=200)
    by: str = Field(default="", max_length=80)
    columns: dict[str, str] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    """What each column of the file was taken for."""
    totals: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    state: str = Field(default="draft", max_length=12)
    touched_us: int = big()
    """The database's clock when a process last worked on it."""
    at: datetime
    undone_by: str = Field(default="", max_length=80)
    undone_at: datetime | None = None


class ImportRow(Row, table=True):
    """One row of a file with its verdict, kept until the list is kept, dropped or undone."""

    __tablename__ = "import_row"
    __table_args__ = (
        Index("ix_import_row_line", "batch_id", "line", unique=True),
        Index("ix_import_row_verdict", "batch_id", "verdict", "line"),
    )

    id: int = new_id()
    batch_id: int = link("import_batch.id")
    line: int
    """Its number in the file, as a spreadsheet shows it."""
    cells: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """The cells by our names of columns."""
    verdict: str = Field(max_length=8)
    """`added`, `changed`, `same` or `held`."""
    reason: str = Field(default="", max_length=400)
    cure: str = Field(default="", max_length=400)
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    """Whom of the directory it was found to be."""
    decision: str = Field(default="", max_length=8)
    """What a person decided about a doubtful row: `same`, `new` or `skip`."""
    is_taken: bool = False
    """Already taken over, while the batch is being kept."""


class ImportChange(Row, table=True):
    """One row of the directory that an import made or changed, so that it can be taken back."""

    __tablename__ = "import_change"
    __table_args__ = (Index("ix_import_change_batch", "batch_id", "id"),)

    id: int = new_id()
    batch_id: int = link("import_batch.id")
    table_name: str = Field(max_length=20)
    key: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """The primary key of the row."""
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """The columns that were changed, as they were; empty for a row that the import made."""
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON)


class ColumnMemory(Row, table=True):
    """What a keeper said the columns of lists with these headings are."""

    __tablename__ = "column_memory"
    __table_args__ = (UniqueConstraint("network_id", "headings_hash"),)

    id: int = new_id()
    network_id: int = link("network.id")
    headings_hash: str = Field(max_length=64)
    """SHA-256 of the headings, in small letters and in their order."""
    columns: dict[str, str] = Field(default_factory=dict, sa_type=JSON)


import_batch = table_of(ImportBatch)
import_row = table_of(ImportRow)
import_change = table_of(ImportChange)
column_memory = table_of(ColumnMemory)


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
