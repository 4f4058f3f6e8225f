"""Correct a draft before it is kept: its columns, a cell of a row, what a doubtful row means."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.storable import storable
from app.services import _list_layout
from app.services._directory import Directory
from app.services._list_layout import Layout, check_column
from app.services._rule_rows import RowSaid, rule, verdict_of
from app.services._rulings import SKIP
from app.services.guess_columns import lines
from app.services.judge_rows import Judge
from app.services.show_import import RowShown, batch_of, rows_shown
from app.services.stage_list import STAGED_AT_ONCE
from app.store import import_rows, imports
from app.store.database import Connection, Database

_SECTIONS = ("lso", "vo", "co")
DECISIONS = ("", "same", "new", SKIP)
MOST_LETTERS = 2_000


async def change_columns(
    database: Database, network_id: int, batch_id: int, columns: Mapping[int, str], *, now: datetime
) -> None:
    """Say what columns are (place from 0 -> our name, "" for not read); all rows are judged anew.

    What was said is remembered for the next list with these headings.
    """
    del now
    layout = await database.write(_change_layout, network_id, batch_id, columns)
    cells = await database.read(_read_anew, batch_id, layout)
    await _judge_anew(database, network_id, batch_id, cells)


def _change_layout(
    conn: Connection, network_id: int, batch_id: int, columns: Mapping[int, str]
) -> Layout:
    batch = draft_of(conn, network_id, batch_id)
    old = _list_layout.read(batch.layout)
    layout = _list_layout.with_columns(old, columns)
    imports.remember(
        conn, network_id, _list_layout.headings_hash(layout), dict(enumerate(layout.columns))
    )
    imports.change(conn, batch_id, layout=_list_layout.stored(layout, old.notes))
    return layout


def draft_of(conn: Connection, network_id: int, batch_id: int) -> Any:
    """A list of this network that is not kept yet; raises Refusal."""
    batch = batch_of(conn, network_id, batch_id)
    if batch.state != "draft":
        raise Refusal("taken", "This list is no draft any more: it cannot be corrected.")
    return batch


def _read_anew(conn: Connection, batch_id: int, layout: Layout) -> dict[int, dict[str, str]]:
    """The cells of all rows under another layout; what a row above said of units stays said."""
    shown = replace(layout, header_line=0)
    sheet = _list_layout.rows_as_sheet("", lambda: _raw(conn, batch_id))
    found = {line.number: line.cells for line in lines(sheet, shown)}
    at = 0
    while rows := import_rows.after(conn, batch_id, at, 1_000):
        for row in rows:
            cells = found.setdefault(row.line, {})
            for tier in _SECTIONS:
                if tier in row.cells and tier not in layout.columns:
                    cells.setdefault(tier, row.cells[tier])
        at = rows[-1].line
    return found


def _raw(conn: Connection, batch_id: int) -> Iterator[tuple[int, Sequence[str]]]:
    at = 0
    while rows := import_rows.raw_after(conn, batch_id, at, 1_000):
        yield from ((row.line, row.raw) for row in rows)
        at = rows[-1].line


async def change_units_allowed(
    database: Database, network_id: int, batch_id: int, *, makes_units: bool, now: datetime
) -> None:
    """Say whether units that are not there yet may be made; all rows are judged anew."""
    del now
    await database.write(_allow_units, network_id, batch_id, makes_units)
    await _judge_anew(database, network_id, batch_id, {})


def _allow_units(conn: Connection, network_id: int, batch_id: int, makes_units: bool) -> None:
    draft_of(conn, network_id, batch_id)
    imports.change(conn, batch_id, makes_units=makes_units)


async def _judge_anew(
    database: Database, network_id: int, batch_id: int, cells: Mapping[int, dict[str, str]]
) -> None:
    """Judge all rows again, in their order, with other cells where there are some."""
    judge = await database.read(_judge_of, network_id, batch_id)
    line: int | None = 0
    while line is not None:
        line = await database.write(_judge_some, batch_id, judge, cells, line)
    await database.write(_count, batch_id)


def _judge_of(conn: Connection, network_id: int, batch_id: int) -> Judge:
    batch = draft_of(conn, network_id, batch_id)
    return Judge(Directory(conn, network_id, makes_units=batch.makes_units))


def _judge_some(
    conn: Connection, batch_id: int, judge: Judge, cells: Mapping[int, dict[str, str]], line: int
) -> int | None:
    rows = import_rows.after(conn, batch_id, line, STAGED_AT_ONCE)
    _rule(conn, batch_id, judge, rows, cells)
    return rows[-1].line if rows else None


def _rule(
    conn: Connection,
    batch_id: int,
    judge: Judge,
    rows: Sequence[Any],
    cells: Mapping[int, dict[str, str]],
) -> None:
    said: list[RowSaid] = [
        (row.line, cells.get(row.line, row.cells), row.decision, row.person_id) for row in rows
    ]
    rulings = rule(conn, judge, said)
    changed = [
        {"line": line, "cells": dict(now), **verdict_of(ruling)}
        for (line, now, _, _), ruling in zip(said, rulings, strict=True)
    ]
    for row, one in zip(rows, changed, strict=True):
        # Whom a decision was about is known as long as the decision stands.
        if row.decision:
            one["person_id"] = one["person_id"] or row.person_id
            one["choices"] = one["choices"] or row.choices
    import_rows.judge(conn, batch_id, changed)


def _count(conn: Connection, batch_id: int) -> None:
    imports.change(conn, batch_id, totals=dict(import_rows.totals(conn, batch_id)))


async def correct_row(  # noqa: PLR0913 -- which row of whose list, and its new words
    database: Database,
    network_id: int,
    batch_id: int,
    line: int,
    cells: Mapping[str, str],
    *,
    now: datetime,
) -> RowShown:
    """Write other words into cells of a row (by our names) and judge it anew."""
    del now
    for name in cells:
        check_column(name)
    plain = {name: storable(cell).strip()[:MOST_LETTERS] for name, cell in cells.items()}
    return await database.write(_correct, network_id, (batch_id, line), plain, None)


async def decide_row(  # noqa: PLR0913 -- which row of whose list, and what it means
    database: Database, network_id: int, batch_id: int, line: int, decision: str, *, now: datetime
) -> RowShown:
    """Say what a doubtful row means: `same` (it is she), `new` (another person), `skip`, ""."""
    del now
    return await database.write(_correct, network_id, (batch_id, line), {}, decision)


def _correct(
    conn: Connection,
    network_id: int,
    at: tuple[int, int],
    cells: Mapping[str, str],
    decision: str | None,
) -> RowShown:
    batch_id, line = at
    batch = draft_of(conn, network_id, batch_id)
    row = import_rows.one(conn, batch_id, line)
    if row is None:
        raise Refusal("not_found", "There is no row {line} in this list.", line=line)
    if decision is not None:
        _check_decision(row, decision)
        import_rows.decide(conn, batch_id, line, decision)
        row = import_rows.one(conn, batch_id, line) or row
    judge = Judge(Directory(conn, network_id, makes_units=batch.makes_units))
    _learn_rows_above(conn, judge, batch_id, row)
    words = {name: cell for name, cell in {**row.cells, **cells}.items() if cell}
    _rule(conn, batch_id, judge, [row], {line: words})
    _count(conn, batch_id)
    return rows_shown(conn, network_id, [import_rows.one(conn, batch_id, line)])[0]


def _check_decision(row: Any, decision: str) -> None:
    """Raise Refusal for what cannot be decided about this row."""
    if decision not in DECISIONS:
        raise Refusal("decision", "Decide: same, new or skip.")
    choices = row.choices.split()
    if decision in ("same", "new") and decision not in choices and decision != row.decision:
        raise Refusal("decision", "This cannot be decided about row {line}.", line=row.line)


def _learn_rows_above(conn: Connection, judge: Judge, batch_id: int, row: Any) -> None:
    """Let the judge know those rows above that this one may mean: by name or by number."""
    phone, name = row.cells.get("phone", ""), row.cells.get("name", "")
    above = import_rows.alike(conn, batch_id, row.line, phone, name)
    said: list[RowSaid] = [(one.line, one.cells, one.decision, one.person_id) for one in above]
    if said:
        rule(conn, judge, said)
