"""The rows of a list by our names of columns: filled down, joined, and without what is no row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.domain.contact_headings import read_heading
from app.domain.errors import Phrase
from app.domain.names import name_key
from app.domain.storable import storable
from app.services._book import MOST_LETTERS, Line, Note, Row, Sheet, note
from app.services._column_contents import is_phone

NEVER = "never"
"""What a column is called whose content is never kept: identity numbers, religion, photos."""
_UNITS = ("unit", "lso", "vo", "co")
_JOINED = {"name": " ", "place": ", ", "notes": "; ", "phone2": " / ", "skill": ", "}
_PHONES = ("phone", "phone2", "whatsapp")
_invisible = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_blank_lines = re.compile(r"[ \t\xa0\u2000-\u200a\u202f\u205f\u3000]+")
_identity = re.compile(r"(?<![0-9+])[0-9]{5}[- ]?[0-9]{7}[- ]?[0-9](?![0-9])")
_cut = re.compile(r"3[0-9]{2}0{7}|92[0-9]{2}0{8}|923[0-9]{2}0{7}").fullmatch
_TOTALS = re.compile(
    r"(?:grand |sub |g )?(?:total|totals|jumla|kul)\b"
    r"|(?:کل تعداد|کل ممبران|کل|ٹوٹل|میزان|جملہ)\b"
).match
_SECTION = re.compile(
    r"^(?:(lso|vo|co|ایل ایس او|وی او|سی او)\b[\s:.\-–]*)(.{2,80})$", re.IGNORECASE
).match
_TIER = {"ایل ایس او": "lso", "وی او": "vo", "سی او": "co"}


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands where in a sheet.

    `header_line` is the number of the (last) header row as a spreadsheet shows it, 0 when there
    is none. `columns[i]` is our name of column i, "" for one that is not read, `never` for one
    that is never kept. `notes` say what was guessed and what is not read.
    """

    header_line: int
    headings: tuple[str, ...]
    columns: tuple[str, ...]
    notes: tuple[Note, ...] = ()


@dataclass(slots=True)
class _Told:
    """What was passed over or filled in, counted until the end."""

    repeated: int = 0
    identities: int = 0
    filled: dict[str, int] = field(default_factory=dict)
    totals: list[int] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)


def lines(sheet: Sheet, layout: Layout, left_out: list[Note] | None = None) -> Iterator[Line]:
    """The rows below the header by our names; what is passed over is told in `left_out`.

    Empty rows, headings that come again, a row of column numbers and totals are no rows. Cells
    under a merged LSO, VO or CO have its name. Identity numbers in other columns are left out.
    """
    told = _Told()
    fill = _filled_down(sheet, layout)
    above: dict[int, str] = {}
    section: dict[str, str] = {}
    phone = layout.columns.index("phone") if "phone" in layout.columns else -1
    heading_key = _row_key(layout.headings)
    for number, row in enumerate(sheet.rows(), start=1):
        filled = [cell for cell in row if cell and not cell.isspace()]
        if number <= layout.header_line or not filled:
            continue
        if not _has_number(row, phone):
            if _is_no_row(number, filled, layout, told, heading_key):
                continue
            if begun := _section_of(filled, layout):
                section = _below(section, begun)
                told.sections.append(begun[1])
                continue
        row = _fill(number, row, fill, above, told) if fill else row
        cells = {**section, **_cells(layout.columns, row, told)}
        if cells:
            yield Line(number, cells)
    if left_out is not None:
        left_out.extend(_notes(told))


_many_digits = re.compile(r"[0-9۰-۹٠-٩](?:[^0-9۰-۹٠-٩]{0,3}[0-9۰-۹٠-٩]){6}").search


def _has_number(row: Row, phone: int) -> bool:
    """Whether the row has a telephone number where one belongs: then it is a person's row."""
    return 0 <= phone < len(row) and bool(row[phone]) and bool(_many_digits(row[phone][:300]))


def _is_no_row(
    number: int, filled: Sequence[str], layout: Layout, told: _Told, heading_key: str
) -> bool:
    """Whether this is a heading come again, the numbers of the columns, or the totals."""
    if _row_key(filled) == heading_key or _is_header_again(filled):
        told.repeated += 1
        return True
    if len(filled) > 2 and [cell.strip() for cell in filled] == _counted(len(filled)):
        return number <= layout.header_line + 2
    if any(_TOTALS(cell.strip().casefold()) for cell in filled[:2]) and not any(
        map(is_phone, filled)
    ):
        told.totals.append(number)
        return True
    return False


def _counted(most: int) -> list[str]:
    return [str(n) for n in range(1, most + 1)]


def _is_header_again(filled: Sequence[str]) -> bool:
    """A header that is written a little otherwise on the next page."""
    if len(filled) < 3:
        return False
    named = [read_heading(cell) for cell in filled if len(cell) < 40]
    known = [one for one in named if one.how == "known" and (one.column or one.why)]
    return len(known) == len(filled) and {"name", "phone"} <= {one.column for one in known}


def _row_key(row: Sequence[str]) -> str:
    return "|".join(filter(None, map(name_key, row)))


