"""Keep the list of notice boards: where each hangs, which unit's it is, who looks after it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.pasted import clean_line
from app.domain.storable import LARGEST_ID
from app.services._act import Deed
from app.store import boards, networks, people, units
from app.store.database import Connection, Database
from app.store.numbers import next_no

MOST_LETTERS = 200
MOST_BOARDS = 500


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """What is known of a board; `keeper_id` is the person who hangs the sheets there."""

    place: str
    unit_id: int | None = None
    keeper_id: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The board that was made or changed."""

    id: int
    no: int


async def add_board(
    database: Database, network_id: int, facts: BoardFacts, *, by: str, now: datetime
) -> Kept:
    """Make a board with the next number.

    Raises Refusal: place_empty, place_too_long, too_many, not_found for a unit or a person that
    is not of this network.
    """
    return await database.write(_add, Deed(network_id, by, now), facts)


async def change_board(  # noqa: PLR0913 -- which board, how, by whom
    database: Database,
    network_id: int,
    board_id: int,
    facts: BoardFacts,
    *,
    by: str,
    now: datetime,
) -> Kept:
    """Let a board be as these facts say; its number stays. Raises Refusal like `add_board`."""
    return await database.write(_change, Deed(network_id, by, now), board_id, facts)


async def close_board(
    database: Database, network_id: int, board_id: int, *, by: str, now: datetime
) -> None:
    """Write down that a board is gone, and with it what hung there. Raises Refusal."""
    await database.write(_close, Deed(network_id, by, now), board_id)


def _add(conn: Connection, deed: Deed, facts: BoardFacts) -> Kept:
    networks.hold(conn, deed.network_id)
    values = _checked(conn, deed, facts)
    if len(boards.boards(conn, deed.network_id)) >= MOST_BOARDS:
        raise Refusal(
            "too_many", "There are {most} boards; more are not kept. Close one.", most=MOST_BOARDS
        )
    no = next_no(conn, boards.board, deed.network_id)
    made = {"network_id": deed.network_id, "no": no, "created_at": deed.now}
    board_id = boards.add_board(conn, {**values, **made})
    deed.note(conn, "board added", f"board {no}", unit=facts.unit_id)
    return Kept(board_id, no)


def _change(conn: Connection, deed: Deed, board_id: int, facts: BoardFacts) -> Kept:
    networks.hold(conn, deed.network_id)
    row = found_board(conn, deed.network_id, board_id)
    boards.change_board(conn, row.id, _checked(conn, deed, facts))
    deed.note(conn, "board changed", f"board {row.no}", unit=facts.unit_id)
    return Kept(row.id, row.no)


def _close(conn: Connection, deed: Deed, board_id: int) -> None:
    networks.hold(conn, deed.network_id)
    row = found_board(conn, deed.network_id, board_id)
    which = {"board_id": row.id}
    hung = boards.take_down(conn, deed.network_id, which, by=deed.by, at=deed.now)
    boards.change_board(conn, row.id, {"closed_at": deed.now})
    deed.note(conn, "board closed", f"board {row.no}", sheets=hung)


def found_board(conn: Connection, network_id: int, board_id: int) -> Any:
    """A board in use; raises Refusal when it is not there."""
    row = None
    if 0 < board_id <= LARGEST_ID:
        row = boards.get_board(conn, network_id, board_id)
    if row is None:
        raise Refusal("not_found", "There is no such board here. Open it from the list.")
    return row


def _checked(conn: Connection, deed: Deed, facts: BoardFacts) -> dict[str, Any]:
    place = clean_line(facts.place)
    if not place:
        raise Refusal("place_empty", "Say in words where the board hangs.")
    if len(place) > MOST_LETTERS:
        raise Refusal(
            "place_too_long",
            "The place has {count} letters; at most {most} fit. Shorten it.",
            count=len(place),
            most=MOST_LETTERS,
        )
    for kind, get, named in (
        ("unit", units.get, facts.unit_id),
        ("person", people.get, facts.keeper_id),
    ):
        is_id = named is None or 0 < named <= LARGEST_ID
        if not is_id or (named is not None and get(conn, deed.network_id, named) is None):
            raise _missing(kind)
    return {"place": place, "unit_id": facts.unit_id, "keeper_id": facts.keeper_id}


def _missing(kind: str) -> Refusal:
    if kind == "unit":
        return Refusal("not_found", "There is no such unit here. Choose one from the list.")
    return Refusal("not_found", "There is no such person here. Open them from a list.")
