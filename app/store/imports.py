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
    delete,
    func,
    insert,
    select,
    update,
)
from sqlmodel import Field

from app.store.bulk import insert_into
from app.store.schema import Row, big, db_now_us, link, new_id, table_of

WORKED_ON = ("reading", "keeping", "undoing")
"""The states in which a process is at work on a list."""


class ImportBatch(Row, table=True):
    """One file of contacts, or one sheet of it.

    `reading` while its rows are judged, `draft` while they are looked at; `keeping` while they are
    taken over, which the next start completes; then `done`. `undoing` while it is taken back,
    which the next start completes as well; then `undone`.
    """

    __tablename__ = "import_batch"

    id: int = new_id()
    network_id: int = link("network.id", index=True)
    file_name: str = Field(max_length=200)
    sheet: str = Field(default="", max_length=80)
    basis: str = Field(default="", max_length=200)
    by: str = Field(default="", max_length=80)
    layout: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSON, sa_column_kwargs={"server_default": "{}"}
    )
    """Its headings, what each column was taken for, where the rows begin, what is told of it."""
    totals: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    state: str = Field(default="draft", max_length=12)
    rows: int = 0
    done: int = 0
    """How many of its rows are through, while it is worked on."""
    makes_units: bool = False
    touched_us: int = big()
    """The database's clock when a process last worked on it; also the mark of that process."""
    kept_us: int = big()
    """The database's clock when it was kept: only the newest can be taken back."""
    at: datetime
    undone_by: str = Field(default="", max_length=80)
    undone_at: datetime | None = None


class ImportRow(Row, table=True):
    """One row of a file with its verdict.

    A list that is kept needs the cells of its held rows only; those of the others are emptied.
    """

    __tablename__ = "import_row"
    __table_args__ = (
        Index("ix_import_row_line", "batch_id", "line", unique=True),
        Index("ix_import_row_verdict", "batch_id", "verdict", "line"),
    )

    id: int = new_id()
    batch_id: int = link("import_batch.id")
    line: int
    """Its number in the file, as a spreadsheet shows it."""
    raw: list[str] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"}
    )
    """The cells as they stand in the file, while columns may still be changed; never an identity
    number."""
    cells: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """The cells by our names of columns."""
    verdict: str = Field(default="", max_length=8)
    """`added`, `changed`, `same` or `held`; empty until it is judged."""
    reason: list[Any] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"}
    )
    """Sentences with the values to fill in, so that they can be said in another language."""
    cure: list[Any] = Field(
        default_factory=list, sa_type=JSON, sa_column_kwargs={"server_default": "[]"}
    )
    choices: str = Field(default="", max_length=20)
    """What a person may decide about it, with blanks between."""
    person_id: int | None = Field(default=None, sa_type=BigInteger)
    """Whom of the directory it was found to be, or may be."""
    decision: str = Field(default="", max_length=8)
    """What a person decided about a doubtful row: `same`, `new` or `skip`."""
    is_taken: bool = False
    """Already taken over, while the batch is being kept."""


class ImportChange(Row, table=True):
    """What one chunk of an import made in a table, or one row of the directory that it changed."""

    __tablename__ = "import_change"
    __table_args__ = (Index("ix_import_change_batch", "batch_id", "id"),)

    id: int = new_id()
    batch_id: int = link("import_batch.id")
    table_name: str = Field(max_length=20)
    key: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """`ids`: the primary keys of the rows that were made; or the key of the changed row."""
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """The columns that were changed, as they were; empty for rows that the import made."""
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """The same columns as they became; `seals` of made rows, in the order of their ids."""


class ColumnMemory(Row, table=True):
    """What a keeper said the columns of lists with these headings are."""

    __tablename__ = "column_memory"
    __table_args__ = (UniqueConstraint("network_id", "headings_hash"),)

    id: int = new_id()
    network_id: int = link("network.id")
    headings_hash: str = Field(max_length=64)
    """SHA-256 of the headings, in small letters and in their order."""
    columns: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Our name of each column by its place."""


import_batch = table_of(ImportBatch)
import_row = table_of(ImportRow)
import_change = table_of(ImportChange)
column_memory = table_of(ColumnMemory)


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a batch that is worked on from now on and give its id."""
    statement = insert(import_batch).values(**values, touched_us=db_now_us())
    return int(conn.execute(statement.returning(import_batch.c.id)).scalar_one())


