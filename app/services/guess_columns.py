"""Say what the columns of a list are, by their headings and by what stands in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.contact_headings import Heading, Why, read_heading
from app.domain.errors import Phrase, Refusal
from app.services._book import HEAD, Note, Row, note
from app.services._column_contents import column_of, content_of, is_phone
from app.services._list_lines import NEVER as NEVER
from app.services._list_lines import Layout as Layout
from app.services._list_lines import lines as lines

_UNREAD = ("", NEVER)
_MOST_HEADING = 60
_ENOUGH = 2
_MOST_COLUMNS = 400
_MOST_TOLD = 10


@dataclass(frozen=True, slots=True)
class _Header:
    """A row that may be the header: where it is, its texts and what they mean."""

    line: int
    headings: tuple[str, ...]
    meanings: tuple[Heading, ...]

    @property
    def found(self) -> set[str]:
        """What the headings of this row name."""
        return {said.column for said in self.meanings if said.column}

    @property
    def score(self) -> int:
        """How much it looks like a header; names and phones count most."""
        told = sum(1 for said in self.meanings if said.column or said.why)
        return told + 2 * len(self.found & {"name", "phone"})


def guess(head: Sequence[Row]) -> Layout:
    """What the columns are, judged by the first rows (`sheet.head()`).

    Raises Refusal when neither headings nor contents tell names or phones.
    """
    header = _header_of(head)
    if header is None:
        return _without_header(head)
    below = head[header.line :]
    columns, why, guessed = _columns_of(header, below)
    width = max((at for at, text in enumerate(header.headings) if text), default=0)
    width = 1 + max([width, *(at for at, column in enumerate(columns) if column)])
    notes = [*_told_unread(header, columns, why), *_told_unnamed(header, columns, below), *guessed]
    headings = (header.headings + ("",) * width)[:width]
    return Layout(header.line, headings, tuple(columns[:width]), tuple(notes))


def _header_of(head: Sequence[Row]) -> _Header | None:
    """The row that names the most; the first of equals. Nothing for a list without one."""
    best: _Header | None = None
    for line, row in enumerate(head[:HEAD], start=1):
        if any(len(cell) > _MOST_HEADING for cell in row) and sum(map(bool, row)) < 3:
            continue
        one = _Header(line, tuple(map(_tidy, row)), tuple(map(_meaning, row)))
        if {"name", "phone"} & one.found and (best is None or one.score > best.score):
            best = one
    if best is None or (best.score < _ENOUGH + 2 and not _is_borne_out(best, head)):
        return None
    return _joined(best, head)


def _is_borne_out(header: _Header, head: Sequence[Row]) -> bool:
    """Whether a single heading is one: no person's row, alone, or with what it names below it."""
    if any(map(is_phone, header.headings)):
        return False
    at = next(n for n, said in enumerate(header.meanings) if said.column in {"name", "phone"})
    below = head[header.line :]
    if header.headings[at] in column_of(below, at) or header.meanings[at].how != "known":
        return False
    if sum(map(bool, header.headings)) == 1 and all(sum(map(bool, row)) <= 1 for row in below):
        return True
    width = max(map(len, below), default=0)
    kinds = {content_of(column_of(below, n)) for n in range(min(width, 40))}
    return "phone" in kinds or header.meanings[at].column == "phone"


def _joined(header: _Header, head: Sequence[Row]) -> _Header:
    """The header with its second row, where it has one: “Contact” above “Mobile” and “Email”."""
    if header.line >= len(head):
        return header
    second = head[header.line]
    said = tuple(map(_meaning, second))
    named = sum(1 for one in said if one.column or one.why)
    if named < _ENOUGH - (sum(map(bool, second)) == 1) or any(map(is_phone, second)):
        return _with_row_above(header, head)
    if named < sum(1 for cell in second if cell.strip()) * 0.6:
        return _with_row_above(header, head)
    if {one.column for one in said} & {"name"} and "name" in header.found:
        return _with_row_above(header, head)
    return _both(header.headings, tuple(map(_tidy, second)), header.line + 1)


