"""The names that the words of an audience may use: units, groups, saved audiences, bodies."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select, union_all

from app.domain.audience import MOST_DEPTH, names_in, read_audience
from app.domain.audience_terms import Audience, GroupName, Known, Place
from app.domain.audience_words import SKILL_WORDS, UNIT_WORDS
from app.domain.errors import Refusal
from app.domain.institution import TIERS
from app.domain.names import name_key
from app.store.groups import DONORS, membership, people_group, saved_audience
from app.store.seats import body, seat
from app.store.units import unit

MOST_UNITS = 100
"""Units that are looked at for one audience's words."""


def known(
    conn: Connection,
    network_id: int,
    words: str,
    *,
    sees_health: bool = False,
    depth: int = MOST_DEPTH,
) -> Known:
    """Those names of a network that may stand in these words.

    Raises Refusal when saved audiences name each other round and round.
    """
    names = names_in(words)
    return Known(
        units=_units(conn, network_id, names),
        groups=_groups(conn, network_id, names),
        saved=_saved(conn, network_id, names, (sees_health, depth)),
        bodies=_bodies(conn, network_id),
        skills=skills(conn, network_id) if names & SKILL_WORDS else {},
        sees_health=sees_health,
    )


def _units(conn: Connection, network_id: int, names: set[str]) -> Mapping[str, tuple[Place, ...]]:
    tiers = tuple(tier.casefold() for tier in TIERS)
    keys = sorted({*names, *(f"{tier} {name}" for tier in tiers for name in names)})
    wanted = [
        select(unit.c.id).where(unit.c.network_id == network_id, column.in_(keys))
        for column in (unit.c.name_key, unit.c.local_key)
    ]
    ids = set(conn.execute(union_all(*wanted).limit(MOST_UNITS)).scalars())
    ids |= _numbered(conn, network_id, names)
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for place, row in _places(conn, ids):
        for key in {row.name_key, row.local_key} - {""}:
            first, _, rest = key.partition(" ")
            for name in {key, rest} if first in tiers and rest else {key}:
                found[name].append(place)
        for word in UNIT_WORDS:
            found[f"{word} {row.id}"].append(place)
    return {name: tuple(places) for name, places in found.items()}


def _numbered(conn: Connection, network_id: int, names: set[str]) -> set[int]:
    """Units that are meant by `unit 12`."""
    numbers = {
        int(rest)
        for first, _, rest in (name.partition(" ") for name in names)
        if first in UNIT_WORDS and rest.isdecimal() and len(rest) < 18
    }
    asked = select(unit.c.id).where(unit.c.network_id == network_id, unit.c.id.in_(numbers))
    return set(conn.execute(asked).scalars()) if numbers else set()


def _places(conn: Connection, ids: set[int]) -> list[tuple[Place, Any]]:
    """The units with what lies over them, and words that mean one of them alone."""
    if not ids:
        return []
    columns = (unit.c.id, unit.c.parent_id, unit.c.kind, unit.c.name)
    rows: dict[int, Any] = {}
    missing = ids
    while missing:
        more = (*columns, unit.c.name_key, unit.c.local_key)
        found = conn.execute(select(*more).where(unit.c.id.in_(missing))).all()
        rows |= {row.id: row for row in found}
        missing = {row.parent_id for row in found if row.parent_id} - rows.keys()
    places = [_place(rows, unit_id) for unit_id in sorted(ids)]
    ways = [place.way for place in places]
    return [
        (_exactly(place) if ways.count(place.way) > 1 else place, rows[place.unit_id])
        for place in places
    ]


def _place(rows: Mapping[int, Any], unit_id: int) -> Place:
    above: list[int] = []
    parent = rows[unit_id].parent_id
    while parent and parent not in above:
        above.append(parent)
        parent = rows[parent].parent_id
    row = rows[unit_id]
    place = Place(row.id, row.kind, row.name, tuple(above))
    over = [Place(i, rows[i].kind, rows[i].name).said for i in above if rows[i].kind != TIERS[0]]
    way = " under ".join([place.said, *over])
    return Place(row.id, row.kind, row.name, tuple(above), way)


def _exactly(place: Place) -> Place:
    way = f"{place.way} (unit {place.unit_id})"
    return Place(place.unit_id, place.kind, place.name, place.above, way)


