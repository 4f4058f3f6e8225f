"""Show standing texts and awareness items: how each stands, what comes next, what did not go."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from app.domain.errors import Refusal
from app.services.keep_awareness import reviewed_since
from app.services.keep_standing import course_of
from app.store import awareness, networks, standing
from app.store.database import Connection, Database

DAYS_SHOWN = 4
RUNS_SHOWN = 12
DROPPED_LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one day; `ref` is that of the broadcast that was made."""

    on: date
    state: str
    """`made` or `dropped`."""
    reason: str
    """Why it was dropped: missed, quiet, changed, unreviewed, nobody, dear, wire, refused."""
    said: str
    broadcast_id: int | None
    ref: int | None


@dataclass(frozen=True, slots=True)
class StandingText:
    """A text that goes again by a rule, as it stands now."""

    id: int
    name: str
    kind: str
    audience: str
    texts: Mapping[str, str]
    series: str
    rule: str
    clock: time
    clock_at: datetime
    """A moment at that hour, for those who write hours."""
    starts_on: date
    ends_on: date | None
    state: str
    """`planned` waits for a second person, `running` goes by itself, `stopped` does not."""
    hash: str
    author: str
    author_id: int | None
    approver: str
    approved_at: datetime | None
    days: tuple[date, ...]
    """The next days on which it goes, or would go."""
    next_at: datetime | None
    """When it goes next; None unless it runs."""
    last: Run | None


@dataclass(frozen=True, slots=True)
class ItemShown:
    """An awareness item; `stands`: `reviewed`, `new`, `old` (reviewed long ago) or `retired`."""

    id: int
    series: str
    key: str
    texts: Mapping[str, str]
    source: str
    reviewed_on: date | None
    reviewed_by: str
    writer_id: int | None
    stands: str
    seen: str
    """What a reviewer says to have read."""
    last_on: date | None
    """The day on which it last went out."""


@dataclass(frozen=True, slots=True)
class StandingToday:
    """What of it the first page tells."""

    to_approve: tuple[tuple[int, str], ...]
    """Id and name of those that this officer may agree to."""
    unreviewed: int
    """Items of running series that are left out until somebody looks at them."""
    dropped: tuple[tuple[int, str, Run], ...]
    """Id and name with each day of the last week on which one did not go."""


async def list_standing(
    database: Database, network_id: int, *, now: datetime
) -> tuple[StandingText, ...]:
    """All standing texts of a network: those that run first."""
    return await database.read(_list, network_id, now)


async def read_standing(
    database: Database, network_id: int, standing_id: int, *, now: datetime
) -> tuple[StandingText, tuple[Run, ...]]:
    """One of them, with its latest days, newest first; raises Refusal when there is none."""
    return await database.read(_read, network_id, standing_id, now)


async def list_items(
    database: Database, network_id: int, *, now: datetime
) -> tuple[ItemShown, ...]:
    """All awareness items of a network, by series."""
    return await database.read(_items, network_id, now)


async def read_item(
    database: Database, network_id: int, item_id: int, *, now: datetime
) -> ItemShown:
    """One item; raises Refusal when there is none."""
    for one in await list_items(database, network_id, now=now):
        if one.id == item_id:
            return one
    raise Refusal("not_found", "There is no such item.")


async def standing_today(
    database: Database,
    network_id: int,
    *,
    account_id: int | None,
    may_approve: bool,
    now: datetime,
) -> StandingToday:
    """What waits for this officer, and what did not go."""
    return await database.read(_today, network_id, account_id if may_approve else None, now)


def _list(conn: Connection, network_id: int, now: datetime) -> tuple[StandingText, ...]:
    network = networks.by_id(conn, network_id)
    last = standing.last_runs(conn, network_id)
    rows = standing.every(conn, network_id)
    return tuple(_shown(row, network.tz, last.get(row.id), now) for row in rows)


def _read(
    conn: Connection, network_id: int, standing_id: int, now: datetime
) -> tuple[StandingText, tuple[Run, ...]]:
    row = standing.get(conn, network_id, standing_id)
    if row is None:
        raise Refusal("not_found", "There is no such standing text.")
    runs = tuple(_run(one) for one in standing.runs(conn, row.id, limit=RUNS_SHOWN))
    tz = networks.by_id(conn, network_id).tz
    return _shown(row, tz, None, now, runs[0] if runs else None), runs


def _shown(row: Any, tz: str, last: Any, now: datetime, newest: Run | None = None) -> StandingText:
    course = course_of(row)
    first = row.next_on if row.state == "running" else course.next_after(now, tz)
    days = course.next_days(first, DAYS_SHOWN) if first is not None else ()
    same = ("id", "name", "kind", "audience", "texts", "series", "rule", "clock", "starts_on")
    stored = ("ends_on", "state", "hash", "author", "author_id", "approved_at")
    return StandingText(
        **{name: getattr(row, name) for name in same + stored},
        approver=row.approver or "",
        clock_at=course.moment(days[0] if days else row.starts_on, tz),
        days=days,
        next_at=course.moment(days[0], tz) if days and row.state == "running" else None,
        last=newest if last is None else _run(last),
    )


def _run(row: Any) -> Run:
    return Run(row.on, row.state, row.reason, row.said, row.broadcast_id, row.ref)


def _items(conn: Connection, network_id: int, now: datetime) -> tuple[ItemShown, ...]:
    since = reviewed_since(networks.by_id(conn, network_id).day_at(now))
    return tuple(_item(row, since) for row in awareness.every(conn, network_id))


def _item(row: Any, since: date) -> ItemShown:
    same = ("id", "series", "key", "texts", "source", "reviewed_on", "reviewed_by", "writer_id")
    return ItemShown(
        **{name: getattr(row, name) for name in same},
        stands=_stands(row, since),
        seen=row.changed_at.isoformat(),
        last_on=row.last_on,
    )


def _stands(row: Any, since: date) -> str:
    if row.is_retired:
        return "retired"
    if row.reviewed_on is None:
        return "new"
    return "reviewed" if row.reviewed_on >= since else "old"


def _today(
    conn: Connection, network_id: int, approver_id: int | None, now: datetime
) -> StandingToday:
    network = networks.by_id(conn, network_id)
    since = reviewed_since(network.day_at(now))
    series = standing.running_series(conn, network_id)
    waiting = standing.waiting(conn, network_id) if approver_id is not None else ()
    return StandingToday(
        to_approve=tuple((one.id, one.name) for one in waiting if one.author_id != approver_id),
        unreviewed=awareness.unreviewed(conn, network_id, series, reviewed_since=since),
        dropped=tuple(
            (row.standing_id, row.name, Run(row.on, row.state, row.reason, row.said, None, None))
            for row in standing.dropped_since(conn, network_id, now - DROPPED_LATELY)
        ),
    )
