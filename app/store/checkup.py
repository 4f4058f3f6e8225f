"""What `doctor` asks a database: its health, its newest row, its queue, its wires, its officers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError

from app.domain.errors import Busy
from app.domain.messages import State
from app.store import clock, migrate
from app.store import journal as journals
from app.store.accounts import account
from app.store.database import in_plain_words
from app.store.inbound import inbound
from app.store.journal import journal
from app.store.networks import every
from app.store.outbox import counts, outbox, stands
from app.store.pulses import device_pulse
from app.store.routes import route

QUICK = timedelta(minutes=10)
"""How long a text that is due may stand in the queue before somebody should look."""


@dataclass(frozen=True, slots=True)
class Checkup:
    """What a database says of itself.

    `faults` are of the file (SQLite), `mode` its journal mode; `late_since` is when the oldest
    text fell due that should have gone out and did not; `broken` names the networks whose
    journal was changed behind our back, by the first entry that does not fit.
    """

    version: str
    faults: str
    mode: str
    newest: datetime | None
    states: Mapping[str, int]
    held: Mapping[str, int]
    late_since: datetime | None
    troubles: Mapping[str, str]
    networks: int
    broken: Mapping[str, int]
    posts: Mapping[str, int]
    devices: Sequence[Any] = ()
    """The phones behind the wires that stand open."""
    is_clock_believed: bool = True
    """Whether texts go out by this clock, after what was seen while the office worked."""


def revision_of(url: str) -> str:
    """The version of the tables, "" when there are none; raises Busy when they cannot be read."""
    try:
        return migrate.current(url) or ""
    except DBAPIError as error:
        raise Busy(in_plain_words(error)) from error


def look(conn: Connection, now: datetime) -> Checkup:
    """Ask all of it in one transaction that changes nothing."""
    is_sqlite = conn.dialect.name == "sqlite"
    known = every(conn)
    broken = {one.slug: journals.first_broken(conn, one.id) for one in known}
    return Checkup(
        version=".".join(map(str, conn.dialect.server_version_info or ("unknown",))),
        faults=_first_fault(conn) if is_sqlite else "",
        mode=_pragma(conn, "journal_mode") if is_sqlite else "",
        newest=_newest(conn),
        states=counts(conn),
        held=_held(conn),
        late_since=_late_since(conn, now),
        troubles=_troubles(conn),
        networks=len(known),
        broken={slug: entry for slug, entry in broken.items() if entry is not None},
        posts=_posts(conn),
        devices=_devices(conn),
        is_clock_believed=clock.is_believed(conn, now),
    )


def _pragma(conn: Connection, name: str) -> str:
    return str(conn.exec_driver_sql(f"PRAGMA {name}").scalar())


def _first_fault(conn: Connection) -> str:
    found = _pragma(conn, "quick_check(1)")
    return "" if found == "ok" else "its pages do not fit together"


def _newest(conn: Connection) -> datetime | None:
    """When the newest of the rows was written that are only ever added."""
    found = [
        conn.execute(select(moment).order_by(table.c.id.desc()).limit(1)).scalar()
        for table, moment in (
            (journal, journal.c.at),
            (inbound, inbound.c.received_at),
            (outbox, outbox.c.created_at),
        )
    ]
    return max((moment for moment in found if moment is not None), default=None)


def _held(conn: Connection) -> Mapping[str, int]:
    rows = conn.execute(
        select(outbox.c.reason, func.count())
        .where(stands(State.HELD))
        .group_by(outbox.c.reason)
        .order_by(outbox.c.reason)
    )
    return {row[0]: row[1] for row in rows}


def _late_since(conn: Connection, now: datetime) -> datetime | None:
    """When the oldest late text of a wire fell due that has not begun a text for as long."""
    found: list[Any] = []
    for route_id in conn.execute(select(route.c.id)).scalars().all():
        oldest = conn.execute(
            select(func.min(outbox.c.due_at)).where(
                outbox.c.route_id == route_id,
                stands(State.QUEUED),
                outbox.c.due_at <= now - QUICK,
            )
        ).scalar()
        if oldest is None:
            continue
        begun = select(outbox.c.id).where(
            outbox.c.route_id == route_id, outbox.c.started_at > now - QUICK
        )
        if conn.execute(begun.limit(1)).first() is None:
            found.append(oldest)
    return min(found, default=None)


def _troubles(conn: Connection) -> Mapping[str, str]:
    """Wires that were stopped, with the reason."""
    rows = conn.execute(
        select(route.c.name, route.c.trouble).where(route.c.trouble != "").order_by(route.c.name)
    )
    return {row.name: row.trouble for row in rows}


def _posts(conn: Connection) -> Mapping[str, int]:
    """How many officers with an account hold each post."""
    rows = conn.execute(
        select(account.c.post, func.count())
        .where(account.c.is_active.is_(True))
        .group_by(account.c.post)
    )
    return {row[0]: row[1] for row in rows}


def _devices(conn: Connection) -> Sequence[Any]:
    statement = (
        select(device_pulse)
        .join(route, route.c.name == device_pulse.c.channel)
        .where(route.c.is_open.is_(True))
        .order_by(device_pulse.c.channel)
    )
    return conn.execute(statement).all()
