"""The meeting and its record as every act upon them finds them, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.domain.errors import Refusal
from app.domain.minutes import (
    Attendee,
    DecisionEntry,
    DecisionState,
    Minutes,
    Owner,
    Presence,
    Record,
)
from app.domain.minutes_form import from_json, to_json
from app.domain.unit_names import called
from app.store import attendance, decisions, meetings, networks
from app.store import minutes as pages
from app.store.database import Connection


def the_meeting(conn: Connection, network_id: int, meeting_id: int) -> Any:
    """The meeting's row; raises Refusal when this network has none such."""
    row = pages.the_meeting(conn, network_id, meeting_id)
    if row is None:
        raise Refusal("not_found", "There is no such meeting. Look for it in the list of meetings.")
    return row


def day_of(conn: Connection, network_id: int, at: datetime) -> date:
    """The day that it is in the network at that moment."""
    return networks.by_id(conn, network_id).day_at(at)


def subject_of(meeting: Any) -> str:
    """How the journal names a meeting."""
    return f"{meeting.body} {meeting.label}"


def record_of(conn: Connection, written: Any | None) -> Record:
    """The record as kept last; made from the rows where it was published before it was kept so."""
    if written is None:
        return Record()
    if written.content or written.version:
        return from_json(written.content)
    rows = decisions.of_minutes(conn, written.id)
    words = meetings.words_of(conn, [row.id for row in rows]) if rows else {}
    return Record(
        decisions=tuple(_entry(row, words.get(row.id, {})) for row in rows),
        summaries=written.summaries,
        restricted=written.restricted or (HIDDEN if written.is_restricted else ""),
    )


HIDDEN = "Not for the public"
"""The reason where only that it is restricted was told."""


def _entry(row: Any, words: Mapping[str, Any]) -> DecisionEntry:
    known = row.status in [one.value for one in DecisionState]
    return DecisionEntry(
        no=row.no,
        texts={tag: one.text for tag, one in words.items() if one.text},
        shorts={tag: one.short for tag, one in words.items() if one.short},
        topics=tuple(row.topics.split()),
        owner=Owner(row.owner, row.owner_body, row.owner_post, row.owner_unit_id),
        due=row.due,
        state=DecisionState(row.status) if known else DecisionState.IN_HAND,
        restricted=row.restricted or (HIDDEN if row.is_restricted else ""),
    )


def attendees_of(conn: Connection, meeting_id: int) -> tuple[Attendee, ...]:
    """Who was marked at a meeting, as they were called then."""
    return tuple(
        Attendee(
            name=row.name,
            presence=Presence(row.presence),
            person_id=row.person_id,
            local_name=row.local_name or "",
            sex=row.sex,
            post=row.post,
            unit_id=row.unit_id,
            unit_name=called(row.unit_kind, row.unit_name) if row.unit_id else "",
        )
        for row in attendance.of_meeting(conn, meeting_id)
    )


def revision_no(written: Any | None) -> int:
    """How often it was published; once where that was before revisions were counted."""
    if written is None or written.published_at is None:
        return 0
    return int(written.revision or 1)


def as_published(record: Record, attendees: Sequence[Attendee], *told: int) -> dict[str, Any]:
    """What one revision keeps: the record, who came, and the figures where nobody was marked."""
    marks = [
        {
            "name": one.name,
            "presence": one.presence.value,
            "person_id": one.person_id,
            "local_name": one.local_name,
            "sex": one.sex,
            "post": one.post,
            "unit_id": one.unit_id,
            "unit_name": one.unit_name,
        }
        for one in attendees
    ]
    return {"record": to_json(record), "attendance": marks, "told": list(told)}


def marks_in(content: Mapping[str, Any]) -> tuple[Attendee, ...]:
    """Who came, as one revision keeps it."""
    return tuple(
        Attendee(**{**mark, "presence": Presence(mark["presence"])})
        for mark in content["attendance"]
    )


def minutes_of(conn: Connection, meeting: Any) -> Minutes:
    """The meeting with its record as kept last."""
    written = meetings.minutes_of(conn, meeting.id)
    record, attendees = record_of(conn, written), attendees_of(conn, meeting.id)
    told = (written.present, written.women) if written else (0, 0)
    no = revision_no(written)
    last = pages.revision(conn, written.id, no) if written and no else None
    now = _core(as_published(record, attendees, *told))
    return assembled(
        meeting,
        written,
        record,
        attendees,
        told=told,
        revision=no,
        is_changed=last is not None and _core(last.content) != now,
    )


def _core(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What makes minutes other minutes: a local name or a unit renamed later does not."""
    marks = [
        (mark["person_id"], mark["name"] if mark["person_id"] is None else "", mark["presence"])
        for mark in content["attendance"]
    ]
    told = () if marks else tuple(content["told"])
    return {"record": content["record"], "marks": marks, "told": told}


def is_same(content: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two revisions would say the same."""
    return _core(content) == _core(other)


def assembled(  # noqa: PLR0913 -- a meeting is put together from these
    meeting: Any,
    written: Any | None,
    record: Record,
    attendees: tuple[Attendee, ...],
    *,
    told: tuple[int, int],
    revision: int,
    is_changed: bool,
) -> Minutes:
    """The parts in one."""
    return Minutes(
        meeting_id=meeting.id,
        body=meeting.body,
        no=meeting.no,
        label=meeting.label,
        at=meeting.at,
        state=meeting.state,
        venue=meeting.venue,
        agenda=meeting.agenda,
        quorum=meeting.quorum,
        record=record,
        attendees=attendees,
        version=written.version if written else 0,
        revision=revision,
        published_at=written.published_at if written else None,
        confirmed_at=written.confirmed_at if written else None,
        is_changed=is_changed,
        present_told=told[0],
        women_told=told[1],
    )
