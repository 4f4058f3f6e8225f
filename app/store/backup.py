"""Copies of a whole SQLite database: made while it is used, looked at, and put in its place."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from app.domain.errors import Refusal

MAGIC = b"SQLite format 3\x00"
PG_MAGIC = b"PGDMP"
OURS = frozenset({"alembic_version", "network", "outbox", "journal"})
"""Tables that every version of Munadi has had."""
BESIDE = ("-wal", "-shm", "-journal")
PATIENCE_S = 5.0
BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")


def copy_sqlite(source: Path, target: Path) -> None:
    """Write the database as it stands now into the empty file `target`; others go on meanwhile.

    Raises Refusal when it cannot be read or the target takes no more.
    """
    with _opened(source, "mode=ro") as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
        tables = _tables(connection)
    with _opened(target, "mode=ro&immutable=1") as copy:
        if _first_fault(copy) or _tables(copy) != tables:
            raise Refusal("damaged", "The copy is damaged: try another disk. It was taken away.")


def make_private(path: Path) -> None:
    """Make an empty file that only its owner may read; one of that name is dropped first."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def make_durable(path: Path) -> None:
    """Wait until a file's content, or a folder's names, are on the disk itself."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove_sqlite(path: Path) -> None:
    """Drop a database file and what SQLite keeps beside it."""
    for ending in ("", *BESIDE):
        _beside(path, ending).unlink(missing_ok=True)


def bring_sqlite(file: Path, copy: Path) -> None:
    """Copy a backup beside the database and look at the copy; raises Refusal when it is none.

    A log beside the file comes along: whoever copied an office by hand has copied that too.
    """
    if file.resolve() == copy.resolve():
        raise not_ours(file)
    remove_sqlite(copy)
    for ending in ("", "-wal"):
        source, target = _beside(file, ending), _beside(copy, ending)
        if not ending or source.exists():
            make_private(target)
            shutil.copyfile(source, target)
    with _opened(copy, "mode=rw") as connection:
        if not _tables(connection) >= OURS:
            raise not_ours(file)
        if fault := _first_fault(connection):
            sentence = "{file} is damaged ({fault}). Take an older backup."
            raise Refusal("damaged", sentence, file=file, fault=fault)
        if connection.execute("SELECT count(*) FROM alembic_version").fetchone() != (1,):
            raise not_ours(file)


def not_ours(file: Path) -> Refusal:
    """What to say of a file that was never made by `backup`."""
    sentence = "{file} is no backup of Munadi. Nothing was changed."
    return Refusal("not_a_backup", sentence, file=file)


def first_bytes(file: Path) -> bytes:
    """How a file begins; raises Refusal when it is missing, empty or no file."""
    try:
        with file.open("rb") as handle:
            found = handle.read(len(MAGIC))
    except OSError as error:
        raise Refusal(
            "file", "{file} cannot be read: {why}.", file=file, why=error.strerror
        ) from None
    if not found:
        raise Refusal("not_a_backup", "{file} is empty. Nothing was changed.", file=file)
    return found


def fold_sqlite(path: Path) -> None:
    """Fold a database's log into its one file and see to it that it is on the disk."""
    with _opened(path, "mode=rw") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    make_durable(path)


def put_in_place(copy: Path, path: Path, at: datetime) -> Path | None:
    """Let the copy take the database's place in one step; gives where the old one is kept.

    Whoever cuts this off finds either the old database or the new one. Raises Refusal while
    another program holds the old one.
    """
    aside = _keep_aside(path, at) if path.exists() else None
    # A log that stayed behind would be played into the new file.
    for ending in BESIDE:
        _beside(path, ending).unlink(missing_ok=True)
    make_durable(path.parent)
    copy.replace(path)
    make_durable(path.parent)
    return aside


def _keep_aside(path: Path, at: datetime) -> Path:
    """Give the old database a second name beside it that no earlier restore has given."""
    aside = path.with_name(f"{path.name}.before-restore-{at:%Y%m%d-%H%M%S}")
    while aside.exists():
        aside = aside.with_name(f"{aside.name}-again")
    log, kept_log = _beside(path, "-wal"), _beside(aside, "-wal")
    if log.exists():
        make_private(kept_log)
        shutil.copyfile(log, kept_log)
    if _log_is_folded(path, or_drop=kept_log):
        kept_log.unlink(missing_ok=True)
    _keep(path, aside)
    make_durable(path.parent)
    return aside


def _log_is_folded(path: Path, *, or_drop: Path) -> bool:
    """Fold the log into the old file; False for a damaged one, which is kept as it is.

    Raises Refusal, and drops a file of ours, while another program holds the database.
    """
    try:
        with closing(_connect(path, "mode=rw")) as connection:
            connection.execute("PRAGMA journal_mode=DELETE").fetchall()
    except sqlite3.DatabaseError as error:
        if not _name_of(error).startswith(BUSY):
            return False
        or_drop.unlink(missing_ok=True)
        sentence = "Another program holds the database open. Close it, then restore again."
        raise Refusal("locked", sentence) from None
    return True


def _keep(file: Path, aside: Path) -> None:
    """A second name for the file; a copy where the disk knows no second names."""
    try:
        aside.hardlink_to(file)
    except OSError:
        make_private(aside)
        shutil.copyfile(file, aside)
        make_durable(aside)
    aside.chmod(0o600)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _connect(path: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"file:{quote(str(path))}?{how}", uri=True, timeout=PATIENCE_S, isolation_level=None
    )


@contextmanager
def _opened(path: Path, how: str) -> Iterator[sqlite3.Connection]:
    """An open database; raises Refusal in plain words for whatever SQLite says."""
    try:
        with closing(_connect(path, how)) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        name = path.name.removesuffix(".restoring")
        raise Refusal("database", _plainly(error), file=name) from None


def _plainly(error: sqlite3.DatabaseError) -> str:
    """By SQLite's name for it: its words are those of the last step, not of the first fault."""
    name = _name_of(error)
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return "The disk is full or failing: free some space or take another disk."
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return "{file} is damaged: it cannot be read."
    if name.startswith(BUSY):
        return "The database is busy. Try again."
    return "{file} cannot be opened. Look at the rights of its folder."


def _name_of(error: sqlite3.DatabaseError) -> str:
    return str(getattr(error, "sqlite_errorname", ""))


def _tables(connection: sqlite3.Connection) -> frozenset[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return frozenset(row[0] for row in found if not row[0].startswith("sqlite_"))


def _first_fault(connection: sqlite3.Connection) -> str:
    """What SQLite's own check finds, in a few words without any content; "" when all is well."""
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return "" if found == "ok" else "its pages do not fit together"
