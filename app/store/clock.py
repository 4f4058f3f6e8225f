"""The newest moment at which this office was seen to work: by it a wrong clock shows.

One row for the whole office. Nothing is sent while the clock is far from it, until a person says
that the clock is right, or it is back where it was.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    update,
)
from sqlmodel import Field

from app.domain.messages import State
from app.store.bulk import insert_new
from app.store.outbox import WAITING, outbox, stands
from app.store.schema import UTC_TIME, Row, big, table_of

BACK = timedelta(minutes=5)
"""So far a clock may be put back without doubt: clocks of two computers differ by as much."""
AHEAD = timedelta(days=1)
"""So long an office may be switched off without doubt."""
_ONLY = 1


class ClockMark(Row, table=True):
    """One row: the newest moment at which this office was seen to work."""

    __tablename__ = "clock_mark"

    id: int = Field(primary_key=True)
    seen_at: datetime
    newest_id: int = big()
    """The newest text of the outbox then: later ones may bear the times of a wrong clock."""
    held_at: datetime | None = None
    """When the clock was first found wrong, by the wrong clock; empty while it is believed."""
    confirmed_by: str = Field(default="", max_length=80)
    confirmed_at: datetime | None = None


clock_mark = table_of(ClockMark)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of the clock of this office."""

    seen_at: datetime
    held_at: datetime | None = None
    newest_id: int = 0
    confirmed_by: str = ""
    confirmed_at: datetime | None = None

    def believes(self, now: datetime) -> bool:
        """Whether that can be the time, after what was seen."""
        return self.seen_at - BACK <= now <= self.seen_at + AHEAD


_mark = select(clock_mark).where(clock_mark.c.id == _ONLY)


def last_seen(conn: Connection, *, locked: bool = False) -> Seen | None:
    """The newest moment seen; None in a fresh database, which begins with its first sight."""
    row: Any = conn.execute(_mark.with_for_update() if locked else _mark).one_or_none()
    if row is None:
        return None
    return Seen(row.seen_at, row.held_at, row.newest_id, row.confirmed_by, row.confirmed_at)


def is_believed(conn: Connection, now: datetime) -> bool:
    """Whether anything may be sent, planned or dropped at that time by our clock."""
    seen = last_seen(conn)
    return seen is None or seen.believes(now)


BELIEVED: ColumnElement[bool] = ~exists().where(
    clock_mark.c.id == _ONLY,
    or_(
        clock_mark.c.seen_at > bindparam("not_before", type_=UTC_TIME),
        clock_mark.c.seen_at < bindparam("not_after", type_=UTC_TIME),
    ),
)
"""The same as a condition of a statement, with the values of `limits`."""


def limits(now: datetime) -> dict[str, datetime]:
    """The values of `BELIEVED` at a time."""
    return {"not_before": now + BACK, "not_after": now - AHEAD}


def begin(conn: Connection, now: datetime) -> None:
    """The first sight of a fresh database; later ones change nothing."""
    first = {"id": _ONLY, "seen_at": now, "newest_id": _newest()}
    conn.execute(insert_new(conn, clock_mark, ("id",)).values(**first))


def move(conn: Connection, now: datetime) -> None:
    """The clock is believed: this is the newest moment now, unless a newer one was seen."""
    conn.execute(
        update(clock_mark)
        .where(clock_mark.c.id == _ONLY, clock_mark.c.seen_at < now)
        .values(seen_at=now, newest_id=_newest())
    )
    _held(conn, None)


def doubt(conn: Connection, now: datetime) -> None:
    """The clock is not believed since then."""
    _held(conn, now)


def _newest() -> Any:
    return select(func.coalesce(func.max(outbox.c.id), 0)).scalar_subquery()


def _held(conn: Connection, at: datetime | None) -> None:
    is_other = clock_mark.c.held_at.is_not(None) if at is None else clock_mark.c.held_at.is_(None)
    conn.execute(update(clock_mark).where(clock_mark.c.id == _ONLY, is_other).values(held_at=at))


def put_right(conn: Connection, seen: Seen, now: datetime) -> int:
    """Give what the wrong clock wrote, and waits still, the times of the right one.

    A text that was due at once is due now, and is useful for as long as it would have been.
    Gives how many there were: answers to members, for nothing else is begun by such a clock.
    What that clock only put off until years ahead is due now too.
    """
    is_strange = or_(outbox.c.created_at > now + BACK, outbox.c.created_at < seen.seen_at - BACK)
    strange = select(outbox.c.id, outbox.c.created_at, outbox.c.expires_at).where(
        text(WAITING), outbox.c.id > seen.newest_id, is_strange
    )
    rows = conn.execute(strange).all()
    for row in rows:
        until = now + (row.expires_at - row.created_at) if row.expires_at else None
        times = {"due_at": now, "created_at": now, "expires_at": until}
        conn.execute(update(outbox).where(outbox.c.id == row.id).values(**times))
    conn.execute(
        update(outbox)
        .where(stands(State.QUEUED), outbox.c.updated_at > now + BACK, outbox.c.due_at > now)
        .values(due_at=now, updated_at=now)
    )
    return len(rows)


def believe(conn: Connection, now: datetime, by: str) -> None:
    """A person says that this is the time: from now on it is measured by that."""
    values = {
        "seen_at": now,
        "newest_id": _newest(),
        "held_at": None,
        "confirmed_by": by,
        "confirmed_at": now,
    }
    conn.execute(update(clock_mark).where(clock_mark.c.id == _ONLY).values(**values))


def forget(conn: Connection) -> None:
    """Begin anew: a restored copy knows only the time at which it was made."""
    conn.execute(delete(clock_mark))
