"""Show who a publication reached: when each LSO's people got it, and who has not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.services._minutes_desk import the_meeting
from app.services.show_publication import found
from app.store import audience_names, networks, progress, publication_reach, publications
from app.store.audience_where import Whom
from app.store.database import Connection, Database
from app.store.publication_reach import Asked

MOST_MISSED = 50


@dataclass(frozen=True, slots=True)
class UnitReach:
    """The people of one LSO; `unit_id` is None for those who belong to none."""

    unit_id: int | None
    name: str
    local_name: str
    people: int
    """Whom the publication was meant for."""
    got: int
    """Those who were sent a text or a mail that a wire took."""
    arrived: int
    """Those of them whose phone or mailbox confirmed it."""
    first_at: datetime | None
    """When the first of them was sent it."""
    days: int | None
    """Days from the meeting to that day."""


@dataclass(frozen=True, slots=True)
class Missed:
    """Somebody who has it not."""

    person_id: int
    name: str
    local_name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Reach:
    """The proof of one publication; the sums of `units` are its sums."""

    publication_id: int
    met_on: date
    people: int
    got: int
    arrived: int
    units: tuple[UnitReach, ...]
    """LSOs by name; those without one last."""
    missed: tuple[Missed, ...]
    """The first 50 who have it not, leaders first; `people - got` is their whole number."""

    @property
    def missed_total(self) -> int:
        """How many have it not."""
        return self.people - self.got


async def show_reach(
    database: Database, network_id: int, publication_id: int, *, now: datetime
) -> Reach:
    """Who got it, also by an earlier sending of the same words that was stopped.

    Raises Refusal when there is no such one.
    """
    return await database.read(_show, network_id, publication_id, now)


def _show(conn: Connection, network_id: int, publication_id: int, now: datetime) -> Reach:
    row = found(conn, network_id, publication_id)
    network = networks.by_id(conn, network_id)
    zone = ZoneInfo(network.tz)
    is_correction = row.corrects_id is not None
    words = "all" if is_correction else row.audience
    audience = audience_names.resolved(conn, network_id, words, sees_health=True)
    own, stopped = publications.broadcasts_of(conn, row.id), publications.stopped_before(conn, row)
    asked = Asked(
        broadcast_ids=[one.id for one in (*own, *stopped)],
        whom=Whom(network_id, audience, now, now.astimezone(zone).date()),
        is_correction=is_correction,
    )
    met_on = the_meeting(conn, network_id, row.meeting_id).at.astimezone(zone).date()
    tree = {unit.id: unit for unit in progress.units(conn, network_id)}
    units = _by_lso(publication_reach.by_unit(conn, asked), tree, met_on, zone)
    return Reach(
        publication_id=row.id,
        met_on=met_on,
        people=sum(one.people for one in units),
        got=sum(one.got for one in units),
        arrived=sum(one.arrived for one in units),
        units=units,
        missed=tuple(
            Missed(one.id, one.name, one.local_name, _name(_lso(one.unit_id, tree)))
            for one in publication_reach.missed(conn, asked, MOST_MISSED)
        ),
    )


def _lso(unit_id: int | None, tree: Mapping[int, Any]) -> Any | None:
    """The LSO that a unit is or belongs to."""
    unit = tree.get(unit_id) if unit_id is not None else None
    while unit is not None and unit.kind != "LSO":
        unit = tree.get(unit.parent_id)
    return unit


def _name(unit: Any | None) -> str:
    return unit.name if unit is not None else ""


def _by_lso(
    rows: Sequence[Any], tree: Mapping[int, Any], met_on: date, zone: ZoneInfo
) -> tuple[UnitReach, ...]:
    groups: dict[int | None, list[Any]] = {}
    for row in rows:
        lso = _lso(row.unit_id, tree)
        groups.setdefault(lso.id if lso is not None else None, []).append(row)
    reached = [
        _summed(tree.get(unit_id) if unit_id is not None else None, group, met_on, zone)
        for unit_id, group in groups.items()
    ]
    return tuple(sorted(reached, key=lambda one: (one.unit_id is None, one.name.casefold())))


def _summed(unit: Any | None, rows: Sequence[Any], met_on: date, zone: ZoneInfo) -> UnitReach:
    first = min((row.first_at for row in rows if row.first_at is not None), default=None)
    return UnitReach(
        unit_id=unit.id if unit is not None else None,
        name=_name(unit),
        local_name=unit.local_name if unit is not None else "",
        people=sum(row.people for row in rows),
        got=sum(row.got for row in rows),
        arrived=sum(row.arrived for row in rows),
        first_at=first,
        days=(first.astimezone(zone).date() - met_on).days if first else None,
    )
