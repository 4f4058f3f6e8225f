"""The tree of units as it is asked about: what is under one, the way up, how many of what."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from app.domain.institution import TIERS
from app.store.people import person
from app.store.schema import unindexed
from app.store.seats import seat
from app.store.units import unit

FACTS = (
    unit.c.id,
    unit.c.network_id,
    unit.c.parent_id,
    unit.c.kind,
    unit.c.name,
    unit.c.local_name,
    unit.c.name_key,
    unit.c.place,
    unit.c.local_place,
    unit.c.members,
    unit.c.status,
    unit.c.cut_from,
    unit.c.cut_until,
)
"""What a line of a list shows of a unit; its `name_key` and id are where the next page begins."""

WOMAN = "f"
"""How a person's sex is stored."""


@dataclass(frozen=True, slots=True)
class After:
    """The last line of a page: the next one begins behind it."""

    name_key: str
    id: int


def below(unit_id: int | ColumnElement[int]) -> CTE:
    """A unit and all that is under it, as a table with the columns `id` and `kind`.

    UNION, not UNION ALL: it would end even in a circle.
    """
    facts = select(unit.c.id, unit.c.kind)
    first = facts.where(unit.c.id == unit_id).cte("below", recursive=True)
    return first.union(facts.join(first, unit.c.parent_id == first.c.id))


def is_below(conn: Connection, unit_id: int, above_id: int) -> bool:
    """Whether a unit is another one or stands under it."""
    return any(step.id == above_id for step in way(conn, unit_id))


def way(conn: Connection, unit_id: int) -> Sequence[Any]:
    """A unit and what it stands under, the top first: id, parent_id, kind, names."""
    return ways(conn, [unit_id]).get(unit_id, ())


def ways(conn: Connection, unit_ids: Collection[int]) -> Mapping[int, Sequence[Any]]:
    """The way of each of these units by its id."""
    start = select(unit.c.id.label("of"), unit.c.id.label("at"), literal(0).label("up")).where(
        unit.c.id.in_(bindparam("ids", expanding=True))
    )
    steps = start.cte("steps", recursive=True)
    steps = steps.union_all(
        select(steps.c.of, unit.c.parent_id, steps.c.up + 1)
        .join(steps, unit.c.id == steps.c.at)
        .where(unit.c.parent_id.is_not(None), steps.c.up < len(TIERS))
    )
    statement = (
        select(
            steps.c.of,
            unit.c.id,
            unit.c.parent_id,
            unit.c.kind,
            unit.c.name,
            unit.c.local_name,
        )
        .join(unit, unit.c.id == steps.c.at)
        .order_by(steps.c.of, steps.c.up.desc())
    )
    found: dict[int, list[Any]] = {}
    for row in conn.execute(statement, {"ids": list(unit_ids)}):
        found.setdefault(row.of, []).append(row)
    return found


def children(  # noqa: PLR0913 -- where, which, and which page
    conn: Connection,
    network_id: int,
    parent_id: int | None,
    *,
    kinds: Collection[str] = (),
    after: After | None = None,
    limit: int,
) -> Sequence[Any]:
    """The units right under one (None: at the top), by name, behind the last one seen."""
    statement = (
        select(*FACTS)
        .where(unindexed(unit.c.network_id) == network_id, unit.c.parent_id == parent_id)
        .order_by(unit.c.name_key, unit.c.id)
        .limit(limit)
    )
    if kinds:
        statement = statement.where(unindexed(unit.c.kind).in_(list(kinds)))
    return conn.execute(_behind(statement, after)).all()


def found(  # noqa: PLR0913 -- as above
    conn: Connection,
    network_id: int,
    key: str,
    *,
    kind: str = "",
    after: After | None = None,
    limit: int,
) -> Sequence[Any]:
    """The units in whose name, either one, a word begins like the key (a `name_key`), by name."""
    like = key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    fits = or_(
        *(
            column.like(pattern, escape="\\")
            for column in (unit.c.name_key, unit.c.local_key)
            for pattern in (f"{like}%", f"% {like}%")
        )
    )
    statement = (
        select(*FACTS)
        .where(unit.c.network_id == network_id, fits)
        .order_by(unit.c.name_key, unit.c.id)
        .limit(limit)
    )
    if kind:
        statement = statement.where(unit.c.kind == kind)
    return conn.execute(_behind(statement, after)).all()


def called(
    conn: Connection, network_id: int, keys: Collection[str], *, kind: str = ""
) -> Sequence[Any]:
    """The units whose name, either one, is just one of these keys; an empty key is nobody's."""
    wanted = [key for key in keys if key]
    if not wanted:
        return ()
    named = or_(unit.c.name_key.in_(wanted), unit.c.local_key.in_(wanted))
    statement = select(*FACTS).where(unit.c.network_id == network_id, named)
    if kind:
        statement = statement.where(unindexed(unit.c.kind) == kind)
    return conn.execute(statement.order_by(unit.c.id)).all()


