"""Hang sheets on notice boards: give them out, let people prove that they hang, take them down."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.pasted import clean_line
from app.domain.storable import LARGEST_ID
from app.services._act import Deed
from app.services.keep_board import found_board
from app.store import boards, broadcasts, minutes, networks, newsletters
from app.store.database import Connection, Database
from app.store.numbers import next_no
from bots.ask import Reply

KINDS = ("notice", "minutes", "newsletter")
MOST_LETTERS = 120
LARGEST_REF = 999_999_999


@dataclass(frozen=True, slots=True)
class NewSheet:
    """A sheet to be hung: its title by language, and what it says the same as.

    `ref` is that of a text, `meeting_id` the meeting whose notice or minutes it is,
    `newsletter_no` a newsletter's number; `language` is the tag in which it is printed. Without
    `board_ids` it is for every board.
    """

    kind: str
    titles: Mapping[str, str]
    valid_until: date | None = None
    language: str = ""
    ref: int | None = None
    meeting_id: int | None = None
    newsletter_no: int | None = None
    board_ids: Collection[int] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Hung:
    """The sheet with the number that is printed on it, and for how many boards it is."""

    id: int
    no: int
    boards: int


async def hang_sheet(
    database: Database, network_id: int, new: NewSheet, *, by: str, now: datetime
) -> Hung:
    """Give a sheet its number and say for which boards it is.

    Raises Refusal: kind, title_empty, title_too_long, over for a day that is past, no_boards,
    and not_found for a board, a Ref, a meeting or a newsletter that is not there.
    """
    return await database.write(_hang, Deed(network_id, by, now), new)


async def hang_too(  # noqa: PLR0913 -- which sheet, where, by whom
    database: Database,
    network_id: int,
    sheet_id: int,
    board_ids: Collection[int],
    *,
    by: str,
    now: datetime,
) -> int:
    """Let a sheet be for these boards too; gives for how many that is news. Raises Refusal."""
    return await database.write(_hang_too, Deed(network_id, by, now), sheet_id, board_ids)


async def prove_hanging(
    database: Database, network_id: int, hanging_id: int, *, by: str, now: datetime
) -> None:
    """Write down that a sheet was seen on a board. Raises Refusal: not_found."""
    await database.write(_prove, Deed(network_id, by, now), hanging_id)


async def take_down(
    database: Database, network_id: int, hanging_id: int, *, by: str, now: datetime
) -> None:
    """Write down that a sheet is off a board. Raises Refusal: not_found."""
    await database.write(_take_down, Deed(network_id, by, now), hanging_id)


def prove_by_text(conn: Connection, reply: Reply, inbound_id: int, now: datetime) -> int:
    """What somebody proved by text: LAGA DIYA 12; gives for how many boards it is news."""
    values = {"hangs_since": now, "proved_by_id": reply.told_by, "inbound_id": inbound_id}
    return boards.prove(conn, reply.about, values)


def _hang(conn: Connection, deed: Deed, new: NewSheet) -> Hung:
    networks.hold(conn, deed.network_id)
    values = _checked(conn, deed, new)
    for board_id in new.board_ids:
        found_board(conn, deed.network_id, board_id)
    wanted = set(new.board_ids) or {row.id for row in boards.boards(conn, deed.network_id)}
    if not wanted:
        raise Refusal("no_boards", "There is no notice board yet. Write down the first one.")
    no = next_no(conn, boards.hung_sheet, deed.network_id)
    made = {"network_id": deed.network_id, "no": no}
    sheet_id = boards.add_sheet(
        conn, {**values, **made, "created_at": deed.now, "created_by": deed.by}
    )
    count = _give_out(conn, deed, sheet_id, wanted)
    deed.note(conn, "sheet hung", f"sheet {no}", kind=new.kind, boards=count)
    return Hung(sheet_id, no, count)


def _give_out(conn: Connection, deed: Deed, sheet_id: int, board_ids: Collection[int]) -> int:
    values = {"network_id": deed.network_id, "sheet_id": sheet_id, "given_at": deed.now}
    return boards.hang(conn, values, board_ids)


def _hang_too(conn: Connection, deed: Deed, sheet_id: int, board_ids: Collection[int]) -> int:
    networks.hold(conn, deed.network_id)
    sheet = None
    if 0 < sheet_id <= LARGEST_ID:
        sheet = boards.get_sheet(conn, deed.network_id, sheet_id)
    if sheet is None:
        raise Refusal("not_found", "There is no such sheet here. Choose one from the list.")
    if sheet.valid_until is not None and sheet.valid_until < _today(conn, deed):
        raise _over(sheet.valid_until)
    for board_id in board_ids:
        found_board(conn, deed.network_id, board_id)
    count = _give_out(conn, deed, sheet.id, board_ids)
    deed.note(conn, "sheet hung", f"sheet {sheet.no}", kind=sheet.kind, boards=count)
    return count


def _prove(conn: Connection, deed: Deed, hanging_id: int) -> None:
    row = _found(conn, deed.network_id, hanging_id)
    if boards.prove(conn, [row.id], {"hangs_since": deed.now, "proved_by": deed.by}):
        deed.note(conn, "sheet seen", f"sheet {row.no} on board {row.board_no}")


def _take_down(conn: Connection, deed: Deed, hanging_id: int) -> None:
    row = _found(conn, deed.network_id, hanging_id)
    if boards.take_down(conn, deed.network_id, {"id": row.id}, by=deed.by, at=deed.now):
        deed.note(conn, "sheet taken down", f"sheet {row.no} on board {row.board_no}")


def _found(conn: Connection, network_id: int, hanging_id: int) -> Any:
    networks.hold(conn, network_id)
    row = None
    if 0 < hanging_id <= LARGEST_ID:
        row = boards.hanging_of(conn, network_id, hanging_id)
    if row is None:
        raise Refusal("not_found", "There is no such sheet on a board here. Choose one.")
    return row


def _today(conn: Connection, deed: Deed) -> date:
    return networks.by_id(conn, deed.network_id).day_at(deed.now)


def _over(day: date) -> Refusal:
    return Refusal(
        "over", "{day} is past. Give a later day until which it hangs.", day=day.isoformat()
    )


def _checked(conn: Connection, deed: Deed, new: NewSheet) -> dict[str, Any]:
    if new.kind not in KINDS:
        raise Refusal("kind", "A sheet is one of: {kinds}.", kinds=", ".join(KINDS))
    titles = {tag: clean_line(words) for tag, words in new.titles.items() if clean_line(words)}
    if not titles:
        raise Refusal("title_empty", "Give the sheet a title, as it stands on top of it.")
    longest = max(map(len, titles.values()))
    if longest > MOST_LETTERS:
        raise Refusal(
            "title_too_long",
            "The title has {count} letters; at most {most} fit. Shorten it.",
            count=longest,
            most=MOST_LETTERS,
        )
    if new.valid_until is not None and new.valid_until < _today(conn, deed):
        raise _over(new.valid_until)
    _check_sources(conn, deed.network_id, new)
    return {
        "kind": new.kind,
        "titles": titles,
        "language": new.language[:20],
        "ref": new.ref,
        "meeting_id": new.meeting_id,
        "newsletter_no": new.newsletter_no,
        "valid_until": new.valid_until,
    }


def _check_sources(conn: Connection, network_id: int, new: NewSheet) -> None:
    if new.ref is not None and not (
        0 < new.ref <= LARGEST_REF and broadcasts.ref_was_sent(conn, network_id, new.ref)
    ):
        raise Refusal("not_found", "No text with Ref {ref} went out from here.", ref=new.ref)
    meeting = minutes.the_meeting
    if new.meeting_id is not None and not (
        0 < new.meeting_id <= LARGEST_ID and meeting(conn, network_id, new.meeting_id) is not None
    ):
        raise Refusal("not_found", "There is no such meeting. Look for it in the list of meetings.")
    if new.newsletter_no is not None:
        is_no = 0 < new.newsletter_no <= LARGEST_REF
        issue = newsletters.numbered(conn, network_id, new.newsletter_no) if is_no else None
        if issue is None or issue.state != "approved":
            raise Refusal(
                "not_found",
                "No newsletter {no} has been agreed here. Look for it in the list.",
                no=new.newsletter_no,
            )
