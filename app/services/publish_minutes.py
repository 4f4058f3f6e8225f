"""Publish minutes: a meeting written down once, with its decisions, open to members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from app.domain import gsm
from app.domain.errors import Refusal
from app.store import journal, meetings, networks
from app.store.database import Connection, Database

MOST_SUMMARY_SEGMENTS = 1


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
    """The minutes of one meeting; `summaries` are one segment per language tag."""

    body: str
    label: str
    present: int
    women: int
    summaries: Mapping[str, str]
    decisions: Sequence[DecisionDraft] = ()
    is_restricted: bool = False


async def publish_minutes(
    database: Database, network: str, draft: MinutesDraft, *, by: str, now: datetime
) -> int:
    """Store the minutes of a meeting and open them to members; gives their id.

    Raises Refusal when there is no such meeting, it has minutes already, a summary is longer
    than one segment, or a decision number comes twice.
    """
    _check(draft)
    return await database.write(_publish, network, draft, by, now)


def _check(draft: MinutesDraft) -> None:
    for tag, text in draft.summaries.items():
        count = gsm.count(text)
        if count > MOST_SUMMARY_SEGMENTS:
            raise Refusal(
                "summary_too_long",
                "The {language} summary needs {count} texts, not one.",
                language=tag,
                count=count,
            )
    numbers = [decision.no for decision in draft.decisions]
    twice = sorted({no for no in numbers if numbers.count(no) > 1})
    if twice:
        raise Refusal("decision_twice", "Decision {no} stands twice in these minutes.", no=twice[0])
    empty = [d.no for d in draft.decisions if not any(w.get("text") for w in d.texts.values())]
    if empty:
        raise Refusal("decision_empty", "Decision {no} has no words.", no=empty[0])


def _publish(conn: Connection, slug: str, draft: MinutesDraft, by: str, now: datetime) -> int:
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
            "summaries": dict(draft.summaries),
            "is_restricted": draft.is_restricted,
            "published_at": now,
        },
    )
    for decision in draft.decisions:
        _add_decision(conn, network.id, minutes_id, decision)
    if meeting.state == "planned":
        meetings.set_state(conn, meeting.id, "held")
    journal.append(
        conn,
        {
            "network_id": network.id,
            "at": now,
            "actor": by,
            "action": "minutes published",
            "subject": subject,
            "detail": {"decisions": len(draft.decisions)},
        },
    )
    return minutes_id


def _add_decision(
    conn: Connection, network_id: int, minutes_id: int, decision: DecisionDraft
) -> None:
    meetings.add_decision(
        conn,
        {
            "network_id": network_id,
            "minutes_id": minutes_id,
            "no": decision.no,
            "owner": dict(decision.owner),
            "due": decision.due,
            "status": decision.status,
            "topics": f" {' '.join(decision.topics)} " if decision.topics else "",
            "is_restricted": decision.is_restricted,
        },
        {
            tag: {"text": words.get("text", ""), "short": words.get("short", "")}
            for tag, words in decision.texts.items()
        },
    )
