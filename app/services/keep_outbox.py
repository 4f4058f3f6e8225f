"""Keep the outbox: drop what is too late, release what was held until now, obey quiet hours."""

from datetime import datetime, timedelta

from app.domain.quiet_hours import is_quiet, next_allowed
from app.store import networks
from app.store.database import Connection, Database
from app.store.settle import hold_quiet, tidy


async def keep_outbox(database: Database, *, now: datetime) -> int:
    """Expire, release and hold what is due for it; gives how many rows changed."""
    changed = 0
    while n := await database.write(_keep, now):
        changed += n
    return changed


def _keep(conn: Connection, now: datetime) -> int:
    changed = tidy(conn, now)
    for network in networks.every(conn):
        if is_quiet(now, network.tz, network.quiet):
            until = next_allowed(now, network.tz, network.quiet)
            changed += hold_quiet(conn, network.id, now=now, until=max(until, now + _A_MOMENT))
    return changed


_A_MOMENT = timedelta(seconds=1)
"""A row held until this very moment would be released and held again for ever."""
