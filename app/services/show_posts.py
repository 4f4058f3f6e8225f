"""Show posts: who holds what until when, over which phone, and what is empty."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.errors import Refusal
from app.domain.institution import (
    BODY_RANK,
    CABINET,
    EXECUTIVE,
    GENERAL_BODY,
    MEMBER,
    OFFICERS,
    OUTSIDE_BODY,
    TIERS,
    WITHOUT_SEAT,
)
from app.domain.msisdn import mask
from app.domain.names import name_key
from app.domain.unit_names import called
from app.store import posts, seats, units
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post of a unit or body: a seat that somebody holds, or one that is empty.

    `seat_id` and `person_id` are None when nobody holds it; then all of the person is empty.
    """

    body: str
    post: str
    unit_id: int | None
    unit_name: str = ""
    local_unit: str = ""
    unit_kind: str = ""
    local_post: str = ""
    seat_id: int | None = None
    person_id: int | None = None
    name: str = ""
    local_name: str = ""
    sex: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    days_left: int | None = None
    """Until the last day of the term; below 0 when that has passed."""
    msisdn_masked: str = ""
    whose: str = ""
    is_private: bool = False
    reach: str = ""
    """`real`, `demo`, `test`, `held`, `none` (call only); "" without a phone."""
    standing: str = ""
    language: str = ""
    place: int = 0
    """Which of several equal empty seats this is: the second of two."""
    places: int = 0

    @property
    def is_vacant(self) -> bool:
        """Whether nobody holds it."""
        return self.seat_id is None


async def show_unit_posts(
    database: Database, network_id: int, unit_id: int, *, today: date
) -> tuple[PostLine, ...]:
    """The posts of a unit, empty ones too; those of the network itself for its LSON.

    Raises Refusal for a unit that is not this network's.
    """
    return await database.read(unit_posts, network_id, unit_id, today)


async def list_posts(
    database: Database,
    network_id: int,
    *,
    today: date,
    unit_id: int | None = None,
    is_vacant: bool = False,
) -> tuple[PostLine, ...]:
    """All posts of a network or of one unit, or only the empty ones."""

    def read(conn: Connection) -> tuple[PostLine, ...]:
        if unit_id is not None:
            lines = unit_posts(conn, network_id, unit_id, today)
        else:
            empty = [*_empty_in_network(conn, network_id), *_empty(conn, network_id, None)]
            taken = [] if is_vacant else shown(conn, posts.held(conn, network_id), today)
            lines = in_order([*taken, *empty])
        return tuple(line for line in lines if line.is_vacant or not is_vacant)

    return await database.read(read)


async def show_seat(database: Database, network_id: int, seat_id: int, *, today: date) -> PostLine:
    """One seat that is held now; raises Refusal when there is none."""

    def read(conn: Connection) -> PostLine:
        rows = posts.these(conn, network_id, [seat_id])
        if not rows:
            raise no_seat()
        return shown(conn, rows, today)[0]

    return await database.read(read)


def no_seat() -> Refusal:
    """The Refusal for a seat that nobody of this network holds."""
    return Refusal(
        "not_found", "There is no such seat, or it was left already. Open it from its body."
    )


def unit_posts(
    conn: Connection, network_id: int, unit_id: int, today: date
) -> tuple[PostLine, ...]:
    """The same inside an open transaction."""
    row = units.get(conn, network_id, unit_id)
    if row is None:
        raise Refusal("not_found", "There is no such unit in this network.")
    is_whole = row.kind == TIERS[0]
    rows = posts.held(conn, network_id, unit_id=unit_id, bodies=(EXECUTIVE,) if is_whole else ())
    empty = _empty_in_network(conn, network_id) if is_whole else _empty(conn, network_id, unit_id)
    return in_order([*shown(conn, rows, today), *empty])


def body_posts(conn: Connection, network_id: int, code: str, today: date) -> tuple[PostLine, ...]:
    """The seats of one body of the network, with the empty ones that are known one by one."""
    lines = shown(conn, posts.held(conn, network_id, bodies=(code,)), today)
    if code == EXECUTIVE:
        lines += _empty_in_network(conn, network_id)
    if code == GENERAL_BODY:
        lso = [row for row in posts.units_with_offices(conn, network_id) if row.kind == "LSO"]
        lines += _empty_nominations(conn, network_id, lso)
        return tuple(sorted(lines, key=lambda one: (name_key(one.unit_name), one.is_vacant)))
    return in_order(lines)


