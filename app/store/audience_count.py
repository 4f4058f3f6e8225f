"""Count an audience: how many people and phones, why the others are left out, and who some are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    text,
)

from app.store.addresses import address
from app.store.audience import (
    NO_ADDRESS,
    OK,
    SHARED,
    Choice,
    counts,
    is_named,
    verdict_cases,
)
from app.store.audience_wires import by_wire
from app.store.people import person, person_address
from app.store.units import unit

_WORSE, _UNNAMED, _WIRE, _ADDRESS = 2**60, 2**58, 2**55, 2**4
"""What being no good, being not named, its wire and its id weigh in the number of an address."""
_ORDER = {OK: 0, SHARED: 1}
_NONE = 3 * _WORSE
"""The weight of no address at all."""


@dataclass(frozen=True, slots=True)
class Tally:
    """So many people with one verdict; with `ok` also their phones, each once."""

    verdict: str
    people: int
    phones: int


def tallies(conn: Connection, choice: Choice) -> list[Tally]:
    """Everybody of the audience once, by the best of their addresses, as a plan would take it."""
    numbers = {verdict: no for no, verdict in enumerate(_verdicts(choice))}
    best = func.min(_weight(choice, numbers)).label("best")
    joined = person.outerjoin(person_address, person_address.c.person_id == person.c.id)
    people = (
        select(best)
        .select_from(joined.outerjoin(address, _joins(choice)))
        .where(person.c.network_id == choice.network_id, choice.whom.belongs())
        .group_by(person.c.id)
        .subquery("people")
    )
    phones = (
        select(people.c.best, func.count().label("people"))
        .group_by(people.c.best)
        .subquery("phones")
    )
    verdict = (phones.c.best % _ADDRESS).label("verdict")
    sums = (func.sum(phones.c.people).label("people"), func.count().label("phones"))
    names = {no: name for name, no in numbers.items()}
    rows = _fast(conn, select(verdict, *sums).group_by(verdict))
    return [
        Tally(names[row.verdict], int(row.people), row.phones if names[row.verdict] == OK else 0)
        for row in rows
    ]


_SETTINGS = {
    "jit": "off",
    "enable_hashagg": "off",
    "parallel_tuple_cost": "0",
    "work_mem": "'64MB'",
}
"""PostgreSQL sorts a million people in parallel faster than it hashes them alone, on disk."""


def _fast(conn: Connection, statement: Select[Any]) -> Sequence[Any]:
    if conn.dialect.name != "postgresql":
        return conn.execute(statement).all()
    for name, value in _SETTINGS.items():
        conn.execute(text(f"SET LOCAL {name} = {value}"))
    rows = conn.execute(statement).all()
    for name in _SETTINGS:
        conn.execute(text(f"SET LOCAL {name} TO DEFAULT"))
    return rows


def _verdicts(choice: Choice) -> list[str]:
    return [OK, *(name for _, name in verdict_cases(choice))]


def _joins(choice: Choice) -> ColumnElement[bool]:
    return and_(address.c.id == person_address.c.address_id, counts(choice))


def _weight(choice: Choice, numbers: Mapping[str, int]) -> ColumnElement[int]:
    """One number for an address: the smallest one of a person is where the text would go."""

    def whole(verdict: str) -> int:
        return _ORDER.get(verdict, 2) * _WORSE + numbers[verdict]

    (without, _), *others = [
        (condition, literal(whole(verdict), BigInteger))
        for condition, verdict in verdict_cases(choice)
    ]
    no_address = literal(_NONE + numbers[NO_ADDRESS[choice.medium]], BigInteger)
    good = literal(whole(OK), BigInteger)
    place = cast(address.c.id, BigInteger) * _ADDRESS
    named = case((is_named(choice), 0), else_=literal(_UNNAMED, BigInteger))
    lately, plain, old = (literal(n * _WIRE, BigInteger) for n in range(3))
    wire = by_wire(choice.now, is_urgent=choice.is_urgent, places=(lately, plain, old))
    with_address = case(*others, else_=good) + place + named + wire
    return case((without, no_address), else_=with_address)


def sample(conn: Connection, choice: Choice, limit: int) -> Sequence[Any]:
    """The first people of the audience, leaders first, each with the address that counts.

    Rows of person_id, name, local_name, unit, local_unit, msisdn, handle, verdict.
    """
    ids = conn.execute(
        select(person.c.id)
        .where(person.c.network_id == choice.network_id, choice.whom.belongs())
        .order_by(person.c.rank, person.c.id)
        .limit(limit)
    ).scalars()
    numbers = {verdict: no for no, verdict in enumerate(_verdicts(choice))}
    joined = (
        person.outerjoin(person_address, person_address.c.person_id == person.c.id)
        .outerjoin(address, _joins(choice))
        .outerjoin(unit, unit.c.id == person.c.unit_id)
    )
    rows = conn.execute(
        select(
            person.c.id.label("person_id"),
            person.c.rank,
            person.c.name,
            person.c.local_name,
            unit.c.name.label("unit"),
            unit.c.local_name.label("local_unit"),
            address.c.msisdn,
            address.c.handle,
            address.c.kind,
            case(*verdict_cases(choice), else_=OK).label("verdict"),
        )
        .select_from(joined)
        .where(person.c.id.in_(list(ids)))
        .order_by(person.c.rank, person.c.id, _weight(choice, numbers))
    )
    first: dict[int, Any] = {}
    for row in rows:
        first.setdefault(row.person_id, row)
    return list(first.values())
