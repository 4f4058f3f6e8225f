"""Publish minutes: a meeting written down once, with its decisions, open to members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from app.domain.errors import Phrase, Refusal
from app.domain.minutes import DecisionEntry, DecisionState, Minutes, Owner, Record
from app.domain.minutes_form import from_json, to_json
from app.domain.minutes_rules import faults
from app.services._act import Deed
from app.services._minutes_desk import (
    HIDDEN,
    as_published,
    day_of,
    is_same,
    minutes_of,
    subject_of,
    the_meeting,
)
from app.services._register_rows import Publishing, write_rows
from app.services.confirm_minutes import confirm
from app.services.keep_minutes import check_version
from app.store import meetings, networks
from app.store import minutes as pages
from app.store.database import Connection, Database

NOT_HELD = ("cancelled", "postponed")


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """One decision; `texts` maps a language tag to `text` and `short`."""

    no: int
    texts: Mapping[str, Mapping[str, str]]
    owner: Mapping[str, str] = field(default_factory=dict)
    due: date | None = None
    status: str = "in hand"
    topics: Sequence[str] = ()
    is_restricted: bool = False


@dataclass(frozen=True, slots=True)
class MinutesDraft:
    """The minutes of one meeting; `summaries` are one segment per language tag.

    `record` may hold what the draft has no place for: items, resolutions, who was in the chair.
    """

    body: str
    label: str
    present: int
    women: int
    summaries: Mapping[str, str]
    decisions: Sequence[DecisionDraft] = ()
    is_restricted: bool = False
    record: Record = field(default_factory=Record)


async def publish_minutes(
    database: Database, network: str, draft: MinutesDraft, *, by: str, now: datetime
) -> int:
    """Store the minutes of a meeting and open them to members; gives their id.

    Raises Refusal when there is no such meeting, it has minutes already, and for all that
    `publish_record` refuses.
    """
    record = from_json(to_json(_record(draft)))
    return await database.write(_publish_draft, network, draft, record, (by, now))


async def publish_record(  # noqa: PLR0913 -- who publishes which version of which meeting
    database: Database, network_id: int, meeting_id: int, *, version: int, by: str, now: datetime
) -> int:
    """Open the record as it was kept last to members; gives its revision.

    Its decisions and resolutions become rows that keep their ids in later revisions. What was
    published already and did not change stays as it is and gives the same revision. Raises
    Refusal: changed_meanwhile, nothing_written, not_held, no_quorum, due_before_meeting,
    decision_twice and what else `minutes_rules.faults` finds.
    """
    deed = Deed(network_id, by, now)
    return await database.write(_publish, deed, meeting_id, version)


def _record(draft: MinutesDraft) -> Record:
    return replace(
        draft.record,
        decisions=tuple(_entry(one) for one in draft.decisions),
        summaries=dict(draft.summaries),
        restricted=draft.record.restricted or (HIDDEN if draft.is_restricted else ""),
    )


def _entry(one: DecisionDraft) -> DecisionEntry:
    states = [state.value for state in DecisionState]
    status = DecisionState.IN_HAND.value if one.status == "overdue" else one.status
    if status not in states:
        raise Refusal(
            "status",
            "Decision {no} stands at {status}. It may be: {states}.",
            no=one.no,
            status=one.status,
            states=", ".join(states),
        )
    return DecisionEntry(
        no=one.no,
        texts={tag: words.get("text", "") for tag, words in one.texts.items()},
        shorts={tag: words.get("short", "") for tag, words in one.texts.items()},
        topics=tuple(one.topics),
        owner=Owner(words=dict(one.owner)),
        due=one.due,
        state=DecisionState(status),
        restricted=HIDDEN if one.is_restricted else "",
    )


def _publish_draft(
    conn: Connection, slug: str, draft: MinutesDraft, record: Record, act: tuple[str, datetime]
) -> int:
    network = networks.named(conn, slug)
    subject = f"{draft.body} {draft.label}"
    meeting = meetings.meeting_by_label(conn, network.id, draft.body, draft.label)
    if meeting is None:
        raise Refusal(
            "no_meeting", "There is no meeting {meeting}. Call it first.", meeting=subject
        )
    if meetings.minutes_of(conn, meeting.id) is not None:
        raise Refusal("has_minutes", "{meeting} has minutes already.", meeting=subject)
    minutes_id = meetings.add_minutes(
        conn,
        {
            "network_id": network.id,
            "meeting_id": meeting.id,
            "present": draft.present,
            "women": draft.women,
            "content": to_json(record),
            "version": 1,
        },
    )
    _publish(conn, Deed(network.id, *act), meeting.id, 1)
    return minutes_id


def _publish(conn: Connection, deed: Deed, meeting_id: int, version: int) -> int:
    networks.hold(conn, deed.network_id)
    meeting = the_meeting(conn, deed.network_id, meeting_id)
    written = meetings.minutes_of(conn, meeting_id)
    if written is None:
        raise Refusal("nothing_written", "These minutes are empty. Write them first.")
    check_version(written.version, version)
    found = minutes_of(conn, meeting)
    _check(conn, deed, meeting, found)
    content = as_published(found.record, found.attendees, found.present, found.women)
    before = Record()
    if found.revision:
        last = pages.revision(conn, written.id, found.revision)
        if last is not None and is_same(last.content, content):
            return found.revision
        before = from_json(last.content["record"]) if last is not None else Record()
    act = Publishing(deed, written.id, meeting.body, found.revision + 1)
    _open(conn, act, found, content)
    write_rows(conn, act, found.record, before)
    state = "adjourned" if _is_short(found) else "held"
    meetings.set_state(conn, meeting_id, state)
    if found.record.confirms:
        _confirm_earlier(conn, deed, found)
    counts = {"decisions": len(found.record.decisions), "revision": act.revision}
    deed.note(conn, "minutes published", subject_of(meeting), **counts)
    return act.revision


def _is_short(found: Minutes) -> bool:
    """Whether too few were there to decide anything."""
    return found.present < found.quorum


def _check(conn: Connection, deed: Deed, meeting: Any, found: Minutes) -> None:
    """Raise the first Refusal for what cannot be published."""
    if meeting.state in NOT_HELD:
        raise Refusal(
            "not_held",
            "The meeting {meeting} was {state}. Set its new day first.",
            meeting=subject_of(meeting),
            state=Phrase(meeting.state),
        )
    if meeting.at > deed.now:
        raise Refusal(
            "not_held",
            "The meeting {meeting} is still to come. Its minutes are published after it.",
            meeting=subject_of(meeting),
        )
    record = found.record
    if _is_short(found) and not found.attendees and not found.present:
        raise Refusal(
            "attendance_missing", "Nobody is marked as present. Take the attendance first."
        )
    if _is_short(found) and (record.decisions or record.resolutions):
        raise Refusal(
            "no_quorum",
            "{present} of the {quorum} needed were there, so nothing could be decided. Take the "
            "decisions and resolutions out; the meeting is then published as adjourned.",
            present=found.present,
            quorum=found.quorum,
        )
    for fault in faults(record, day_of(conn, deed.network_id, meeting.at)):
        raise fault


def _open(conn: Connection, act: Publishing, found: Minutes, content: Mapping[str, Any]) -> None:
    """Write the columns that readers see, and the revision."""
    record, deed = found.record, act.deed
    pages.change(
        conn,
        act.minutes_id,
        {
            "present": found.present,
            "women": found.women,
            "summaries": dict(record.summaries),
            "is_restricted": bool(record.restricted),
            "restricted": record.restricted,
            "published_at": found.published_at or deed.now,
            "content": to_json(record),
            "revision": act.revision,
        },
    )
    pages.add_revision(
        conn,
        {
            "minutes_id": act.minutes_id,
            "no": act.revision,
            "network_id": deed.network_id,
            "content": dict(content),
            "published_at": deed.now,
            "published_by": deed.by,
        },
    )


def _confirm_earlier(conn: Connection, deed: Deed, found: Minutes) -> None:
    """What was read out in this meeting and found right is confirmed by it."""
    label = found.record.confirms
    earlier = meetings.meeting_by_label(conn, deed.network_id, found.body, label)
    if earlier is None or earlier.id == found.meeting_id:
        raise Refusal(
            "no_meeting",
            "There is no earlier meeting {meeting} whose minutes could be confirmed.",
            meeting=f"{found.body} {label}",
        )
    confirm(conn, deed, earlier)