def _with_row_above(header: _Header, head: Sequence[Row]) -> _Header:
    """The header with the row above, where that names what it leaves open."""
    if header.line < 2:
        return header
    above = head[header.line - 2]
    open_here = [at for at, text in enumerate(header.headings) if not text and at < len(above)]
    said = [_meaning(above[at]) for at in open_here]
    if not any(one.column or one.why for one in said):
        return header
    return _both(tuple(map(_tidy, above)), header.headings, header.line)


def _both(upper: tuple[str, ...], lower: tuple[str, ...], line: int) -> _Header:
    width = max(len(upper), len(lower))
    upper += ("",) * (width - len(upper))
    lower += ("",) * (width - len(lower))
    headings = tuple(
        f"{over} {under}" if over and under else over or under
        for over, under in zip(upper, lower, strict=True)
    )
    meanings = tuple(
        _first_told(under, over, both)
        for under, over, both in zip(lower, upper, headings, strict=True)
    )
    return _Header(line, headings, meanings)


def _first_told(*texts: str) -> Heading:
    """What is never kept, wherever it is said; else the first that is known."""
    said = [_meaning(text) for text in texts]
    never = [one for one in said if one.column == NEVER]
    return (never or [one for one in said if one.column or one.why] or said)[0]


def _columns_of(
    header: _Header, below: Sequence[Row]
) -> tuple[list[str], dict[int, Why], list[Note]]:
    """Our names of the columns, mended by what stands in them, and why some are not read."""
    columns = [said.column for said in header.meanings]
    why = {at: said.why for at, said in enumerate(header.meanings)}
    columns += [""] * (_width(below) - len(columns))
    contents = [content_of(column_of(below, at)) for at in range(min(len(columns), _MOST_COLUMNS))]

    def is_phone_elsewhere(here: int) -> bool:
        return any(
            at != here and (columns[at] or content) == content == "phone"
            for at, content in enumerate(contents)
        )

    for at, content in enumerate(contents):
        if content == NEVER and columns[at] != NEVER:
            columns[at], why[at] = NEVER, "identity"
        elif columns[at] == "phone" and content == "count" and is_phone_elsewhere(at):
            columns[at], why[at] = "", "serial"
    notes = _find_missing(columns, contents, why)
    _number_phones(columns)
    return columns, why, notes


def _width(rows: Sequence[Row]) -> int:
    """How many columns have something in them."""
    last = 0
    for row in rows:
        filled = len(row)
        while filled > last and not row[filled - 1]:
            filled -= 1
        last = max(last, filled)
    return last


def _find_missing(columns: list[str], contents: list[str], why: dict[int, Why]) -> list[Note]:
    """Names or phones that no heading names are taken from the one column that holds them."""
    notes = []
    free = [at for at in range(len(contents)) if not columns[at] and not why.get(at)]
    for wanted, content in (("phone", "phone"), ("name", "words")):
        held = [at for at in free if contents[at] == content]
        if wanted not in columns and held and (wanted == "phone" or len(held) == 1):
            columns[held[0]] = wanted
            notes.append(_told_guess(wanted, held[0]))
    return notes


def _number_phones(columns: list[str]) -> None:
    """The second and further columns of phones are the other numbers of the same people."""
    seen = False
    for at, column in enumerate(columns):
        if column == "phone":
            columns[at] = "phone2" if seen else "phone"
            seen = True


def _without_header(head: Sequence[Row]) -> Layout:
    """A list without headings, where the contents tell which columns are names and phones."""
    rows = [row for row in head if sum(1 for cell in row if cell.strip()) >= _ENOUGH]
    width = max(map(len, rows), default=0)
    contents = [content_of(column_of(rows, at)) for at in range(min(width, _MOST_COLUMNS))]
    columns = [_BY_CONTENT.get(content, "") for content in contents]
    words = [at for at, content in enumerate(contents) if content == "words"]
    if "phone" not in columns or not words:
        raise Refusal(
            "no_header",
            "No header row was found. The file needs a column for the name and one for the phone.",
        )
    names = max(words, key=lambda at: (_variety(column_of(rows, at)), -at))
    columns[names] = "name"
    _number_phones(columns)
    told = Phrase("There is no row of headings: what the columns are was told by what they hold.")
    notes = [note("no_header", told)]
    notes += [_told_guess(column, at) for at, column in enumerate(columns) if column not in _UNREAD]
    notes += [_told_never(_letters(at), "identity") for at, c in enumerate(columns) if c == NEVER]
    return Layout(0, tuple(map(_letters, range(width))), tuple(columns), tuple(notes))


