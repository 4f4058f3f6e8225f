"""What a file of any kind becomes once it is opened: a book of sheets of plain text cells."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from app.domain.errors import Phrase, Refusal

MOST_BYTES = 20_000_000
MOST_ROWS = 200_000
MOST_COLUMNS = 16_384
MOST_LETTERS = 2_000
"""Of one cell; the rest of a longer one is not kept."""
HEAD = 60
"""Rows from which it is told what the columns are."""
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """What people are told about a file: a template and its values, as a Refusal has them."""

    code: str
    sentence: Phrase
    values: Mapping[str, str] = field(default_factory=dict)

    def said(self, translate: Callable[[str], str]) -> str:
        """The sentence in another language."""
        values = {
            name: translate(value) if isinstance(value, Phrase) else value
            for name, value in self.values.items()
        }
        return translate(self.sentence).format_map(values)

    def __str__(self) -> str:
        return self.said(str)


def note(code: str, sentence: Phrase, /, **values: object) -> Note:
    """A note whose values become text."""
    texts = {k: v if isinstance(v, Phrase) else str(v) for k, v in values.items()}
    return Note(code, sentence, texts)


@dataclass(frozen=True, slots=True)
class Merged:
    """A cell that covers several rows, numbered as a spreadsheet shows them; columns from 0."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a file; `rows()` reads it row by row from the start each time it is called."""

    name: str
    height: int
    """How many rows it has, with the empty ones between."""
    rows: Callable[[], Iterator[Row]]
    is_hidden: bool = False
    merged: tuple[Merged, ...] = ()

    def head(self) -> tuple[Row, ...]:
        """The first rows, from which `guess` learns what the columns are."""
        return tuple(islice(self.rows(), HEAD))


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: its number as the person sees it, and its cells by column name."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Book:
    """A file as it was opened: its sheets, and what to tell about it."""

    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...] = ()
    likeliest: int = 0
    """Which sheet looks like a list of people, from 0."""

    def sheet(self, name: str = "") -> Sheet:
        """The sheet of that name; without a name the one that looks like a list of people.

        Raises Refusal for a name that no sheet has.
        """
        if not name:
            return self.sheets[self.likeliest]
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise Refusal(
            "no_sheet",
            "There is no sheet “{name}” in this file. It has: {sheets}.",
            name=name,
            sheets=", ".join(sheet.name for sheet in self.sheets),
        )


def height_of(rows: Iterator[Row]) -> int:
    """The number of the last row in which anything stands. Raises Refusal for too many."""
    height = filled = 0
    for number, row in enumerate(rows, start=1):
        if any(row) and any(cell.strip() for cell in row):
            height, filled = number, filled + 1
            # One more, because a list has a header.
            if filled > MOST_ROWS + 1:
                raise Refusal(
                    "file_too_long",
                    "The file has more than {most} rows. Split it.",
                    most=f"{MOST_ROWS:,}",
                )
    return height
