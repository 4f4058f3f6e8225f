"""Show lists that were brought in: drafts with what stands in the way, and those kept or undone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.services import _list_layout
from app.services._told import Told, said
from app.services.list_errors import list_errors as error_file
from app.services.read_table import Note
from app.store import import_rows, imports, known_people
from app.store.database import Connection, Database

PAGE = 50
"""Rows shown at a time."""
FIRST_CELLS = 3
READY = ("added", "changed", "same")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its heading, what it is taken for, and its first filled cells.

    `taken_for` is one of guess_columns' names, "" when it is not read, `never` when never kept.
    """

    at: int
    heading: str
    taken_for: str
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row with its verdict; `cells` by our names of columns.

    `verdict` is `added`, `changed`, `same` or `held`; `decision` "" or `same`, `new`, `skip`.
    `choices` are the decisions that this row can take; `person_id` and `person_name` are whom of
    the directory it was found to be, or might be.
    """

    line: int
    verdict: str
    reason: str
    cure: str
    cells: Mapping[str, str]
    decision: str = ""
    choices: tuple[str, ...] = ()
    person_id: int | None = None
    person_name: str = ""
    told: tuple[Sequence[Told], Sequence[Told]] = ((), ())
    """Reason and cure as templates with their values."""

    def said(self, translate: Callable[[str], str]) -> tuple[str, str]:
        """Reason and cure in another language."""
        return said(self.told[0], translate), said(self.told[1], translate)


@dataclass(frozen=True, slots=True)
class SheetShown:
    """Another sheet of the same file, which was read as a draft of its own."""

    name: str
    batch_id: int
    rows: int


@dataclass(frozen=True, slots=True)
class ListShown:
    """One list as a line of the lists, newest first.

    `state` is `reading`, `draft`, `keeping`, `done`, `undoing` or `undone`; while it is worked
    on, `done` of `rows` rows are through. `is_undoable`: it is the newest that was kept.
    """

    id: int
    file_name: str
    sheet: str
    by: str
    at: datetime
    state: str
    rows: int
    done: int
    totals: Mapping[str, int]
    basis: str = ""
    is_undoable: bool = False
    undone_by: str = ""
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DraftShown:
    """A list with everything that the wizard shows."""

    list: ListShown
    columns: tuple[Column, ...]
    sheets: tuple[SheetShown, ...]
    notes: tuple[Note, ...]
    """What was guessed and what is not read; `note.said(gettext)` gives the sentence."""
    held: tuple[RowShown, ...]
    ready: tuple[RowShown, ...]
    """One page of the others: after the line `after`, PAGE at most."""
    next_after: int | None
    next_held_after: int | None
    units_to_make: tuple[str, ...]
    """Names of units that the list names and the directory does not know."""
    makes_units: bool
    without_basis: int
    """Rows with a new number that name no basis: without one of the list's they have no consent."""
    welcome: int
    """Rows with a number that would come in new: whom a welcome text could reach."""


async def list_imports(database: Database, network_id: int) -> Sequence[ListShown]:
    """The lists of a network, newest first."""
    return await database.read(_lists, network_id)


def _lists(conn: Connection, network_id: int) -> Sequence[ListShown]:
    newest = imports.newest_kept(conn, network_id)
    return [_shown(row, newest) for row in imports.every(conn, network_id)]


async def show_import(database: Database, network_id: int, batch_id: int) -> ListShown:
    """One list; raises Refusal `not_found` for another network's."""
    return await database.read(_show_one, network_id, batch_id)


def _show_one(conn: Connection, network_id: int, batch_id: int) -> ListShown:
    batch = batch_of(conn, network_id, batch_id)
    return _shown(batch, imports.newest_kept(conn, network_id))


def batch_of(conn: Connection, network_id: int, batch_id: int) -> Any:
    """A list of this network; raises Refusal."""
    batch = imports.get(conn, network_id, batch_id)
    if batch is None:
        raise Refusal("not_found", "There is no such list in this network.")
    return batch


def _shown(row: Any, newest: Any | None) -> ListShown:
    return ListShown(
        id=row.id,
        file_name=row.file_name,
        sheet=row.sheet,
        by=row.by,
        at=row.at,
        state=row.state,
        rows=row.rows,
        done=row.done,
        totals=row.totals,
        basis=row.basis,
        is_undoable=row.state == "done" and newest is not None and newest.id == row.id,
        undone_by=row.undone_by,
        undone_at=row.undone_at,
    )


