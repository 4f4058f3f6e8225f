"""Copies of a whole PostgreSQL database by its own programs, and a swap in one transaction."""

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Identifier, Literal
from sqlalchemy import make_url

from app.domain.errors import Refusal
from app.store.backup import not_ours

LONGEST_NAME = 63
WORDS_SHOWN = 200
IN_USE = "Somebody uses the database: stop the server and the workers first. Nothing was changed."


def _homes() -> tuple[Path, ...]:
    """Where Debian keeps the programs of each version, newest first."""
    found = Path("/usr/lib/postgresql").glob("*/bin")
    return tuple(sorted(found, key=lambda one: one.parent.name.zfill(4), reverse=True))


@dataclass(frozen=True, slots=True)
class Programs:
    """PostgreSQL's own programs: looked for on the PATH of this environment, then in `homes`."""

    environ: Mapping[str, str]
    homes: tuple[Path, ...] = field(default_factory=_homes)

    def run(self, name: str, *options: str, url: str = "") -> subprocess.CompletedProcess[str]:
        """Run one; a password goes by the environment, never where all users can read it."""
        program = shutil.which(name, path=self.environ.get("PATH", ""))
        beside = (str(home / name) for home in self.homes if (home / name).is_file())
        program = program or next(beside, None)
        if program is None:
            sentence = "{name} is not installed here: apt install postgresql-client."
            raise Refusal("no_program", sentence, name=name)
        environ = {"PGCONNECT_TIMEOUT": "10", **self.environ, "LC_ALL": "C"}
        if url:
            parts: dict[str, Any] = dict(conninfo_to_dict(url))
            if password := parts.pop("password", None):
                environ["PGPASSWORD"] = str(password)
            options = ("--no-password", f"--dbname={make_conninfo(**parts)}", *options)
        return subprocess.run(  # noqa: S603 -- a program of PostgreSQL with options of our own
            [program, *options],
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )


def dump(programs: Programs, url: str, target: Path) -> None:
    """Write the database as it stands now into `target` and read it back; raises Refusal."""
    done = programs.run(
        "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", url=url
    )
    if done.returncode:
        raise Refusal("pg_dump", "pg_dump failed: {why}", why=_first_line(done.stderr))
    look_at(programs, target)


def look_at(programs: Programs, file: Path) -> None:
    """Read a dump from end to end; raises Refusal when it is damaged or none of ours."""
    listed = programs.run("pg_restore", "--list", str(file))
    if listed.returncode:
        why = _first_line(listed.stderr)
        raise Refusal("not_a_backup", "{file} cannot be read: {why}", file=file, why=why)
    if not all(f" {table} " in listed.stdout for table in ("alembic_version", "outbox")):
        raise not_ours(file)
    # The list stands at the beginning: a dump that was cut off still has it.
    if programs.run("pg_restore", "--file=/dev/null", str(file)).returncode:
        raise Refusal("damaged", "{file} is damaged. Take an older backup.", file=file)


def _first_line(words: str) -> str:
    """What a program complained of; its later lines may hold members' data."""
    found = words.strip().splitlines() or ["it says nothing"]
    return found[0][:WORDS_SHOWN].rstrip(".") + "."


@dataclass(frozen=True, slots=True)
class Swap:
    """A database that is being restored: its name, the scratch beside it, and a door to both."""

    connection: "psycopg.Connection[tuple[object, ...]]"
    url: str
    name: str
    scratch: str

    @property
    def scratch_url(self) -> str:
        """The address of the scratch database."""
        address = make_url(self.url).set(database=self.scratch)
        return address.render_as_string(hide_password=False)

    def fill(self, programs: Programs, file: Path) -> None:
        """Bring the dump into the fresh scratch database; raises Refusal."""
        options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        done = programs.run("pg_restore", *options, str(file), url=self.scratch_url)
        if done.returncode:
            # What pg_restore says may hold members' data.
            sentence = "{file} cannot be brought in (pg_restore: {code}). Nothing was changed."
            raise Refusal("pg_restore", sentence, file=file, code=done.returncode)

    def put_in_place(self, at: datetime) -> str:
        """Rename both in one transaction; gives the name that the old one is kept under."""
        aside = f"{self.name[:24]}_before_restore_{at:%Y%m%d_%H%M%S}"
        while self._is_taken(aside):
            aside = f"{aside[: LONGEST_NAME - 6]}_again"
        with self.connection.transaction():
            self._rename(self.name, aside)
            self._rename(self.scratch, self.name)
        return aside

    def make_scratch(self) -> None:
        """An empty database that sorts and encodes as the other does and has its owner."""
        found = self.connection.execute(
            "SELECT pg_encoding_to_char(encoding), datcollate, datctype, pg_get_userbyid(datdba)"
            " FROM pg_database WHERE datname = %s",
            (self.name,),
        ).fetchone()
        if found is None:
            sentence = "There is no database {name}: createdb makes one."
            raise Refusal("no_database", sentence, name=self.name)
        encoding, collate, ctype, owner = map(str, found)
        statement = SQL(
            "CREATE DATABASE {} TEMPLATE template0 OWNER {} ENCODING {} LC_COLLATE {} LC_CTYPE {}"
        )
        words = map(Literal, (encoding, collate, ctype))
        self.drop_scratch()
        self.connection.execute(
            statement.format(Identifier(self.scratch), Identifier(owner), *words)
        )

    def drop_scratch(self) -> None:
        """Take the scratch database away, if it is still there."""
        self.connection.execute(SQL("DROP DATABASE IF EXISTS {}").format(Identifier(self.scratch)))

    def refuse_others(self) -> None:
        """Raise a Refusal while another restore runs or somebody uses the database."""
        lock = "SELECT pg_try_advisory_lock(hashtext(%s))"
        if self.connection.execute(lock, (self.name,)).fetchone() != (True,):
            raise Refusal("locked", "Another restore of this database runs. Wait for its end.")
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
        if self.connection.execute(others, (self.name,)).fetchone() != (0,):
            raise Refusal("in_use", IN_USE)

    def _is_taken(self, name: str) -> bool:
        found = self.connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
        return found.fetchone() is not None

    def _rename(self, name: str, to: str) -> None:
        statement = SQL("ALTER DATABASE {} RENAME TO {}")
        self.connection.execute(statement.format(Identifier(name), Identifier(to)))


@contextmanager
def swapping(url: str) -> Iterator[Swap]:
    """A fresh scratch database beside this one, dropped again unless it took the other's place.

    Raises Refusal while somebody uses the database, or where we may not make one.
    """
    name = make_url(url).database or ""
    parts: dict[str, Any] = {**conninfo_to_dict(url), "dbname": "postgres"}
    try:
        with psycopg.connect(make_conninfo(**parts), autocommit=True) as connection:
            swap = Swap(connection, url, name, f"{name[: LONGEST_NAME - 10]}_restoring")
            swap.refuse_others()
            swap.make_scratch()
            try:
                yield swap
            finally:
                swap.drop_scratch()
    except psycopg.Error as error:
        raise Refusal("database", _plainly(error), state=error.sqlstate) from None


def _plainly(error: psycopg.Error) -> str:
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return (
            "A restore makes a fresh database beside the old one, and this user may not."
            " Let it: ALTER ROLE … CREATEDB. Nothing was changed."
        )
    if isinstance(error, psycopg.errors.ObjectInUse):
        return IN_USE
    if isinstance(error, psycopg.OperationalError):
        return "The database server cannot be reached. Nothing was changed."
    return "The database server refused ({state}). Nothing was changed."
