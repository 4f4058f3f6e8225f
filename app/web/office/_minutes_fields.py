"""The record of a meeting as the fields of a form in one language, and back."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from app.domain.errors import Refusal
from app.domain.minutes import DecisionEntry, Item, Record, ResolutionEntry
from app.web.office import _field_ways as ways
from app.web.office._field_ways import Reading
from app.web.office._pasted import plain_line, plain_text

GUESTS = "guests"
_row_field = re.compile(r"([idr])([1-9][0-9]{0,2})-([a-z]+)").fullmatch
_tick = re.compile(r"([hx])([1-9][0-9]{0,17})").fullmatch


def tick_of(name: str) -> tuple[str, int] | None:
    """The letter and the person of a tick; None for any other field."""
    found = _tick(name)
    return (found[1], int(found[2])) if found else None


def row_of(name: str) -> tuple[str, int, str] | None:
    """The letter, number and field of a row: `i` item, `d` decision, `r` resolution."""
    found = _row_field(name)
    if found is None or found[3] not in _ROWS[found[1]]:
        return None
    return found[1], int(found[2]), found[3]


def is_known(name: str) -> bool:
    """Whether the editor has a field of that name."""
    return name in _WHOLE or name == GUESTS or bool(tick_of(name)) or row_of(name) is not None


@dataclass(frozen=True, slots=True)
class _Way:
    attribute: str
    show: Callable[[Any, Reading], str]
    read: Callable[[str, Any, Reading], Any]


_WHOLE: Final[Mapping[str, _Way]] = {
    "chair": _Way("chair", ways.show_plain, ways.read_plain),
    "recitation": _Way("recitation", ways.show_plain, ways.read_plain),
    "confirms": _Way("confirms", ways.show_plain, ways.read_plain),
    "finance": _Way("finance", ways.show_words, ways.read_lines),
    "next": _Way("next_at", ways.show_moment, ways.moment_in),
    "place": _Way("next_venue", ways.show_words, ways.read_line),
    "thanks": _Way("thanks", ways.show_plain, ways.read_plain),
    "restricted": _Way("restricted", ways.show_plain, ways.read_plain),
}
_ROWS: Final[Mapping[str, Mapping[str, _Way]]] = {
    "i": {
        "title": _Way("title", ways.show_words, ways.read_line),
        "said": _Way("said", ways.show_words, ways.read_lines),
        "carried": _Way("carried", ways.show_plain, ways.read_plain),
        "restricted": _Way("restricted", ways.show_plain, ways.read_plain),
    },
    "d": {
        "text": _Way("texts", ways.show_words, ways.read_lines),
        "short": _Way("shorts", ways.show_words, ways.read_line),
        "topics": _Way("topics", ways.show_topics, ways.read_topics),
        "owner": _Way("owner", ways.show_owner, ways.read_owner),
        "due": _Way("due", ways.show_day, ways.read_due),
        "state": _Way("state", ways.show_state, ways.read_state),
        "restricted": _Way("restricted", ways.show_plain, ways.read_plain),
    },
    "r": {
        "title": _Way("titles", ways.show_words, ways.read_line),
        "text": _Way("texts", ways.show_words, ways.read_lines),
        "to": _Way("addressee", ways.show_words, ways.read_line),
        "due": _Way("reply_due", ways.show_day, ways.read_due),
    },
}
_HOLDERS: Final[Mapping[str, str]] = {"i": "items", "d": "decisions", "r": "resolutions"}
SPOKEN: Final[Mapping[str, tuple[str, ...]]] = {
    "i": ("title", "said"),
    "d": ("text", "short"),
    "r": ("title", "text"),
}
"""A row without words in any of these fields, in any language, is no row."""


def rows_of(record: Record, letter: str) -> dict[int, Any]:
    """The items (counted from 1), decisions or resolutions (by their numbers)."""
    rows = getattr(record, _HOLDERS[letter])
    return dict(enumerate(rows, 1)) if letter == "i" else {row.no: row for row in rows}


def blank_row(letter: str, no: int, reading: Reading) -> Item | DecisionEntry | ResolutionEntry:
    """A row that nobody wrote into yet."""
    if letter == "i":
        return Item()
    return DecisionEntry(no, state=reading.state) if letter == "d" else ResolutionEntry(no)


def is_blank(letter: str, row: Any) -> bool:
    """Whether nothing is said in a row, in any language."""
    spoken = (getattr(row, _ROWS[letter][field].attribute) for field in SPOKEN[letter])
    return not any(any(words.values()) for words in spoken)


def row_fields(letter: str, no: int, row: Any, reading: Reading) -> dict[str, str]:
    """One row as fields."""
    return {
        f"{letter}{no}-{name}": way.show(getattr(row, way.attribute), reading)
        for name, way in _ROWS[letter].items()
    }


def fields_of(record: Record, reading: Reading) -> dict[str, str]:
    """The whole record as fields."""
    fields = {
        name: way.show(getattr(record, way.attribute), reading) for name, way in _WHOLE.items()
    }
    for letter in _ROWS:
        for no, row in rows_of(record, letter).items():
            fields |= row_fields(letter, no, row, reading)
    return fields


def in_language(reading: Reading, tag: str) -> Reading:
    """The same, in another language."""
    return replace(reading, tag=tag)


def spoken_fields(record: Record, reading: Reading) -> dict[str, str]:
    """Only the fields that hold words of one language."""
    return {
        name: value
        for name, value in fields_of(record, reading).items()
        if _way_of(name).show is ways.show_words
    }


def _way_of(name: str) -> _Way:
    row = row_of(name)
    return _ROWS[row[0]][row[2]] if row else _WHOLE[name]


def canonical(name: str, told: str, reading: Reading) -> str:
    """A value as its field would show it once it is kept; what cannot be read stays as it is."""
    row = row_of(name)
    way = _ROWS[row[0]][row[2]] if row else _WHOLE.get(name)
    if way is None:
        return plain_text(told)
    if way.attribute == "owner":
        return told
    try:
        empty = getattr(blank_row(row[0], row[1], reading) if row else Record(), way.attribute)
        return way.show(way.read(told, empty, reading), reading)
    except Refusal:
        return plain_line(told)


@dataclass(frozen=True, slots=True)
class Applied:
    """A record with changes in it, what could not be read, and the rows without words."""

    record: Record
    faults: Mapping[str, Refusal]
    emptied: frozenset[tuple[str, int]]


def apply(record: Record, changes: Mapping[str, str], reading: Reading) -> Applied:
    """The record with these fields changed; a field that cannot be read stays as it was."""
    faults: dict[str, Refusal] = {}
    rows = {letter: rows_of(record, letter) for letter in _ROWS}
    for name, told in changes.items():
        place = row_of(name)
        try:
            if place:
                letter, no, field = place
                row = rows[letter].get(no, blank_row(letter, no, reading))
                rows[letter][no] = _changed(row, _ROWS[letter][field], told, reading)
            elif name in _WHOLE:
                record = _changed(record, _WHOLE[name], told, reading)
        except Refusal as fault:
            faults[name] = fault
    emptied = {(x, no) for x, held in rows.items() for no, row in held.items() if is_blank(x, row)}
    if reading.tag == (record.language or reading.tag):
        emptied |= {("i", no) for no, row in rows["i"].items() if _is_dropped(no, row, changes)}
    kept: dict[str, Any] = {
        _HOLDERS[x]: tuple(row for no, row in sorted(held.items()) if (x, no) not in emptied)
        for x, held in rows.items()
    }
    return Applied(replace(record, **kept), faults, frozenset(emptied))


def _is_dropped(no: int, item: Item, changes: Mapping[str, str]) -> bool:
    """Whether the title was emptied of an item about which nothing is said: it did not come up."""
    return not changes.get(f"i{no}-title", "-").strip() and not any(item.said.values())


def _changed(holder: Any, way: _Way, told: str, reading: Reading) -> Any:
    value = way.read(told, getattr(holder, way.attribute), reading)
    return replace(holder, **{way.attribute: value})
