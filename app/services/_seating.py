"""What every change of a seat looks at first: who, where, whether there is room, which days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.errors import Phrase, Refusal
from app.domain.institution import GENERAL_BODY, OUTSIDE, OUTSIDE_BODY, TIERS
from app.domain.offices import body_for, is_single
from app.domain.terms import add_months
from app.domain.unit_names import called
from app.services.show_posts import no_seat
from app.store import journal, networks, seats, unit_tree, units
from app.store.database import Connection

EARLIEST, LATEST = date(1980, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True, slots=True)
class Clerk:
    """Whoever changes seats of a network, inside one transaction."""

    conn: Connection
    network_id: int
    by: str
    now: datetime

    def begin(self) -> date:
        """Keep other changes of this network out until the commit; gives the day that it is."""
        networks.hold(self.conn, self.network_id)
        return today_of(self.conn, self.network_id, self.now)

    def held_seat(self, seat_id: int) -> Any:
        """A seat of this network that is held now; raises Refusal when there is none."""
        row = seats.get(self.conn, self.network_id, seat_id)
        if row is None or row.left_on is not None:
            raise no_seat()
        return row

    def write_down(self, action: str, subject: str, detail: Mapping[str, Any]) -> None:
        """The journal's entry of what was done."""
        words = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in detail.items()
        }
        journal.append(
            self.conn,
            {
                "network_id": self.network_id,
                "at": self.now,
                "actor": self.by,
                "action": action,
                "subject": subject,
                "detail": words,
            },
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a seat stands: the unit (None for the network itself), the body and its row."""

    unit: Any | None
    code: str
    body: Any | None

    @property
    def unit_name(self) -> str:
        """What the unit is called; the body's name where there is no unit."""
        if self.unit is not None:
            return called(self.unit.kind, self.unit.name)
        return self.body_name

    @property
    def body_name(self) -> str:
        """What the body is called; its code where each unit has one of this kind."""
        return str(self.body.name) if self.body is not None else self.code

    @property
    def is_of_unit(self) -> bool:
        """Whether each unit has a body of this kind, and not the network one for all."""
        return self.body is None


def today_of(conn: Connection, network_id: int, now: datetime) -> date:
    """The day that it is where the network is."""
    return networks.by_id(conn, network_id).day_at(now)


def person_of(conn: Connection, network_id: int, person_id: int) -> Any:
    """Somebody of this network; raises Refusal when there is nobody."""
    person = seats.holder(conn, network_id, person_id)
    if person is None:
        raise Refusal("not_found", "There is no such person in this network.")
    return person


def place_of(conn: Connection, network_id: int, unit_id: int | None, body: str) -> Place:
    """Where a post stands; raises Refusal where the unit has no such body."""
    unit = None
    if unit_id is not None:
        unit = units.get(conn, network_id, unit_id)
        if unit is None:
            raise Refusal("not_found", "There is no such unit in this network.")
    code = body.strip().upper() or (body_for(unit.kind) if unit is not None else "")
    row = seats.body_named(conn, network_id, code) if code else None
    if row is not None:
        if code == GENERAL_BODY and (unit is None or unit.kind != "LSO"):
            raise Refusal("wrong_unit", "General Body seats are an LSO's: say of which LSO.")
        return Place(unit, row.code, row)
    if unit is None:
        raise Refusal("no_body", "Say of which unit or which body the post is.")
    if not (code == unit.kind and code in TIERS) and not (
        code == OUTSIDE_BODY and unit.kind in OUTSIDE
    ):
        raise Refusal(
            "no_body",
            "{unit} has no body {body}. Its officers are in the body {own}.",
            unit=called(unit.kind, unit.name),
            body=code[:20],
            own=body_for(unit.kind),
        )
    return Place(unit, code, None)


def own_seat(conn: Connection, person: Any, place: Place) -> Any | None:
    """The seat that somebody holds there now; in the network's own bodies of whatever unit."""
    unit_id = place.unit.id if place.unit is not None else None
    for row in seats.held_by(conn, person.id):
        if row.body != place.code:
            continue
        if row.unit_id == unit_id or (not place.is_of_unit and place.code != GENERAL_BODY):
            return row
        if place.code == GENERAL_BODY:
            raise Refusal(
                "other_unit",
                "{name} is in the General Body for another LSO already. End that seat first.",
                name=person.name,
            )
    return None


def check_office(conn: Connection, network_id: int, place: Place, post: str, *, but: int) -> None:
    """Raise Refusal when somebody else holds an office that one person holds alone."""
    if not is_single(place.code, post):
        return
    unit_id = place.unit.id if place.is_of_unit and place.unit is not None else None
    for row in seats.held_in(conn, network_id, place.code, unit_id, post):
        if row.person_id == but:
            continue
        where = place.unit_name if place.is_of_unit else place.body_name
        if row.ends_on is None:
            raise Refusal(
                "held_already",
                "{post} of {where} is {name}. End that or hand it over first.",
                post=Phrase(post),
                where=where,
                name=row.name,
            )
        raise Refusal(
            "held_already",
            "{post} of {where} is {name} until {until}. End that or hand it over first.",
            post=Phrase(post),
            where=where,
            name=row.name,
            until=row.ends_on.isoformat(),
        )


def check_fit(conn: Connection, person: Any, place: Place) -> None:
    """Raise Refusal for somebody of another unit, or not of the sex that the unit is for."""
    if place.unit is None or place.code not in (GENERAL_BODY, *TIERS):
        return
    wanted = {"women": "f", "men": "m"}.get(place.unit.members, "")
    if wanted and person.sex and person.sex != wanted:
        raise Refusal(
            "other_sex",
            "{unit} is a body of {members} only, and {name} is entered as {sex}.",
            unit=place.unit_name,
            members=Phrase(place.unit.members),
            name=person.name,
            sex=Phrase("a man") if person.sex == "m" else Phrase("a woman"),
        )
    if person.unit_id is None or person.unit_id == place.unit.id:
        return
    if not (
        unit_tree.is_below(conn, person.unit_id, place.unit.id)
        or unit_tree.is_below(conn, place.unit.id, person.unit_id)
    ):
        own = unit_tree.way(conn, person.unit_id)
        raise Refusal(
            "other_unit",
            "{name} belongs to {own}, not to {unit}. Move the person there first.",
            name=person.name,
            own=called(own[-1].kind, own[-1].name) if own else "",
            unit=place.unit_name,
        )


def check_quota(conn: Connection, network_id: int, place: Place) -> None:
    """Raise Refusal when the body, or the LSO's part of it, is full."""
    body = place.body
    if body is None:
        return
    if body.code == GENERAL_BODY and body.seats_per_lso and place.unit is not None:
        held = len(seats.held_in(conn, network_id, body.code, place.unit.id))
        if held >= body.seats_per_lso:
            raise Refusal(
                "quota",
                "{unit} fills its {quota} General Body seats already. End one of them first.",
                unit=place.unit_name,
                quota=body.seats_per_lso,
            )
    if body.seats and len(seats.held_in(conn, network_id, body.code)) >= body.seats:
        raise Refusal(
            "quota",
            "All {seats} seats of {body} are filled. End one of them first.",
            seats=body.seats,
            body=body.name,
        )


def end_of_term(place: Place, starts_on: date) -> date | None:
    """The last day of a term that begins then; a committee made for a time ends it."""
    if place.body is None:
        return None
    months = place.body.term_months
    whole = add_months(starts_on, months) if months else None
    known = [day for day in (whole, place.body.ends_on) if day is not None]
    return min(known, default=None)


def check_days(starts_on: date | None, ends_on: date | None, *, today: date | None = None) -> None:
    """Raise Refusal for a term that ends before it begins, or days beyond reason."""
    for day in (starts_on, ends_on):
        if day is not None and not EARLIEST <= day <= LATEST:
            raise Refusal("date", "{day} is no day of a term. Look at the year.", day=day)
    if today is not None and starts_on is not None and starts_on > today:
        raise Refusal(
            "date_ahead",
            "{day} is still to come. Name the person when the day has come.",
            day=starts_on,
        )
    if starts_on is not None and ends_on is not None and ends_on <= starts_on:
        raise Refusal(
            "date",
            "The term would end on {ends} and begin on {starts}. Give a later end.",
            ends=ends_on,
            starts=starts_on,
        )
