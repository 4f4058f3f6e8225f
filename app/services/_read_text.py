"""CSV as any program saves it: whatever its letters, its separator and its faults."""

import io
import re
from collections.abc import Iterator
from functools import partial
from typing import Literal

from app.domain.errors import Phrase, Refusal
from app.services._book import MOST_COLUMNS, Book, Note, Row, Sheet, height_of, note

_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SEPARATORS = ",;\t|"
_MOST_LINES_OF_A_CELL = 20
_ascii_letters = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_arabic_bytes = frozenset(
    byte for byte in range(0x80, 0x100) if "\u0620" <= bytes([byte]).decode("cp1256") <= "\u06ff"
)
_separator_line = re.compile(r"""^["']?sep=(.)["']?$""", re.IGNORECASE).match
_quoted = re.compile(r'"((?:[^"]|"")*+)"').match
_not_text = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]").search


def open_text(content: bytes) -> Book:
    """The one sheet of a file of lines. Raises Refusal for what is no text."""
    encoding, notes = _encoding_of(content)
    start = _opened(content, encoding).read(20_000)
    if _not_text(start):
        raise Refusal("not_a_table", "This file is not a table. Save the list as CSV or XLSX.")
    separator, is_told = _separator_of(start)
    rows = partial(_rows, content, encoding, separator, is_told)
    return Book((Sheet("", height_of(rows()), rows),), notes)


def decoded(content: bytes) -> str:
    """The whole text, whatever its letters; the ends of its lines are one sign."""
    return _opened(content, _encoding_of(content)[0]).read()


def _opened(content: bytes, encoding: str) -> io.TextIOWrapper:
    """The text, decoded as it is read."""
    return io.TextIOWrapper(io.BytesIO(content), encoding, errors="replace", newline=None)


def _encoding_of(content: bytes) -> tuple[str, tuple[Note, ...]]:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return encoding, ()
    if wide := _wide(content[:4000]):
        return wide, ()
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _older(content)
    return "utf-8", ()


def _wide(start: bytes) -> str:
    """UTF-16 or UTF-32 without its mark, told by where the zero bytes stand; "" for neither."""
    zeros = [start[at::4].count(0) for at in range(4)]
    quarter = len(start) // 4
    if not any(zeros) or quarter < 2:
        return ""
    if min(zeros[2:]) >= quarter * 0.95:
        return "utf-32-le"
    if min(zeros[:2]) >= quarter * 0.95:
        return "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    # Even a list in Urdu has separators, digits and line ends, whose other byte is zero.
    if odd > 20 * even and odd >= quarter * 0.2:
        return "utf-16-le"
    return "utf-16-be" if even > 20 * odd and even >= quarter * 0.2 else ""


def _older(content: bytes) -> tuple[str, tuple[Note, ...]]:
    """UTF-8 with a few broken letters, or one of the code pages of old Windows."""
    text = content.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for letter in text[:200_000] if letter > "\x7f" and letter != "\ufffd")
    if whole > 5 * broken:
        told = Phrase(
            "Some letters of the file are broken ({n}). Look at the names with the sign \ufffd."
        )
        return "utf-8", (note("letters_broken", told, n=broken),)
    arabic, latin = _votes(content[:400_000])
    if latin > arabic:
        return "cp1252", ()
    return "cp1256", ()


def _votes(content: bytes) -> tuple[int, int]:
    """High bytes beside high bytes speak for Arabic letters, one among Latin letters for é."""
    arabic = latin = 0
    for before, byte, after in zip(b"\n" + content, content, content[1:] + b"\n", strict=False):
        if byte in _arabic_bytes:
            if before in _arabic_bytes or after in _arabic_bytes:
                arabic += 1
            elif before in _ascii_letters or after in _ascii_letters:
                latin += 1
    return arabic, latin


def _separator_of(start: str) -> tuple[str, bool]:
    """The separator, and whether a first line `sep=;` says so."""
    lines = [line for line in start.split("\n")[:60] if line.strip()]
    if lines and (told := _separator_line(lines[0].strip("\ufeff").rstrip(_SEPARATORS + " "))):
        return told[1], True
    if lines and lines[0].strip("\ufeff\"' ").lower() in {"sep=,", "sep=;", "sep=|", "sep=\t"}:
        return lines[0].strip("\ufeff\"' ")[-1], True
    return max(_SEPARATORS, key=lambda sign: _steadiness(lines, sign)), False


def _steadiness(lines: list[str], sign: str) -> tuple[int, int]:
    """How many lines have the sign equally often, then how often: what separates is regular."""
    counts = [_bare(line).count(sign) for line in lines]
    often = max(set(counts) - {0}, key=counts.count, default=0)
    return (counts.count(often) if often else 0, sum(counts))


def _bare(line: str) -> str:
    return re.sub(r'"[^"]*"', "", line)


class _Lines:
    """The lines of a file; those that were looked at too early can be put back."""

    def __init__(self, content: bytes, encoding: str) -> None:
        self._text = _opened(content, encoding)
        self._waiting: list[str] = []

    def take(self) -> str | None:
        """The next line without its end; None after the last."""
        if self._waiting:
            return self._waiting.pop(0)
        line = self._text.readline()
        return line.rstrip("\n").strip("\ufeff\x1a") if line else None

    def put_back(self, lines: list[str]) -> None:
        """Let these be taken next."""
        self._waiting[:0] = lines


def _rows(content: bytes, encoding: str, separator: str, is_told: bool) -> Iterator[Row]:
    lines = _Lines(content, encoding)
    if is_told:
        # Excel takes the line `sep=;` for itself: the next one is row 1 there.
        while (line := lines.take()) is not None and not line.strip():
            pass
    while (line := lines.take()) is not None:
        if '"' in line:
            yield _with_quotes(line, separator, lines)
        else:
            yield tuple(line.split(separator, MOST_COLUMNS)[:MOST_COLUMNS]) if line else ()


def _with_quotes(line: str, separator: str, lines: _Lines) -> Row:
    """The cells of the record that begins with this line, which may go on in the next ones."""
    whole, ahead = line, list[str]()
    while isinstance(cells := _quoted_cells(whole, separator), str):
        may_close = cells == "open" and len(ahead) < _MOST_LINES_OF_A_CELL
        more = lines.take() if may_close else None
        if more is None:
            # The quote is never closed: in this line it was only a sign.
            lines.put_back(ahead)
            return tuple(cell.strip(' "') for cell in line.split(separator, MOST_COLUMNS))
        ahead.append(more)
        whole = f"{whole}\n{more}"
    return cells


def _quoted_cells(line: str, separator: str) -> Row | Literal["open", "wrong"]:
    """The cells of a line with quotes, or that one is open at its end or closed at no end."""
    cells, at = list[str](), 0
    while True:
        found = _quoted(line, at)
        if found is None and line.startswith('"', at):
            return "open"
        start = found.end() if found else at
        end = line.find(separator, start)
        stop = len(line) if end < 0 else end
        if found and line[start:stop].strip() and "\n" in found[0]:
            return "wrong"
        cells.append(found[1].replace('""', '"') + line[start:stop] if found else line[at:stop])
        if end < 0 or len(cells) == MOST_COLUMNS:
            return tuple(cells)
        at = end + 1