_BY_CONTENT = {"phone": "phone", "email": "email", "sex": "sex", "blood": "blood", "never": NEVER}


def _variety(cells: list[str]) -> float:
    """Names differ from row to row; villages and posts come again. Two words beat one."""
    return len(set(cells)) / len(cells) + 0.1 * (sum(map(str.count, cells, " " * len(cells))) > 0)


def _meaning(cell: str) -> Heading:
    text = _tidy(cell)
    if not text or len(text) > _MOST_HEADING:
        return Heading("", "unknown")
    return read_heading(text)


def _tidy(cell: str) -> str:
    return " ".join(cell[:1_000].split())[:200]


def _letters(at: int) -> str:
    """The name that a spreadsheet gives to a column."""
    at, letters = at + 1, ""
    while at:
        at, letter = divmod(at - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


_WHY_NEVER: Mapping[Why, Phrase] = {
    "identity": Phrase("The column “{column}” was not read. Munadi never keeps identity numbers."),
    "belief": Phrase("The column “{column}” was not read. Munadi never keeps religion or descent."),
    "photo": Phrase("The column “{column}” was not read. Munadi never keeps pictures of people."),
}
_WHY_NOT: Mapping[Why, Phrase] = {
    "relative": Phrase(
        "The column “{column}” is not read: the names of fathers and husbands are not kept."
    ),
    "serial": Phrase("The column “{column}” is not read: it only counts the rows."),
    "signature": Phrase("The column “{column}” is not read: it is for signatures."),
}
_GUESSED = {
    "name": Phrase("Column {column} was taken for the names, by what stands in it."),
    "phone": Phrase("Column {column} was taken for the phones, by what stands in it."),
    "phone2": Phrase("Column {column} was taken for a second phone, by what stands in it."),
    "email": Phrase("Column {column} was taken for e-mail addresses, by what stands in it."),
    "sex": Phrase("Column {column} was taken for the sex, by what stands in it."),
    "blood": Phrase("Column {column} was taken for the blood group, by what stands in it."),
}
_UNNAMED = Phrase("Column {column} has no heading and was not read.")
_UNKNOWN_COLUMN = Phrase("The column “{column}” is not known and was not read.")


def _told_never(column: str, why: Why) -> Note:
    return note("column_never", _WHY_NEVER[why], column=column)


def _told_guess(column: str, at: int) -> Note:
    return note("column_guessed", _GUESSED[column], column=_letters(at))


def _told_unread(header: _Header, columns: list[str], why: dict[int, Why]) -> Iterator[Note]:
    """A sentence for every heading that is not read."""
    for at, column in enumerate(columns):
        heading = header.headings[at] if at < len(header.headings) else ""
        if column == NEVER:
            yield _told_never(heading or _letters(at), why.get(at) or "identity")
        elif heading and not column:
            said = _WHY_NOT.get(why.get(at, ""), _UNKNOWN_COLUMN)
            code = "column_unknown" if said is _UNKNOWN_COLUMN else "column_not_read"
            yield note(code, said, column=heading)


def _told_unnamed(header: _Header, columns: list[str], below: Sequence[Row]) -> Iterator[Note]:
    """A sentence for the columns that have something in them but no heading."""
    named = {at for at, text in enumerate(header.headings) if text}
    unnamed = [at for at, column in enumerate(columns) if not column and at not in named]
    filled = [at for at in unnamed if any(at < len(row) and row[at].strip() for row in below)]
    for at in filled[:_MOST_TOLD]:
        yield note("column_unnamed", _UNNAMED, column=_letters(at))
