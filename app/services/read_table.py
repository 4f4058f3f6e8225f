"""Read a list as people have it: CSV in any usual writing, a workbook, a web table, cards."""

from collections.abc import Mapping

from app.domain.errors import Phrase, Refusal
from app.services._book import (
    HEAD,
    MOST_BYTES,
    MOST_ROWS,
    Book,
    Line,
    Merged,
    Note,
    Row,
    Sheet,
    note,
)
from app.services._file_kinds import Kind, kind_of
from app.services._read_markup import open_cards, open_markup
from app.services._read_text import open_text
from app.services._read_workbook import open_workbook
from app.services._read_xls import open_xls
from app.services.guess_columns import Layout, guess

__all__ = [
    "HEAD",
    "MOST_BYTES",
    "MOST_ROWS",
    "Book",
    "Line",
    "Merged",
    "Note",
    "Row",
    "Sheet",
    "open_book",
]


def open_book(content: bytes, name: str) -> Book:
    """The file as a book of sheets, by its content whatever its name says.

    Raises Refusal for what is no table, is locked, broken or too large.
    """
    if len(content) > MOST_BYTES:
        raise Refusal("file_too_large", "The file is larger than 20 MB. Split it.")
    if not content.strip(b" \t\r\n\x00\x1a\xef\xbb\xbf\xff\xfe"):
        raise Refusal("file_empty", "The file is empty.")
    kind = kind_of(content)
    book = _opened(content, kind)
    if not any(sheet.height for sheet in book.sheets):
        raise Refusal("file_empty", "The file is empty.")
    likeliest, notes = _look_over(book.sheets)
    named = name.lower().rpartition(".")[2]
    if named in _NAMED and kind not in _NAMED[named]:
        notes.append(note("other_kind", _OTHER_KIND, name=name[-60:], kind=_KINDS[kind]))
    return Book(book.sheets, (*book.notes, *notes), likeliest)


def _opened(content: bytes, kind: Kind) -> Book:
    if kind == "text":
        return open_text(content)
    if kind == "markup":
        return open_markup(content)
    if kind == "xls":
        return open_xls(content)
    return open_cards(content) if kind == "vcard" else open_workbook(content, kind)


_NAMED: Mapping[str, tuple[Kind, ...]] = {
    "csv": ("text",),
    "txt": ("text",),
    "tsv": ("text",),
    "xls": ("xls", "markup"),
    "xlsx": ("xlsx",),
    "xlsm": ("xlsx",),
    "xlsb": ("xlsb",),
    "ods": ("ods",),
}
_KINDS: Mapping[Kind, str] = {
    "xlsx": "XLSX",
    "xlsb": "XLSB",
    "ods": "ODS",
    "xls": "XLS",
    "markup": "HTML or XML",
    "vcard": "vCard",
    "text": "CSV",
}
_OTHER_KIND = Phrase("The file is called {name} but is {kind}; it was read as what it is.")
_OTHERS = Phrase("“{sheet}” is read. The file has more sheets: {others}.")
_ALIKE = Phrase(
    "The sheets {sheets} have the same headings. Each is a list of its own: bring them one by one."
)
_HIDDEN = Phrase("Hidden sheets: {sheets}. Look at whether they belong to the list.")


def _look_over(sheets: tuple[Sheet, ...]) -> tuple[int, list[Note]]:
    """Which sheet is the list, and what to say about the others."""
    layouts = list(map(_layout, sheets))
    best = max(range(len(sheets)), key=lambda at: (_likeness(sheets[at], layouts[at]), -at))
    notes = []
    others = [one.name for at, one in enumerate(sheets) if at != best and one.height]
    if others:
        notes.append(note("more_sheets", _OTHERS, sheet=sheets[best].name, others=_listed(others)))
    chosen = layouts[best]
    alike = [
        one.name
        for one, layout in zip(sheets, layouts, strict=True)
        if chosen and layout and chosen.header_line and layout.headings == chosen.headings
    ]
    if len(alike) > 1:
        notes.append(note("sheets_alike", _ALIKE, sheets=_listed(alike)))
    if hidden := [one.name for one in sheets if one.is_hidden and one.height]:
        notes.append(note("sheets_hidden", _HIDDEN, sheets=_listed(hidden)))
    return best, notes


def _layout(sheet: Sheet) -> Layout | None:
    if not sheet.height:
        return None
    try:
        return guess(sheet.head())
    except Refusal:
        return None


def _likeness(sheet: Sheet, layout: Layout | None) -> tuple[bool, bool, bool, bool]:
    """How much a sheet looks like the list of people that a person means."""
    columns = layout.columns if layout else ()
    has_rows = bool(layout) and sheet.height > layout.header_line if layout else False
    return (
        {"name", "phone"} <= set(columns) and has_rows,
        has_rows,
        not sheet.is_hidden,
        sheet.height > 0,
    )


def _listed(names: list[str]) -> str:
    return ", ".join(names[:10]) + ("…" if len(names) > 10 else "")
