"""People as they are looked for: by name, post and unit in any script, or by number."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from app.domain.names import name_key
from app.store.addresses import address
from app.store.people import person, person_address
from app.store.seats import seat
from app.store.units import unit

_columns = (
    person.c.id,
    person.c.name,
    person.c.local_name,
    person.c.name_key,
    person.c.sex,
    person.c.language,
    person.c.unit_id,
    unit.c.name.label("unit"),
    unit.c.local_name.label("local_unit"),
    unit.c.kind.label("unit_kind"),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is looked for: whoever has that number, or digits at its end, or all of these words."""

    network_id: int
    msisdn: str = ""
    digits: str = ""
    words: tuple[str, ...] = ()


def found(
    conn: Connection,
    wanted: Wanted,
    *,
    after: tuple[str, int] | None,
    limit: int,
) -> Sequence[Any]:
    """The people who are looked for, by name, from behind that (name_key, id)."""
    statement = (
        select(*_columns)
        .outerjoin(unit, unit.c.id == person.c.unit_id)
        .where(*_fits(wanted))
        .order_by(person.c.name_key, person.c.id)
        .limit(limit)
    )
    if after is not None:
        place = tuple_(person.c.name_key, person.c.id)
        statement = statement.where(place > tuple_(literal(after[0]), literal(after[1])))
    return conn.execute(statement).all()


def count(conn: Connection, wanted: Wanted) -> int:
    """How many people are found."""
    statement = select(func.count()).select_from(person).where(*_fits(wanted))
    return int(conn.execute(statement).scalar_one())


def place_of(conn: Connection, network_id: int, person_id: int) -> tuple[str, int] | None:
    """Where somebody stands in the order of names."""
    row = conn.execute(
        select(person.c.name_key, person.c.id).where(
            person.c.id == person_id, person.c.network_id == network_id
        )
    ).one_or_none()
    return (row.name_key, row.id) if row else None


def _fits(wanted: Wanted) -> list[ColumnElement[bool]]:
    fits = [person.c.network_id == wanted.network_id]
    if wanted.msisdn:
        fits.append(_reached(wanted.network_id, address.c.msisdn == wanted.msisdn))
    if wanted.digits:
        fits.append(_reached(wanted.network_id, _has_digits(wanted.digits)))
    return fits + [_named(wanted.network_id, word) for word in wanted.words]


def _has_digits(digits: str) -> ColumnElement[bool]:
    """Whether a number ends with these digits, or begins so as it is dialled."""
    ends_so = address.c.msisdn.endswith(digits, autoescape=True)
    if not digits.startswith("0"):
        return ends_so
    return or_(ends_so, address.c.msisdn.startswith(f"+92{digits[1:]}", autoescape=True))


def _reached(network_id: int, is_it: ColumnElement[bool]) -> ColumnElement[bool]:
    on_it = (
        select(person_address.c.person_id)
        .join(address, address.c.id == person_address.c.address_id)
        .where(address.c.network_id == network_id, is_it)
    )
    return person.c.id.in_(on_it)


def _named(network_id: int, word: str) -> ColumnElement[bool]:
    """Whether a word begins one of somebody's names, their unit's, or that of a post they hold."""
    key = name_key(word)
    units = select(unit.c.id).where(
        unit.c.network_id == network_id, or_(*_begins(unit.c.name_key, unit.c.local_key, key=key))
    )
    seated = select(seat.c.person_id).where(
        seat.c.network_id == network_id,
        seat.c.left_on.is_(None),
        or_(
            *_begins(func.lower(seat.c.post), key=key),
            *_begins(seat.c.local_post, key=word),
            func.lower(seat.c.body) == key,
            seat.c.unit_id.in_(units),
        ),
    )
    return or_(
        *_begins(person.c.name_key, person.c.local_key, key=key),
        person.c.unit_id.in_(units),
        person.c.id.in_(seated),
    )


def _begins(*columns: ColumnElement[str], key: str) -> list[ColumnElement[bool]]:
    """Whether one of the words in a column begins so."""
    return [
        or_(
            column.startswith(key, autoescape=True),
            column.contains(f" {key}", autoescape=True),
        )
        for column in columns
    ]


def phones_of(conn: Connection, person_ids: Sequence[int]) -> Sequence[Any]:
    """The addresses of these people with the facts of the link; a person's own first."""
    statement = (
        select(
            person_address.c.person_id,
            person_address.c.whose,
            person_address.c.is_private,
            address.c.id.label("address_id"),
            address.c.kind,
            address.c.msisdn,
            address.c.handle,
            address.c.reach,
            address.c.standing,
            address.c.language,
        )
        .join(address, address.c.id == person_address.c.address_id)
        .where(person_address.c.person_id.in_(list(person_ids)))
        .order_by(person_address.c.whose != "own", address.c.kind != "msisdn", address.c.id)
    )
    return conn.execute(statement).all() if person_ids else ()


def seats_of(conn: Connection, person_ids: Sequence[int], *, past: bool) -> Sequence[Any]:
    """The seats that these people hold, and with `past` those that they held; held ones first."""
    statement = (
        select(seat, unit.c.name.label("unit"), unit.c.local_name.label("local_unit"))
        .outerjoin(unit, unit.c.id == seat.c.unit_id)
        .where(seat.c.person_id.in_(list(person_ids)))
        .order_by(seat.c.left_on.is_not(None), seat.c.left_on.desc(), seat.c.id)
    )
    if not past:
        statement = statement.where(seat.c.left_on.is_(None))
    return conn.execute(statement).all() if person_ids else ()
