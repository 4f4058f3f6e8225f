"""Meetings, their minutes and the decisions in them, with their words in each language."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Index,
    Integer,
    Select,
    UniqueConstraint,
    bindparam,
    func,
    insert,
    select,
)
from sqlmodel import Field

from app.store.schema import Row, link, maybe_link, new_id, number, table_of


class Meeting(Row, table=True):
    """A meeting of a body, held or to come; `no` counts within the body."""

    __table_args__ = (
        UniqueConstraint("network_id", "body", "label"),
        UniqueConstraint("series_id", "series_on"),
        Index("ix_meeting_at", "network_id", "at"),
    )

    id: int = new_id()
    network_id: int = link("network.id")
    body: str = Field(max_length=12)
    no: int
    label: str = Field(max_length=10)
    """The number as people write it: `14`, or `E1` for an emergency meeting."""
    at: datetime
    venue: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    agenda: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    state: str = Field(default="planned", max_length=12)
    """`planned`, `held`, `adjourned` (no quorum), `postponed`, `cancelled`."""
    quorum: int = 0
    """How many must be present; 0 when the body has no such rule."""
    series_id: int | None = maybe_link("meeting_series.id")
    """The rule that called it, where one did."""
    series_on: date | None = None
    """The day that the rule gave it; it stays when the meeting is moved."""
    revision: int = 0
    """Counts each time its day, place or state changes: what was told before is not true then."""
    set_at: datetime | None = None
    """When it was called or its day was set last: no reminder of before that was ever missed."""


class Minutes(Row, table=True):
    """The written minutes of one meeting; readable by members once published.

    `content` is the record as it was kept last, in the form of `app.domain.minutes_form`; the
    columns beside it and the decisions are what was published last.
    """

    id: int = new_id()
    network_id: int = link("network.id")
    meeting_id: int = Field(foreign_key="meeting.id", unique=True)
    present: int = 0
    women: int = 0
    summaries: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """One segment per language tag, ready to send."""
    is_restricted: bool = False
    restricted: str = Field(default="", max_length=200)
    """Why they are not for the public."""
    published_at: datetime | None = None
    confirmed_at: datetime | None = None
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    version: int = 0
    """Counts each time the record is kept."""
    revision: int = 0
    """Counts each time it is published."""


class MinutesRevision(Row, table=True):
    """The minutes as they were published at one time; never changed."""

    __tablename__ = "minutes_revision"

    minutes_id: int = link("minutes.id", primary_key=True)
    no: int = Field(primary_key=True)
    network_id: int = link("network.id")
    content: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    published_at: datetime
    published_by: str = Field(default="", max_length=80)


class Attendance(Row, table=True):
    """Whether somebody came to a meeting; a guest has a name and no person."""

    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: int = new_id()
    network_id: int = link("network.id")
    meeting_id: int = link("meeting.id")
    person_id: int | None = maybe_link("person.id", index=True)
    name: str = Field(default="", max_length=120)
    sex: str = Field(default="", max_length=1)
    post: str = Field(default="", max_length=60)
    """The office that they held in the body then."""
    unit_id: int | None = maybe_link("unit.id")
    presence: str = Field(max_length=8)
    marked_at: datetime


class Decision(Row, table=True):
    """One numbered decision of a meeting."""

    __table_args__ = (UniqueConstraint("minutes_id", "no"),)

    id: int = new_id()
    network_id: int = link("network.id")
    minutes_id: int = link("minutes.id")
    no: int
    owner: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    owner_body: str = Field(default="", max_length=12)
    owner_post: str = Field(default="", max_length=80)
    owner_unit_id: int | None = maybe_link("unit.id")
    due: date | None = None
    status: str = Field(default="in hand", max_length=12)
    """One of `DecisionState`."""
    topics: str = Field(default="", max_length=120)
    """Topic tags between blanks, with a blank at each end, so that one tag can be found."""
    is_restricted: bool = False
    restricted: str = Field(default="", max_length=200)


class DecisionStep(Row, table=True):
    """One step of a decision on its way; append-only."""

    __tablename__ = "decision_step"
    __table_args__ = (Index("ix_decision_step_of", "decision_id", "id"),)

    id: int = new_id()
    network_id: int = link("network.id")
    decision_id: int = link("decision.id")
    at: datetime
    status: str = Field(max_length=12)
    note: str = Field(default="", max_length=300)
    """What was done: the letter sent, its diary number."""
    actor: str = Field(default="", max_length=80)


class DecisionText(Row, table=True):
    """A decision's words in one language: the sentence and a few words for lists."""

    __tablename__ = "decision_text"

    decision_id: int = link("decision.id", primary_key=True)
    language: str = Field(max_length=20, primary_key=True)
    text: str
    short: str = Field(default="", max_length=60)


