"""Keep groups: make and change them, put people in and take them out, with what is known of them.

A blood group is kept only for a person who agreed to that; taking the consent back blanks it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.audience_terms import health_is_for_few
from app.domain.errors import Refusal
from app.domain.institution import BLOOD_GROUPS, GROUP_KINDS
from app.services._deed import Deed
from app.services._naming import good_name
from app.store import groups, people
from app.store.database import Connection, Database
from app.store.groups import DONORS

EARLIEST = date(1950, 1, 1)


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """What a group is; `ends_on` is the last day of one that was made for a time."""

    name: str
    local_name: str = ""
    kind: str = "other"
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A person in a group; `basis` says how they agreed that their blood group is kept."""

    person_id: int
    skill: str = ""
    place: str = ""
    blood_group: str = ""
    last_on: date | None = None
    """When a donor last gave blood."""
    basis: str = ""


async def add_group(
    database: Database, facts: GroupFacts, deed: Deed, *, sees_health: bool = False
) -> int:
    """Make a group and give its id; raises Refusal for a name that means something already."""
    return await database.write(_add, facts, deed, sees_health)


async def change_group(
    database: Database, group_id: int, facts: GroupFacts, deed: Deed, *, sees_health: bool = False
) -> None:
    """Let a group be as these facts say."""
    await database.write(_change, group_id, facts, deed, sees_health)


async def put_in_group(
    database: Database, group_id: int, facts: MemberFacts, deed: Deed, *, sees_health: bool = False
) -> None:
    """Put a person into a group, or change what it knows of them.

    Raises Refusal for a blood group of somebody who did not agree that it is kept.
    """
    await database.write(_put, group_id, facts, deed, sees_health)


async def take_out_of_group(
    database: Database, group_id: int, person_id: int, deed: Deed, *, sees_health: bool = False
) -> None:
    """Take a person out of a group, with all that it knew of them."""
    await database.write(_take, group_id, person_id, deed, sees_health)


async def end_health_consent(
    database: Database, person_id: int, deed: Deed, *, basis: str = ""
) -> None:
    """Record that a person takes it back: their blood group is blanked everywhere."""
    await database.write(_end_consent, person_id, deed, basis)


def found_group(conn: Connection, network_id: int, group_id: int, *, sees_health: bool) -> Any:
    """A group of the network; raises Refusal when it is not there, or not for these eyes."""
    row = groups.get_group(conn, network_id, group_id)
    if row is None:
        raise Refusal("not_found", "There is no group {id}.", id=group_id)
    if row.kind == DONORS and not sees_health:
        raise health_is_for_few()
    return row


def _add(conn: Connection, facts: GroupFacts, deed: Deed, sees_health: bool) -> int:
    network = deed.begin(conn)
    values = _checked(facts, sees_health)
    values["name"] = good_name(conn, network.id, facts.name, is_own="group")
    group_id = groups.add_group(conn, {"network_id": network.id, **values})
    deed.note(conn, network.id, "group added", values["name"], {"id": group_id})
    return group_id


def _change(
    conn: Connection, group_id: int, facts: GroupFacts, deed: Deed, sees_health: bool
) -> None:
    network = deed.begin(conn)
    row = found_group(conn, network.id, group_id, sees_health=sees_health)
    values = _checked(facts, sees_health)
    if row.kind == DONORS != values["kind"]:
        raise Refusal("group_kind", "A group of donors stays one. Make another group.")
    values["name"] = good_name(conn, network.id, facts.name, is_own="group", own=row.name)
    groups.change_group(conn, group_id, values)
    deed.note(conn, network.id, "group changed", values["name"], {"id": group_id})


def _checked(facts: GroupFacts, sees_health: bool) -> dict[str, Any]:
    if facts.kind not in GROUP_KINDS:
        known = ", ".join(GROUP_KINDS)
        raise Refusal("group_kind", "A group is one of: {known}.", known=known)
    if facts.kind == DONORS and not sees_health:
        raise health_is_for_few()
    local = " ".join(facts.local_name.split())[:80]
    return {"local_name": local, "kind": facts.kind, "ends_on": facts.ends_on}


def _put(
    conn: Connection, group_id: int, facts: MemberFacts, deed: Deed, sees_health: bool
) -> None:
    network = deed.begin(conn)
    group = found_group(conn, network.id, group_id, sees_health=sees_health)
    _check_person(conn, network.id, facts.person_id)
    about_health = bool(facts.blood_group or facts.last_on)
    if about_health:
        _check_health(conn, network.id, facts, deed, sees_health, group.kind)
    values: dict[str, Any] = {
        "skill": " ".join(facts.skill.split())[:60],
        "place": " ".join(facts.place.split())[:120],
    }
    if group.kind == DONORS:
        values |= {"blood_group": facts.blood_group, "last_on": facts.last_on}
    groups.put_in(conn, {"group_id": group_id, "person_id": facts.person_id, **values})
    detail = {"group": group_id, "person": facts.person_id}
    deed.note(conn, network.id, "put into group", group.name, detail)


def _check_person(conn: Connection, network_id: int, person_id: int) -> None:
    if people.get(conn, network_id, person_id) is None:
        raise Refusal("not_found", "There is no person {id}.", id=person_id)


def _check_health(  # noqa: PLR0913, PLR0917 -- what a consent hangs on
    conn: Connection,
    network_id: int,
    facts: MemberFacts,
    deed: Deed,
    sees_health: bool,
    kind: str,
) -> None:
    """Let a blood group in only with the person's own consent, which is recorded with its basis."""
    if not sees_health:
        raise health_is_for_few()
    if kind != DONORS:
        raise Refusal("health", "Only a group of donors keeps blood groups.")
    if facts.blood_group and facts.blood_group not in BLOOD_GROUPS:
        known = ", ".join(BLOOD_GROUPS)
        raise Refusal("blood_group", "A blood group is one of: {known}.", known=known)
    if facts.last_on is not None and not EARLIEST <= facts.last_on <= deed.now.date():
        raise Refusal("last_on", "The day when somebody last gave blood cannot lie ahead.")
    if facts.basis.strip():
        _record(conn, network_id, facts.person_id, deed, is_given=True, basis=facts.basis)
    elif not groups.health_is_agreed(conn, facts.person_id):
        raise Refusal(
            "health_consent",
            "Say how this person agreed that the network keeps their blood group, "
            "for example “paper form of 3 May”. Nothing was kept.",
        )


def _record(  # noqa: PLR0913 -- a record of consent has that many facts
    conn: Connection, network_id: int, person_id: int, deed: Deed, *, is_given: bool, basis: str
) -> None:
    values = {"network_id": network_id, "person_id": person_id, "is_given": is_given}
    about = {"basis": basis.strip()[:200], "recorded_by": deed.by[:80], "at": deed.now}
    groups.record_health(conn, {**values, **about})


def _take(conn: Connection, group_id: int, person_id: int, deed: Deed, sees_health: bool) -> None:
    network = deed.begin(conn)
    group = found_group(conn, network.id, group_id, sees_health=sees_health)
    if not groups.take_out(conn, group_id, person_id):
        raise Refusal("not_found", "This person is not in the group.")
    detail = {"group": group_id, "person": person_id}
    deed.note(conn, network.id, "taken out of group", group.name, detail)


def _end_consent(conn: Connection, person_id: int, deed: Deed, basis: str) -> None:
    network = deed.begin(conn)
    _check_person(conn, network.id, person_id)
    _record(conn, network.id, person_id, deed, is_given=False, basis=basis)
    deed.note(conn, network.id, "health consent ended", f"person {person_id}")
