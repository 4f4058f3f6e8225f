"""Show the tree of units: its top, what is under one of them, the bodies outside, and a search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.domain.errors import Refusal
from app.domain.institution import OUTSIDE, TIERS
from app.domain.names import name_key
from app.domain.storable import storable
from app.domain.unit_names import read_called
from app.domain.year_days import is_within
from app.store import unit_tree, units
from app.store.database import Connection, Database
from app.store.unit_tree import After

SHOWN = 50
"""Units on a page."""
OUTSIDE_SHOWN = 10
"""Bodies of each outside kind that the top of the tree shows."""
LONGEST_ID = 19
"""Digits that only numbers too large for an id have."""


@dataclass(frozen=True, slots=True)
class Step:
    """A unit that another one stands under."""

    id: int
    kind: str
    name: str
    local_name: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit as a list shows it; `units` are those right under it by kind, `people` its own."""

    id: int
    kind: str
    name: str
    local_name: str
    place: str
    local_place: str
    members: str
    status: str
    is_cut_off: bool
    people: int
    units: Mapping[str, int] = field(default_factory=dict)
    way: tuple[Step, ...] = ()
    """What it stands under, the top first; only where a list mixes places."""


@dataclass(frozen=True, slots=True)
class UnitPage:
    """Some units by name; `next` is what the page behind them is asked for with."""

    lines: tuple[UnitLine, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class OutsideKind:
    """The bodies of one kind that do not belong to the network, the first of them."""

    kind: str
    number: int
    lines: tuple[UnitLine, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """What the network is: its figures, its LSOs, and those outside it."""

    people: int
    women: int
    kinds: Mapping[str, int]
    root: UnitLine | None
    top: UnitPage
    loose: tuple[UnitLine, ...]
    """Units of the tree that stand under nothing yet."""
    outside: tuple[OutsideKind, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which units are listed: those under `parent_id` (None: at the top), of these kinds."""

    parent_id: int | None = None
    kinds: tuple[str, ...] = ()
    after: str = ""
    limit: int = SHOWN


async def show_tree(database: Database, network_id: int, *, today: date, after: str = "") -> Tree:
    """The top of the tree, 50 LSOs at a time."""
    return await database.read(_tree, network_id, today, after)


async def show_children(
    database: Database, network_id: int, asked: Asked, *, today: date
) -> UnitPage:
    """The units right under one; raises Refusal when that one is not there."""
    return await database.read(children_of, network_id, asked, today)


async def find_units(
    database: Database, network_id: int, words: str, *, today: date, after: str = ""
) -> UnitPage:
    """The units in whose name, Latin or local, a word begins so; each with its way."""
    return await database.read(_found, network_id, words, today, after)


def _tree(conn: Connection, network_id: int, today: date, after: str) -> Tree:
    people, women = unit_tree.people_of(conn, network_id)
    kinds = unit_tree.kinds_of(conn, network_id)
    root = units.root(conn, network_id)
    place = Asked(None, TIERS[1:], after) if root is None else Asked(root.id, (), after)
    top = page_of(conn, network_id, place, today)
    loose: tuple[UnitLine, ...] = ()
    if root is not None and units.without_parent(conn, network_id):
        loose = page_of(conn, network_id, Asked(None, TIERS[1:]), today).lines
    outside = (
        OutsideKind(
            kind,
            kinds[kind],
            page_of(conn, network_id, Asked(None, (kind,), "", OUTSIDE_SHOWN), today).lines,
        )
        for kind in OUTSIDE
        if kind in kinds
    )
    return Tree(
        people=people,
        women=women,
        kinds=kinds,
        root=lines_of(conn, [root], today)[0] if root is not None else None,
        top=top,
        loose=loose,
        outside=tuple(outside),
    )


def children_of(conn: Connection, network_id: int, asked: Asked, today: date) -> UnitPage:
    """The same inside an open transaction."""
    if asked.parent_id is not None and units.get(conn, network_id, asked.parent_id) is None:
        raise Refusal("not_found", "There is no unit {id}.", id=asked.parent_id)
    return page_of(conn, network_id, asked, today)


def page_of(conn: Connection, network_id: int, asked: Asked, today: date) -> UnitPage:
    """A page of units, wherever their place is known to be right."""
    rows = unit_tree.children(
        conn,
        network_id,
        asked.parent_id,
        kinds=asked.kinds,
        after=read_cursor(asked.after),
        limit=asked.limit + 1,
    )
    lines = lines_of(conn, rows[: asked.limit], today)
    return UnitPage(lines, _cursor(rows, asked.limit))


def _found(conn: Connection, network_id: int, words: str, today: date, after: str) -> UnitPage:
    kind, name = read_called(words)
    key, position = name_key(name), read_cursor(after)
    if not key:
        return UnitPage((), None)
    rows = unit_tree.found(conn, network_id, key, kind=kind, after=position, limit=SHOWN + 1)
    if not rows and kind:
        rows = unit_tree.found(conn, network_id, name_key(words), after=position, limit=SHOWN + 1)
    shown = rows[:SHOWN]
    ways = unit_tree.ways(conn, [row.id for row in shown])
    return UnitPage(lines_of(conn, shown, today, ways), _cursor(rows, SHOWN))


def lines_of(
    conn: Connection,
    rows: Sequence[Any],
    today: date,
    ways: Mapping[int, Sequence[Any]] | None = None,
) -> tuple[UnitLine, ...]:
    """The rows with what is counted in each unit."""
    ids = [row.id for row in rows]
    under, people = unit_tree.units_under(conn, ids), unit_tree.people_in(conn, ids)
    return tuple(
        UnitLine(
            id=row.id,
            kind=row.kind,
            name=row.name,
            local_name=row.local_name,
            place=row.place,
            local_place=row.local_place,
            members=row.members,
            status=row.status,
            is_cut_off=is_within(today, row.cut_from, row.cut_until),
            people=people.get(row.id, 0),
            units=under.get(row.id, {}),
            way=steps_of((ways or {}).get(row.id, ())[:-1]),
        )
        for row in rows
    )


def steps_of(rows: Sequence[Any]) -> tuple[Step, ...]:
    """A way as pages show it."""
    return tuple(Step(row.id, row.kind, row.name, row.local_name) for row in rows)


def _cursor(rows: Sequence[Any], limit: int) -> str | None:
    if len(rows) <= limit:
        return None
    last = rows[limit - 1]
    return f"{last.id}:{last.name_key}"


def read_cursor(cursor: str) -> After | None:
    """Where a page begins; raises Refusal for what no page gave."""
    if not cursor:
        return None
    id, colon, key = cursor.partition(":")
    is_id = id.isascii() and id.isdigit() and len(id) < LONGEST_ID
    if not (colon and is_id):
        raise Refusal("cursor", "There is no such page of the list. Begin at its first page.")
    return After(storable(key), int(id))