meeting = table_of(Meeting)
minutes = table_of(Minutes)
decision = table_of(Decision)
decision_text = table_of(DecisionText)
minutes_revision = table_of(MinutesRevision)
attendance = table_of(Attendance)
decision_step = table_of(DecisionStep)


def add_meeting(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a meeting and give its id."""
    return int(conn.execute(insert(meeting).values(**values).returning(meeting.c.id)).scalar_one())


def meeting_by_label(conn: Connection, network_id: int, body: str, label: str) -> Any | None:
    """The meeting of that body with that number, as people write it."""
    return conn.execute(
        select(meeting).where(
            meeting.c.network_id == network_id, meeting.c.body == body, meeting.c.label == label
        )
    ).one_or_none()


def set_state(conn: Connection, meeting_id: int, state: str) -> None:
    """Mark a meeting as held, adjourned or cancelled."""
    conn.execute(meeting.update().where(meeting.c.id == meeting_id).values(state=state))


def add_minutes(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store minutes and give their id."""
    return int(conn.execute(insert(minutes).values(**values).returning(minutes.c.id)).scalar_one())


def minutes_of(conn: Connection, meeting_id: int) -> Any | None:
    """The minutes of a meeting, published or not."""
    return conn.execute(select(minutes).where(minutes.c.meeting_id == meeting_id)).one_or_none()


def published(
    conn: Connection, network_id: int, *, registered: bool, no: int | None = None
) -> Any | None:
    """The newest published minutes that this asker may read, or those with that number.

    A number that several bodies use means the newest meeting that bears it.
    """
    statement = _published(registered)
    if no is not None:
        statement = statement.where(meeting.c.no == number(no))
    return conn.execute(statement, {"network_id": network_id}).one_or_none()


@cache
def _published(registered: bool) -> Select[Any]:
    """Built once, as `_decisions`: most texts that come in ask it."""
    statement = (
        select(minutes, meeting.c.no, meeting.c.label, meeting.c.body, meeting.c.at)
        .join(meeting, meeting.c.id == minutes.c.meeting_id)
        .where(minutes.c.network_id == bindparam("network_id"), minutes.c.published_at.is_not(None))
        .order_by(meeting.c.at.desc(), minutes.c.id.desc())
        .limit(1)
    )
    return statement if registered else statement.where(minutes.c.is_restricted.is_(False))


def decisions(
    conn: Connection,
    network_id: int,
    *,
    registered: bool,
    minutes_id: int | None = None,
    limit: int = 20,
) -> Sequence[Any]:
    """Decisions of published minutes, newest meeting first, then by number."""
    asked = {"network_id": network_id, "minutes_id": minutes_id, "limit": limit}
    return conn.execute(_decisions(registered, minutes_id is not None), asked).all()


@cache
def _decisions(registered: bool, of_one: bool) -> Select[Any]:
    statement = (
        select(decision, meeting.c.no.label("meeting_no"), meeting.c.at)
        .join(minutes, minutes.c.id == decision.c.minutes_id)
        .join(meeting, meeting.c.id == minutes.c.meeting_id)
        .where(
            decision.c.network_id == bindparam("network_id"), minutes.c.published_at.is_not(None)
        )
        .order_by(meeting.c.at.desc(), decision.c.no)
        .limit(bindparam("limit", type_=Integer))
    )
    if not registered:
        is_open = (minutes.c.is_restricted.is_(False), decision.c.is_restricted.is_(False))
        statement = statement.where(*is_open)
    if of_one:
        statement = statement.where(decision.c.minutes_id == bindparam("minutes_id"))
    return statement


_words_of = select(decision_text).where(
    decision_text.c.decision_id.in_(bindparam("ids", expanding=True))
)


def words_of(conn: Connection, decision_ids: Sequence[int]) -> Mapping[int, Mapping[str, Any]]:
    """The texts of these decisions, by decision and language."""
    found: dict[int, dict[str, Any]] = {}
    for row in conn.execute(_words_of, {"ids": list(decision_ids)}):
        found.setdefault(row.decision_id, {})[row.language] = row
    return found


_next_meeting = (
    select(meeting)
    .where(
        meeting.c.network_id == bindparam("network_id"),
        meeting.c.state == "planned",
        meeting.c.at > bindparam("now"),
    )
    .order_by(meeting.c.at)
    .limit(1)
)


def next_meeting(conn: Connection, network_id: int, now: datetime) -> Any | None:
    """The first meeting still to come."""
    return conn.execute(_next_meeting, {"network_id": network_id, "now": now}).one_or_none()


def highest_no(conn: Connection, network_id: int, body: str) -> int:
    """The highest meeting number of a body so far; 0 when it never met."""
    statement = select(func.max(meeting.c.no)).where(
        meeting.c.network_id == network_id, meeting.c.body == body
    )
    return int(conn.execute(statement).scalar_one() or 0)
