"""Check the office: what was looked at, how it is, and what to do when it is not well."""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from app.domain.errors import Busy
from app.domain.messages import State
from app.domain.permissions import ALLOWED, Act
from app.domain.ports import Advice
from app.services._check_phones import phones
from app.services._findings import Finding, Health
from app.services.backup_office import Backup, last_backup
from app.store import migrate
from app.store.checkup import Checkup, look, revision_of
from app.store.database import Database, sqlite_path

__all__ = ["Finding", "Health", "Surroundings", "check_office"]

LITTLE_SPACE = 500 * 1024 * 1024
FIRST_YEAR = 2026
DAY = timedelta(days=1)
BACKUP_IS_GOOD_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the composition knows of this office: its folder, its database, wires and server.

    `wires` describes each wire without its secrets; `wire_fault` says why they cannot open.
    """

    data_dir: Path
    database_url: str
    wires: Sequence[str]
    wire_fault: str
    is_serving: bool
    wire_advice: Sequence[tuple[str, Advice]] = ()
    """What a person has still to do about a wire, by its name."""


async def check_office(around: Surroundings, *, now: datetime) -> list[Finding]:
    """Look at everything that can be wrong with an office; nothing is changed."""
    found = [*_folder(around), _server(around), *_wires(around)]
    database, checkup = await _database(around, now)
    found += database
    if checkup is not None:
        found += [_clock(now, checkup), *_content(checkup, around.is_serving)]
        found += phones(checkup.devices, now)
    else:
        found.append(_clock(now, None))
    return [*found, _backup(last_backup(around.data_dir), now)]


def _folder(around: Surroundings) -> Iterator[Finding]:
    folder, what = around.data_dir, "data folder"
    there = next((one for one in (folder, *folder.parents) if one.is_dir()), Path("/"))
    if not os.access(there, os.W_OK | os.X_OK):
        cure = "Give it to the user that Munadi runs as."
        yield Finding(what, f"{folder} cannot be written", Health.WRONG, cure)
    else:
        yield Finding(what, str(folder) if folder.is_dir() else f"{folder}, not made yet")
    free = shutil.disk_usage(there).free
    if free < LITTLE_SPACE:
        cure = "Free some space before it is full: a full disk stores no text."
        yield Finding("disk space", f"only {_megabytes(free)} free", Health.LOOK, cure)
    else:
        yield Finding("disk space", f"{_megabytes(free)} free")


def _megabytes(size: int) -> str:
    return f"{size // (1024 * 1024):,} MB"


def _server(around: Surroundings) -> Finding:
    return Finding("server", "runs" if around.is_serving else "does not run: nothing goes out")


def _wires(around: Surroundings) -> Iterator[Finding]:
    if around.wire_fault:
        cure = "Mend the file that MUNADI_CHANNELS names."
        yield Finding("wires", around.wire_fault, Health.WRONG, cure)
    for wire in around.wires:
        yield Finding("wire", wire)
    for name, advice in around.wire_advice:
        yield Finding("wire", f"{name}: {advice.how}", Health.LOOK, advice.cure)


async def _database(around: Surroundings, now: datetime) -> tuple[list[Finding], Checkup | None]:
    """How the database is, and what it says of itself when it can be asked."""
    path = sqlite_path(around.database_url)
    what = "database"
    kind = "PostgreSQL" if path is None else f"SQLite, {path}"
    if path is not None and not path.exists():
        cure = "Make one: network create SLUG --name NAME"
        return [Finding(what, "there is none yet", Health.WRONG, cure)], None
    try:
        revision = revision_of(around.database_url)
        if revision != migrate.newest():
            how = f"{kind}: it is of another version ({revision or 'empty'})"
            cure = (
                "The next command that writes brings an older one forward; stop the server first."
            )
            return [Finding(what, how, Health.WRONG, cure)], None
        async with Database(around.database_url) as database:
            checkup = await database.read(look, now)
    except Busy as error:
        cure = "See that its server runs and its file is whole; else restore the last backup."
        return [Finding(what, f"{kind}: {error}", Health.WRONG, cure)], None
    return [Finding(what, kind), *_kept(checkup, revision)], checkup


def _kept(checkup: Checkup, revision: str) -> Iterator[Finding]:
    yield Finding("version of the database", f"{checkup.version}, tables of version {revision}")
    if checkup.faults:
        cure = "Stop the server and restore the last backup."
        yield Finding("database file", f"damaged: {checkup.faults}", Health.WRONG, cure)
    if checkup.mode and checkup.mode != "wal":
        cure = "The next start of the server puts it right."
        yield Finding("database file", f"its log is off ({checkup.mode})", Health.LOOK, cure)


def _clock(now: datetime, checkup: Checkup | None) -> Finding:
    what, shown = "clock", f"{now:%Y-%m-%d %H:%M} UTC"
    cure = "Set this computer's clock: texts would go out at the wrong hour."
    if now.year < FIRST_YEAR:
        return Finding(what, f"{shown} cannot be", Health.WRONG, cure)
    newest = checkup.newest if checkup is not None else None
    if newest is not None and now < newest - DAY:
        how = f"{shown} is before the newest row here ({newest:%Y-%m-%d %H:%M} UTC)"
        return Finding(what, how, Health.WRONG, cure)
    if checkup is not None and not checkup.is_clock_believed:
        how = f"{shown} is far from when all was well last: nothing goes out"
        cure = "Look at the clock. Set it, or, if it is right: clock confirm"
        return Finding(what, how, Health.WRONG, cure)
    return Finding(what, shown)


def _content(checkup: Checkup, is_serving: bool) -> Iterator[Finding]:
    yield from _networks(checkup)
    yield from _officers(checkup.posts)
    for name, trouble in checkup.troubles.items():
        cure = "Mend it, then start the server again."
        yield Finding("wire", f"{name} was stopped: {trouble}", Health.WRONG, cure)
    yield from _queue(checkup, is_serving)


def _networks(checkup: Checkup) -> Iterator[Finding]:
    if not checkup.networks:
        cure = "Make one: network create SLUG --name NAME"
        yield Finding("networks", "there is none yet", Health.LOOK, cure)
        return
    yield Finding("networks", str(checkup.networks))
    for slug, entry in checkup.broken.items():
        how = f"{slug}: entry {entry} was changed from outside"
        cure = "Somebody has edited the database. Keep a copy of it and ask who did."
        yield Finding("journal", how, Health.WRONG, cure)
    if not checkup.broken:
        yield Finding("journal", "whole: no entry was changed from outside")


def _officers(posts: Mapping[str, int]) -> Iterator[Finding]:
    total = sum(posts.values())
    approvers = sum(posts.get(post.value, 0) for post in ALLOWED[Act.APPROVE])
    if approvers < 2:
        how = f"{total}, of whom {approvers} may approve"
        cure = "Two must: nobody may approve their own text. Add one: user add NAME --post POST"
        yield Finding("officers", how, Health.LOOK, cure)
    else:
        yield Finding("officers", f"{total}, of whom {approvers} may approve")


def _queue(checkup: Checkup, is_serving: bool) -> Iterator[Finding]:
    queued = checkup.states[State.QUEUED]
    if checkup.late_since is not None and is_serving:
        how = f"{queued} wait, the oldest since {checkup.late_since:%Y-%m-%d %H:%M} UTC"
        cure = "Nothing has gone out for 10 minutes: look at the wires and their daily limits."
        yield Finding("waiting texts", how, Health.WRONG, cure)
    else:
        yield Finding("waiting texts", str(queued))
    held = dict(checkup.held)
    restored = held.pop("restored", 0)
    why = ", ".join(f"{n} ({reason or 'no reason'})" for reason, n in held.items())
    yield Finding("held texts", why or "0")
    if restored:
        cure = "They are of a restored copy. Let them go or drop them: release, release --drop"
        yield Finding("held texts", f"{restored} (restored)", Health.WRONG, cure)
    if uncertain := checkup.states[State.UNCERTAIN]:
        cure = "Look at them and decide: messages list --state uncertain"
        yield Finding("texts in doubt", f"{uncertain} may have been sent", Health.WRONG, cure)
    else:
        yield Finding("texts in doubt", "0")


def _backup(last: Backup | None, now: datetime) -> Finding:
    what, cure = "last backup", "Make one and keep it elsewhere: backup FILE"
    if last is None:
        return Finding(what, "none", Health.LOOK, cure)
    days = (now - last.at) // DAY
    how = f"{last.at:%Y-%m-%d %H:%M} UTC, {last.file}"
    if now - last.at > BACKUP_IS_GOOD_FOR:
        return Finding(what, f"{how}: {days} days ago", Health.LOOK, cure)
    return Finding(what, how)
