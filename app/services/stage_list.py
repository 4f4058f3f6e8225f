"""Read a list and judge every row of it, without changing anything of the directory."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any

from app.domain.errors import Refusal
from app.services import _list_layout
from app.services._directory import Directory
from app.services._list_layout import Watched
from app.services._rule_rows import rule, verdict_of
from app.services._rulings import Ruling
from app.services.guess_columns import Layout, lines
from app.services.judge_rows import Judge
from app.services.read_table import Book, Line, Note, Sheet, open_book
from app.store import import_rows, imports, networks
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

STAGED_AT_ONCE = 250
"""Rows judged and stored in one go: well under 100 ms on SQLite."""
MOST_NOTES = 60
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ContactFile:
    """A file as it was handed over. Without a basis its people come in without consent.

    `columns` says what a column is by its heading (our name -> heading), where guessing is not
    enough; `makes_units` lets units that are not there yet be made.
    """

    content: bytes
    name: str
    by: str
    basis: str = ""
    network: str = ""
    is_dry_run: bool = False
    sheet: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    makes_units: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A sheet that could be read: what its columns are and about how many rows it has."""

    sheet: Sheet
    layout: Layout
    notes: tuple[Note, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows it may have, which empty ones make fewer."""
        return max(self.sheet.height - self.layout.header_line, 0)


@dataclass(frozen=True, slots=True)
class Begun:
    """A list whose file could be read and whose rows wait to be judged."""

    batch_id: int
    rows: int
    network_id: int = 0
    readings: tuple[tuple[int, Reading], ...] = ()
    """Each sheet with the id of its batch."""
    makes_units: bool = False


async def stage_list(
    database: Database, file: ContactFile, *, now: datetime, progress: Progress | None = None
) -> int:
    """Read a file and judge its rows; gives the id of the draft. Every sheet gets its own draft.

    `progress` is told (rows judged, rows). Raises Refusal for a file that is no table.
    """
    begun = await begin_list(database, file, now=now)
    await judge_list(database, begun, now=now, progress=progress)
    return begun.batch_id


async def begin_list(database: Database, file: ContactFile, *, now: datetime) -> Begun:
    """The first half of `stage_list`, for a page that shows how far it is: state `reading`.

    `await judge_list(database, begun, now=now)` (in a task of its own) is the other half.
    """
    network = await database.read(networks.named, file.network)
    readings = await asyncio.to_thread(_every_sheet, file)
    readings = [await database.read(remembered_reading, network.id, one, file) for one in readings]
    begun = [(await database.write(add_batch, file, network, one, now), one) for one in readings]
    first_id, first = begun[0]
    return Begun(first_id, first.rows, network.id, tuple(begun), file.makes_units)


async def judge_list(
    database: Database, begun: Begun, *, now: datetime, progress: Progress | None = None
) -> None:
    """Judge the rows of a list that was begun; afterwards it is a draft."""
    del now
    for batch_id, reading in begun.readings:
        staging = Staging(batch_id, begun.network_id, begun.makes_units, keeps_raw=True)
        await judge_rows(database, reading, staging, progress)
        await database.write(_finish, batch_id)


@dataclass(frozen=True, slots=True)
class Staging:
    """Which batch the rows go to; None where they are only looked at."""

    batch_id: int | None
    network_id: int
    makes_units: bool
    keeps_raw: bool = False
    judges: bool = True
    """Whether the rows are judged now, and not only as they are taken over."""


def open_reading(file: ContactFile) -> Reading:
    """The sheet that is meant, or that looks like a list of people; raises Refusal."""
    book = open_book(file.content, file.name)
    return _reading(book, book.sheet(file.sheet), file)


def _reading(book: Book, sheet: Sheet, file: ContactFile) -> Reading:
    layout = _list_layout.layout_of(sheet, file.columns)
    return Reading(sheet, layout, (*book.notes, *layout.notes)[:MOST_NOTES])


def _every_sheet(file: ContactFile) -> list[Reading]:
    """The sheet that is meant first, then the others that are lists too."""
    book = open_book(file.content, file.name)
    meant = book.sheet(file.sheet)
    found = [_reading(book, meant, file)]
    for sheet in book.sheets:
        if sheet is not meant and sheet.height and not file.sheet:
            try:
                found.append(_reading(book, sheet, replace(file, columns={})))
            except Refusal:
                continue
    return found


def remembered_reading(
    conn: Connection, network_id: int, reading: Reading, file: ContactFile
) -> Reading:
    """The reading with what a keeper said of such lists, unless this file says it itself."""
    if file.columns:
        return reading
    layout = _list_layout.remembered(conn, network_id, reading.layout)
    return replace(reading, layout=layout)


def add_batch(
    conn: Connection, file: ContactFile, network: NetworkInfo, reading: Reading, now: datetime
) -> int:
    """Store a list that is read from now on."""
    return imports.add(
        conn,
        {
            "network_id": network.id,
            "file_name": file.name[:200],
            "sheet": reading.sheet.name[:80],
            "basis": file.basis[:200],
            "by": file.by,
            "layout": _list_layout.stored(reading.layout, reading.notes),
            "totals": {},
            "state": "reading",
            "rows": reading.rows,
            "makes_units": file.makes_units,
            "at": now,
        },
    )


def _finish(conn: Connection, batch_id: int) -> None:
    totals = import_rows.totals(conn, batch_id)
    rows = sum(totals.values())
    imports.change(conn, batch_id, state="draft", totals=dict(totals), rows=rows, done=rows)


async def judge_rows(
    database: Database, reading: Reading, staging: Staging, progress: Progress | None = None
) -> list[Ruling]:
    """Judge the rows of a sheet and store them, or give the rulings where nothing is stored."""
    left_out: list[Note] = []
    rows = _rows(reading, left_out, keeps_raw=staging.keeps_raw)
    judge = Judge(await database.read(_directory, staging))
    rulings: list[Ruling] = []
    store = await _Store.open(database, staging)
    done = 0
    take = _judge_chunk if staging.judges else _read_chunk
    while chunk := await database.read(take, judge, rows):
        done += len(chunk)
        if store is None:
            rulings += (ruling for _, _, ruling in chunk)
        else:
            await store.put(chunk, done)
        if progress is not None:
            progress(done, max(reading.rows, done))
    if store is not None and left_out:
        notes = (*reading.notes, *left_out)[:MOST_NOTES]
        await store.keep(_list_layout.stored(reading.layout, notes))
    return rulings


Judged = tuple[Line, list[str], Ruling]


class _Store:
    """Stores judged rows as long as the list is ours."""

    def __init__(self, database: Database, batch_id: int, mark: int) -> None:
        self._database, self._batch_id, self._mark = database, batch_id, mark

    @classmethod
    async def open(cls, database: Database, staging: Staging) -> "_Store | None":
        """None where nothing is to be stored."""
        if staging.batch_id is None:
            return None
        batch = await database.read(imports.held, staging.batch_id)
        return cls(database, staging.batch_id, batch.touched_us)

    async def put(self, chunk: Sequence[Judged], done: int) -> None:
        mark = await self._database.write(_store_chunk, self._batch_id, chunk, self._mark, done)
        if mark is None:
            raise Refusal("not_found", "This list is not there any more.")
        self._mark = mark

    async def keep(self, layout: Mapping[str, Any]) -> None:
        await self._database.write(_keep_layout, self._batch_id, layout)


def _keep_layout(conn: Connection, batch_id: int, layout: Mapping[str, Any]) -> None:
    imports.change(conn, batch_id, layout=dict(layout))


def _directory(conn: Connection, staging: Staging) -> Directory:
    return Directory(conn, staging.network_id, makes_units=staging.makes_units)


def _rows(
    reading: Reading, left_out: list[Note], *, keeps_raw: bool
) -> Iterator[tuple[Line, list[str]]]:
    """The rows of a sheet, with their cells as they stand in the file where these are kept."""
    watched = Watched(reading.sheet)
    for line in lines(watched.sheet, reading.layout, left_out):
        yield line, _list_layout.scrubbed(watched.row, reading.layout) if keeps_raw else []


def _judge_chunk(
    conn: Connection, judge: Judge, rows: Iterator[tuple[Line, list[str]]]
) -> list[Judged]:
    """The next rows with their rulings; none at the end."""
    chunk = list(islice(rows, STAGED_AT_ONCE))
    rulings = rule(conn, judge, [(line.number, line.cells, "", None) for line, _ in chunk])
    for ruling in rulings:
        ruling.acts = []
    return [(line, raw, ruling) for (line, raw), ruling in zip(chunk, rulings, strict=True)]


def _read_chunk(
    _conn: Connection, _judge: Judge, rows: Iterator[tuple[Line, list[str]]]
) -> list[Judged]:
    """The next rows as they are; none at the end."""
    return [(line, raw, Ruling(line.number, "")) for line, raw in islice(rows, STAGED_AT_ONCE)]


def _store_chunk(
    conn: Connection, batch_id: int, chunk: Sequence[Judged], mark: int, done: int
) -> int | None:
    following = imports.touch(conn, batch_id, mark, done)
    if following is None:
        return None
    rows = [
        {
            "batch_id": batch_id,
            "line": line.number,
            "raw": raw,
            "cells": line.cells,
            **verdict_of(ruling),
        }
        for line, raw, ruling in chunk
    ]
    import_rows.add(conn, rows)
    return following
