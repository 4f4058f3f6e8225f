"""The desk of the minutes editor: what lies on it, and what becomes of a form laid on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

from app.domain.errors import Refusal
from app.domain.institution import CABINET, EXECUTIVE, GENERAL_BODY
from app.domain.minutes import DecisionState, Minutes, Owner, Presence, Record
from app.domain.offices import WORDS
from app.domain.storable import storable
from app.domain.unit_names import called
from app.services.draft_agenda import draft_agenda
from app.services.keep_minutes import keep_minutes
from app.services.pick_meeting import pick_meeting
from app.services.read_minutes import read_record
from app.services.take_attendance import Belonging, Mark, take_attendance, who_belongs
from app.store import posts, seats
from app.store.database import Connection
from app.web.door import Visit
from app.web.office import _minutes_fields as fields
from app.web.office._field_ways import Reading, owner_key
from app.web.office._minutes_merge import Merged, Posted, merge

MEETINGS = "/office/meetings"
TAGS = ("ur", "ur-Latn", "en", "sd", "ps")
TRIES = 5


@dataclass(frozen=True, slots=True)
class Desk:
    """A meeting with everything that its editor shows."""

    minutes: Minutes
    record: Record
    """As kept last; before that with the agenda drafted from open decisions."""
    belonging: tuple[Belonging, ...]
    reading: Reading
    is_drafted: bool

    @property
    def rows(self) -> str:
        """Which rows are there, as the form tells it."""
        there = ((x, fields.rows_of(self.record, x)) for x in "idr")
        return " ".join(f"{letter}{no}" for letter, rows in there for no in rows)

    @property
    def fields(self) -> dict[str, str]:
        """All fields as they stand."""
        return fields.fields_of(self.record, self.reading) | attendance_fields(self.belonging)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a form: the desk afterwards, and what could not be kept, by field."""

    desk: Desk
    faults: Mapping[str, Refusal] = field(default_factory=dict)
    merged: Merged = field(default_factory=lambda: Merged({}))
    waiting: frozenset[str] = frozenset()
    """Fields that wait: rows without words yet, rows to be taken away by the Save button."""

    @property
    def left(self) -> tuple[str, ...]:
        """The fields that were not kept."""
        return tuple(
            sorted({*self.faults, *self.merged.clashes, *self.merged.waiting, *self.waiting})
        )


def minutes_at(body: str, label: str) -> str:
    """The page of a meeting."""
    return f"{MEETINGS}/{quote(body, safe='')}/{quote(label, safe='')}"


async def meeting_named(visit: Visit, body: str, label: str) -> Any:
    """The meeting of that body and number; raises Refusal when there is none."""
    named = (visit.network.id, storable(body), storable(label))
    return await pick_meeting(visit.runtime.database, *named)


async def desk_of(visit: Visit, meeting_id: int, tag: str) -> Desk:
    """Lay out a meeting in one language."""
    database, network_id = visit.runtime.database, visit.network.id
    minutes = await read_record(database, network_id, meeting_id)
    record = minutes.record
    is_drafted = not (minutes.version or minutes.revision or record.items)
    if is_drafted:
        record = replace(record, items=await draft_agenda(database, network_id, meeting_id))
    is_committee = minutes.body not in (EXECUTIVE, GENERAL_BODY)
    reading = Reading(
        tag=tag or record.language or _first_tag(visit),
        day=minutes.at.astimezone(visit.speech.zone).date(),
        zone=visit.speech.zone,
        topics=visit.runtime.desk.vocabulary.topics,
        owners=await database.read(_owners, network_id),
        state=DecisionState.RECOMMENDED if is_committee else DecisionState.IN_HAND,
    )
    belonging = await who_belongs(database, network_id, meeting_id)
    return Desk(minutes, record, belonging, reading, is_drafted)


def _first_tag(visit: Visit) -> str:
    return "ur" if visit.speech.is_urdu else "en"


def _owners(conn: Connection, network_id: int) -> dict[str, Owner]:
    """Whom a decision can be given to: the cabinet, each committee, each LSO."""
    found = [Owner(_post_words(post), EXECUTIVE, post) for post in CABINET]
    for body in seats.bodies(conn, network_id):
        if body.code not in (EXECUTIVE, GENERAL_BODY):
            words = {"en": body.name, **({"ur": body.local_name} if body.local_name else {})}
            found.append(Owner(words, body.code, "Convener"))
    for unit in posts.units_with_offices(conn, network_id):
        if unit.kind == "LSO":
            words = {"en": called("LSO", unit.name)}
            if unit.local_name:
                words["ur"] = called("LSO", unit.local_name)
            found.append(Owner(words, "LSO", "President", unit.id))
    return {owner_key(owner): owner for owner in found}


