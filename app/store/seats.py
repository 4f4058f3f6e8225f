"""Seats: who holds which office in which body from when to when; history is kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Index, UniqueConstraint, insert, text
from sqlmodel import Field

from app.store.bulk import insert_into
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
