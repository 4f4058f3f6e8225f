"""Back the office up: one file that next year's host can restore, made while all goes on."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.domain.errors import Refusal
from app.store.backup import copy_sqlite, make_durable, make_private
from app.store.database import sqlite_path
from app.store.pg_backup import Programs, dump

NOTE = "backups.json"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made and looked at; `size` is in bytes."""

    at: datetime
    file: Path
    size: int = 0


def backup_office(
    database_url: str, file: Path, *, data_dir: Path, programs: Programs, now: datetime
) -> Backup:
    """Write the whole database into a new file, read it back, and note that it was done.

    It is a read: a running server goes on. Raises Refusal and leaves nothing behind when the
    file is there already, cannot be written, or does not read back.
    """
    file = file.expanduser().absolute()
    part = file.with_name(f"{file.name}.part")
    try:
        _refuse_taken(file)
        make_private(part)
        _copy(database_url, part, programs)
        make_durable(part)
        _refuse_taken(file)
        part.rename(file)
        make_durable(file.parent)
    except OSError as error:
        why = error.strerror
        raise Refusal("file", "{file} cannot be written: {why}.", file=file, why=why) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    made = Backup(now, file, file.stat().st_size)
    _note(data_dir, made)
    return made


def last_backup(data_dir: Path) -> Backup | None:
    """The newest backup that was noted in this data folder; None when there is none."""
    try:
        noted = json.loads((data_dir / NOTE).read_text(encoding="utf-8"))
        at, file = datetime.fromisoformat(noted["at"]), Path(noted["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Backup(at, file) if at.tzinfo else None


def _refuse_taken(file: Path) -> None:
    if file.exists() or file.is_symlink():
        sentence = "{file} is there already. Give another name: nothing is replaced."
        raise Refusal("taken", sentence, file=file)


def _copy(database_url: str, part: Path, programs: Programs) -> None:
    path = sqlite_path(database_url)
    if path is None:
        dump(programs, database_url, part)
    elif path.exists():
        copy_sqlite(path, part)
    else:
        raise Refusal("no_database", "There is no data in {folder} yet.", folder=path.parent)


def _note(data_dir: Path, made: Backup) -> None:
    """Write it down for `doctor` and the first page; aside first, so that none reads half."""
    new = data_dir / f"{NOTE}.new"
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        make_private(new)
        noted = {"at": made.at.isoformat(), "file": str(made.file)}
        new.write_text(json.dumps(noted), encoding="utf-8")
        new.replace(data_dir / NOTE)
    except OSError as error:
        sentence = "{file} is made and whole, but {folder} cannot be written: {why}."
        named = {"file": made.file, "folder": data_dir, "why": error.strerror}
        raise Refusal("note", sentence, **named) from None
