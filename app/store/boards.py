"""Notice boards: which there are, which sheets hang on them until when, and who has proved it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Index,
    Select,
    UniqueConstraint,
    bindparam,
    insert,
    select,
    text,
    update,
)
from sqlmodel import Field

from app.store.people import person
from app.store.schema import Row, link, loose_link, maybe_link, new_id, number, table_of
from app.store.units import unit

IS_UP = "taken_down_at IS NULL"


class Board(Row, table=True):
    """A notice board: where it hangs, and who puts the sheets on it."""

    __table_args__ = (UniqueConstraint("network_id", "no"),)

    id: int = new_id()
    network_id: int = link("network.id")
    no: int
    """The number that is painted on it; counts within the network."""
    unit_id: int | None = loose_link("unit.id", index=True)
    place: str = Field(max_length=200)
    """Where it hangs, in words."""
    keeper_id: int | None = loose_link("person.id", index=True)
    created_at: datetime
    closed_at: datetime | None = None
    """When it was taken away; None while it is in use."""


class HungSheet(Row, table=True):
    """A sheet for the boards: what is printed large on it, and until when it is of use.

    `no` is what people send back: LAGA DIYA 12.
    """

    __tablename__ = "hung_sheet"
    __table_args__ = (UniqueConstraint("network_id", "no"),)

    id: int = new_id()
    network_id: int = link("network.id")
    no: int
    kind: str = Field(max_length=12)
    """`notice`, `minutes` or `newsletter`."""
    titles: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    language: str = Field(default="", max_length=20)
    """The tag in which it is printed; "" for the network's own."""
    ref: int | None = None
    """The Ref of the text that says the same."""
    meeting_id: int | None = maybe_link("meeting.id", index=True)
    """The meeting whose minutes or notice it is."""
    newsletter_no: int | None = None
    valid_until: date | None = None
    created_at: datetime
    created_by: str = Field(default="", max_length=80)


class Hanging(Row, table=True):
    """One sheet on one board: given out, proved to hang, taken down."""

    __table_args__ = (
        Index(
            "ux_hanging_up",
            "sheet_id",
            "board_id",
            unique=True,
            sqlite_where=text(IS_UP),
            postgresql_where=text(IS_UP),
        ),
        Index("ix_hanging_board", "board_id", "id"),
    )

    id: int = new_id()
    network_id: int = link("network.id", index=True)
    sheet_id: int = link("hung_sheet.id")
    board_id: int = link("board.id")
    given_at: datetime
    hangs_since: datetime | None = None
    """When somebody proved that it hangs."""
    proved_by_id: int | None = loose_link("person.id", index=True)
    """Who proved it by text; None when the office wrote it down."""
    proved_by: str = Field(default="", max_length=80)
    """The officer who wrote it down."""
    inbound_id: int | None = maybe_link("inbound.id")
    taken_down_at: datetime | None = None
    taken_down_by: str = Field(default="", max_length=80)


board = table_of(Board)
hung_sheet = table_of(HungSheet)
hanging = table_of(Hanging)


