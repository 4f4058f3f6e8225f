"""Watch the clock: one that jumped back, or more than a day ahead, holds all sending.

Of the time alone nobody can tell a wrong clock from a computer that was switched off for long.
So both wait for a person who looks at the clock, or until it is again where it was.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.errors import Refusal
from app.services._act import Deed
from app.store import clock, networks
from app.store.database import Connection, Database

KNOWN_FOR = timedelta(seconds=20)
"""So old the newest moment may be before it is written anew: each time costs a commit."""
READ_FOR = timedelta(minutes=30)
"""So long after a page showed the time its button may say that this time is right."""


@dataclass(frozen=True, slots=True)
class ClockState:
    """Whether the clock is believed; `seen_at` is the newest moment at which all was well."""

    is_believed: bool
    now: datetime
    seen_at: datetime | None
    confirmed_by: str = ""
    confirmed_at: datetime | None = None

    @property
    def is_back(self) -> bool:
        """Whether it is a clock that jumped back, not one that jumped ahead."""
        return self.seen_at is not None and self.now < self.seen_at


async def watch_clock(database: Database, *, now: datetime) -> bool:
    """Look at the clock and remember what was seen; False while it holds all sending."""
    seen = await database.read(clock.last_seen)
    if seen is not None and seen.believes(now):
        is_known = now - seen.seen_at < KNOWN_FOR and seen.held_at is None
        return True if is_known else await database.write(_look, now)
    if seen is not None and seen.held_at is not None:
        return False
    return await database.write(_look, now)


def _look(conn: Connection, now: datetime) -> bool:
    clock.begin(conn, now)
    seen = clock.last_seen(conn, locked=True)
    is_believed = seen is None or seen.believes(now)
    if is_believed:
        if seen is not None and seen.held_at is not None:
            clock.put_right(conn, seen, now)
        clock.move(conn, now)
    else:
        clock.doubt(conn, now)
    return is_believed


async def show_clock_state(database: Database, *, now: datetime) -> ClockState:
    """How the clock stands; nothing is remembered."""
    return await database.read(clock_state, now)


def clock_state(conn: Connection, now: datetime) -> ClockState:
    """The same, inside a transaction."""
    seen = clock.last_seen(conn)
    if seen is None:
        return ClockState(is_believed=True, now=now, seen_at=None)
    return ClockState(seen.believes(now), now, seen.seen_at, seen.confirmed_by, seen.confirmed_at)


async def confirm_clock(
    database: Database,
    network_id: int | None,
    *,
    by: str,
    now: datetime,
    shown_at: datetime | None = None,
) -> ClockState:
    """Believe the clock, for a person has looked at it; then what waited goes out.

    It is the clock of all networks here; the journal of that one tells it, or of all without one.
    `shown_at` is the time that the person was shown. Raises Refusal, clock_moved, when
    it is another by now. A clock that is believed already stays as it is.
    """
    return await database.write(_confirm, network_id, by, now, shown_at)


def _confirm(
    conn: Connection, network_id: int | None, by: str, now: datetime, shown_at: datetime | None
) -> ClockState:
    seen = clock.last_seen(conn, locked=True)
    if seen is None or seen.believes(now):
        return clock_state(conn, now)
    if shown_at is not None and not timedelta(0) <= now - shown_at <= READ_FOR:
        raise Refusal(
            "clock_moved",
            "The clock shows another time by now. Look at it again: nothing was let go.",
        )
    clock.believe(conn, now, by)
    for network in networks.every(conn, network_id):
        deed = Deed(network.id, by, now)
        deed.note(conn, "clock confirmed", "clock", seen=seen.seen_at.isoformat())
    return clock_state(conn, now)


def must_be_believed(conn: Connection, now: datetime) -> None:
    """Raises Refusal, clock_wrong, while nothing may be set off by this clock."""
    if not clock.is_believed(conn, now):
        raise Refusal(
            "clock_wrong",
            "The clock of this computer may be wrong. Look at it, set it or say that it is right, "
            "then try again. Nothing was sent or changed.",
        )
