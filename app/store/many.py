"""Many rows at once where a list of a hundred thousand comes in: as little work a row as can be.

The library prepares every parameter of every row; here a statement is prepared once a table, and
a list of values is one parameter, so that its text stays the same whatever the length.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Dialect,
    Table,
    Text,
    Update,
    any_,
    bindparam,
    column,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.dml import UpdateBase

Processor = Callable[[Any], Any] | None


class _Prepared:
    """A statement in the words of the driver, with what each of its places needs."""

    def __init__(self, statement: UpdateBase, names: Sequence[str], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=list(names))
        self.words = str(compiled)
        self.is_positional = bool(compiled.positional)
        order = compiled.positiontup if compiled.positiontup is not None else list(compiled.binds)
        given = {name: compiled.binds[name] for name in order}
        # What the statement says itself is made ready once.
        self._constants = {
            name: _ready(bind.value, _processor(bind.type, dialect))
            for name, bind in given.items()
            if name not in names
        }
        self._names = list(given)
        self._processors = [
            (name, process)
            for name, bind in given.items()
            if name not in self._constants and (process := _processor(bind.type, dialect))
        ]

    def values(self, row: Mapping[str, Any]) -> Any:
        """The values of one row as the driver takes them."""
        whole = {**row, **self._constants}
        for name, process in self._processors:
            whole[name] = process(whole[name])
        if self.is_positional:
            return tuple(map(whole.__getitem__, self._names))
        return {name: whole[name] for name in self._names}


def _ready(value: Any, process: Processor) -> Any:
    return value if process is None else process(value)


def _processor(kind: Any, dialect: Dialect) -> Processor:
    found: Processor = kind.dialect_impl(dialect).bind_processor(dialect)
    return found


_inserts: dict[tuple[str, str], _Prepared] = {}
_updates: dict[tuple[int, str], _Prepared] = {}


def insert_many(conn: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store rows that name every column of the table, or all the same ones."""
    if not rows:
        return
    names = [one.name for one in table.columns if one.name in rows[0]]
    key = (conn.dialect.name, f"{table.name} {' '.join(names)}")
    prepared = _inserts.get(key)
    if prepared is None:
        prepared = _inserts[key] = _Prepared(insert(table), names, conn.dialect)
    conn.exec_driver_sql(prepared.words, [prepared.values(row) for row in rows])


def update_many(conn: Connection, statement: Update, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run one update, which lives as long as the program, for each of these rows of values."""
    if not rows:
        return
    key = (id(statement), conn.dialect.name)
    prepared = _updates.get(key)
    if prepared is None:
        names = list(rows[0])
        prepared = _updates[key] = _Prepared(statement, names, conn.dialect)
    conn.exec_driver_sql(prepared.words, [prepared.values(row) for row in rows])


def is_among(dialect: str, one: ColumnElement[Any], parameter: str) -> ColumnElement[bool]:
    """Whether this is one of the values in the parameter, which `listed` makes."""
    if dialect == "postgresql":
        kind = BigInteger() if one.type.python_type is int else Text()
        return one == any_(bindparam(parameter, type_=ARRAY(kind)))
    each = func.json_each(bindparam(parameter, type_=Text)).table_valued(column("value", one.type))
    return one.in_(select(each.c.value))


def listed(conn: Connection, values: Collection[Any]) -> Any:
    """Values as the parameter that `is_among` reads."""
    return list(values) if conn.dialect.name == "postgresql" else json.dumps(list(values))
