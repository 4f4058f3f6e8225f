"""Restore the office from a backup: made safe beside the old one first, then put in its place."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.errors import Refusal
from app.services.approve_broadcast import finish_fan_outs
from app.store import clock, journal, migrate, networks
from app.store.backup import (
    MAGIC,
    PG_MAGIC,
    bring_sqlite,
    first_bytes,
    fold_sqlite,
    not_ours,
    put_in_place,
    remove_sqlite,
)
from app.store.database import Connection, Database, sqlite_path
from app.store.pg_backup import Programs, look_at, swapping
from app.store.restored import hold_back, outbox_restored_count, sign_everybody_out

OTHER = "{file} is of an office on {kind}; this one is not. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: texts held back, texts in doubt, where the old database is kept."""

    held: int
    uncertain: int
    aside: str


async def restore_office(
    database_url: str, file: Path, *, programs: Programs, by: str, now: datetime
) -> Restored:
    """Put a backup in the database's place; nothing of it goes out before a person says so.

    The caller has seen to it that no server runs. Cut off at any moment, it leaves the old
    database or the new one made safe. Raises Refusal, and changes nothing, for a file that is
    no backup, is damaged or is of a newer version.
    """
    path = sqlite_path(database_url)
    _check_kind(file, is_sqlite=path is not None)
    if path is None:
        return await _restore_postgresql(database_url, file, programs, by, now)
    return await _restore_sqlite(path, file, by, now)


def _check_kind(file: Path, *, is_sqlite: bool) -> None:
    """Raise a Refusal unless the file begins as a backup of this kind of database does."""
    begins = first_bytes(file)
    kinds = {MAGIC: "SQLite", PG_MAGIC: "PostgreSQL"}
    kind = next((kind for magic, kind in kinds.items() if begins.startswith(magic)), None)
    if kind is None:
        raise not_ours(file)
    if (kind == "SQLite") is not is_sqlite:
        raise Refusal("other_database", OTHER, file=file, kind=kind)


async def _restore_sqlite(path: Path, file: Path, by: str, now: datetime) -> Restored:
    copy = path.with_name(f"{path.name}.restoring")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        bring_sqlite(file, copy)
        held, uncertain = await _make_safe(f"sqlite:///{copy}", file, by, now)
        fold_sqlite(copy)
        aside = put_in_place(copy, path, now)
    except OSError as error:
        sentence = "{folder} cannot be written: {why}. Nothing was changed."
        named = {"folder": path.parent, "why": error.strerror}
        raise Refusal("file", sentence, **named) from None
    finally:
        remove_sqlite(copy)
    return Restored(held, uncertain, str(aside or ""))


async def _restore_postgresql(
    url: str, file: Path, programs: Programs, by: str, now: datetime
) -> Restored:
    look_at(programs, file)
    with swapping(url) as swap:
        swap.fill(programs, file)
        held, uncertain = await _make_safe(swap.scratch_url, file, by, now)
        return Restored(held, uncertain, swap.put_in_place(now))


async def _make_safe(url: str, file: Path, by: str, now: datetime) -> tuple[int, int]:
    """Bring the copy to this version, end what was begun in it, and hold all of it back."""
    migrate.upgrade(url)
    async with Database(url) as database:
        await finish_fan_outs(database, now=now)
        return await database.write(_hold_back, file.name, by, now)


def _hold_back(conn: Connection, name: str, by: str, now: datetime) -> tuple[int, int]:
    sign_everybody_out(conn)
    clock.forget(conn)
    counted = hold_back(conn, now)
    for network in networks.every(conn):
        journal.append(
            conn,
            {
                "network_id": network.id,
                "at": now,
                "actor": by,
                "action": "restored",
                "subject": name[:80],
                "detail": {"held": outbox_restored_count(conn, network.id)},
            },
        )
    return counted
