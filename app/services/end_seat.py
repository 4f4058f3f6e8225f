"""End a seat on the day that its holder leaves, or renew it: the same person, a new term."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.errors import Refusal
from app.services._seating import Clerk, check_days, end_of_term, place_of
from app.store import seats
from app.store.database import Database


@dataclass(frozen=True, slots=True)
class Leaving:
    """Which seat is left, and on which day: today unless said otherwise."""

    seat_id: int
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Renewal:
    """Which seat is renewed.

    The new term begins when the old one ends, or today where that has passed; it lasts as long
    as the body's terms do, or as long as the old one did.
    """

    seat_id: int
    starts_on: date | None = None
    ends_on: date | None = None


async def end_seat(
    database: Database, network_id: int, leaving: Leaving, *, by: str, now: datetime
) -> None:
    """Write down that the holder left; the post is empty then.

    Raises Refusal for a seat that nobody holds and for a day that cannot be.
    """
    await database.write(lambda conn: _end(Clerk(conn, network_id, by, now), leaving))


def _end(clerk: Clerk, leaving: Leaving) -> None:
    today = clerk.begin()
    row = clerk.held_seat(leaving.seat_id)
    day = leaving.left_on or today
    leave(clerk, row, day, today)
    seats.follow_ranks(clerk.conn, [row.person_id])
    clerk.write_down("seat ended", f"seat {row.id}", {"person": row.person_id, "left_on": day})


async def renew_seat(
    database: Database, network_id: int, renewal: Renewal, *, by: str, now: datetime
) -> int:
    """Begin a new term of the same person in the same post; gives the new seat's id.

    Raises Refusal like `end_seat`.
    """
    return await database.write(lambda conn: _renew(Clerk(conn, network_id, by, now), renewal))


def _renew(clerk: Clerk, renewal: Renewal) -> int:
    today = clerk.begin()
    row = clerk.held_seat(renewal.seat_id)
    starts_on = renewal.starts_on or max(row.ends_on or today, today)
    place = place_of(clerk.conn, clerk.network_id, row.unit_id, row.body)
    ends_on = renewal.ends_on or end_of_term(place, starts_on) or _as_long_as(row, starts_on)
    check_days(starts_on, ends_on)
    _check_order(row, starts_on)
    seats.change(clerk.conn, row.id, left_on=starts_on)
    new_id = seats.put(clerk.conn, term_of(row, row.person_id, starts_on, ends_on))
    seats.follow_ranks(clerk.conn, [row.person_id])
    detail = {"person": row.person_id, "after": row.id, "ends_on": ends_on}
    clerk.write_down("term renewed", f"seat {new_id}", detail)
    return new_id


def _as_long_as(row: Any, starts_on: date) -> date | None:
    """The end of a term as long as the old one, for bodies without a rule."""
    if row.starts_on is None or row.ends_on is None:
        return None
    last: date = starts_on + (row.ends_on - row.starts_on)
    return last


def leave(clerk: Clerk, row: Any, day: date, today: date) -> None:
    """End a seat on that day."""
    if day > today:
        raise Refusal(
            "date_ahead",
            "{day} is still to come. Write it down when the day has come.",
            day=day,
        )
    _check_order(row, day)
    seats.change(clerk.conn, row.id, left_on=day)


def _check_order(row: Any, day: date) -> None:
    if row.starts_on is not None and day < row.starts_on:
        raise Refusal(
            "date",
            "{day} is before the term began, which was {starts}. Give a later day.",
            day=day,
            starts=row.starts_on,
        )


def term_of(row: Any, person_id: int, starts_on: date, ends_on: date | None) -> dict[str, Any]:
    """A new term of the same post."""
    kept = ("network_id", "unit_id", "body", "post", "local_post")
    values = {name: getattr(row, name) for name in kept}
    return {**values, "person_id": person_id, "starts_on": starts_on, "ends_on": ends_on}
