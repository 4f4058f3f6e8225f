"""Seats: who holds which office in which body from when to when; history is kept."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    Connection,
    Index,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlmodel import Field

from app.domain.institution import WITHOUT_SEAT, rank_of
from app.domain.storable import storable
from app.store.bulk import insert_into
from app.store.people import person
from app.store.schema import Row, link, maybe_link, new_id, table_of

HELD_NOW = "left_on IS NULL"
"""Written alike in the index and in the question, or SQLite does not see that they fit."""


class Body(Row, table=True):
    """A body of the network itself: General Body, Executive Committee, a committee.

    The officers of an LSO, VO or CO and the posts outside need no row here: their seats bear the
    tier (or `OUT`) as body, and their unit.
    """

    __table_args__ = (UniqueConstraint("network_id", "code"),)

    id: int = new_id()
    network_id: int = link("network.id")
    code: str = Field(max_length=12)
    name: str = Field(max_length=120)
    local_name: str = Field(default="", max_length=120)
    seats: int = 0
    """How many it has in all; 0 when that follows from `seats_per_lso` or is not fixed."""
    seats_per_lso: int = 0
    term_months: int = 24
    women_percent: int = 0
    """The by-law figure for the share of women; 0 when the by-laws name none."""
    ends_on: date | None = None
    """The last day of a committee that was made for a time."""


class Seat(Row, table=True):
    """One term of a person in a body (GB, EC, LSO, VO, CO, OUT, a committee), and the office held.

    The seat is held now while `left_on` is empty. A post is a unit, a body and an office.
    """

    __table_args__ = (
        Index(
            "ux_seat_held",
            "person_id",
            "body",
            "unit_id",
            unique=True,
            sqlite_where=text(HELD_NOW),
            postgresql_where=text(HELD_NOW),
        ),
        Index(
            "ix_seat_ends",
            "network_id",
            "ends_on",
            sqlite_where=text(HELD_NOW),
            postgresql_where=text(HELD_NOW),
        ),
        Index("ix_seat_unit", "unit_id", "body"),
        Index("ix_seat_body", "network_id", "body"),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    person_id: int = link("person.id", index=True)
    unit_id: int | None = maybe_link("unit.id")
    body: str = Field(max_length=12)
    post: str = Field(default="", max_length=60)
    local_post: str = Field(default="", max_length=60)
    starts_on: date | None = None
    ends_on: date | None = None
    """Last day of the term; None when it has none."""
    left_on: date | None = None


body = table_of(Body)
seat = table_of(Seat)


FIRST_BODIES = (
    {
        "code": "GB",
        "name": "General Body",
        "local_name": "جنرل باڈی",
        "seats_per_lso": 2,
    },
    {"code": "EC", "name": "Executive Committee", "local_name": "ایگزیکٹو کمیٹی"},
)
"""What every network has: equal seats of each LSO, and those whom they elect; both for 2 years."""


def give_first_bodies(conn: Connection, network_id: int) -> None:
    """Store the bodies that every network has."""
    for values in FIRST_BODIES:
        conn.execute(insert(body).values(network_id=network_id, **values))


def add(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store seats; one that the person holds already stays as it is."""
    if rows:
        statement = insert_into(conn.dialect.name, seat).on_conflict_do_nothing(
            index_elements=["person_id", "body", "unit_id"], index_where=text(HELD_NOW)
        )
        conn.execute(statement, list(rows))


def put(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store one seat and give its id."""
    return int(conn.execute(insert(seat).values(**values).returning(seat.c.id)).scalar_one())


def get(conn: Connection, network_id: int, seat_id: int) -> Any | None:
    """One seat of a network, held now or not; None for one that is not there or another's."""
    statement = select(seat).where(seat.c.id == seat_id, seat.c.network_id == network_id)
    return conn.execute(statement).one_or_none()


def change(conn: Connection, seat_id: int, **values: Any) -> None:
    """Set these columns of a seat."""
    conn.execute(update(seat).where(seat.c.id == seat_id).values(**values))


def holder(conn: Connection, network_id: int, person_id: int) -> Any | None:
    """Somebody of this network who may be named for a post."""
    statement = select(person).where(person.c.id == person_id, person.c.network_id == network_id)
    return conn.execute(statement).one_or_none()


def held_by(conn: Connection, person_id: int) -> Sequence[Any]:
    """The seats that somebody holds now."""
    statement = select(seat).where(seat.c.person_id == person_id, text(HELD_NOW))
    return conn.execute(statement.order_by(seat.c.id)).all()


def held_in(
    conn: Connection, network_id: int, code: str, unit_id: int | None = None, post: str = ""
) -> Sequence[Any]:
    """The seats held now in a body, of one unit and with one office where these are given."""
    statement = (
        select(seat, person.c.name, person.c.local_name)
        .join(person, person.c.id == seat.c.person_id)
        .where(seat.c.network_id == network_id, seat.c.body == code, seat.c.left_on.is_(None))
    )
    if unit_id is not None:
        statement = statement.where(seat.c.unit_id == unit_id)
    if post:
        statement = statement.where(seat.c.post == post)
    return conn.execute(statement.order_by(seat.c.id)).all()


def follow_ranks(conn: Connection, person_ids: Collection[int]) -> None:
    """Let the ranks of these people be the best of the seats that they hold now."""
    statement = select(seat.c.person_id, seat.c.body).where(
        seat.c.person_id.in_(bindparam("ids", expanding=True)), text(HELD_NOW)
    )
    ranks = dict.fromkeys(sorted(person_ids), WITHOUT_SEAT)
    for row in conn.execute(statement, {"ids": list(person_ids)}):
        ranks[row.person_id] = min(ranks[row.person_id], rank_of(row.body))
    for person_id, rank in ranks.items():
        conn.execute(update(person).where(person.c.id == person_id).values(rank=rank))


def bodies(conn: Connection, network_id: int) -> Sequence[Any]:
    """The bodies of a network: General Body, Executive Committee, then committees by name."""
    statement = select(body).where(body.c.network_id == network_id)
    first = {"GB": 0, "EC": 1}
    rows = conn.execute(statement.order_by(body.c.name, body.c.id)).all()
    return sorted(rows, key=lambda row: first.get(row.code, len(first)))


def body_named(conn: Connection, network_id: int, code: str) -> Any | None:
    """The body with that code, in small or large letters."""
    statement = select(body).where(
        body.c.network_id == network_id, func.upper(body.c.code) == storable(code).upper()
    )
    return conn.execute(statement).one_or_none()


def put_body(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a body and give its id."""
    return int(conn.execute(insert(body).values(**values).returning(body.c.id)).scalar_one())


def set_body(conn: Connection, body_id: int, values: Mapping[str, Any]) -> None:
    """Set these columns of a body."""
    conn.execute(update(body).where(body.c.id == body_id).values(**values))


def drop_body(conn: Connection, body_id: int) -> None:
    """Take a body away; who was in it when stays on record."""
    conn.execute(delete(body).where(body.c.id == body_id))
