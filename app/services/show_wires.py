"""Show the wires: which work, which are in trouble, and when each was last used."""

from dataclasses import dataclass
from datetime import date, datetime

from app.store import today
from app.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class WireHealth:
    """One open or troubled wire."""

    name: str
    kind: str
    is_open: bool
    trouble: str
    """What is wrong, in words; "" when it works."""
    is_paused: bool
    """Whether it rests now because a gateway asked for it or failed again and again."""
    last_at: datetime | None
    """When this network's last text went out or came in over it, if that was not long ago."""
    last_day: date | None
    """The last day on which this network used it (UTC); None when it never did."""
    waiting: int
    """Texts of this network that are queued for it."""


async def show_wires(database: Database, network_id: int) -> tuple[WireHealth, ...]:
    """Every wire that is open or in trouble, with what this network has on it."""
    return await database.read(wires_of, network_id)


def wires_of(conn: Connection, network_id: int) -> tuple[WireHealth, ...]:
    """The wires in the order in which they were configured."""
    sent, heard = today.last_sent(conn, network_id), today.last_heard(conn, network_id)
    days, queued = today.last_days(conn, network_id), today.queued(conn, network_id)
    return tuple(
        WireHealth(
            name=row.name,
            kind=row.kind,
            is_open=row.is_open,
            trouble=row.trouble,
            is_paused=bool(row.is_paused),
            last_at=max(filter(None, (sent.get(row.id), heard.get(row.name))), default=None),
            last_day=days.get(row.id),
            waiting=queued.get(row.id, 0),
        )
        for row in today.wires(conn)
    )
