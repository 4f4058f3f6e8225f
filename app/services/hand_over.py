"""Hand a post over: the old holder leaves, the next one begins, the phones of the office stay."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.errors import Refusal
from app.services._seating import (
    Clerk,
    Place,
    check_days,
    check_fit,
    end_of_term,
    own_seat,
    person_of,
    place_of,
)
from app.services.end_seat import leave, term_of
from app.store import office_phones, seats
from app.store.database import Database


@dataclass(frozen=True, slots=True)
class Handover:
    """Which seat goes to whom, from which day (today), and for the rest of the term or a new one.

    `ends_on` says the last day itself.
    """

    seat_id: int
    person_id: int
    on: date | None = None
    ends_on: date | None = None
    is_new_term: bool = False


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The new holder's seat, and how many addresses of the office went with it."""

    seat_id: int
    phones: int


async def hand_over(
    database: Database, network_id: int, change: Handover, *, by: str, now: datetime
) -> HandedOver:
    """Let somebody else hold a post from that day on, with the phones that are the office's.

    Somebody who sits in that body already keeps the seat and takes the office. Raises Refusal
    for a seat that nobody holds, somebody who may not hold it, and days that cannot be.
    """
    return await database.write(lambda conn: _hand_over(Clerk(conn, network_id, by, now), change))


def _hand_over(clerk: Clerk, change: Handover) -> HandedOver:
    conn, today = clerk.conn, clerk.begin()
    row = clerk.held_seat(change.seat_id)
    person = person_of(conn, clerk.network_id, change.person_id)
    if person.id == row.person_id:
        raise Refusal(
            "same_person", "{name} holds this post already. Renew the term.", name=person.name
        )
    day = change.on or today
    place = place_of(conn, clerk.network_id, row.unit_id, row.body)
    ends_on = change.ends_on or _end(row, place, day, is_new=change.is_new_term)
    check_days(day, ends_on)
    own = own_seat(conn, person, place)
    if own is None:
        check_fit(conn, person, place)
    leave(clerk, row, day, today)
    new_id = _begin(clerk, row, own, term_of(row, person.id, day, ends_on))
    moved = office_phones.hand_on(conn, row.person_id, person.id)
    seats.follow_ranks(conn, [row.person_id, person.id])
    detail = {"from": row.person_id, "to": person.id, "on": day, "after": row.id}
    clerk.write_down("post handed over", f"seat {new_id}", detail)
    if moved:
        phones = {"from": row.person_id, "to": person.id, "addresses": moved}
        clerk.write_down("office phones handed over", f"seat {new_id}", phones)
    return HandedOver(new_id, len(moved))


def _begin(clerk: Clerk, row: Any, own: Any | None, term: dict[str, Any]) -> int:
    """A new seat, or the office in the seat that the person holds in that body already."""
    if own is None:
        return seats.put(clerk.conn, term)
    seats.change(clerk.conn, own.id, post=row.post, local_post=row.local_post)
    return int(own.id)


def _end(row: Any, place: Place, day: date, *, is_new: bool) -> date | None:
    """The rest of the old term; a new one where that is wanted or nothing is left of it."""
    rest: date | None = row.ends_on
    if not is_new and (rest is None or rest > day):
        return rest
    return end_of_term(place, day)
