"""Show the notice boards: what hangs where, what is not proved, what comes down, what to print."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.unit_names import called
from app.store import boards
from app.store.database import Connection, Database

MOST_SHEETS = 50


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A sheet on a board, or meant for it."""

    hanging_id: int
    sheet_id: int
    no: int
    kind: str
    titles: Mapping[str, str]
    ref: int | None
    valid_until: date | None
    given_at: datetime
    hangs_since: datetime | None
    """When somebody proved that it hangs; None while nobody did."""
    proved_by: str
    local_proved_by: str
    """The same in the local script, where it is known."""
    is_by_text: bool
    is_over: bool
    """Whether its day is past: it must come down."""
    board_id: int
    board_no: int
    place: str


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One board with what hangs there."""

    id: int
    no: int
    place: str
    unit_id: int | None
    unit: str
    local_unit: str
    keeper_id: int | None
    keeper: str
    local_keeper: str
    sheets: tuple[SheetLine, ...]


@dataclass(frozen=True, slots=True)
class PackSheet:
    """A sheet in a pack and how many copies of it are needed."""

    sheet_id: int
    no: int
    kind: str
    titles: Mapping[str, str]
    copies: int


@dataclass(frozen=True, slots=True)
class Pack:
    """What goes to one unit: the sheets that nobody has proved to hang there yet."""

    unit_id: int | None
    unit: str
    local_unit: str
    boards: tuple[int, ...]
    """The numbers of its boards."""
    sheets: tuple[PackSheet, ...]


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """A sheet that was made; `hangs` of the `boards` that it is for have been proved."""

    id: int
    no: int
    kind: str
    titles: Mapping[str, str]
    valid_until: date | None
    boards: int
    hangs: int


@dataclass(frozen=True, slots=True)
class Boards:
    """All the boards, and the lists that somebody has to do something about."""

    boards: tuple[BoardLine, ...]
    unproved: tuple[SheetLine, ...]
    to_take_down: tuple[SheetLine, ...]
    packs: tuple[Pack, ...]
    sheets: tuple[SheetChoice, ...]


async def show_boards(database: Database, network_id: int, *, today: date) -> Boards:
    """The boards of a network, by number."""
    return await database.read(boards_of, network_id, today)


def boards_of(conn: Connection, network_id: int, today: date) -> Boards:
    """The same inside a transaction."""
    lines = [_sheet(row, today) for row in boards.up(conn, network_id)]
    rows = boards.boards(conn, network_id)
    shown = tuple(_board(row, [one for one in lines if one.board_id == row.id]) for row in rows)
    valid = [one for one in lines if not one.is_over]
    return Boards(
        boards=shown,
        unproved=tuple(one for one in valid if one.hangs_since is None),
        to_take_down=tuple(one for one in lines if one.is_over),
        packs=_packs(shown),
        sheets=_choices(boards.sheets(conn, network_id, MOST_SHEETS), lines),
    )


def _sheet(row: Any, today: date) -> SheetLine:
    return SheetLine(
        hanging_id=row.id,
        sheet_id=row.sheet_id,
        no=row.no,
        kind=row.kind,
        titles=row.titles,
        ref=row.ref,
        valid_until=row.valid_until,
        given_at=row.given_at,
        hangs_since=row.hangs_since,
        proved_by=row.proved_by or row.prover or "",
        local_proved_by=row.proved_by or row.local_prover or "",
        is_by_text=row.inbound_id is not None,
        is_over=row.valid_until is not None and row.valid_until < today,
        board_id=row.board_id,
        board_no=row.board_no,
        place=row.place,
    )


def _board(row: Any, sheets: Iterable[SheetLine]) -> BoardLine:
    return BoardLine(
        id=row.id,
        no=row.no,
        place=row.place,
        unit_id=row.unit_id,
        unit=called(row.unit_kind, row.unit_name) if row.unit_kind else "",
        local_unit=row.local_unit or "",
        keeper_id=row.keeper_id,
        keeper=row.keeper or "",
        local_keeper=row.local_keeper or "",
        sheets=tuple(sheets),
    )


def _packs(lines: Iterable[BoardLine]) -> tuple[Pack, ...]:
    """By unit: what is valid and not proved, with a copy for each board."""
    by_unit: dict[int | None, list[BoardLine]] = {}
    for line in lines:
        by_unit.setdefault(line.unit_id, []).append(line)
    packs = (_pack(together) for together in by_unit.values())
    return tuple(pack for pack in packs if pack.sheets)


def _pack(lines: list[BoardLine]) -> Pack:
    wanted: dict[int, list[SheetLine]] = {}
    for line in lines:
        for one in line.sheets:
            if one.hangs_since is None and not one.is_over:
                wanted.setdefault(one.no, []).append(one)
    sheets = (
        PackSheet(same[0].sheet_id, no, same[0].kind, same[0].titles, len(same))
        for no, same in sorted(wanted.items())
    )
    numbers = tuple(line.no for line in lines)
    return Pack(lines[0].unit_id, lines[0].unit, lines[0].local_unit, numbers, tuple(sheets))


def _choices(rows: Iterable[Any], lines: list[SheetLine]) -> tuple[SheetChoice, ...]:
    found = []
    for row in rows:
        mine = [one for one in lines if one.sheet_id == row.id]
        hangs = sum(one.hangs_since is not None for one in mine)
        choice = SheetChoice(
            row.id, row.no, row.kind, row.titles, row.valid_until, len(mine), hangs
        )
        found.append(choice)
    return tuple(found)
