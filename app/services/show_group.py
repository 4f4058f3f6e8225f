"""Show groups: those of a network, and one with its members a page at a time."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.domain.msisdn import mask
from app.services.keep_group import found_group
from app.store import groups, networks
from app.store.database import Connection, Database
from app.store.groups import DONORS

PAGE = 50
MAY_GIVE_AFTER = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group in the list."""

    id: int
    name: str
    local_name: str
    kind: str
    ends_on: date | None
    members: int
    is_over: bool
    """Past its last day: nobody is in it any more."""


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One person of a group, with what it knows of them."""

    person_id: int
    name: str
    local_name: str
    unit: str
    local_unit: str
    number: str
    """Masked; "" for somebody without a phone."""
    skill: str
    place: str
    blood_group: str
    last_on: date | None
    may_give: bool
    """The last donation lies 90 days back, or there is none."""


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group with a page of its members; `next` is where the next page begins."""

    group: GroupLine
    members: tuple[MemberLine, ...]
    next: int | None


async def list_groups(
    database: Database, network_slug: str, *, now: datetime, sees_health: bool = False
) -> tuple[GroupLine, ...]:
    """The groups of a network by name; donors only for whoever may see health."""
    return await database.read(_list, network_slug, now, sees_health)


async def show_group(  # noqa: PLR0913 -- whose, which, from where, for whom
    database: Database,
    network_slug: str,
    group_id: int,
    *,
    now: datetime,
    sees_health: bool = False,
    after: int = 0,
    limit: int = PAGE,
) -> ShownGroup:
    """A group and its members behind the first `after`.

    Donors stand by blood group, who gave longest ago first. Raises Refusal when the group is not
    there, or is one of donors and the officer may not see health.
    """
    page = (max(0, after), max(1, min(limit, 200)))
    return await database.read(_show, network_slug, group_id, now, sees_health, page)


def _list(
    conn: Connection, network_slug: str, now: datetime, sees_health: bool
) -> tuple[GroupLine, ...]:
    network = networks.named(conn, network_slug)
    today = network.day_at(now)
    rows = groups.of_network(conn, network.id, with_health=sees_health)
    return tuple(_line(row, row.size, today) for row in rows)


def _show(  # noqa: PLR0913, PLR0917 -- as above
    conn: Connection,
    network_slug: str,
    group_id: int,
    now: datetime,
    sees_health: bool,
    page: tuple[int, int],
) -> ShownGroup:
    network = networks.named(conn, network_slug)
    today = network.day_at(now)
    row = found_group(conn, network.id, group_id, sees_health=sees_health)
    after, limit = page
    is_donors = row.kind == DONORS
    found = groups.members(conn, group_id, is_donors=is_donors, after=after, limit=limit + 1)
    shown = found[:limit]
    numbers = groups.numbers_of(conn, [one.person_id for one in shown])
    return ShownGroup(
        group=_line(row, groups.size(conn, group_id), today),
        members=tuple(_member(one, numbers.get(one.person_id, ""), today) for one in shown),
        next=after + limit if len(found) > limit else None,
    )


def _line(row: Any, members: int, today: date) -> GroupLine:
    is_over = row.ends_on is not None and row.ends_on < today
    return GroupLine(row.id, row.name, row.local_name, row.kind, row.ends_on, members, is_over)


def _member(row: Any, msisdn: str, today: date) -> MemberLine:
    return MemberLine(
        person_id=row.person_id,
        name=row.name,
        local_name=row.local_name,
        unit=row.unit or "",
        local_unit=row.local_unit or "",
        number=mask(msisdn) if msisdn else "",
        skill=row.skill,
        place=row.place,
        blood_group=row.blood_group,
        last_on=row.last_on,
        may_give=row.last_on is None or row.last_on + MAY_GIVE_AFTER <= today,
    )
