"""Appoint: name somebody for a post of a unit or body, and let their rank follow."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.institution import MEMBER, OUTSIDE_BODY
from app.domain.offices import office_named
from app.services._seating import (
    Clerk,
    Place,
    check_days,
    check_fit,
    check_office,
    check_quota,
    end_of_term,
    own_seat,
    person_of,
    place_of,
)
from app.store import office_phones, posts, seats
from app.store.database import Database

MOST_LETTERS = 60


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who is named for what. `body` follows from the unit where none is given.

    The term begins today and lasts as long as the body's terms do, unless said otherwise.
    """

    person_id: int
    unit_id: int | None = None
    post: str = ""
    body: str = ""
    local_post: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


async def appoint(
    database: Database, network_id: int, new: Appointment, *, by: str, now: datetime
) -> int:
    """Give somebody a seat, or another office in the seat that they hold; gives the seat's id.

    Raises Refusal for a full quota, an office that somebody holds, somebody of another unit or
    of the other sex than the unit is for, and days that cannot be.
    """
    return await database.write(lambda conn: _appoint(Clerk(conn, network_id, by, now), new))


def _appoint(clerk: Clerk, new: Appointment) -> int:
    conn, network_id, today = clerk.conn, clerk.network_id, clerk.begin()
    person = person_of(conn, network_id, new.person_id)
    place = place_of(conn, network_id, new.unit_id, new.body)
    new = replace(new, post=_post(new.post, place), body=place.code)
    own = own_seat(conn, person, place)
    check_office(conn, network_id, place, new.post, but=person.id)
    if own is not None:
        values = _changes(own, new)
        check_days(values.get("starts_on", own.starts_on), values.get("ends_on", own.ends_on))
        seats.change(conn, own.id, **values)
        seat_id = int(own.id)
    else:
        check_fit(conn, person, place)
        check_quota(conn, network_id, place)
        seat_id = seats.put(conn, _row(network_id, new, place, today))
    moved = [] if own is not None else _take_phones(clerk, place, new)
    seats.follow_ranks(conn, [person.id])
    detail = {"person": person.id, "body": place.code, "post": new.post, "unit": new.unit_id}
    clerk.write_down("named for a post", f"seat {seat_id}", detail)
    if moved:
        phones = {"to": person.id, "addresses": moved}
        clerk.write_down("office phones handed over", f"seat {seat_id}", phones)
    return seat_id


def _post(words: str, place: Place) -> str:
    """The post as it is kept; raises Refusal where one has to be named and is not."""
    post = office_named(words)
    if len(post) > MOST_LETTERS:
        raise Refusal(
            "post_too_long", "The post has more than {most} letters. Shorten it.", most=MOST_LETTERS
        )
    if post:
        return post
    if place.is_of_unit:
        raise Refusal("no_post", "Say which post: President, Manager or another one.")
    return MEMBER


def _changes(own: Any, new: Appointment) -> dict[str, Any]:
    """What changes in a seat that is held already: the office, and the days that are given."""
    days = {"starts_on": new.starts_on, "ends_on": new.ends_on}
    local = new.local_post.strip()[:MOST_LETTERS]
    keeps_words = not local and own.post == new.post
    return {
        "post": new.post,
        "local_post": own.local_post if keeps_words else local,
        **{name: day for name, day in days.items() if day is not None},
    }


def _row(network_id: int, new: Appointment, place: Place, today: date) -> dict[str, Any]:
    starts_on = new.starts_on or today
    ends_on = new.ends_on or end_of_term(place, starts_on)
    check_days(starts_on, ends_on, today=today)
    return {
        "network_id": network_id,
        "person_id": new.person_id,
        "unit_id": place.unit.id if place.unit is not None else None,
        "body": place.code,
        "post": new.post,
        "local_post": new.local_post.strip()[:MOST_LETTERS],
        "starts_on": starts_on,
        "ends_on": ends_on,
    }


def _take_phones(clerk: Clerk, place: Place, new: Appointment) -> list[int]:
    """An officer outside who comes after one who was transferred gets the office's phones."""
    if place.code != OUTSIDE_BODY or place.unit is None:
        return []
    before = posts.last_holder(clerk.conn, place.unit.id, new.post)
    if before in (None, new.person_id) or seats.held_by(clerk.conn, int(before or 0)):
        return []
    return office_phones.hand_on(clerk.conn, int(before or 0), new.person_id)
