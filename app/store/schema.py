"""What all tables share: names of constraints, id and time types, the databases' own clock."""

from typing import Any, ClassVar, cast

from sqlalchemy import BigInteger, ColumnElement, Integer, MetaData, Table, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Field, SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

UTC_TIME = UTCDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


BIG_ID: Any = BigInteger().with_variant(Integer(), "sqlite")
"""BIGINT, except on SQLite, where only INTEGER grows by itself."""


class Row(SQLModel):
    """The parent of every table."""

    metadata: ClassVar[MetaData] = metadata


def new_id() -> Any:
    """A primary key that the database fills."""
    return Field(default=None, primary_key=True, sa_type=BIG_ID)


def link(target: str, *, index: bool = False, primary_key: bool = False) -> Any:
    """A foreign key to `target` ("table.column") that must be given."""
    return Field(foreign_key=target, sa_type=BIG_ID, index=index, primary_key=primary_key)


def maybe_link(target: str, *, index: bool = False) -> Any:
    """A foreign key to `target` that may be empty."""
    return Field(default=None, foreign_key=target, sa_type=BIG_ID, index=index, nullable=True)


def loose_link(target: str, *, index: bool = False) -> Any:
    """The same, emptied when the row that it points to goes."""
    return Field(
        default=None,
        foreign_key=target,
        sa_type=BIG_ID,
        index=index,
        nullable=True,
        ondelete="SET NULL",
    )


def big(default: int = 0) -> Any:
    """A 64-bit number: micro-units of money, microseconds."""
    return Field(
        default=default, sa_type=BigInteger, sa_column_kwargs={"server_default": str(default)}
    )


def table_of(model: type[SQLModel]) -> Table:
    """The plain table behind a model, for set-based statements."""
    return cast("Table", model.__dict__["__table__"])


def maybe_big() -> Any:
    """A 64-bit number that may be empty."""
    return Field(default=None, sa_type=BigInteger, nullable=True)


class db_now_us(FunctionElement[int]):
    """The database's clock in microseconds since 1970: the one clock of leases and pacing."""

    type = BigInteger()
    inherit_cache = True
    name = "db_now_us"


@compiles(db_now_us, "sqlite")
def _sqlite_now(_element: db_now_us, _compiler: SQLCompiler, **_kw: Any) -> str:
    # SQLite 3.40 knows no sub-second unixepoch(); julianday carries milliseconds.
    return "CAST(round((julianday('now') - 2440587.5) * 86400000) * 1000 AS INTEGER)"


@compiles(db_now_us, "postgresql")
def _postgresql_now(_element: db_now_us, _compiler: SQLCompiler, **_kw: Any) -> str:
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"


class unindexed(FunctionElement[Any]):
    """A column, said so that SQLite chooses no index for it; another database chooses well."""

    inherit_cache = True
    name = "unindexed"


@compiles(unindexed)
def _plain(element: unindexed, compiler: SQLCompiler, **kw: Any) -> str:
    return compiler.process(element.clauses, **kw)


@compiles(unindexed, "sqlite")
def _unary_plus(element: unindexed, compiler: SQLCompiler, **kw: Any) -> str:
    # Documented in SQLite's query planner: a unary + keeps a term away from every index.
    return "+" + compiler.process(element.clauses, **kw)


def number(value: int) -> ColumnElement[int]:
    """A number from outside, to be compared: one too large for a column is simply not there.

    PostgreSQL would refuse to read it as the column's own narrower kind.
    """
    return literal(value, BigInteger)


def of_network(table: Table, network_id: int) -> ColumnElement[bool]:
    """Whether a row is this network's.

    SQLite would take the index on the network, which all rows of an office share, before a
    partial one that holds just those asked for, and before walking the newest rows by id.
    """
    return unindexed(table.c.network_id) == network_id


__all__ = [
    "UTC_TIME",
    "Row",
    "big",
    "db_now_us",
    "link",
    "loose_link",
    "maybe_big",
    "maybe_link",
    "metadata",
    "new_id",
    "number",
    "of_network",
    "table_of",
    "unindexed",
]
