"""What callers of the register's API tell, and what they are told."""

from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from app.domain.minutes import Attendee, DecisionState, Item, Minutes, Presence
from app.domain.minutes_form import to_json
from app.services.take_attendance import Belonging
from app.web.told import Slug, SomeId, Told, Version

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
Words = dict[str, Annotated[str, Field(max_length=2000)]]
Note = Annotated[str, Field(max_length=2000)]


class MeetingsQuery(Told):
    """Which meetings are asked for: all, newest first, or the one so called."""

    body: str = Field(default="", max_length=12)
    label: str = Field(default="", max_length=10)
    before: str | None = Field(default=None, max_length=60)
    network: Slug = ""


class MeetingChangeIn(Told):
    """What changes of a meeting; what is not given stays."""

    at: Annotated[AwareDatetime, Field(ge=EARLIEST, le=LATEST)] | None = None
    venue: Words | None = None
    agenda: Words | None = None
    quorum: Annotated[int, Field(ge=0, le=10_000)] | None = None
    state: Literal["planned", "held", "adjourned", "postponed", "cancelled"] | None = None
    network: Slug = ""


class RecordIn(Told):
    """The record as it is to be kept; `version` is the one that was seen."""

    version: Version
    record: dict[str, Any]
    network: Slug = ""


class PublicationIn(Told):
    """Which version of the record is published."""

    version: Version
    network: Slug = ""


class MarkIn(Told):
    """Whether one came: a person by id, or a guest by name."""

    person_id: SomeId | None = None
    name: str = Field(default="", max_length=500)
    presence: Presence


class AttendanceIn(Told):
    """Who came, in place of all that was marked before."""

    marks: list[MarkIn] = Field(max_length=2000)
    network: Slug = ""


class DecisionChangeIn(Told):
    """Where a decision stands from now on."""

    state: DecisionState
    note: Note = ""
    due: date | None = None
    approved_in: SomeId | None = None
    network: Slug = ""


class LetterIn(Told):
    """The facts of a resolution's letter; what is not given stays."""

    letter_no: Note | None = None
    sent_on: date | None = None
    diary_no: Note | None = None
    reply_due: date | None = None
    replied_on: date | None = None
    reply: Note | None = None
    network: Slug = ""


def minutes_json(found: Minutes) -> dict[str, Any]:
    """A meeting with its record."""
    return {
        "id": found.meeting_id,
        "body": found.body,
        "no": found.no,
        "label": found.label,
        "at": found.at.isoformat(),
        "state": found.state,
        "venue": dict(found.venue),
        "agenda": dict(found.agenda),
        "quorum": found.quorum,
        "present": found.present,
        "women": found.women,
        "version": found.version,
        "revision": found.revision,
        "is_changed": found.is_changed,
        "published_at": _moment(found.published_at),
        "confirmed_at": _moment(found.confirmed_at),
        "attendance": [one_json(one) for one in found.attendees],
        "record": to_json(found.record),
    }


def one_json(one: Attendee | Belonging) -> dict[str, Any]:
    """Somebody with their mark."""
    return {**asdict(one), "presence": one.presence.value if one.presence else None}


def item_json(item: Item) -> dict[str, Any]:
    """An item of a drafted agenda, in the form of the record."""
    return {
        "title": dict(item.title),
        "carried": item.carried,
        **({"restricted": item.restricted} if item.restricted else {}),
    }


def _moment(when: datetime | None) -> str | None:
    return when.isoformat() if when is not None else None
