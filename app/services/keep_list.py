"""Keep a list: take its rows over into the directory, all of them or, after a crash, none."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.errors import Refusal
from app.services._directory import Directory
from app.services._import_ledger import Ledger, Taking
from app.services._rule_rows import rule
from app.services._rulings import Ruling
from app.services._take_rows import Taker
from app.services.judge_rows import Judge
from app.services.undo_import import complete_undoing
from app.store import import_rows, imports, journal, networks
from app.store.database import Connection, Database

TAKEN_AT_ONCE = 200
"""Rows taken over in one transaction: well under 100 ms on SQLite, so that no hook waits."""
SILENT_US = 5_000_000
"""A process at work on a list is heard of more often than that."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who keeps a list, and how its people agreed to be texted."""

    by: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a list that was kept."""

    batch_id: int
    totals: Mapping[str, int]


async def keep_list(  # noqa: PLR0913 -- whose list, and who keeps it how
    database: Database,
    network_id: int,
    batch_id: int,
    keeping: Keeping,
    *,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> Kept:
    """Take a draft over; held rows without a decision stay out. Raises Refusal `not_found`.

    Interrupted at any point it is completed at the next start.
    """
    await begin_keeping(database, network_id, batch_id, keeping, now=now)
    return await complete_keeping(database, batch_id, now=now, progress=progress)


async def begin_keeping(
    database: Database, network_id: int, batch_id: int, keeping: Keeping, *, now: datetime
) -> None:
    """The first half of `keep_list`, for a page that shows how far it is: state `keeping`."""
    await database.write(begin, network_id, batch_id, keeping, now)


def no_list() -> Refusal:
    """The refusal of a list that is not there, or another network's."""
    return Refusal("not_found", "There is no such list in this network.")


def begin(
    conn: Connection, network_id: int, batch_id: int, keeping: Keeping, now: datetime
) -> None:
    """Begin to keep a draft, or a list that was just read to be kept at once."""
    batch = imports.get(conn, network_id, batch_id)
    if batch is None:
        raise no_list()
    entry = {
        "network_id": network_id,
        "at": now,
        "actor": keeping.by,
        "action": "contacts imported",
        "subject": batch.file_name[:80],
        "detail": {"basis": keeping.basis or batch.basis, "list": batch_id},
    }
    journal.append(conn, entry)
    begun = imports.begin(
        conn,
        batch_id,
        ("draft", "reading"),
        state="keeping",
        done=0,
        basis=(keeping.basis or batch.basis)[:200],
        kept_us=imports.kept_now(conn, network_id),
    )
    if not begun:
        raise Refusal("taken", "This list was kept or taken back already.")


async def complete_keeping(
    database: Database,
    batch_id: int,
    *,
    now: datetime,
    progress: Callable[[int, int], None] | None = None,
) -> Kept:
    """The other half of `keep_list`: take over all rows that are not yet."""
    batch = await database.read(imports.held, batch_id)
    zone = ZoneInfo((await database.read(networks.by_id, batch.network_id)).tz)
    today = now.astimezone(zone).date()
    taking = Taking(batch_id, batch.network_id, batch.by, batch.basis, now, today)
    judge = Judge(await database.read(_directory, batch))
    at: _At | None = _At(batch.touched_us, await database.read(import_rows.last_taken, batch_id), 0)
    while at is not None:
        done = at.done
        at = await database.write(_take_chunk, taking, judge, at)
        if progress is not None:
            progress(done, max(batch.rows, done))
    totals = await database.write(_finish, batch_id)
    return Kept(batch_id, totals)


def _directory(conn: Connection, batch: Any) -> Directory:
    directory = Directory(conn, batch.network_id, makes_units=batch.makes_units, is_taking=True)
    directory.lines.update(import_rows.taken_people(conn, batch.id))
    return directory


@dataclass(frozen=True, slots=True)
class _At:
    """Where a keeping is: the mark by which we hold the list, the last line, how many rows."""

    mark: int
    line: int
    done: int


def _take_chunk(conn: Connection, taking: Taking, judge: Judge, at: _At) -> _At | None:
    """Take the next rows over; None when there are no more."""
    rows = import_rows.after(conn, taking.batch_id, at.line, TAKEN_AT_ONCE)
    mark = imports.touch(conn, taking.batch_id, at.mark, at.done + len(rows))
    if mark is None:
        raise Refusal("taken", "Another process completes this list.")
    if not rows:
        return None
    rulings = rule(
        conn, judge, [(row.line, row.cells, row.decision, row.person_id) for row in rows]
    )
    Taker(Ledger(conn, taking, judge.directory)).take(rulings)
    taken = [_taken(row, ruling) for row, ruling in zip(rows, rulings, strict=True)]
    import_rows.take(conn, taking.batch_id, taken)
    return _At(mark, rows[-1].line, at.done + len(rows))


def _taken(row: Any, ruling: Ruling) -> dict[str, Any]:
    """A row as it is after it was taken over; what it was told before holds if the verdict does."""
    came_in = bool(ruling.acts)
    is_same = ruling.verdict == row.verdict and row.decision == ""
    return {
        "line": row.line,
        "verdict": ruling.verdict,
        "reason": row.reason if is_same else ruling.reason,
        "cure": row.cure if is_same else ruling.cure,
        "person_id": ruling.person_id,
        "came_in": came_in,
    }


def _finish(conn: Connection, batch_id: int) -> Mapping[str, int]:
    totals = import_rows.totals(conn, batch_id)
    imports.change(conn, batch_id, state="done", totals=dict(totals))
    return totals


async def drop_list(database: Database, network_id: int, batch_id: int) -> None:
    """Throw a draft away; raises Refusal for a list that is kept."""
    batch = await database.read(imports.get, network_id, batch_id)
    if batch is None:
        raise no_list()
    if batch.state != "draft":
        raise Refusal("taken", "Only a draft can be thrown away. A kept list can be taken back.")
    await _drop(database, batch_id)


async def _drop(database: Database, batch_id: int) -> None:
    await database.write(_give_up, batch_id)
    while await database.write(import_rows.remove_some, batch_id):
        pass
    await database.write(imports.remove, batch_id)


def _give_up(conn: Connection, batch_id: int) -> None:
    imports.begin(conn, batch_id, ("draft", "reading"), state="reading")


async def settle_imports(database: Database, *, now: datetime) -> None:
    """Complete what a dead process left: keepings and undoings to their end, readings dropped."""
    left = await database.read(imports.unfinished)
    if not database.is_sqlite and any(one.idle_us < SILENT_US for one in left):
        # Somebody may be at work on it in another process: whoever is, is heard of again.
        await asyncio.sleep(SILENT_US / 1_000_000)
    marks = {one.id: one.touched_us for one in left}
    for one in await database.read(imports.unfinished):
        if marks.get(one.id) == one.touched_us:
            await _settle(database, one, now)


async def _settle(database: Database, batch: Any, now: datetime) -> None:
    if batch.state == "reading":
        await _drop(database, batch.id)
    elif batch.state == "keeping":
        await complete_keeping(database, batch.id, now=now)
    else:
        await complete_undoing(database, batch.id, by=batch.undone_by, now=now)