def _section_of(filled: Sequence[str], layout: Layout) -> tuple[str, str] | None:
    """A row that only says “LSO Roshni”, where no column says it: what the rows below belong to."""
    if len(filled) != 1 or not (found := _SECTION(" ".join(filled[0].split()))):
        return None
    tier = found[1].casefold()
    tier = _TIER.get(tier, tier)
    if tier in layout.columns or "unit" in layout.columns or is_phone(found[2]):
        return None
    return tier, found[2].strip()


def _below(section: dict[str, str], begun: tuple[str, str]) -> dict[str, str]:
    """What holds from here: a new LSO ends the VO before it."""
    tiers = ("lso", "vo", "co")
    kept = {
        tier: name for tier, name in section.items() if tiers.index(tier) < tiers.index(begun[0])
    }
    return {**kept, begun[0]: begun[1]}


def _filled_down(sheet: Sheet, layout: Layout) -> dict[int, set[int] | None]:
    """The columns of units whose blank cells mean the cell above: which rows, None for all."""
    found: dict[int, set[int] | None] = {}
    for at, column in enumerate(layout.columns):
        if column not in _UNITS:
            continue
        merged = {
            row
            for one in sheet.merged
            if one.first_column <= at <= one.last_column
            for row in range(one.first_row + 1, min(one.last_row, sheet.height) + 1)
        }
        if merged:
            found[at] = merged
        elif _is_written_once(sheet, layout, at):
            found[at] = None
    return found


def _is_written_once(sheet: Sheet, layout: Layout, at: int) -> bool:
    """Whether a column names each unit only in the first row of its block.

    Certain enough only when the first row has a name, no name comes twice, no name stands in the
    last row of many blanks alone, and more cells are blank than filled.
    """
    seen: set[str] = set()
    filled = blank = 0
    for number, row in enumerate(sheet.rows(), start=1):
        others = (cell for column, cell in enumerate(row) if column != at)
        if number <= layout.header_line or not any(cell.strip() for cell in others):
            continue
        cell = name_key(row[at]) if at < len(row) else ""
        if not cell:
            if not filled:
                return False
            blank += 1
        elif cell in seen:
            return False
        else:
            seen.add(cell)
            filled += 1
    return filled >= 2 and blank >= 2 * filled


def _fill(
    number: int, row: Row, fill: dict[int, set[int] | None], above: dict[int, str], told: _Told
) -> Row:
    cells = list(row)
    for at, wanted in fill.items():
        cell = cells[at].strip() if at < len(cells) else ""
        if cell:
            above[at] = cell
        elif at in above and (wanted is None or number in wanted):
            cells += [""] * (at + 1 - len(cells))
            cells[at] = above[at]
            told.filled[above[at]] = told.filled.get(above[at], 0) + 1
    return tuple(cells)


def _cells(columns: tuple[str, ...], row: Row, told: _Told) -> dict[str, str]:
    """The cells by our names; of two columns for one thing joined, or the first that is filled."""
    cells: dict[str, str] = {}
    for column, raw in zip(columns, row, strict=False):
        if not raw or not column or column == NEVER:
            continue
        text = _text(raw, column)
        if len(text) > 12 and column not in _PHONES and _identity.search(text):
            text = _identity.sub("", text).strip(" ,;:-")
            told.identities += 1
        if not text:
            continue
        if column not in cells:
            cells[column] = text
        elif column in _JOINED and text != cells[column]:
            cells[column] = f"{cells[column]}{_JOINED[column]}{text}"[:MOST_LETTERS]
    if "phone2" in cells and "phone" not in cells:
        cells["phone"] = cells.pop("phone2")
    return cells


def _text(raw: str, column: str) -> str:
    """A cell as it is kept: without what cannot be seen, on one line except for phones."""
    text = raw
    if not text.isascii() or "\x00" in text:
        text = _invisible.sub("", storable(text))
    text = text[: 2 * MOST_LETTERS].strip().removeprefix("'")
    if column in _PHONES:
        # Two numbers may stand under each other.
        text = "\n".join(
            filter(None, (_blank_lines.sub(" ", one).strip() for one in text.split("\n")))
        )
        if _cut(text):
            return _as_shown(text)
        return text[:MOST_LETTERS]
    return " ".join(text.split())[:MOST_LETTERS]


def _as_shown(digits: str) -> str:
    """A number that was saved as 3.92E+09 and opened again: its zeros are not its digits."""
    return f"{digits[0]}.{digits[1:3]}E+{len(digits) - 1:02}"


_FILLED = Phrase(
    "The empty cells below “{unit}” were read as “{unit}” ({n}): it is written once for its rows."
)
_REPEATED = Phrase("Rows that only repeat the headings were passed over ({n}).")
_TOTAL = Phrase("Row {row} is a total and was passed over.")
_SECTIONS = Phrase("The rows below “{unit}” were read as its people.")
_IDENTITIES = Phrase(
    "Identity numbers in other columns were left out ({n}): Munadi never keeps them."
)


def _notes(told: _Told) -> Iterator[Note]:
    if told.repeated:
        yield note("rows_repeated", _REPEATED, n=told.repeated)
    yield from (note("row_total", _TOTAL, row=row) for row in told.totals[:20])
    yield from (
        note("filled_down", _FILLED, unit=unit, n=n) for unit, n in list(told.filled.items())[:20]
    )
    yield from (note("section", _SECTIONS, unit=unit) for unit in told.sections[:20])
    if told.identities:
        yield note("identity_left_out", _IDENTITIES, n=told.identities)