def shown(conn: Connection, rows: Sequence[Any], today: date) -> list[PostLine]:
    """Stored seats as they are shown."""
    found = posts.phones(conn, {row.person_id for row in rows})
    return [_line(row, found.get(row.person_id), today) for row in rows]


def _line(row: Any, phone: Any | None, today: date) -> PostLine:
    is_number = phone is not None and phone.kind == "msisdn"
    return PostLine(
        body=row.body,
        post=row.post,
        local_post=row.local_post,
        unit_id=row.unit_id,
        unit_name=called(row.kind, row.unit_name) if row.kind else "",
        local_unit=row.local_unit or "",
        unit_kind=row.kind or "",
        seat_id=row.id,
        person_id=row.person_id,
        name=row.name,
        local_name=row.local_name,
        sex=row.sex,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        days_left=(row.ends_on - today).days if row.ends_on else None,
        msisdn_masked=mask(phone.msisdn) if phone is not None and is_number else "",
        whose=phone.whose if phone is not None else "",
        is_private=phone is not None and phone.is_private,
        reach=phone.reach if phone is not None else "",
        standing=phone.standing if phone is not None else "",
        language=(phone.language if phone is not None else "") or row.language,
    )


def in_order(lines: Collection[PostLine]) -> tuple[PostLine, ...]:
    """Leading bodies first, offices in the order of the cabinet, empty ones in their place."""
    return tuple(sorted(lines, key=_order))


def _order(line: PostLine) -> tuple[int, str, str, int, str, bool, str]:
    named = (*CABINET, "Manager")
    office = named.index(line.post) if line.post in named else len(named)
    if line.post in ("", MEMBER):
        office += 1
    rank = BODY_RANK.get(line.body, WITHOUT_SEAT)
    unit = "" if line.body == EXECUTIVE else name_key(line.unit_name)
    return rank, line.body, unit, office, line.post, line.is_vacant, name_key(line.name)


def _empty_in_network(conn: Connection, network_id: int) -> list[PostLine]:
    """The offices of the cabinet that nobody holds."""
    held = {row.post for row in seats.held_in(conn, network_id, EXECUTIVE)}
    root = units.root(conn, network_id)
    return [
        PostLine(
            body=EXECUTIVE,
            post=post,
            unit_id=root.id if root else None,
            unit_name=called(root.kind, root.name) if root else "",
            unit_kind=TIERS[0],
        )
        for post in CABINET
        if post not in held
    ]


def _empty(conn: Connection, network_id: int, unit_id: int | None) -> list[PostLine]:
    """What is empty in the units of the tree and outside, or in one of them."""
    rows = posts.units_with_offices(conn, network_id, unit_id)
    held = posts.offices_held(conn, network_id, unit_id)
    lines = [
        _empty_line(row, row.kind, post)
        for row in rows
        for post in OFFICERS[row.kind]
        if (row.id, row.kind, post) not in held
    ]
    lines += _empty_nominations(conn, network_id, [row for row in rows if row.kind == "LSO"])
    lines += [
        PostLine(
            body=OUTSIDE_BODY,
            post=row.post,
            local_post=row.local_post,
            unit_id=row.unit_id,
            unit_name=called(row.kind, row.unit_name),
            local_unit=row.local_unit,
            unit_kind=row.kind,
        )
        for row in posts.emptied_outside(conn, network_id, unit_id)
    ]
    return lines


def _empty_nominations(conn: Connection, network_id: int, lsos: Sequence[Any]) -> list[PostLine]:
    """The General Body seats that member LSOs have not filled."""
    body = seats.body_named(conn, network_id, GENERAL_BODY)
    quota = body.seats_per_lso if body else 0
    held = posts.nominated(conn, network_id) if quota and lsos else {}
    return [
        _empty_line(row, GENERAL_BODY, MEMBER, place=place, places=quota)
        for row in lsos
        if row.status == "member"
        for place in range(held.get(row.id, 0) + 1, quota + 1)
    ]


def _empty_line(row: Any, body: str, post: str, *, place: int = 0, places: int = 0) -> PostLine:
    return PostLine(
        body=body,
        post=post,
        unit_id=row.id,
        unit_name=called(row.kind, row.name),
        local_unit=row.local_name,
        unit_kind=row.kind,
        place=place,
        places=places,
    )
