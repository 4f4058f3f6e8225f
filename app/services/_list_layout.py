"""What the columns of a list are: guessed, remembered, or said; and how a draft keeps them."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.domain.contact_headings import columns as known_columns
from app.domain.errors import Phrase, Refusal
from app.services.guess_columns import NEVER, Layout, guess
from app.services.read_table import Line, Note, Sheet
from app.store import imports
from app.store.database import Connection

_identity = re.compile(r"(?<![0-9+])[0-9]{5}[- ]?[0-9]{7}[- ]?[0-9](?![0-9])")
IGNORED = ("what is wrong", "what to do")
"""Columns of our own error file, which comes back corrected."""
MOST_COLUMNS = 200


def layout_of(sheet: Sheet, said: Mapping[str, str]) -> Layout:
    """What the columns of a sheet are; `said` names some by their headings (ours -> heading)."""
    for name in said:
        check_column(name)
    layout = _guessed(sheet.head(), said)
    columns = [
        "" if " ".join(heading.casefold().split()) in IGNORED else column
        for heading, column in zip(_padded(layout), layout.columns, strict=True)
    ]
    for name, heading in said.items():
        at = _place(layout, heading)
        columns = ["" if one == name else one for one in columns]
        if columns[at] == NEVER:
            raise _never(heading)
        columns[at] = name
    return replace(layout, columns=tuple(columns), headings=_padded(layout))


def _padded(layout: Layout) -> tuple[str, ...]:
    missing = len(layout.columns) - len(layout.headings)
    return (*layout.headings, *("",) * missing)[: len(layout.columns)]


def _guessed(head: Sequence[tuple[str, ...]], said: Mapping[str, str]) -> Layout:
    """The layout by headings and contents; headings that a person explains are read as ours."""
    meant = {_plain(heading): name for name, heading in said.items()}
    rows = list(head)
    for at, row in enumerate(rows):
        if meant and meant.keys() <= set(map(_plain, row)):
            explained = tuple(meant.get(_plain(cell), cell) for cell in row)
            layout = guess([*rows[:at], explained, *rows[at + 1 :]])
            headings = [
                row[place] if heading == explained[place] else heading
                for place, heading in enumerate(layout.headings[: len(row)])
            ]
            return replace(layout, headings=(*headings, *layout.headings[len(row) :]))
    return guess(head)


def _place(layout: Layout, heading: str) -> int:
    for at, one in enumerate(layout.headings):
        if _plain(one) == _plain(heading):
            return at
    raise Refusal(
        "no_column",
        "The list has no column '{heading}'. It has: {headings}.",
        heading=heading,
        headings=", ".join(one for one in layout.headings if one),
    )


def _plain(heading: str) -> str:
    return " ".join(heading.casefold().split())


def _never(heading: str) -> Refusal:
    return Refusal(
        "never_kept",
        "The column '{heading}' is never kept: leave it out.",
        heading=heading,
    )


def check_column(name: str) -> None:
    """Raise Refusal for a name that is none of ours."""
    if name not in known_columns():
        raise Refusal(
            "no_such_column",
            "There is no column called '{name}'. There are: {names}.",
            name=name,
            names=", ".join(known_columns()),
        )


def with_columns(layout: Layout, columns: Mapping[int, str]) -> Layout:
    """The layout with other names for some of its columns; raises Refusal for what cannot be."""
    names = list(layout.columns)
    for at, name in columns.items():
        if not 0 <= at < len(names):
            raise Refusal("no_column", "The list has no column with this number.")
        if name and name != NEVER:
            check_column(name)
            if layout.columns[at] == NEVER:
                raise _never(layout.headings[at])
        names[at] = name
    if "name" not in names and "local_name" not in names:
        raise Refusal("no_name", "One column has to hold the names.")
    return replace(layout, columns=tuple(names))


def headings_hash(layout: Layout) -> str:
    """By what a list with the same headings is known again."""
    words = "\x1f".join(_plain(heading) for heading in layout.headings)
    return hashlib.sha256(words.encode()).hexdigest()


def remembered(conn: Connection, network_id: int, layout: Layout) -> Layout:
    """The layout with what a keeper said of lists with these headings."""
    known = imports.remembered(conn, network_id, headings_hash(layout))
    fitting = {at: name for at, name in known.items() if at < len(layout.columns)}
    try:
        return with_columns(layout, fitting) if fitting else layout
    except Refusal:
        return layout


def stored(layout: Layout, notes: Sequence[Note]) -> dict[str, Any]:
    """The layout as a batch keeps it."""
    return {
        "header_line": layout.header_line,
        "headings": list(layout.headings[:MOST_COLUMNS]),
        "columns": list(layout.columns[:MOST_COLUMNS]),
        "notes": [[one.code, str(one.sentence), dict(one.values)] for one in notes],
    }


def read(kept: Mapping[str, Any]) -> Layout:
    """The layout that a batch keeps."""
    notes = tuple(
        Note(code, Phrase(sentence), values) for code, sentence, values in kept.get("notes", ())
    )
    return Layout(
        kept.get("header_line", 0),
        tuple(kept.get("headings", ())),
        tuple(kept.get("columns", ())),
        notes,
    )


def scrubbed(row: Sequence[str], layout: Layout) -> list[str]:
    """The cells of a row as a draft keeps them: without what is never kept."""
    return [
        ""
        if at < len(layout.columns) and layout.columns[at] == NEVER
        else _identity.sub("", cell)[:500]
        for at, cell in enumerate(row[:MOST_COLUMNS])
    ]


class Watched:
    """A sheet that remembers the row it gave last, so that a line can be kept as it stood."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.row: tuple[str, ...] = ()
        self.sheet = replace(sheet, rows=self._rows)

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for row in self._sheet.rows():
            self.row = row
            yield row


def rows_as_sheet(name: str, kept: Callable[[], Iterator[tuple[int, Sequence[str]]]]) -> Sheet:
    """Kept rows as a sheet, each at its own number."""

    def rows() -> Iterator[tuple[str, ...]]:
        last = 0
        for line, cells in kept():
            for _ in range(last + 1, line):
                yield ()
            last = line
            yield tuple(cells)

    return Sheet(name, 0, rows)


__all__ = ["NEVER", "Layout", "Line", "Note", "Watched", "layout_of", "rows_as_sheet"]
