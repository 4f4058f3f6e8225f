"""Web tables and old XML workbooks, which many programs save as `.xls`; and contact cards."""

import quopri
import re
from collections.abc import Iterator
from html import unescape

from app.domain.errors import Phrase, Refusal
from app.services._book import MOST_COLUMNS, MOST_ROWS, Book, Merged, Row, Sheet, height_of, note
from app.services._read_text import decoded
from app.services._sheet_parts import MOST_CELLS, too_much

_TABLES = {"table", "worksheet"}
_ROWS = {"tr", "row"}
_CELLS = {"td", "th", "cell"}
_BREAKS = {"br", "p", "div", "li"}
_unseen = {"script", "style", "styles", "title"}
_MOST_SPAN = 200
_tag = re.compile(r"""</?[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*+>""").match
_tag_name = re.compile(r"<(/?)(?:\w+:)?([A-Za-z]\w*)").match
_attribute = re.compile(r"""(?:\w+:)?([A-Za-z]\w*)\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+)""").findall
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<!": ">", "<?": ">"}
_folded_line = re.compile(r"\n[ \t]").sub
_soft_break = re.compile(r"=\n").sub
_card_line = re.compile(
    r"^(?:[\w-]+\.)?(FN|TEL|EMAIL|NOTE|N|BEGIN|END)((?:;[^:]*)?):(.*)$", re.I
).match


class _Table:
    """One table while it is read: its rows, and the cells that reach down into later ones."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[list[str]] = []
        self.merged: list[Merged] = []
        self._covered: dict[int, int] = {}
        """By column the last row that a cell above reaches down to."""

    def place(self, at: int | None, across: int, down: int, text: str) -> None:
        """Put a cell where the next one stands, or at a column that it names itself."""
        row, number = self.rows[-1], len(self.rows)
        if at is not None:
            row.extend([""] * (at - len(row)))
        while self._covered.get(len(row), 0) >= number:
            row.append("")
        if len(row) + across > MOST_COLUMNS:
            return
        if down > 1:
            column = len(row)
            self.merged.append(Merged(number, number + down - 1, column, column + across - 1))
            self._covered |= dict.fromkeys(range(column, column + across), number + down - 1)
        row.extend([text, *[""] * (across - 1)])


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The tags and the texts between them, each once and in order: ("tag", …) or ("text", …).

    Linear in the length, whatever is left open: what never ends is text.
    """
    at, ends_missing = 0, set[str]()
    while (start := text.find("<", at)) >= 0:
        if start > at:
            yield "text", unescape(text[at:start])
        opening = next((one for one in _ENDS if text.startswith(one, start)), "")
        end = _ENDS.get(opening, "")
        tag = None if opening else _tag(text, start)
        if tag:
            yield "tag", tag[0]
            at = tag.end()
        elif end and end not in ends_missing and (found := text.find(end, start)) >= 0:
            at = found + len(end)
            if opening == "<![CDATA[":
                yield "text", text[start + len(opening) : found]
        else:
            ends_missing.add(end)
            yield "text", "<"
            at = start + 1
    yield "text", unescape(text[at:])


