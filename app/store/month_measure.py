"""The month's measure: which phones had their routine texts of a month, counted in sets.

What the wire refused, what was taken back, came too late or never arrived is no text that somebody
had. Whatever else has a row counts, also what still waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    func,
    literal,
    select,
    tuple_,
)

from app.domain.broadcast import Kind, Medium
from app.store.broadcasts import broadcast, recipient
from app.store.notices import meeting_notice
from app.store.outbox import outbox
from app.store.people import person_address
from app.store.publications import MISSED
from app.store.schema import unindexed

HAD_ENOUGH = "had_enough"
"""The verdict on somebody whose phone had its routine texts of the month."""
ROUTINE = (Kind.NOTICE.value, Kind.NEWS.value)
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Measure:
    """The broadcasts that count in a month, and how many of them a phone gets at most.

    `counted` is empty while there are fewer than a phone may get: nobody can have had enough. With
    a cap of 0 nobody is left out at all.
    """

    counted: tuple[int, ...] = ()
    cap: int = 0


NO_MEASURE = Measure()


def routine(conn: Connection, network_id: int, since: datetime, until: datetime) -> Sequence[Any]:
    """The routine broadcasts that were due in that span (rows of id, due_at).

    That a meeting was moved or is off is told whatever was sent before, and counts as no text.
    """
    changes = select(meeting_notice.c.broadcast_id).where(
        meeting_notice.c.network_id == network_id,
        meeting_notice.c.lead == 0,
        meeting_notice.c.broadcast_id.is_not(None),
    )
    return conn.execute(
        select(broadcast.c.id, broadcast.c.due_at).where(
            broadcast.c.network_id == network_id,
            broadcast.c.due_at >= since,
            broadcast.c.due_at < until,
            broadcast.c.kind.in_(ROUTINE),
            broadcast.c.medium == Medium.TEXT.value,
            broadcast.c.state.in_(("fanning", "running")),
            broadcast.c.id.not_in(changes),
        )
    ).all()


def had_enough(
    conn: Connection, measure: Measure, people: tuple[int, int] | None = None
) -> tuple[int, ...]:
    """The addresses that had so many texts.

    Only those of people with an id after the first and up to the second, where these are given.
    """
    if not measure.counted:
        return ()
    if people is None:
        return _full(conn, _texts(outbox.c.broadcast_id.in_(measure.counted)), measure)
    after, until = people
    theirs = select(person_address.c.address_id).where(
        person_address.c.person_id > after, person_address.c.person_id <= until
    )
    return _full(conn, _of(theirs, measure), measure)


def had_enough_of(
    conn: Connection, broadcast_id: int, stretch: tuple[Place, Place], measure: Measure
) -> tuple[int, ...]:
    """The same among the recipients of a broadcast after one place and up to another."""
    if not measure.counted:
        return ()
    place = tuple_(recipient.c.rank, recipient.c.address_id)
    after, until = stretch
    theirs = select(recipient.c.address_id).where(
        recipient.c.broadcast_id == broadcast_id,
        place > tuple_(*map(literal, after)),
        place <= tuple_(*map(literal, until)),
    )
    return _full(conn, _of(theirs, measure), measure)


def of_phone(conn: Connection, counted: Sequence[int], address_id: int) -> int:
    """How many of these broadcasts one address got."""
    if not counted:
        return 0
    mine = _texts(outbox.c.broadcast_id.in_(counted), outbox.c.address_id == address_id)
    return int(conn.execute(select(func.count()).select_from(mine.subquery())).scalar_one())


def _texts(*wanted: ColumnElement[bool]) -> Select[tuple[int]]:
    return select(outbox.c.address_id).where(*wanted, outbox.c.state.not_in(MISSED))


def _of(addresses: Select[tuple[int]], measure: Measure) -> Select[tuple[int]]:
    """Asked phone by phone: all that a broadcast to everybody left behind would be far more."""
    is_late_enough = outbox.c.broadcast_id >= min(measure.counted)
    is_counted = unindexed(outbox.c.broadcast_id).in_(measure.counted)
    return _texts(outbox.c.address_id.in_(addresses), is_late_enough, is_counted)


def _full(conn: Connection, texts: Select[tuple[int]], measure: Measure) -> tuple[int, ...]:
    full = texts.group_by(outbox.c.address_id).having(func.count() >= measure.cap)
    return tuple(row.address_id for row in conn.execute(full))
