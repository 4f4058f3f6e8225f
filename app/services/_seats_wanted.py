"""The seats that a row gives somebody: in which body, of which unit, and whether they are free."""

from dataclasses import dataclass, field

from app.domain.institution import GENERAL_BODY, MEMBER, OUTSIDE, OUTSIDE_BODY, TIERS
from app.domain.offices import body_for, is_single
from app.services._directory import Directory, Known, SeatKnown
from app.services._told import Told, told
from app.services._unit_names import UnitKnown
from app.services._wanted import Post, Trouble, Wanted


@dataclass(slots=True)
class Seating:
    """The seats that somebody gets, those whose post changes, and what is told of them."""

    seats: list[SeatKnown] = field(default_factory=list)
    posts: list[tuple[SeatKnown, str]] = field(default_factory=list)
    remarks: list[Told] = field(default_factory=list)
    changes: list[Told] = field(default_factory=list)


def seat_all(
    directory: Directory, wanted: Wanted, unit: UnitKnown | None, known: Known
) -> Seating | Trouble:
    """What the posts of a row mean for somebody; a Trouble where a person must decide."""
    seating = Seating()
    for post in wanted.posts:
        trouble = _seat(directory, post, unit, known, seating)
        if trouble is not None:
            return trouble
    return seating


def _seat(
    directory: Directory, post: Post, unit: UnitKnown | None, known: Known, seating: Seating
) -> Trouble | None:
    place = _place(directory, post, unit)
    if not isinstance(place, tuple):
        seating.remarks.append(place)
        return None
    body, unit_id = place
    own = _own(directory, known, seating, body, unit_id)
    words = post.post or (own.post if own is not None else MEMBER)
    if own is not None and own.post == words:
        return None
    trouble = _office_trouble(directory, body, unit_id, words, known)
    if trouble is not None:
        return trouble
    if own is not None:
        seating.posts.append((own, words))
        was = told("the post was {old}, becomes {new}.", old=own.post, new=words)
        seating.changes.append(was if own.post else told("the post becomes {new}.", new=words))
        return None
    if body == GENERAL_BODY and unit_id:
        quota = directory.bodies[body].seats_per_lso if body in directory.bodies else 0
        if quota and directory.seated.get(unit_id, 0) >= quota:
            called = directory.units.by_id[unit_id].called
            return Trouble(
                told(
                    "{unit} fills its {quota} General Body seats already.", unit=called, quota=quota
                ),
                told("End one of them first, or leave the post out."),
            )
    seating.seats.append(SeatKnown(0, unit_id, body, words))
    seating.changes.append(told("gets a seat: {body} {post}.", body=body, post=words))
    return None


def _place(directory: Directory, post: Post, unit: UnitKnown | None) -> tuple[str, int] | Told:
    """The body and the unit's id (0 for none) of a post, or why it is left out."""
    code = post.body.upper()
    if not code:
        if unit is None:
            return told(
                "The post {post} was left out: the row names neither body nor unit.", post=post.post
            )
        code = body_for(unit.kind)
    if code in directory.bodies:
        lso = unit.of_kind("LSO") if unit is not None else None
        place = lso or unit
        return directory.bodies[code].code, place.id if place is not None else 0
    if code not in TIERS and code != OUTSIDE_BODY:
        return told("There is no body {body}: the post was left out.", body=post.body)
    place = unit
    if unit is not None and code in TIERS:
        place = unit.of_kind(code)
    if unit is not None and code == OUTSIDE_BODY and unit.kind not in OUTSIDE:
        place = None
    if place is None:
        return told("The post was left out: the row names no unit of the body {body}.", body=code)
    return code, place.id


def _own(
    directory: Directory, known: Known, seating: Seating, body: str, unit_id: int
) -> SeatKnown | None:
    """The seat that somebody has there; in a body of the network of whatever unit."""
    anywhere = body.upper() in directory.bodies and body != GENERAL_BODY
    for seat in (*known.seats, *seating.seats):
        if seat.body == body and (anywhere or seat.unit_id == unit_id):
            return seat
    return None


def _office_trouble(
    directory: Directory, body: str, unit_id: int, post: str, known: Known
) -> Trouble | None:
    """Why somebody cannot have an office that one person holds alone."""
    if not is_single(body, post):
        return None
    holder = directory.holder(body, unit_id, post)
    if holder is None or holder.is_(known):
        return None
    where = directory.units.by_id.get(unit_id)
    of = body if body.upper() in directory.bodies or where is None else where.called
    return Trouble(
        told("{post} of {unit} is {name}.", post=post, unit=of, name=holder.name),
        told("End that seat first, or leave the post out."),
    )
