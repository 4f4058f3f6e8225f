"""Resolutions as rows: demands to posts outside, their letters and the answers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Select,
    UniqueConstraint,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlmodel import Field

from app.store.meetings import meeting, minutes
from app.store.schema import Row, link, maybe_link, new_id, number, table_of
from app.store.seats import seat


class Resolution(Row, table=True):
    """A demand to a post outside: a dated letter with a number, and the answer to it."""

    __table_args__ = (UniqueConstraint("minutes_id", "no"),)

    id: int = new_id()
    network_id: int = link("network.id")
    minutes_id: int = link("minutes.id")
    no: int
    titles: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    texts: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    addressee: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    seat_id: int | None = maybe_link("seat.id")
    letter_no: str = Field(default="", max_length=40)
    sent_on: date | None = None
    diary_no: str = Field(default="", max_length=40)
    """The number under which the office that got it wrote it into its diary."""
    reply_due: date | None = None
    replied_on: date | None = None
    reply: str = Field(default="", max_length=500)
    is_withdrawn: bool = False
    """Whether later minutes no longer hold it."""


resolution = table_of(Resolution)


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a resolution and give its id."""
    statement = insert(resolution).values(**values).returning(resolution.c.id)
    return int(conn.execute(statement).scalar_one())


def change(conn: Connection, resolution_id: int, values: Mapping[str, Any]) -> None:
    """Set these columns of a resolution."""
    conn.execute(update(resolution).where(resolution.c.id == resolution_id).values(**values))


def of_minutes(conn: Connection, minutes_id: int) -> Sequence[Any]:
    """All resolutions of these minutes by number, also withdrawn ones."""
    statement = select(resolution).where(resolution.c.minutes_id == minutes_id)
    return conn.execute(statement.order_by(resolution.c.no)).all()


def _with_meeting(network_id: int) -> Select[Any]:
    return (
        select(
            resolution,
            meeting.c.id.label("meeting_id"),
            meeting.c.body,
            meeting.c.label,
            meeting.c.at,
        )
        .join(minutes, minutes.c.id == resolution.c.minutes_id)
        .join(meeting, meeting.c.id == minutes.c.meeting_id)
        .where(resolution.c.network_id == network_id)
    )


def get(conn: Connection, network_id: int, resolution_id: int) -> Any | None:
    """One resolution of a network with its meeting; None for another's."""
    statement = _with_meeting(network_id).where(resolution.c.id == resolution_id)
    return conn.execute(statement).one_or_none()


def standing(
    conn: Connection, network_id: int, meeting_id: int | None, *, public: bool = False
) -> Sequence[Any]:
    """Resolutions that were not withdrawn, newest meeting first; of one meeting when named.

    The public reads none of restricted minutes.
    """
    statement = _with_meeting(network_id).where(resolution.c.is_withdrawn.is_(False))
    if public:
        statement = statement.where(minutes.c.is_restricted.is_(False))
    if meeting_id is not None:
        statement = statement.where(meeting.c.id == meeting_id)
    return conn.execute(
        statement.order_by(meeting.c.at.desc(), meeting.c.id.desc(), resolution.c.no)
    ).all()


def numbered(conn: Connection, network_id: int, label: str, no: int) -> Sequence[Any]:
    """Those of that number that stand, newest meeting first: several bodies may use one label."""
    named = (
        func.lower(meeting.c.label) == label.lower(),
        resolution.c.no == number(no),
        resolution.c.is_withdrawn.is_(False),
    )
    found = _with_meeting(network_id).where(*named)
    return conn.execute(found.order_by(meeting.c.at.desc(), resolution.c.id.desc())).all()


def letter_taken(conn: Connection, network_id: int, letter_no: str, but: int) -> bool:
    """Whether another resolution went out under that number."""
    statement = select(resolution.c.id).where(
        resolution.c.network_id == network_id,
        resolution.c.letter_no == letter_no,
        resolution.c.id != but,
    )
    return conn.execute(statement.limit(1)).first() is not None


def let_seats_go(conn: Connection, *, person_id: int = 0, seat_id: int = 0) -> None:
    """Leave resolutions to seats that go away (all of one person, or one) with their words."""
    gone = select(seat.c.id).where(or_(seat.c.person_id == person_id, seat.c.id == seat_id))
    statement = update(resolution).where(resolution.c.seat_id.in_(gone))
    conn.execute(statement.values(seat_id=None))
