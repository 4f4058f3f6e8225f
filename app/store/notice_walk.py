"""The walk through a body while a notice of its meeting is made: claimed once, chunk by chunk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)

from app.domain.messages import State
from app.store.broadcasts import broadcast, broadcast_text, recipient
from app.store.bulk import insert_into
from app.store.meeting_answers import COMING, meeting_answer
from app.store.meetings import meeting
from app.store.notices import WHERE_MAKING, meeting_notice, meeting_reminder
from app.store.outbox import outbox
from app.store.people import person
from app.store.schema import unindexed
from app.store.seats import seat

MAKING, MADE = "making", "made"
BEING_MADE: ColumnElement[bool] = literal_column(WHERE_MAKING, Boolean)
"""Written as in the index that holds them."""
_KEY = ("meeting_id", "revision", "lead", "part")
_GOT = (State.SENDING.value, State.SENT.value, State.DELIVERED.value, State.UNCERTAIN.value)
"""The states of a text that somebody has read, or may read any moment."""


@dataclass(frozen=True, slots=True)
class Walk:
    """One reminder of one meeting, whose parts are made together."""

    network_id: int
    meeting_id: int
    revision: int
    lead: int


# Built once: they are asked each minute.
_planned = (
    select(meeting)
    .where(
        meeting.c.network_id == bindparam("network_id"),
        meeting.c.at > bindparam("after"),
        meeting.c.at <= bindparam("until"),
        meeting.c.state == "planned",
    )
    .order_by(meeting.c.at, meeting.c.id)
)
_known = (
    select(meeting_notice)
    .where(meeting_notice.c.meeting_id.in_(bindparam("ids", expanding=True)))
    .order_by(meeting_notice.c.id)
)
_making = (
    select(*(meeting_notice.c[name] for name in Walk.__slots__))
    .where(BEING_MADE)
    .distinct()
    .order_by(meeting_notice.c.lead, meeting_notice.c.meeting_id, meeting_notice.c.revision)
)


def planned(
    conn: Connection, network_id: int, *, after: datetime, until: datetime
) -> Sequence[Any]:
    """The planned meetings of a network between two moments, the soonest first."""
    asked = {"network_id": network_id, "after": after, "until": until}
    return conn.execute(_planned, asked).all()


def notices(conn: Connection, meeting_ids: Sequence[int]) -> Mapping[int, Sequence[Any]]:
    """What was claimed for each of these meetings."""
    found: dict[int, list[Any]] = {}
    for row in conn.execute(_known, {"ids": list(meeting_ids)}):
        found.setdefault(row.meeting_id, []).append(row)
    return found


def claim(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store notices; one that is there already by its natural key stays as it is."""
    if rows:
        new = insert_into(conn.dialect.name, meeting_notice)
        conn.execute(new.on_conflict_do_nothing(index_elements=list(_KEY)), list(rows))


def making(conn: Connection) -> list[Walk]:
    """The walks that were begun and not ended; those that tell of a change come first."""
    return [Walk(*row) for row in conn.execute(_making)]


def _of(walk: Walk) -> Select[Any]:
    return (
        select(meeting_notice)
        .where(
            meeting_notice.c.meeting_id == walk.meeting_id,
            meeting_notice.c.revision == walk.revision,
            meeting_notice.c.lead == walk.lead,
            BEING_MADE,
        )
        .order_by(meeting_notice.c.id)
    )


def parts(conn: Connection, walk: Walk) -> Sequence[Any]:
    """The notices of a walk that are still being made."""
    return conn.execute(_of(walk)).all()


def lock(conn: Connection, meeting_id: int) -> None:
    """Keep others from changing the broadcasts of a meeting's notices until the commit.

    Taken before the network is held, as whoever approves or cancels a broadcast does.
    """
    mine = select(meeting_notice.c.broadcast_id).where(meeting_notice.c.meeting_id == meeting_id)
    ordered = select(broadcast.c.id).where(broadcast.c.id.in_(mine)).order_by(broadcast.c.id)
    conn.execute(ordered.with_for_update())


def change(conn: Connection, notice_ids: Sequence[int], **values: Any) -> None:
    """Set these columns of notices."""
    statement = update(meeting_notice).where(meeting_notice.c.id.in_(list(notice_ids)))
    conn.execute(statement.values(**values))


def members(conn: Connection, walk: Walk, body: str, after: int, limit: int) -> Sequence[Any]:
    """The next people of a body, by id, that this walk has not told, each with their answer.

    Whoever was told of this very revision's change is left out by the caller, who sees `was_told`.
    """
    told = exists().where(_reminded(walk, 0))
    done = exists().where(_reminded(walk, walk.lead))
    # Asked for first: without statistics PostgreSQL would walk the body once for each person.
    sits = (
        select(seat.c.person_id)
        .where(
            seat.c.network_id == walk.network_id,
            seat.c.body == body,
            seat.c.left_on.is_(None),
            seat.c.person_id > after,
        )
        .distinct()
        .order_by(seat.c.person_id)
        .limit(limit)
    )
    ids = list(conn.execute(sits).scalars())
    columns = (told.label("was_told"), done.label("was_reminded"))
    return conn.execute(
        _people(walk, person.c.id.in_(ids), after, limit).add_columns(*columns)
    ).all()


