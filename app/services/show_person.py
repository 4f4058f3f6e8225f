"""Show one person: who they are, how they are reached, what they agreed to, what they belong to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.handles import mask_handle
from app.domain.msisdn import mask
from app.services.record_consent import refused_by_text
from app.store import addresses, people, person_search, person_ties, unit_tree
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class UnitStep:
    """One unit on the way down to a person's own."""

    id: int
    kind: str
    name: str
    local_name: str


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One term in a body; it is held now while `left_on` is empty."""

    id: int
    body: str
    post: str
    local_post: str
    unit_id: int | None
    unit: str
    local_unit: str
    starts_on: date | None
    ends_on: date | None
    left_on: date | None


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else on the same phone."""

    id: int
    name: str
    local_name: str


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One record: what for, given or taken back, how it is known, who wrote it down, when."""

    purpose: str
    is_given: bool
    source: str
    basis: str
    recorded_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConsentTurn:
    """What was recorded in one go: `all`, `alerts` or `stop`, and how it is known."""

    choice: str
    source: str
    basis: str
    recorded_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AddressLine:
    """Where a person can be reached; `shown` is masked.

    `reach` is `none` for what can only be called and `held` for an unknown prefix that waits for
    a person. `has_stopped` says that their own text forbids routine messages until now.
    """

    id: int
    kind: str
    shown: str
    whose: str
    is_private: bool
    reach: str
    standing: str
    language: str
    has_stopped: bool
    others: tuple[Other, ...]
    consents: tuple[ConsentLine, ...]

    @property
    def turns(self) -> tuple[ConsentTurn, ...]:
        """The records as people gave them, newest first: those of one moment are one."""
        turns: list[tuple[tuple[str, str, str, datetime], dict[str, bool]]] = []
        for one in self.consents:
            key = (one.source, one.basis, one.recorded_by, one.at)
            if not turns or turns[-1][0] != key or one.purpose in turns[-1][1]:
                turns.append((key, {}))
            turns[-1][1][one.purpose] = one.is_given
        return tuple(ConsentTurn(_choice(said), *key) for key, said in turns)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group that a person is in; what it knows of blood is shown to few."""

    group_id: int
    name: str
    local_name: str
    kind: str
    skill: str
    place: str
    blood_group: str
    last_on: date | None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """All that is known of one person."""

    id: int
    name: str
    local_name: str
    sex: str
    language: str
    reads: str
    phone_kind: str
    notes: str
    unit_id: int | None
    way: tuple[UnitStep, ...]
    seats: tuple[SeatLine, ...]
    addresses: tuple[AddressLine, ...]
    groups: tuple[GroupLine, ...]
    import_id: int | None
    import_file: str
    imported_at: datetime | None

    @property
    def held(self) -> tuple[SeatLine, ...]:
        """The seats that are held now."""
        return tuple(one for one in self.seats if one.left_on is None)

    @property
    def past(self) -> tuple[SeatLine, ...]:
        """The seats that were held."""
        return tuple(one for one in self.seats if one.left_on is not None)


async def show_person(
    database: Database, network_id: int, person_id: int, *, sees_health: bool = False
) -> PersonPage:
    """One person of a network; blood groups only with `sees_health`. Raises Refusal for none."""
    return await database.read(_show, network_id, person_id, sees_health)


def _show(conn: Connection, network_id: int, person_id: int, sees_health: bool) -> PersonPage:
    row = people.seen(conn, network_id, person_id)
    if row is None:
        raise Refusal("not_found", "There is no such person in this network.")
    way = unit_tree.way(conn, row.unit_id) if row.unit_id is not None else ()
    return PersonPage(
        id=row.id,
        name=row.name,
        local_name=row.local_name,
        sex=row.sex,
        language=row.language,
        reads=row.reads,
        phone_kind=row.phone_kind,
        notes=row.notes,
        unit_id=row.unit_id,
        way=tuple(UnitStep(one.id, one.kind, one.name, one.local_name) for one in way),
        seats=tuple(map(_seat, person_search.seats_of(conn, [person_id], past=True))),
        addresses=_addresses(conn, person_id),
        groups=tuple(_group(one, sees_health) for one in person_ties.memberships(conn, person_id)),
        import_id=row.import_id,
        import_file=row.file_name or "",
        imported_at=row.imported_at,
    )


def _seat(row: Any) -> SeatLine:
    return SeatLine(
        id=row.id,
        body=row.body,
        post=row.post,
        local_post=row.local_post,
        unit_id=row.unit_id,
        unit=row.unit or "",
        local_unit=row.local_unit or "",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        left_on=row.left_on,
    )


def _addresses(conn: Connection, person_id: int) -> tuple[AddressLine, ...]:
    rows = person_search.phones_of(conn, [person_id])
    ids = [row.address_id for row in rows]
    others = _by_address(people.links_of(conn, ids))
    consents = _by_address(addresses.consents_of(conn, ids))
    return tuple(
        AddressLine(
            id=row.address_id,
            kind=row.kind,
            shown=masked(row.kind, row.msisdn, row.handle),
            whose=row.whose,
            is_private=row.is_private,
            reach=row.reach,
            standing=row.standing,
            language=row.language,
            has_stopped=refused_by_text(consents.get(row.address_id, ()), "routine"),
            others=tuple(
                Other(one.person_id, one.name, one.local_name)
                for one in others[row.address_id]
                if one.person_id != person_id
            ),
            consents=tuple(map(_consent, consents.get(row.address_id, ()))),
        )
        for row in rows
    )


def _by_address(rows: Sequence[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.address_id, []).append(row)
    return found


def _choice(said: Mapping[str, bool]) -> str:
    if said.get("routine"):
        return "all"
    return "alerts" if said.get("alert") else "stop"


def _consent(row: Any) -> ConsentLine:
    return ConsentLine(row.purpose, row.is_given, row.source, row.basis, row.recorded_by, row.at)


def _group(row: Any, sees_health: bool) -> GroupLine:
    return GroupLine(
        group_id=row.group_id,
        name=row.group,
        local_name=row.local_group,
        kind=row.kind,
        skill=row.skill,
        place=row.place,
        blood_group=row.blood_group if sees_health else "",
        last_on=row.last_on if sees_health else None,
    )


def masked(kind: str, msisdn: str | None, handle: str | None) -> str:
    """What may be shown of an address in any list."""
    if kind == "msisdn":
        return mask(msisdn or "")
    return mask_handle(kind, handle or "")