def _groups(conn: Connection, network_id: int, names: set[str]) -> Mapping[str, GroupName]:
    table = people_group.c
    rows = conn.execute(
        select(table.id, table.name, table.local_name, table.name_key, table.kind).where(
            table.network_id == network_id,
            or_(table.name_key.in_(names), table.local_name != ""),
        )
    )
    found: dict[str, GroupName] = {}
    for row in rows:
        group = GroupName(row.id, row.name, row.kind == DONORS)
        found |= {key: group for key in (row.name_key, name_key(row.local_name)) if key in names}
    return found


def _saved(
    conn: Connection, network_id: int, names: set[str], how: tuple[bool, int]
) -> Mapping[str, Audience]:
    """Saved audiences, read; each may name others."""
    table, (sees_health, depth) = saved_audience.c, how
    rows = conn.execute(
        select(table.name_key, table.name, table.words).where(
            table.network_id == network_id, table.name_key.in_(names)
        )
    ).all()
    if rows and not depth:
        raise Refusal(
            "audience_deep",
            "The saved audience {name} names others that name others, too many times.",
            name=repr(rows[0].name),
        )
    return {
        row.name_key: resolved(
            conn, network_id, row.words, sees_health=sees_health, depth=depth - 1
        )
        for row in rows
    }


def resolved(
    conn: Connection,
    network_id: int,
    words: str,
    *,
    sees_health: bool = False,
    depth: int = MOST_DEPTH,
) -> Audience:
    """The audience that these words mean in this network; posts are asked for only if needed."""
    names = known(conn, network_id, words, sees_health=sees_health, depth=depth)
    try:
        return read_audience(words, names)
    except Refusal as refusal:
        if refusal.code != "audience_unknown":
            raise
    with_posts = Known(
        names.units,
        names.groups,
        names.saved,
        names.bodies,
        posts(conn, network_id),
        names.skills,
        names.sees_health,
    )
    return read_audience(words, with_posts)


def _bodies(conn: Connection, network_id: int) -> Mapping[str, str]:
    found: dict[str, str] = {}
    columns = (body.c.code, body.c.name, body.c.local_name)
    for row in conn.execute(select(*columns).where(body.c.network_id == network_id)):
        found |= {name_key(name): row.code for name in row if name_key(name)}
    return found


def posts(conn: Connection, network_id: int) -> Mapping[str, str]:
    """Every office that somebody holds now, by its name and its local one, also in the plural."""
    held = select(seat.c.post, seat.c.local_post).distinct()
    rows = conn.execute(held.where(seat.c.network_id == network_id, seat.c.left_on.is_(None)))
    return _by_key([(key, row.post) for row in rows if row.post for key in row])


def skills(conn: Connection, network_id: int) -> Mapping[str, str]:
    """Every skill that a group of the network knows of somebody."""
    rows = conn.execute(
        select(membership.c.skill)
        .join(people_group, people_group.c.id == membership.c.group_id)
        .where(people_group.c.network_id == network_id, membership.c.skill != "")
        .distinct()
        .order_by(membership.c.skill)
    ).scalars()
    return _by_key([(skill, skill) for skill in rows])


def skill_names(conn: Connection, network_id: int) -> list[str]:
    """The skills as they were written, each once."""
    return list(dict.fromkeys(skills(conn, network_id).values()))


def body_names(conn: Connection, network_id: int) -> list[tuple[str, str, str]]:
    """Code, name and local name of each body of a network."""
    asked = select(body.c.code, body.c.name, body.c.local_name)
    rows = conn.execute(asked.where(body.c.network_id == network_id).order_by(body.c.id))
    return [(row.code, row.name, row.local_name) for row in rows]


def _by_key(pairs: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, value in pairs:
        if key := name_key(name):
            found.setdefault(key, value)
            found.setdefault(f"{key}s", value)
    return found


def spelled_out(conn: Connection, network_id: int, words: str) -> tuple[str, ...]:
    """The words with those of every saved audience that they name, so that a change shows."""
    meant, waiting = {"": words.strip()}, names_in(words)
    table = saved_audience.c
    for _ in range(MOST_DEPTH):
        rows = conn.execute(
            select(table.name_key, table.words).where(
                table.network_id == network_id, table.name_key.in_(waiting - meant.keys())
            )
        ).all()
        meant |= {row.name_key: row.words for row in rows}
        waiting = {name for row in rows for name in names_in(row.words)}
    return tuple(f"{name}: {said}" for name, said in sorted(meant.items()))
