"""Press notes: what the network tells the papers, and where each note was sent."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Index,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)
from sqlmodel import Field

from app.store.addresses import address
from app.store.numbers import next_no
from app.store.office_phones import OFFICE
from app.store.outbox import outbox
from app.store.people import person, person_address
from app.store.schema import Row, link, maybe_link, new_id, number, table_of
from app.store.seats import seat
from app.store.units import unit


class PressNote(Row, table=True):
    """One note to the press, in each language it is given out in."""

    __tablename__ = "press_note"
    __table_args__ = (UniqueConstraint("network_id", "no"),)

    id: int = new_id()
    network_id: int = link("network.id")
    no: int
    meeting_id: int | None = maybe_link("meeting.id", index=True)
    """The meeting whose decisions it tells; None for one written by hand."""
    on: date
    """The day of the dateline."""
    places: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Where the note comes from, as the dateline says it."""
    titles: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    texts: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    demands: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """One demand a line."""
    speakers: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Who speaks, with the post."""
    contacts: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """How the office is reached; never a member's own number."""
    captions: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    state: str = Field(default="draft", max_length=12)
    """`draft` or `approved`."""
    version: int = 1
    author: str = Field(max_length=80)
    author_id: int | None = maybe_link("account.id")
    approver: str = Field(default="", max_length=80)
    made_at: datetime
    approved_at: datetime | None = None
    broadcast_id: int | None = maybe_link("broadcast.id")
    """The plan of its mail to the press."""


class PressSending(Row, table=True):
    """That a note was given to somebody: append-only."""

    __tablename__ = "press_sending"
    __table_args__ = (Index("ix_press_sending_of", "press_note_id", "id"),)

    id: int = new_id()
    network_id: int = link("network.id")
    press_note_id: int = link("press_note.id")
    at: datetime
    way: str = Field(max_length=10)
    """`mail`, `whatsapp`, `print`."""
    language: str = Field(default="", max_length=20)
    whom: str = Field(max_length=120)
    """The paper or station."""
    unit_id: int | None = maybe_link("unit.id")
    actor: str = Field(max_length=80)


press_note = table_of(PressNote)
press_sending = table_of(PressSending)


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a note under the network's next number and give its id."""
    no = next_no(conn, press_note, values["network_id"])
    statement = insert(press_note).values(**values, no=no).returning(press_note.c.id)
    return int(conn.execute(statement).scalar_one())


def get(conn: Connection, network_id: int, note_id: int) -> Any | None:
    """One note of a network; None for one that is not there or another's."""
    statement = select(press_note).where(
        press_note.c.id == note_id, press_note.c.network_id == network_id
    )
    return conn.execute(statement).one_or_none()


def of_meeting(conn: Connection, network_id: int, meeting_id: int) -> Any | None:
    """The newest note that was written from that meeting."""
    statement = select(press_note).where(
        press_note.c.network_id == network_id, press_note.c.meeting_id == meeting_id
    )
    return conn.execute(statement.order_by(press_note.c.id.desc()).limit(1)).one_or_none()


def newest(conn: Connection, network_id: int, *, before: int | None, limit: int) -> Sequence[Any]:
    """Notes, newest first, from behind the one with the number `before`."""
    statement = select(press_note).where(press_note.c.network_id == network_id)
    if before is not None:
        statement = statement.where(press_note.c.no < number(before))
    return conn.execute(statement.order_by(press_note.c.no.desc()).limit(limit)).all()


def change(conn: Connection, note_id: int, **values: Any) -> None:
    """Set these columns of a note."""
    conn.execute(update(press_note).where(press_note.c.id == note_id).values(**values))


def add_sending(conn: Connection, values: Mapping[str, Any]) -> None:
    """Write down that a note was given to somebody."""
    conn.execute(insert(press_sending).values(**values))


def sendings_of(conn: Connection, note_id: int) -> Sequence[Any]:
    """To whom a note was given, first to last."""
    statement = select(press_sending).where(press_sending.c.press_note_id == note_id)
    return conn.execute(statement.order_by(press_sending.c.id)).all()


def media(conn: Connection, network_id: int) -> Sequence[Any]:
    """The papers and stations of the directory, and whether a mail can reach each."""
    mails = (
        select(address.c.id)
        .join(person_address, person_address.c.address_id == address.c.id)
        .join(seat, seat.c.person_id == person_address.c.person_id)
        .where(seat.c.unit_id == unit.c.id, seat.c.left_on.is_(None), address.c.kind == "email")
        .correlate(unit)
    )
    statement = select(
        unit.c.id, unit.c.name, unit.c.local_name, mails.exists().label("has_mail")
    ).where(unit.c.network_id == network_id, unit.c.kind == "media")
    return conn.execute(statement.order_by(unit.c.name, unit.c.id)).all()


def speaker_of(conn: Connection, network_id: int, posts: Sequence[str]) -> Any | None:
    """Who holds the first of these posts of the Executive Committee that is filled."""
    for post in posts:
        statement = (
            select(seat.c.post, seat.c.local_post, person.c.name, person.c.local_name)
            .join(person, person.c.id == seat.c.person_id)
            .where(
                seat.c.network_id == network_id,
                seat.c.body == "EC",
                seat.c.post == post,
                seat.c.left_on.is_(None),
            )
            .order_by(seat.c.id)
            .limit(1)
        )
        row = conn.execute(statement).one_or_none()
        if row is not None:
            return row
    return None


def private_numbers(conn: Connection, network_id: int, numbers: Sequence[str]) -> int:
    """How many of these numbers are a person's own, and no office's."""
    links = (
        select(person_address.c.address_id)
        .where(person_address.c.address_id == address.c.id)
        .correlate(address)
    )
    statement = (
        select(func.count())
        .select_from(address)
        .where(
            address.c.network_id == network_id,
            address.c.msisdn.in_(numbers),
            links.exists(),
            ~links.where(person_address.c.whose == OFFICE).exists(),
        )
    )
    return int(conn.execute(statement).scalar_one()) if numbers else 0


def mailed_to(conn: Connection, broadcast_id: int) -> Sequence[Any]:
    """To which papers a mail went, and how each stands: `unit_id`, `name`, `state`, `at`."""
    statement = (
        select(
            unit.c.id.label("unit_id"),
            unit.c.name,
            unit.c.local_name,
            outbox.c.state,
            func.min(outbox.c.id).label("first"),
        )
        .join(person_address, person_address.c.address_id == outbox.c.address_id)
        .join(seat, seat.c.person_id == person_address.c.person_id)
        .join(unit, unit.c.id == seat.c.unit_id)
        .where(outbox.c.broadcast_id == broadcast_id, seat.c.left_on.is_(None))
        .group_by(unit.c.id, unit.c.name, unit.c.local_name, outbox.c.state)
        .order_by(unit.c.name, unit.c.id)
    )
    return conn.execute(statement).all()
