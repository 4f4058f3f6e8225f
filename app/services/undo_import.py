"""Undo a list that was kept: the directory becomes what it was, but for what was used since."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.errors import Refusal
from app.services._undo_plan import Plan
from app.store import import_rows, import_undo, imports, journal
from app.store.database import Connection, Database
from app.store.import_changes import Key

ENTRIES_AT_ONCE = 40
ROWS_AT_ONCE = 400
"""Rows taken back in one transaction: well under 100 ms on SQLite, so that no hook waits."""
_KINDS = {"person": "people", "address": "numbers", "unit": "units", "people_group": "groups"}
_NEEDED = ("person", "address", "unit", "people_group")


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took away and what it left because it was used or changed since.

    Both by kind: `people`, `numbers`, `units`, `groups`, `changes`.
    """

    batch_id: int
    removed: Mapping[str, int]
    stayed: Mapping[str, int]


async def undo_import(
    database: Database, network_id: int, batch_id: int, *, by: str, now: datetime
) -> Undone:
    """Take back the newest list that was kept; raises Refusal for any other."""
    await begin_undoing(database, network_id, batch_id, by=by, now=now)
    return await complete_undoing(database, batch_id, by=by, now=now)


async def begin_undoing(
    database: Database, network_id: int, batch_id: int, *, by: str, now: datetime
) -> None:
    """The first half of `undo_import`: state `undoing`, which the next start would complete."""
    await database.write(_begin, network_id, batch_id, by, now)


def _begin(conn: Connection, network_id: int, batch_id: int, by: str, now: datetime) -> None:
    batch = imports.get(conn, network_id, batch_id)
    if batch is None:
        raise Refusal("not_found", "There is no such list in this network.")
    if batch.state != "done":
        raise Refusal("taken", "Only a list that was kept can be taken back.")
    newest = imports.newest_kept(conn, network_id)
    if newest is not None and newest.id != batch_id:
        raise Refusal(
            "not_newest",
            "The list {id} ({name}) was kept later: only the newest can be taken back.",
            id=newest.id,
            name=newest.file_name,
        )
    journal.append(
        conn,
        {
            "network_id": network_id,
            "at": now,
            "actor": by,
            "action": "import taken back",
            "subject": f"list {batch_id}",
            "detail": {},
        },
    )
    imports.begin(conn, batch_id, ("done",), state="undoing", undone_by=by, undone_at=now, done=0)


async def complete_undoing(database: Database, batch_id: int, *, by: str, now: datetime) -> Undone:
    """Take back whatever is not yet, and say what went and what stayed."""
    plan = await database.read(Plan, batch_id)
    mark = (await database.read(imports.held, batch_id)).touched_us
    removed: Counter[str] = Counter()
    stayed: Counter[str] = Counter()
    while mark is not None:
        mark, gone, kept = await database.write(_take_back, batch_id, mark, plan)
        removed += gone
        stayed += kept
    while await database.write(import_rows.remove_some, batch_id):
        pass
    await database.write(_finish, batch_id, by, now)
    return Undone(batch_id, dict(removed), dict(stayed))


def _finish(conn: Connection, batch_id: int, by: str, now: datetime) -> None:
    imports.change(conn, batch_id, state="undone", undone_by=by, undone_at=now)


def _take_back(
    conn: Connection, batch_id: int, mark: int, plan: Plan
) -> tuple[int | None, Counter[str], Counter[str]]:
    """The newest entries; gives our next mark, None at the end, and what went and stayed."""
    following = imports.touch(conn, batch_id, mark, 0)
    if following is None:
        raise Refusal("taken", "Another process completes this.")
    entries = _some(import_undo.newest(conn, batch_id, ENTRIES_AT_ONCE))
    gone: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for entry in entries:
        if "ids" in entry.key:
            _remove(conn, entry, plan, gone, kept)
        else:
            _restore(conn, entry, gone, kept)
    import_undo.forget(conn, [entry.id for entry in entries])
    return (following if entries else None), gone, kept


def _some(entries: Sequence[Any]) -> list[Any]:
    found: list[Any] = []
    weight = 0
    for entry in entries:
        if found and weight >= ROWS_AT_ONCE:
            break
        found.append(entry)
        weight += len(entry.key.get("ids", (0,)))
    return found


def _remove(
    conn: Connection, entry: Any, plan: Plan, gone: Counter[str], kept: Counter[str]
) -> None:
    name = entry.table_name
    keys: list[Key] = [tuple(key) for key in entry.key["ids"]]
    there = import_undo.rows_of(conn, name, keys)
    stays = {key for key in keys if key in plan.stays[name]}
    if name in _NEEDED:
        # What made use of it a moment ago is seen here at the latest.
        used = import_undo.used(conn, name, [key[0] for key in keys], {})
        stays |= {(one,) for one in used}
    going = [key for key in keys if key in there and key not in stays]
    import_undo.remove(conn, name, going)
    if name in _KINDS:
        gone[_KINDS[name]] += len(going)
        kept[_KINDS[name]] += len(stays & there.keys())


def _restore(conn: Connection, entry: Any, gone: Counter[str], kept: Counter[str]) -> None:
    """Give columns back what they were, where they still are what the import made them."""
    key: Key = tuple(entry.key["id"])
    row = import_undo.rows_of(conn, entry.table_name, [key]).get(key)
    if row is None:
        return
    now = import_undo.as_kept(row, entry.after)
    values = {
        name: before for name, before in entry.before.items() if now[name] == entry.after[name]
    }
    if entry.table_name == "address" and import_undo.with_other_consents(conn, key, set()):
        values = {}
    if values:
        import_undo.restore(conn, entry.table_name, key, values)
    gone["changes"] += 1 if len(values) == len(entry.before) else 0
    kept["changes"] += 0 if len(values) == len(entry.before) else 1
