"""Set-based statements that both databases take: insert what is new, many rows as one value."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Subquery,
    Table,
    Text,
    bindparam,
    cast,
    column,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

Insert = postgresql.Insert | sqlite.Insert


def insert_into(dialect: str, table: Table) -> Insert:
    """An INSERT that knows ON CONFLICT in this database's dialect."""
    if dialect == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def insert_new(conn: Connection, table: Table, key: Sequence[str]) -> Insert:
    """An INSERT that leaves rows alone whose `key` is there already."""
    return insert_into(conn.dialect.name, table).on_conflict_do_nothing(index_elements=list(key))


def rows_value(rows: Sequence[Mapping[str, Any]]) -> str:
    """Many rows as the one value that `rows_from` reads back."""
    return json.dumps(list(rows), separators=(",", ":"))


def rows_from(dialect: str, parameter: str, columns: Mapping[str, TypeEngine[Any]]) -> Subquery:
    """The rows in the bound JSON value `parameter`, as a table with these columns.

    One parameter of any length keeps the statement's text the same, so that it is compiled
    once; a VALUES list would be compiled anew for each length. `dialect` is its name.
    """
    value = bindparam(parameter, type_=Text)
    if dialect == "postgresql":
        records = func.jsonb_to_recordset(cast(value, postgresql.JSONB)).table_valued(
            *(column(key, kind) for key, kind in columns.items())
        )
        return select(*records.render_derived(with_types=True).c).subquery(parameter + "_rows")
    each = func.json_each(value).table_valued("value")
    picked = (
        func.json_extract(each.c.value, f"$.{key}", type_=kind).label(key)
        for key, kind in columns.items()
    )
    return select(*picked).subquery(parameter + "_rows")


class _each(FunctionElement[int]):
    """The numbers of a JSON list as a subquery: one parameter, whatever its length."""

    type = BigInteger()
    inherit_cache = True
    name = "each_number"


@compiles(_each, "sqlite")
def _sqlite_each(element: _each, compiler: SQLCompiler, **kw: Any) -> str:
    listed = compiler.process(element.clauses, **kw)
    return f"(SELECT value FROM json_each({listed}))"  # noqa: S608 -- a compiled parameter


@compiles(_each, "postgresql")
def _postgresql_each(element: _each, compiler: SQLCompiler, **kw: Any) -> str:
    listed = compiler.process(element.clauses, **kw)
    each = f"json_array_elements_text(CAST({listed} AS JSON))"
    return f"(SELECT CAST(value AS BIGINT) FROM {each})"  # noqa: S608 -- a compiled parameter


def is_one_of(one: ColumnElement[int], ids: Sequence[int]) -> ColumnElement[bool]:
    """Whether this is one of so many numbers; never NULL where `one` is not."""
    listed: ColumnElement[bool] = one.op("IN", is_comparison=True)(
        _each(bindparam(None, json.dumps(list(ids)), type_=Text))
    )
    return listed