async def show_draft(
    database: Database, network_id: int, batch_id: int, *, after: int = 0, held_after: int = 0
) -> DraftShown:
    """Everything that the wizard shows of a list; raises Refusal `not_found`."""
    return await database.read(_draft, network_id, batch_id, after, held_after)


def _draft(
    conn: Connection, network_id: int, batch_id: int, after: int, held_after: int
) -> DraftShown:
    batch = batch_of(conn, network_id, batch_id)
    layout = _list_layout.read(batch.layout)
    held = import_rows.after(conn, batch_id, held_after, PAGE + 1, verdicts=("held",))
    ready = import_rows.after(conn, batch_id, after, PAGE + 1, verdicts=READY)
    reach = _reach(conn, batch)
    return DraftShown(
        list=_shown(batch, imports.newest_kept(conn, network_id)),
        columns=_columns(conn, batch_id, layout),
        sheets=_sheets(conn, batch),
        notes=layout.notes,
        held=tuple(rows_shown(conn, network_id, held[:PAGE])),
        ready=tuple(rows_shown(conn, network_id, ready[:PAGE])),
        next_after=ready[PAGE - 1].line if len(ready) > PAGE else None,
        next_held_after=held[PAGE - 1].line if len(held) > PAGE else None,
        units_to_make=reach.units,
        makes_units=batch.makes_units,
        without_basis=reach.without_basis,
        welcome=reach.numbers,
    )


def _columns(conn: Connection, batch_id: int, layout: _list_layout.Layout) -> tuple[Column, ...]:
    rows = import_rows.raw_after(conn, batch_id, 0, 5 * FIRST_CELLS)
    shown = []
    for at, (heading, name) in enumerate(zip(layout.headings, layout.columns, strict=False)):
        filled = [row.raw[at] for row in rows if at < len(row.raw) and row.raw[at].strip()]
        shown.append(Column(at, heading, name, tuple(filled[:FIRST_CELLS])))
    return tuple(shown)


def _sheets(conn: Connection, batch: Any) -> tuple[SheetShown, ...]:
    """The drafts of the same upload, this one among them; none where it is the only one."""
    alike = [
        row
        for row in imports.every(conn, batch.network_id)
        if (row.file_name, row.by, row.at, row.state)
        == (batch.file_name, batch.by, batch.at, "draft")
    ]
    shown = tuple(SheetShown(row.sheet, row.id, row.rows) for row in reversed(alike))
    return shown if len(shown) > 1 else ()


@dataclass(frozen=True, slots=True)
class _Reach:
    units: tuple[str, ...]
    numbers: int
    without_basis: int


def _reach(conn: Connection, batch: Any) -> _Reach:
    known = {row.name_key for row in known_people.all_units(conn, batch.network_id)}
    return _Reach(*import_rows.reach(conn, batch.id, known))


def rows_shown(conn: Connection, network_id: int, rows: Sequence[Any]) -> list[RowShown]:
    """Rows as they are shown, with the names of the people whom they mean."""
    ids = {row.person_id for row in rows if row.person_id}
    names = {row.id: row.name for row in known_people.by_ids(conn, network_id, ids)}
    return [
        RowShown(
            line=row.line,
            verdict=row.verdict,
            reason=said(row.reason),
            cure=said(row.cure),
            cells=row.cells,
            decision=row.decision,
            choices=tuple(row.choices.split()),
            person_id=row.person_id,
            person_name=names.get(row.person_id, ""),
            told=(row.reason, row.cure),
        )
        for row in rows
    ]


async def show_rows(  # noqa: PLR0913 -- whose list, and which page of which rows
    database: Database,
    network_id: int,
    batch_id: int,
    *,
    verdict: str = "",
    after: int = 0,
    limit: int = PAGE,
) -> Sequence[RowShown]:
    """Rows of a list after that line, of one verdict where one is named."""
    return await database.read(_rows, network_id, batch_id, (verdict, after, limit))


def _rows(
    conn: Connection, network_id: int, batch_id: int, page: tuple[str, int, int]
) -> Sequence[RowShown]:
    batch_of(conn, network_id, batch_id)
    verdict, after, limit = page
    verdicts = (verdict,) if verdict else ()
    rows = import_rows.after(conn, batch_id, after, limit, verdicts=verdicts)
    return rows_shown(conn, network_id, rows)


__all__ = ["DraftShown", "error_file", "list_imports", "show_draft", "show_import", "show_rows"]