def _post_words(post: str) -> dict[str, str]:
    return {"en": post, **{tag: said[post] for tag, said in WORDS.items() if post in said}}


def attendance_fields(belonging: Sequence[Belonging]) -> dict[str, str]:
    """Who came, as ticks; guests as lines."""
    found = {}
    for one in belonging:
        if one.person_id is not None:
            found[f"h{one.person_id}"] = "1" if one.presence is Presence.PRESENT else ""
            found[f"x{one.person_id}"] = "1" if one.presence is Presence.EXCUSED else ""
    guests = (one.name for one in belonging if one.person_id is None)
    return {**found, fields.GUESTS: "\n".join(guests)}


def _marks(belonging: Sequence[Belonging], told: Mapping[str, str]) -> list[Mark]:
    """Everybody's mark, once anybody is marked; who is not ticked was absent."""
    ticked = [name for name, value in told.items() if fields.tick_of(name) and value]
    guests = [line for line in told[fields.GUESTS].split("\n") if line.strip()]
    if not ticked and not guests and all(one.presence is None for one in belonging):
        return []
    marks = [Mark(None, " ".join(guest.split())[:120], Presence.PRESENT) for guest in guests]
    for one in belonging:
        if one.person_id is None:
            continue
        is_here, is_excused = told[f"h{one.person_id}"], told[f"x{one.person_id}"]
        away = Presence.EXCUSED if is_excused else Presence.ABSENT
        marks.append(Mark(one.person_id, one.name, Presence.PRESENT if is_here else away))
    return marks


async def keep(visit: Visit, meeting_id: int, tag: str, posted: Posted) -> Outcome:
    """Keep what can be kept of a form; raises Refusal when the record as a whole cannot be.

    When somebody else keeps at the very moment, it is laid over what they kept.
    """
    for chance in range(TRIES):
        desk = await desk_of(visit, meeting_id, tag)
        try:
            outcome = await _keep(visit, desk, posted)
        except Refusal as refusal:
            if refusal.code != "changed_meanwhile" or chance == TRIES - 1:
                raise
            continue
        return replace(outcome, desk=await desk_of(visit, meeting_id, tag))
    raise AssertionError  # pragma: no cover -- the last try gives or raises


async def _keep(visit: Visit, desk: Desk, posted: Posted) -> Outcome:
    current = desk.fields
    merged = merge(current, posted, desk.reading)
    known = {name: value for name, value in merged.changes.items() if _is_there(name, current)}
    applied, waiting = _applied(desk, known, posted)
    if applied.record != desk.minutes.record or (desk.is_drafted and posted.drops_silent):
        record = replace(applied.record, language=applied.record.language or desk.reading.tag)
        await keep_minutes(
            visit.runtime.database,
            visit.network.id,
            desk.minutes.meeting_id,
            record,
            version=desk.minutes.version,
            by=visit.officer.name,
            now=visit.now,
        )
    ticks = {name: fields.canonical(name, known[name], desk.reading) for name in known}
    if any(fields.tick_of(name) or name == fields.GUESTS for name in known):
        await take_attendance(
            visit.runtime.database,
            visit.network.id,
            desk.minutes.meeting_id,
            _marks(desk.belonging, {**current, **ticks}),
            by=visit.officer.name,
            now=visit.now,
        )
    return Outcome(desk, applied.faults, merged, waiting)


def _is_there(name: str, current: Mapping[str, str]) -> bool:
    """Rows may be new; a tick is only for somebody who belongs to the body."""
    return fields.tick_of(name) is None or name in current


def _applied(
    desk: Desk, changes: Mapping[str, str], posted: Posted
) -> tuple[fields.Applied, frozenset[str]]:
    """The record with the changes; while one types, a row is neither taken away nor half made."""
    applied = fields.apply(desk.record, changes, desk.reading)
    rows = {name: row for name in changes if (row := fields.row_of(name))}
    empty = {name for name, row in rows.items() if row[:2] in applied.emptied}
    if posted.drops_silent:
        spoken = (one for one in applied.record.items if not one.carried or any(one.said.values()))
        applied = replace(applied, record=replace(applied.record, items=tuple(spoken)))
    if posted.is_whole:
        there = {(x, no) for x in "idr" for no in fields.rows_of(desk.record, x)}
        half = {
            name: Refusal("no_words", "Write the words first: only the rest is here.")
            for name in empty
            if rows[name][:2] not in there and changes[name].strip()
        }
        return replace(applied, faults={**applied.faults, **half}), frozenset()
    if empty:
        sure = {name: value for name, value in changes.items() if name not in empty}
        applied = fields.apply(desk.record, sure, desk.reading)
    return applied, frozenset(empty)
