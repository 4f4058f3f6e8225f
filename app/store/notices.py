"""Notices of meetings: the plan of each body, what went out for which meeting, and to whom."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Index,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    select,
    text,
    update,
)
from sqlmodel import Field

from app.store.broadcasts import broadcast
from app.store.bulk import insert_into
from app.store.meetings import meeting
from app.store.outbox import outbox
from app.store.schema import Row, big, link, loose_link, maybe_link, new_id, table_of

WHERE_MAKING = "state = 'making'"
TROUBLES = ("missed", "dropped", "dear", "nobody")
"""What the office must know of: somebody was not told who should have been."""


class ReminderPlan(Row, table=True):
    """How long before its meetings a body is told, where it is not the usual."""

    __tablename__ = "reminder_plan"

    network_id: int = link("network.id", primary_key=True)
    body: str = Field(max_length=12, primary_key=True)
    leads: list[int] = Field(default_factory=list, sa_type=JSON)
    """Minutes before the meeting, the longest first."""
    changed_at: datetime


class MeetingNotice(Row, table=True):
    """One text about one meeting, in all its languages: made once by its natural key."""

    __tablename__ = "meeting_notice"
    __table_args__ = (
        UniqueConstraint("meeting_id", "revision", "lead", "part"),
        Index(
            "ix_meeting_notice_making",
            "lead",
            "meeting_id",
            sqlite_where=text(WHERE_MAKING),
            postgresql_where=text(WHERE_MAKING),
        ),
    )

    id: int = new_id()
    network_id: int = link("network.id", index=True)
    meeting_id: int = link("meeting.id")
    revision: int
    """That of the meeting when it was made."""
    lead: int
    """Minutes before the meeting; 0 for one that says that it was moved or is off."""
    part: str = Field(max_length=10)
    """To whom: `all`, `silent`, `coming`, `told` (who had got an earlier one)."""
    template: str = Field(default="", max_length=24)
    """Which text: `meeting_notice`, `meeting_again`, `meeting_soon`, `meeting_moved`, ..."""
    state: str = Field(max_length=10)
    """`making`, `made`, `missed` (its time passed while nothing ran), `dropped`, `nobody`, `dear`,
    `void` (the meeting was changed before it went), `empty` (there was nobody to tell), `covered`
    (another had gone just before)."""
    due_at: datetime
    expires_at: datetime
    was_at: datetime | None = None
    """When the meeting was to be, in a notice that it was moved or is off."""
    broadcast_id: int | None = maybe_link("broadcast.id", index=True)
    upto: int = big()
    """While it is being made: the last person looked at."""
    made_at: datetime


class MeetingReminder(Row, table=True):
    """Who was to get a notice: claimed once by (meeting, person, lead) of a revision."""

    __tablename__ = "meeting_reminder"

    meeting_id: int = link("meeting.id", primary_key=True)
    person_id: int = link("person.id", primary_key=True, index=True)
    revision: int = Field(primary_key=True)
    lead: int = Field(primary_key=True)
    notice_id: int = link("meeting_notice.id", index=True)
    address_id: int | None = loose_link("address.id", index=True)
    """The phone that it went to; empty for `paper`."""
    way: str = Field(max_length=10)
    """`text`, `shared` (on the phone of another who got it), or `paper`: no phone may be texted."""


reminder_plan = table_of(ReminderPlan)
meeting_notice = table_of(MeetingNotice)
meeting_reminder = table_of(MeetingReminder)

_plans = (
    select(reminder_plan)
    .where(reminder_plan.c.network_id == bindparam("network_id"))
    .order_by(reminder_plan.c.body)
)


def plans(conn: Connection, network_id: int) -> Mapping[str, Sequence[int]]:
    """The leads of each body that has a plan of its own."""
    return {row.body: row.leads for row in conn.execute(_plans, {"network_id": network_id})}


def put_plan(
    conn: Connection, network_id: int, body: str, leads: Sequence[int] | None, now: datetime
) -> None:
    """Keep the plan of a body; None takes its own away, so that it has the usual one again."""
    if leads is None:
        mine = (reminder_plan.c.network_id == network_id, reminder_plan.c.body == body)
        conn.execute(delete(reminder_plan).where(*mine))
        return
    values = {"network_id": network_id, "body": body, "leads": list(leads), "changed_at": now}
    new = insert_into(conn.dialect.name, reminder_plan).values(**values)
    changed = {name: new.excluded[name] for name in ("leads", "changed_at")}
    conn.execute(new.on_conflict_do_update(index_elements=["network_id", "body"], set_=changed))


def notices_of(conn: Connection, meeting_id: int) -> Sequence[Any]:
    """Every notice of a meeting, oldest first, with the `ref` of its broadcast.

    `author_id` is who asked for it to go in quiet hours.
    """
    rows = conn.execute(
        select(meeting_notice, broadcast.c.ref, broadcast.c.goes_first, broadcast.c.author_id)
        .outerjoin(broadcast, broadcast.c.id == meeting_notice.c.broadcast_id)
        .where(meeting_notice.c.meeting_id == meeting_id)
        .order_by(meeting_notice.c.made_at, meeting_notice.c.id)
    )
    return rows.all()


def texts_of(conn: Connection, broadcast_ids: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
    """How many texts of each of these notices stand in each state."""
    found: dict[int, dict[str, int]] = {}
    rows = conn.execute(
        select(outbox.c.broadcast_id, outbox.c.state, func.count().label("n"))
        .where(outbox.c.broadcast_id.in_(list(broadcast_ids)))
        .group_by(outbox.c.broadcast_id, outbox.c.state)
    )
    for row in rows:
        found.setdefault(row.broadcast_id, {})[row.state] = row.n
    return found


def held_until(conn: Connection, broadcast_ids: Sequence[int]) -> Mapping[int, datetime]:
    """Until when texts of these notices are held."""
    rows = conn.execute(
        select(outbox.c.broadcast_id, func.min(outbox.c.due_at, type_=outbox.c.due_at.type))
        .where(outbox.c.broadcast_id.in_(list(broadcast_ids)), outbox.c.state == "held")
        .group_by(outbox.c.broadcast_id)
    )
    return {row[0]: row[1] for row in rows}


def troubled(conn: Connection, network_id: int, since: datetime) -> Sequence[Any]:
    """Notices since then that did not go as planned, newest first, with their meeting."""
    return conn.execute(
        select(
            meeting_notice,
            meeting.c.body,
            meeting.c.label,
            meeting.c.at,
            meeting.c.state.label("meeting_state"),
        )
        .join(meeting, meeting.c.id == meeting_notice.c.meeting_id)
        .where(
            meeting_notice.c.network_id == network_id,
            meeting_notice.c.state.in_(TROUBLES),
            meeting_notice.c.made_at >= since,
        )
        .order_by(meeting_notice.c.made_at.desc(), meeting_notice.c.id.desc())
    ).all()


def drop_person(conn: Connection, person_id: int) -> None:
    """Take out what is known of the notices to a person."""
    conn.execute(delete(meeting_reminder).where(meeting_reminder.c.person_id == person_id))


def move_person(conn: Connection, from_id: int, to_id: int) -> None:
    """Let the notices to one person be another's, where that one did not get the same."""
    theirs = meeting_reminder.alias()
    same = (
        select(theirs.c.person_id)
        .where(
            theirs.c.person_id == to_id,
            theirs.c.meeting_id == meeting_reminder.c.meeting_id,
            theirs.c.revision == meeting_reminder.c.revision,
            theirs.c.lead == meeting_reminder.c.lead,
        )
        .exists()
    )
    mine = meeting_reminder.c.person_id == from_id
    conn.execute(update(meeting_reminder).where(mine, ~same).values(person_id=to_id))
    drop_person(conn, from_id)