def said_yes(conn: Connection, walk: Walk, body: str, since: datetime | None) -> tuple[int, int]:
    """How many of a body said that they come, and of how many; only answers since then count."""
    members = select(func.count()).select_from(person).where(_sits(walk, body))
    yes = (
        select(func.count())
        .select_from(meeting_answer)
        .join(person, person.c.id == meeting_answer.c.person_id)
        .where(
            meeting_answer.c.meeting_id == walk.meeting_id,
            meeting_answer.c.answer == COMING,
            _sits(walk, body),
        )
    )
    if since is not None:
        yes = yes.where(meeting_answer.c.at >= since)
    return int(conn.execute(yes).scalar_one()), int(conn.execute(members).scalar_one())


def _sits(walk: Walk, body: str) -> ColumnElement[bool]:
    return person.c.id.in_(
        select(seat.c.person_id).where(
            seat.c.network_id == walk.network_id, seat.c.body == body, seat.c.left_on.is_(None)
        )
    )


def told_before(conn: Connection, walk: Walk, after: int, limit: int) -> Sequence[Any]:
    """The next people, by id, to whom a text about an earlier revision went out."""
    went = exists().where(
        outbox.c.broadcast_id == meeting_notice.c.broadcast_id,
        outbox.c.address_id == meeting_reminder.c.address_id,
        outbox.c.state.in_(_GOT),
    )
    got = (
        select(meeting_reminder.c.person_id)
        .join(meeting_notice, meeting_notice.c.id == meeting_reminder.c.notice_id)
        .where(
            meeting_reminder.c.meeting_id == walk.meeting_id,
            meeting_reminder.c.revision < walk.revision,
            went,
        )
    )
    done = exists().where(_reminded(walk, walk.lead))
    statement = _people(walk, person.c.id.in_(got), after, limit)
    return conn.execute(statement.add_columns(done.label("was_reminded"))).all()


def _people(walk: Walk, belongs: ColumnElement[bool], after: int, limit: int) -> Select[Any]:
    mine = and_(
        meeting_answer.c.meeting_id == walk.meeting_id,
        meeting_answer.c.person_id == person.c.id,
    )
    return (
        select(
            person.c.id,
            person.c.language,
            meeting_answer.c.answer,
            meeting_answer.c.stand_in,
            meeting_answer.c.at.label("answered_at"),
        )
        .outerjoin(meeting_answer, mine)
        .where(
            unindexed(person.c.network_id) == walk.network_id,
            person.c.id > after,
            belongs,
        )
        .order_by(person.c.id)
        .limit(limit)
    )


def _reminded(walk: Walk, lead: int) -> ColumnElement[bool]:
    return and_(
        meeting_reminder.c.meeting_id == walk.meeting_id,
        meeting_reminder.c.person_id == person.c.id,
        meeting_reminder.c.revision == walk.revision,
        meeting_reminder.c.lead == lead,
    )


def already_on(
    conn: Connection, broadcast_ids: Sequence[int], address_ids: Sequence[int]
) -> set[int]:
    """Which of these phones get one of these broadcasts already."""
    statement = select(recipient.c.address_id).where(
        recipient.c.broadcast_id.in_(list(broadcast_ids)),
        recipient.c.address_id.in_(list(address_ids)),
    )
    return set(conn.execute(statement).scalars())


def add_text(conn: Connection, broadcast_id: int, values: Mapping[str, Any]) -> None:
    """Add a writing to the notice that is being made."""
    conn.execute(insert(broadcast_text).values(broadcast_id=broadcast_id, **values))


def ref_of(conn: Connection, broadcast_id: int) -> int:
    """The Ref of a broadcast."""
    mine = select(broadcast.c.ref).where(broadcast.c.id == broadcast_id)
    return int(conn.execute(mine).scalar_one())


def remind(conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write down who gets a notice, and how."""
    if rows:
        conn.execute(insert(meeting_reminder), list(rows))


def reminded(conn: Connection, notice_id: int) -> Mapping[str, int]:
    """How many people a notice goes to, by the way that it takes."""
    rows = conn.execute(
        select(meeting_reminder.c.way, func.count().label("n"))
        .where(meeting_reminder.c.notice_id == notice_id)
        .group_by(meeting_reminder.c.way)
    )
    return {row.way: row.n for row in rows}
