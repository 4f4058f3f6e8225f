"""Rules by which a body meets again and again: the second Sunday, every two weeks."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, Connection, insert, select, update
from sqlmodel import Field

from app.store.meetings import meeting
from app.store.schema import Row, link, new_id, number, table_of


class MeetingSeries(Row, table=True):
    """One rule; its meetings are called some time ahead, each once by (rule, day)."""

    __tablename__ = "meeting_series"

    id: int = new_id()
    network_id: int = link("network.id", index=True)
    body: str = Field(max_length=12)
    rule: str = Field(max_length=200)
    """An RRULE of RFC 5545, as `app.domain.recurrence` writes it."""
    starts_on: date
    ends_on: date | None = None
    clock: time
    """When they begin, as the clocks there show it."""
    venue: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    agenda: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    skipped: list[str] = Field(default_factory=list, sa_type=JSON)
    """Days of the rule on which they do not meet, as YYYY-MM-DD."""
    is_active: bool = True
    created_by: str = Field(default="", max_length=80)
    created_at: datetime


meeting_series = table_of(MeetingSeries)


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    """Store a rule and give its id."""
    statement = insert(meeting_series).values(**values).returning(meeting_series.c.id)
    return int(conn.execute(statement).scalar_one())


def change(conn: Connection, series_id: int, values: Mapping[str, Any]) -> None:
    """Set these columns of a rule."""
    conn.execute(update(meeting_series).where(meeting_series.c.id == series_id).values(**values))


def get(conn: Connection, network_id: int, series_id: int) -> Any | None:
    """One rule of a network; None for another's."""
    statement = select(meeting_series).where(
        meeting_series.c.id == number(series_id), meeting_series.c.network_id == network_id
    )
    return conn.execute(statement).one_or_none()


def active(conn: Connection, network_id: int | None = None) -> Sequence[Any]:
    """The rules that hold, of one network or of all, oldest first."""
    statement = select(meeting_series).where(meeting_series.c.is_active.is_(True))
    if network_id is not None:
        statement = statement.where(meeting_series.c.network_id == network_id)
    return conn.execute(statement.order_by(meeting_series.c.id)).all()


def called(conn: Connection, series_id: int, since: date) -> dict[date, Any]:
    """The meetings that a rule called for a day since then, by the day that it gave them."""
    statement = select(meeting).where(
        meeting.c.series_id == series_id, meeting.c.series_on >= since
    )
    return {row.series_on: row for row in conn.execute(statement)}


def called_by_hand(
    conn: Connection, network_id: int, body: str, first: datetime, last: datetime
) -> Any | None:
    """A meeting of that body in those hours that belongs to no rule which holds still."""
    holds = select(meeting_series.c.id).where(meeting_series.c.is_active.is_(True))
    statement = select(meeting).where(
        meeting.c.network_id == network_id,
        meeting.c.body == body,
        meeting.c.at >= first,
        meeting.c.at < last,
        (meeting.c.series_id.is_(None)) | (meeting.c.series_id.not_in(holds)),
    )
    return conn.execute(statement.order_by(meeting.c.id).limit(1)).one_or_none()


def is_called_at(conn: Connection, network_id: int, body: str, at: datetime) -> bool:
    """Whether that body is called to that hour already, by whichever rule."""
    statement = select(meeting.c.id).where(
        meeting.c.network_id == network_id,
        meeting.c.body == body,
        meeting.c.at == at,
        meeting.c.state == "planned",
    )
    return conn.execute(statement.limit(1)).one_or_none() is not None


def give(conn: Connection, meeting_id: int, series_id: int, on: date) -> None:
    """Let a meeting be the one of a rule for that day; nothing that is told of it changes."""
    values = {"series_id": series_id, "series_on": on}
    conn.execute(update(meeting).where(meeting.c.id == meeting_id).values(**values))