def _behind(statement: Any, after: After | None) -> Any:
    if after is None:
        return statement
    last = tuple_(literal(after.name_key), literal(after.id))
    return statement.where(tuple_(unit.c.name_key, unit.c.id) > last)


def units_under(conn: Connection, parent_ids: Collection[int]) -> Mapping[int, Mapping[str, int]]:
    """How many units of which kind stand right under each of these."""
    statement = (
        select(unit.c.parent_id, unit.c.kind, func.count())
        .where(unit.c.parent_id.in_(bindparam("ids", expanding=True)))
        .group_by(unit.c.parent_id, unit.c.kind)
    )
    counted: dict[int, dict[str, int]] = {}
    for parent_id, kind, number in conn.execute(statement, {"ids": list(parent_ids)}):
        counted.setdefault(parent_id, {})[kind] = number
    return counted


def people_in(conn: Connection, unit_ids: Collection[int]) -> Mapping[int, int]:
    """How many people each of these has itself, without those of the units under it."""
    statement = (
        select(person.c.unit_id, func.count())
        .where(person.c.unit_id.in_(bindparam("ids", expanding=True)))
        .group_by(person.c.unit_id)
    )
    return _counted(conn.execute(statement, {"ids": list(unit_ids)}))


@dataclass(frozen=True, slots=True)
class Below:
    """What is under a unit on all levels, and the people of it and of all that."""

    kinds: Mapping[str, int]
    people: int
    women: int


def counts_below(conn: Connection, unit_id: int) -> Below:
    """Count a unit's whole branch, which is walked once."""
    under = below(unit_id)
    theirs = select(func.count()).where(person.c.unit_id == under.c.id)
    # Asked for each unit by its index: a join would read all people where few are meant.
    statement = select(
        under.c.kind,
        func.count(),
        func.sum(theirs.scalar_subquery()),
        func.sum(theirs.where(person.c.sex == WOMAN).scalar_subquery()),
        func.sum(case((under.c.id == unit_id, 1), else_=0)),
    ).group_by(under.c.kind)
    kinds: dict[str, int] = {}
    people = women = 0
    for kind, number, all_there, women_there, itself in conn.execute(statement):
        people, women = people + int(all_there), women + int(women_there)
        if number > itself:
            kinds[kind] = int(number - itself)
    return Below(kinds, people, women)


def counts_of_tree(conn: Connection, network_id: int) -> Below:
    """The same of the root, when all of a network's tree stands under it: nothing is walked."""
    kinds = {kind: n for kind, n in kinds_of(conn, network_id).items() if kind in TIERS[1:]}
    counted = select(func.count(), _women()).where(person.c.network_id == network_id)
    somewhere = counted.where(person.c.unit_id.is_not(None))
    outside = (
        select(func.count(), _women())
        .select_from(person)
        .join(unit, unit.c.id == person.c.unit_id)
        .where(unit.c.network_id == network_id, unit.c.kind.not_in(TIERS))
    )
    (people, women), (strangers, of_women) = (
        conn.execute(statement).one() for statement in (somewhere, outside)
    )
    return Below(kinds, int(people - strangers), int(women - of_women))


def people_of(conn: Connection, network_id: int) -> tuple[int, int]:
    """How many people a network has, and how many of them are women."""
    statement = select(func.count(), _women()).where(person.c.network_id == network_id)
    people, women = conn.execute(statement).one()
    return int(people), int(women)


def kinds_of(conn: Connection, network_id: int) -> Mapping[str, int]:
    """How many units of each kind a network has."""
    statement = (
        select(unit.c.kind, func.count())
        .where(unit.c.network_id == network_id)
        .group_by(unit.c.kind)
    )
    return _counted(conn.execute(statement))


def _counted(rows: Iterable[Any]) -> dict[Any, int]:
    return {row[0]: row[1] for row in rows}


def _women() -> ColumnElement[int]:
    return func.coalesce(func.sum(case((person.c.sex == WOMAN, 1), else_=0)), 0)


def hanging_on(conn: Connection, unit_id: int) -> dict[str, int]:
    """How many people, posts (past ones too) and units would be lost with a unit."""
    columns = {"people": person.c.unit_id, "seats": seat.c.unit_id, "units": unit.c.parent_id}
    return {
        name: int(conn.execute(select(func.count()).where(column == unit_id)).scalar_one())
        for name, column in columns.items()
    }
