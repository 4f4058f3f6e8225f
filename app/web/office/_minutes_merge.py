"""Two people at one form: what each changed goes in, what both changed is told to the second."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.web.office import _minutes_fields as fields
from app.web.office._field_ways import Reading

ROWS = "rows"
"""Beside the values that stood in the form: which rows were there, `d1 d2 i1`."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What came from the form: its values, and the values that stood in it when it was opened.

    `is_whole` is the Save button's form; otherwise it is only what changed, sent while one types.
    """

    values: Mapping[str, str]
    was: Mapping[str, str]
    version: int
    is_whole: bool
    drops_silent: bool = False
    """Whether carried items about which nothing was said shall go."""


@dataclass(frozen=True, slots=True)
class Merged:
    """`changes` go in; `clashes` (name to what stands there now) do not; others wrote `theirs`."""

    changes: Mapping[str, str]
    clashes: Mapping[str, str] = field(default_factory=dict)
    theirs: tuple[str, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)
    """Rows that both began, by the name of the row (`d3`): the second one's new name."""
    waiting: frozenset[str] = frozenset()
    """Fields of a row in which others clash."""


def read_posted(told: Mapping[str, str]) -> Posted:
    """The form as it came; what is not from our page counts as never seen."""
    was = _was(told.get("base", ""))
    values = {name: value for name, value in told.items() if fields.is_known(name)}
    is_whole = told.get("do") != "live"
    if is_whole:
        # A browser does not send a tick that was taken away.
        gone = {name for name in was if fields.tick_of(name)} - values.keys()
        values |= dict.fromkeys(gone, "")
    version = told.get("version", "")
    return Posted(
        values,
        was,
        int(version) if version.isdecimal() and len(version) < 9 else 0,
        is_whole,
        drops_silent=told.get("do") == "drop",
    )


def _was(told: str) -> dict[str, str]:
    try:
        found = json.loads(told)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: value for name, value in found.items() if isinstance(value, str)}


def merge(current: Mapping[str, str], posted: Posted, reading: Reading) -> Merged:
    """Lay what was posted over what stands there now."""
    posted, moved = _make_way(current, posted, reading)
    changes: dict[str, str] = {}
    clashes: dict[str, str] = {}
    theirs = []
    for name, told in posted.values.items():
        wanted = fields.canonical(name, told, reading)
        was = fields.canonical(name, posted.was.get(name, _blank(name, reading)), reading)
        now = current.get(name, was)
        if wanted == was:
            if now != was:
                theirs.append(name)
        elif now == was:
            changes[name] = told
        elif now != wanted:
            clashes[name] = now
    if posted.is_whole:
        return Merged(changes, clashes, tuple(theirs), moved)
    # A row that somebody else began under the same number must not get our date.
    torn = {row[:2] for row in map(fields.row_of, clashes) if row}
    waiting = {name for name in changes if (row := fields.row_of(name)) and row[:2] in torn}
    sure = {name: told for name, told in changes.items() if name not in waiting}
    return Merged(sure, clashes, tuple(theirs), waiting=frozenset(waiting))


def _blank(name: str, reading: Reading) -> str:
    """What stands in a field of a row that the script added to the page."""
    row = fields.row_of(name)
    return reading.state.value if row and row[2] == "state" else ""


def _make_way(
    current: Mapping[str, str], posted: Posted, reading: Reading
) -> tuple[Posted, Mapping[str, str]]:
    """A new row whose number somebody else took meanwhile gets the next free one.

    Only for the Save button: while one types, the page itself cannot be told apart any more.
    """
    if not posted.is_whole:
        return posted, {}
    taken = _rows(current)
    moved: dict[str, str] = {}
    for letter, no in sorted(_rows(posted.values)):
        mine = {
            field: posted.values.get(f"{letter}{no}-{field}", "") for field in fields.SPOKEN[letter]
        }
        was = {posted.was.get(f"{letter}{no}-{field}", "") for field in mine}
        is_new = f"{letter}{no}" not in posted.was.get(ROWS, "").split() and was == {""}
        # What this page itself sent of the row, when the answer was lost: no word that is not here.
        there = {field: current.get(f"{letter}{no}-{field}", "") for field in mine}
        is_same = any(there.values()) and all(
            there[field] in {"", fields.canonical(f"{letter}{no}-{field}", told, reading)}
            for field, told in mine.items()
        )
        if (letter, no) in taken and any(mine.values()) and is_new and not is_same:
            others = {row for x, row in taken | _rows(posted.values) if x == letter}
            free = max(others) + 1
            taken.add((letter, free))
            moved[f"{letter}{no}"] = f"{letter}{free}"
    return _renamed(posted, moved), moved


def _rows(names: Mapping[str, str]) -> set[tuple[str, int]]:
    return {row[:2] for row in map(fields.row_of, names) if row}


def _renamed(posted: Posted, moved: Mapping[str, str]) -> Posted:
    def named(told: Mapping[str, str]) -> dict[str, str]:
        return {
            "-".join((moved.get(row, row), *rest)): value
            for name, value in told.items()
            for row, *rest in [name.split("-", 1)]
        }

    return replace(posted, values=named(posted.values), was=named(posted.was))