def change(conn: Connection, batch_id: int, **values: Any) -> None:
    """Change facts of a batch."""
    conn.execute(update(import_batch).where(import_batch.c.id == batch_id).values(**values))


def begin(conn: Connection, batch_id: int, states: Sequence[str], **values: Any) -> bool:
    """Take a batch in one of these states in hand; gives False when it is in none of them."""
    done = conn.execute(
        update(import_batch)
        .where(import_batch.c.id == batch_id, import_batch.c.state.in_(states))
        .values(**values, touched_us=db_now_us())
    )
    return done.rowcount == 1


def get(conn: Connection, network_id: int | None, batch_id: int) -> Any | None:
    """A batch; only this network's, where one is named."""
    statement = select(import_batch).where(import_batch.c.id == batch_id)
    if network_id is not None:
        statement = statement.where(import_batch.c.network_id == network_id)
    return conn.execute(statement).one_or_none()


def held(conn: Connection, batch_id: int) -> Any:
    """A batch that is there, of whatever network."""
    return conn.execute(select(import_batch).where(import_batch.c.id == batch_id)).one()


def touch(conn: Connection, batch_id: int, mark: int, done: int) -> int | None:
    """Go on with a batch that we hold by this mark; gives the next mark, None for another's."""
    clock = conn.execute(select(db_now_us())).scalar_one()
    following = max(int(clock), mark + 1)
    changed = conn.execute(
        update(import_batch)
        .where(import_batch.c.id == batch_id, import_batch.c.touched_us == mark)
        .values(touched_us=following, done=done)
    )
    return following if changed.rowcount == 1 else None


def remove(conn: Connection, batch_id: int) -> None:
    """Forget a batch whose rows are gone."""
    conn.execute(delete(import_batch).where(import_batch.c.id == batch_id))


def every(conn: Connection, network_id: int) -> Sequence[Any]:
    """The batches of a network, newest first."""
    return conn.execute(
        select(import_batch)
        .where(import_batch.c.network_id == network_id)
        .order_by(import_batch.c.id.desc())
    ).all()


def unfinished(conn: Connection) -> Sequence[Any]:
    """The batches that a process was at work on when it was last heard of, with `idle_us`."""
    return conn.execute(
        select(import_batch, (db_now_us() - import_batch.c.touched_us).label("idle_us"))
        .where(import_batch.c.state.in_(WORKED_ON))
        .order_by(import_batch.c.id)
    ).all()


def newest_kept(conn: Connection, network_id: int) -> Any | None:
    """The batch of a network that was kept last and not taken back."""
    return conn.execute(
        select(import_batch)
        .where(
            import_batch.c.network_id == network_id,
            import_batch.c.state.in_(("done", "keeping", "undoing")),
        )
        .order_by(import_batch.c.kept_us.desc(), import_batch.c.id.desc())
        .limit(1)
    ).one_or_none()


def kept_now(conn: Connection, network_id: int) -> int:
    """The mark of a list that is kept now: later than that of any other of the network."""
    last = conn.execute(
        select(func.max(import_batch.c.kept_us)).where(import_batch.c.network_id == network_id)
    ).scalar_one()
    clock = conn.execute(select(db_now_us())).scalar_one()
    return max(int(clock), int(last or 0) + 1)


def remembered(conn: Connection, network_id: int, headings_hash: str) -> Mapping[int, str]:
    """What a keeper said of lists with these headings: our name of each column by its place."""
    found = conn.execute(
        select(column_memory.c.columns).where(
            column_memory.c.network_id == network_id,
            column_memory.c.headings_hash == headings_hash,
        )
    ).scalar_one_or_none()
    return {int(at): name for at, name in (found or {}).items()}


def remember(
    conn: Connection, network_id: int, headings_hash: str, columns: Mapping[int, str]
) -> None:
    """Keep what a keeper said of lists with these headings."""
    values = {str(at): name for at, name in columns.items()}
    statement = insert_into(conn.dialect.name, column_memory).values(
        network_id=network_id, headings_hash=headings_hash, columns=values
    )
    conn.execute(
        statement.on_conflict_do_update(
            index_elements=["network_id", "headings_hash"], set_={"columns": values}
        )
    )