class _Reader:
    """Collects the tables; a table within a cell is read as a part of that cell."""

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self._name = ""
        self._cells = 0
        self._depth = 0
        self._hidden = 0
        self._text: list[str] | None = None
        self._cell: tuple[int | None, int, int] = (None, 1, 1)

    def read(self, text: str) -> None:
        """Take in a whole page."""
        for kind, piece in _pieces(text):
            if kind == "text":
                self._add(piece)
                continue
            name = _tag_name(piece)
            if name and name[1]:
                self._end(name[2].lower())
            elif name:
                self._start(name[2].lower(), _attributes(piece))
                if piece.endswith("/>"):
                    self._end(name[2].lower())

    def _start(self, tag: str, said: dict[str, str]) -> None:
        if tag in _unseen:
            self._hidden += 1
        elif tag in _TABLES:
            self._begin_table(tag, said)
        elif tag in _ROWS and self._depth <= 1 and self.tables:
            self._begin_row(said)
        elif tag in _CELLS and self._depth <= 1 and self.tables and self.tables[-1].rows:
            self._end_cell()
            at = _number(said["index"], MOST_COLUMNS) - 1 if "index" in said else None
            across = _number(said.get("colspan") or _more(said.get("mergeacross")), _MOST_SPAN)
            down = _number(said.get("rowspan") or _more(said.get("mergedown")), MOST_ROWS)
            self._text, self._cell = [], (at, across, down)
        elif tag in _BREAKS and self._text:
            self._text.append("\n")

    def _end(self, tag: str) -> None:
        if tag in _unseen:
            self._hidden = max(0, self._hidden - 1)
        elif tag in (_CELLS | _ROWS) and self._depth <= 1:
            self._end_cell()
        elif tag == "table" and self._depth:
            self._depth -= 1
            if not self._depth:
                self._end_cell()

    def _add(self, data: str) -> None:
        if self._text is not None and not self._hidden:
            self._text.append(data)

    def _begin_table(self, tag: str, said: dict[str, str]) -> None:
        if tag == "worksheet":
            self._name = said.get("name", "")
            return
        self._depth += 1
        if self._depth == 1:
            self._end_cell()
            self.tables.append(_Table(self._name))

    def _begin_row(self, said: dict[str, str]) -> None:
        self._end_cell()
        rows = self.tables[-1].rows
        self._cells += len(rows[-1]) if rows else 0
        if self._cells > MOST_CELLS:
            raise too_much()
        if "index" in said:
            missing = _number(said["index"], MOST_ROWS) - 1 - len(rows)
            rows.extend([] for _ in range(missing))
        rows.append([])
        if len(rows) > 2 * MOST_ROWS:
            raise Refusal(
                "file_too_long", "The file has more than {most} rows. Split it.", most=MOST_ROWS
            )

    def _end_cell(self) -> None:
        if self._text is not None:
            text = "".join(self._text).strip()
            self._text = None
            self.tables[-1].place(*self._cell, re.sub(r"[ \t\r\f]*\n\s*", "\n", text))


def open_markup(content: bytes) -> Book:
    """The tables of a web page or of an XML workbook. Raises Refusal when it has none."""
    reader = _Reader()
    reader.read(decoded(content))
    tables = [table for table in reader.tables if any(any(row) for row in table.rows)]
    if not tables:
        raise Refusal(
            "not_a_table",
            "This is a web page without a table. Save the list as XLSX or CSV.",
        )
    sheets = tuple(
        _kept(table.name or f"{number}", [tuple(row) for row in table.rows], tuple(table.merged))
        for number, table in enumerate(tables, start=1)
    )
    told = Phrase("This file is a web page or XML with the name of a workbook; it was read.")
    return Book(sheets, (note("is_markup", told),))


def _kept(name: str, rows: list[Row], merged: tuple[Merged, ...] = ()) -> Sheet:
    return Sheet(name, height_of(iter(rows)), rows.__iter__, merged=merged)


def _attributes(tag: str) -> dict[str, str]:
    return {name.lower(): unescape(said.strip("\"'")) for name, said in _attribute(tag)}


def _number(said: str | None, most: int) -> int:
    return max(1, min(int(said), most)) if said and said.isdecimal() and len(said) < 10 else 1


def _more(said: str | None) -> str:
    """XML workbooks count the cells that are merged besides the first."""
    return str(int(said) + 1) if said and said.isdecimal() and len(said) < 10 else ""


def open_cards(content: bytes) -> Book:
    """The contacts that a phone has saved (vCard), one row for each card."""
    rows = list(_card_rows(decoded(content)))
    told = Phrase("These are contact cards of a phone; each was read as a row ({n}).")
    sheet = _kept("", [("Name", "Phone", "Phone 2", "Email", "Notes"), *rows])
    return Book((sheet,), (note("is_vcard", told, n=len(rows)),))


def _card_rows(text: str) -> Iterator[Row]:
    text = _folded_line("", _soft_break("", text.replace("\r\n", "\n").replace("\r", "\n")))
    card: dict[str, list[str]] = {}
    for line in text.split("\n"):
        found = _card_line(line)
        if found is None:
            continue
        kind, how, value = found[1].upper(), found[2].upper(), found[3]
        if kind == "BEGIN":
            card = {}
        elif kind == "END":
            yield _row_of(card)
        else:
            if "QUOTED-PRINTABLE" in how:
                value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
            card.setdefault(kind, []).append(value.replace("\\,", ",").replace("\\n", "\n"))


def _row_of(card: dict[str, list[str]]) -> Row:
    phones = [phone.removeprefix("tel:") for phone in card.get("TEL", [])]
    full = card.get("FN", [""])[0] or " ".join(reversed(card.get("N", [""])[0].split(";")[:2]))
    return (
        full.strip(),
        "".join(phones[:1]),
        " / ".join(phones[1:]),
        "".join(card.get("EMAIL", [])[:1]),
        "; ".join(card.get("NOTE", [])),
    )
