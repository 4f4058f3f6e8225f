"""Run standing texts: each makes its broadcast once a day that its rule gives, or says why not.

A day is dealt with when its hour has come. It goes if it still can on that very day, there, by
the quiet hours too: what was missed while nothing ran, or falls on a festival, is dropped and
listed, never sent late. The audience is read anew each time, for people come and go; the words,
the rule and what the audience's words mean are those that a second person agreed to, or nothing
goes. Safe to run from several processes, and after a crash between any two steps: the broadcast
is made by the key (standing text, day), and a day is closed once.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.catalogue import Catalogue
from app.domain.broadcast import Kind
from app.domain.errors import Refusal
from app.domain.quiet_hours import next_allowed
from app.services.approve_broadcast import Approver, approve_broadcast
from app.services.cancel_broadcast import cancel_broadcast
from app.services.keep_awareness import reviewed_since
from app.services.keep_standing import course_of, hash_now
from app.services.plan_broadcast import Draft, plan_broadcast
from app.store import awareness, broadcasts, clock, networks, standing
from app.store.database import Connection, Database
from app.store.networks import NetworkInfo

BY = "Munadi"
"""Who the journal says it was: no person presses a button on that day."""
NOT_NOW = "clock_wrong"
"""Why an approval waits for a person: the day stays open until they looked at the clock."""
FARTHEST_ZONE = timedelta(hours=14)
"""No clock on Earth is further ahead than this."""


@dataclass(frozen=True, slots=True)
class _Task:
    """One day of one standing text, with what goes, or why nothing does."""

    row: Any
    network: NetworkInfo
    on: date
    texts: dict[str, str]
    item_id: int | None
    why: str
    """Why nothing goes: `missed`, `quiet`, `changed`, `unreviewed`; "" when something does."""

    @property
    def key(self) -> str:
        """By which its broadcast is made once."""
        return f"standing {self.row.id} {self.on.isoformat()}"


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of a day."""

    state: str
    reason: str = ""
    said: str = ""
    broadcast_id: int | None = None


async def run_standing(
    database: Database, *, catalogue: Callable[[], Awaitable[Catalogue]], now: datetime
) -> int:
    """Make what is due of all networks; gives how many broadcasts. Cheap when nothing is due.

    `catalogue` is called only when something goes.
    """
    made = 0
    for standing_id, network_id in await database.read(_due, now):
        words: Catalogue | None = None
        while (task := await database.read(_task, network_id, standing_id, now)) is not None:
            if not task.why and words is None:
                words = await catalogue()
            came = await _deal(database, task, words, now)
            if came is None:
                break
            stands = await database.write(_close, task, came, now)
            if not stands:
                if came.broadcast_id is not None:
                    await cancel_broadcast(database, came.broadcast_id, by=BY, now=now)
                break
            made += came.broadcast_id is not None
    return made


def _due(conn: Connection, now: datetime) -> list[tuple[int, int]]:
    if not clock.is_believed(conn, now):
        return []
    rows = standing.due(conn, (now + FARTHEST_ZONE).date())
    return [(row.id, row.network_id) for row in rows]


def _task(conn: Connection, network_id: int, standing_id: int, now: datetime) -> _Task | None:
    """The next day of it whose hour has come; None when there is none."""
    row = standing.get(conn, network_id, standing_id)
    if row is None or row.state != "running" or row.next_on is None:
        return None
    network = networks.by_id(conn, network_id)
    if course_of(row).moment(row.next_on, network.tz) > now:
        return None
    texts, item_id, why = dict(row.texts), None, _why_not(conn, row, network, now)
    if row.series and not why:
        since = reviewed_since(network.day_at(now))
        item = awareness.next_item(conn, row.id, network_id, row.series, reviewed_since=since)
        if item is None:
            why = "unreviewed"
        else:
            texts, item_id = dict(item.texts), item.id
    return _Task(row, network, row.next_on, texts, item_id, why)


def _why_not(conn: Connection, row: Any, network: NetworkInfo, now: datetime) -> str:
    if row.next_on < network.day_at(now):
        return "missed"
    if network.day_at(next_allowed(now, network.tz, network.quiet)) > row.next_on:
        return "quiet"
    return "changed" if hash_now(conn, row) != row.hash else ""


async def _deal(
    database: Database, task: _Task, catalogue: Catalogue | None, now: datetime
) -> _Came | None:
    """Make the broadcast of that day, or say why it cannot go; None when nobody can say now."""
    if task.why or catalogue is None:
        return await _leave(database, task, now)
    row = task.row
    draft = Draft(
        audience=row.audience,
        texts=task.texts,
        kind=Kind(row.kind),
        author=BY,
        author_id=row.author_id,
        network=task.network.slug,
        idem_key=task.key,
    )
    try:
        plan = await plan_broadcast(database, draft, catalogue=catalogue, now=now)
    except Refusal as fault:
        return _Came("dropped", _word_for(fault), str(fault)[:300])
    by = Approver(BY, row.approver_id, plan.hash, at_once=True)
    try:
        await approve_broadcast(database, plan.id, by=by, now=now)
    except Refusal as fault:
        if fault.code == NOT_NOW:
            return None
        if fault.code != "not_planned" or not await database.read(_is_agreed, plan.id):
            await cancel_broadcast(database, plan.id, by=BY, now=now)
            return _Came("dropped", _word_for(fault), str(fault)[:300])
    return _Came("made", broadcast_id=plan.id)


async def _leave(database: Database, task: _Task, now: datetime) -> _Came:
    """Nothing goes: a plan that a crash left goes neither, but what went out before it did go."""
    left = await database.read(broadcasts.by_idem_key, task.network.id, task.key)
    if left is not None and await database.read(_is_agreed, left.id):
        return _Came("made", broadcast_id=left.id)
    if left is not None:
        await cancel_broadcast(database, left.id, by=BY, now=now)
    return _Came("dropped", task.why)


def _is_agreed(conn: Connection, broadcast_id: int) -> bool:
    """Whether an officer agreed to the plan by hand, before we came back after a crash."""
    row = broadcasts.get(conn, broadcast_id)
    return row is not None and row.approved_at is not None and row.state != "cancelled"


def _word_for(fault: Refusal) -> str:
    return {"nobody": "nobody", "over_cap": "dear", "no_route": "wire"}.get(fault.code, "refused")


def _close(conn: Connection, task: _Task, came: _Came, now: datetime) -> bool:
    """Write down what came of the day and go on to the next; whether what was made may stand.

    It may not when somebody stopped or changed the text meanwhile.
    """
    row = standing.get(conn, task.network.id, task.row.id, locked=True)
    known = standing.run_on(conn, task.row.id, task.on)
    if known is not None:
        return bool(known.broadcast_id == came.broadcast_id)
    if row is None or row.state != "running" or row.hash != task.row.hash:
        return False
    standing.note_run(
        conn,
        {
            "standing_id": row.id,
            "on": task.on,
            "state": came.state,
            "reason": came.reason,
            "said": came.said,
            "broadcast_id": came.broadcast_id,
            "item_id": task.item_id if came.state == "made" else None,
            "at": now,
        },
    )
    if came.reason == "changed":
        standing.change(conn, row.id, state="planned", next_on=None)
        return True
    if row.next_on == task.on:
        next_on = course_of(row).next_day(task.on + timedelta(days=1))
        standing.change(conn, row.id, next_on=next_on)
    return True