def add_board(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a board and give its id."""
    return int(conn.execute(insert(board).values(**values).returning(board.c.id)).scalar_one())


def change_board(conn: Connection, board_id: int, values: Mapping[str, Any]) -> None:
    """Set these columns of a board."""
    conn.execute(update(board).where(board.c.id == board_id).values(**values))


def _boards(network_id: int) -> Select[Any]:
    return (
        select(
            board,
            unit.c.kind.label("unit_kind"),
            unit.c.name.label("unit_name"),
            unit.c.local_name.label("local_unit"),
            person.c.name.label("keeper"),
            person.c.local_name.label("local_keeper"),
        )
        .outerjoin(unit, unit.c.id == board.c.unit_id)
        .outerjoin(person, person.c.id == board.c.keeper_id)
        .where(board.c.network_id == network_id)
    )


def boards(conn: Connection, network_id: int) -> Sequence[Any]:
    """The boards in use, by number, with unit and keeper."""
    mine = _boards(network_id).where(board.c.closed_at.is_(None))
    return conn.execute(mine.order_by(board.c.no)).all()


def get_board(conn: Connection, network_id: int, board_id: int) -> Any | None:
    """One board in use; None for one that is not there, is away, or is another network's."""
    mine = _boards(network_id).where(board.c.id == board_id, board.c.closed_at.is_(None))
    return conn.execute(mine).one_or_none()


def add_sheet(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a sheet and give its id."""
    return int(
        conn.execute(insert(hung_sheet).values(**values).returning(hung_sheet.c.id)).scalar_one()
    )


def change_sheet(conn: Connection, sheet_id: int, values: Mapping[str, Any]) -> None:
    """Set these columns of a sheet."""
    conn.execute(update(hung_sheet).where(hung_sheet.c.id == sheet_id).values(**values))


def get_sheet(conn: Connection, network_id: int, sheet_id: int) -> Any | None:
    """One sheet of a network."""
    mine = (hung_sheet.c.id == sheet_id, hung_sheet.c.network_id == network_id)
    return conn.execute(select(hung_sheet).where(*mine)).one_or_none()


def sheet_numbered(conn: Connection, network_id: int, no: int) -> Any | None:
    """The sheet that bears this number."""
    mine = (hung_sheet.c.no == number(no), hung_sheet.c.network_id == network_id)
    return conn.execute(select(hung_sheet).where(*mine)).one_or_none()


def sheets(conn: Connection, network_id: int, limit: int) -> Sequence[Any]:
    """The newest sheets."""
    mine = select(hung_sheet).where(hung_sheet.c.network_id == network_id)
    return conn.execute(mine.order_by(hung_sheet.c.no.desc()).limit(limit)).all()


def hang(conn: Connection, values: Mapping[str, Any], board_ids: Collection[int]) -> int:
    """Say that a sheet is given out for these boards; gives on how many it was not before."""
    there = select(hanging.c.board_id).where(
        hanging.c.sheet_id == values["sheet_id"], hanging.c.taken_down_at.is_(None)
    )
    new = sorted(set(board_ids) - set(conn.execute(there).scalars()))
    if new:
        conn.execute(insert(hanging), [{**values, "board_id": one} for one in new])
    return len(new)


def _hangings(network_id: int) -> Select[Any]:
    return (
        select(
            hanging,
            hung_sheet.c.no,
            hung_sheet.c.kind,
            hung_sheet.c.titles,
            hung_sheet.c.language,
            hung_sheet.c.ref,
            hung_sheet.c.meeting_id,
            hung_sheet.c.newsletter_no,
            hung_sheet.c.valid_until,
            board.c.no.label("board_no"),
            board.c.place,
            board.c.unit_id,
            board.c.keeper_id,
            person.c.name.label("prover"),
            person.c.local_name.label("local_prover"),
        )
        .join(hung_sheet, hung_sheet.c.id == hanging.c.sheet_id)
        .join(board, board.c.id == hanging.c.board_id)
        .outerjoin(person, person.c.id == hanging.c.proved_by_id)
        .where(hanging.c.network_id == network_id)
    )


def up(conn: Connection, network_id: int) -> Sequence[Any]:
    """All that hangs or ought to hang on boards in use, by board, the newest sheet first."""
    mine = _hangings(network_id).where(
        hanging.c.taken_down_at.is_(None), board.c.closed_at.is_(None)
    )
    return conn.execute(mine.order_by(board.c.no, hung_sheet.c.no.desc())).all()


def hanging_of(conn: Connection, network_id: int, hanging_id: int) -> Any | None:
    """One sheet on one board."""
    return conn.execute(_hangings(network_id).where(hanging.c.id == hanging_id)).one_or_none()


def kept_by(
    conn: Connection, network_id: int, sheet_id: int, person_ids: Collection[int]
) -> Sequence[Any]:
    """Where that sheet hangs or ought to hang on boards that one of these people keeps."""
    mine = _hangings(network_id).where(
        hanging.c.sheet_id == sheet_id,
        hanging.c.taken_down_at.is_(None),
        board.c.closed_at.is_(None),
        board.c.keeper_id.in_(bindparam("ids", expanding=True)),
    )
    ordered = mine.order_by(board.c.no)
    return conn.execute(ordered, {"ids": list(person_ids)}).all()


def prove(conn: Connection, hanging_ids: Collection[int], values: Mapping[str, Any]) -> int:
    """Write down that these hang, where that was not known; gives how many it was news for."""
    mine = update(hanging).where(
        hanging.c.id.in_(list(hanging_ids)),
        hanging.c.hangs_since.is_(None),
        hanging.c.taken_down_at.is_(None),
    )
    return conn.execute(mine.values(**values)).rowcount


def take_down(
    conn: Connection, network_id: int, which: Mapping[str, int], *, by: str, at: datetime
) -> int:
    """Write down that one hanging (`id`), or all of a `board_id` or `sheet_id`, is off.

    Gives how many hung.
    """
    mine = [hanging.c[name] == value for name, value in which.items()]
    still = (hanging.c.network_id == network_id, hanging.c.taken_down_at.is_(None))
    values = {"taken_down_at": at, "taken_down_by": by}
    return conn.execute(update(hanging).where(*still, *mine).values(**values)).rowcount
