"""A private PostgreSQL for as long as the tests run: the computer's own or one from a wheel."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg

SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
max_connections = 100
shared_buffers = 64MB
dynamic_shared_memory_type = mmap
fsync = {durable}
full_page_writes = {durable}
timezone = 'UTC'
"""

WHEEL = "pgserver"
MEMORY = Path("/dev/shm")  # noqa: S108
ENOUGH = 2 << 30

# Waits for the end of the tests, however they end: even kill -9 closes the pipe that it reads.
GUARD = 'cat >/dev/null; "$1" -D "$2/data" -m immediate stop >/dev/null 2>&1; rm -rf "$2"'


class Unavailable(Exception):
    """This computer cannot run a PostgreSQL of our own; the text says why."""


@dataclass(frozen=True, slots=True)
class Server:
    """One running cluster behind a socket in its own folder; no port, so runs never clash."""

    folder: Path
    binaries: Path
    names: Iterator[int] = field(default_factory=count)

    def url(self, database: str) -> str:
        """Give the address of one database in the form of MUNADI_DATABASE_URL."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def run(self, statement: str) -> None:
        """Run one statement that no transaction may hold."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def create(self, template: str = "template1") -> str:
        """Create a database as a copy of another and give its name."""
        name = f"t{next(self.names)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            # Half the price of the log; servers before 15 know no other way.
            how = "STRATEGY FILE_COPY" if connection.info.server_version >= 150_000 else ""
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} {how}".encode())
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever still holds it."""
        self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """Give the address of a fresh database that is dropped afterwards."""
        name = self.create(template)
        try:
            yield self.url(name)
        finally:
            self.drop(name)


@contextmanager
def running(*, durable: bool = False) -> Iterator[Server]:
    """Run a private cluster; `durable` keeps fsync on. Raises Unavailable with the reason."""
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="munadi-pg-", dir=_home(binaries, durable)))
    try:
        as_owner = _as_owner(folder)
        binaries = _reachable(binaries, folder, as_owner)
        with _guarded(binaries, folder, as_owner):
            _start(binaries, folder, durable, as_owner)
            yield Server(folder, binaries)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _guarded(binaries: Path, folder: Path, as_owner: dict) -> Iterator[None]:
    guard = subprocess.Popen(
        ["sh", "-c", GUARD, "guard", str(binaries / "pg_ctl"), str(folder)],
        stdin=subprocess.PIPE,
        start_new_session=True,
        **as_owner,
    )
    try:
        yield
    finally:
        guard.communicate()


def _start(binaries: Path, folder: Path, durable: bool, as_owner: dict) -> None:
    data = folder / "data"
    locale = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"

    def call(program: str, *options: str) -> None:
        done = subprocess.run(
            [binaries / program, "-D", data, *options],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            **as_owner,
        )
        if done.returncode:
            raise Unavailable(f"{program} of {binaries} failed: {done.stderr.strip()}")

    call("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", f"--locale={locale}", "--no-sync")
    with (data / "postgresql.conf").open("a") as settings:
        settings.write(SETTINGS.format(folder=folder, durable="on" if durable else "off"))
    call("pg_ctl", "-w", "-l", f"{folder}/log", "start")


def _binaries() -> Path:
    """Find the folder of initdb: on PATH, where Debian keeps it, or in the wheel."""
    named = shutil.which("initdb")
    folders = [Path(named).resolve().parent] if named else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major, reverse=True)
    wheel = find_spec(WHEEL)
    if wheel and wheel.origin:
        folders.append(Path(wheel.origin).parent / "pginstall" / "bin")
    for folder in folders:
        if all((folder / program).is_file() for program in ("initdb", "pg_ctl", "postgres")):
            return folder
    raise Unavailable("no PostgreSQL here: apt install postgresql")


def _major(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdecimal() else 0


def has_room(folder: Path) -> bool:
    return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ENOUGH


def _home(binaries: Path, durable: bool) -> str:
    """Memory where there is enough of it; a disk where data must last or programs must run.

    A socket's path may have 107 letters, and some temporary folders have more.
    """
    disk = tempfile.gettempdir()
    if has_room(MEMORY) and not durable and WHEEL not in binaries.parts:
        return str(MEMORY)
    return disk if len(disk) < 60 else "/tmp"  # noqa: S108


def _as_owner(folder: Path) -> dict:
    """PostgreSQL refuses to run as root: give the folder to a humbler user and run as that."""
    calm = {"cwd": folder, "env": {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}}
    if os.geteuid() != 0:
        return calm
    owner = next(filter(None, map(_user, ("postgres", "nobody"))), None)
    if owner is None:
        raise Unavailable("PostgreSQL refuses root, and neither postgres nor nobody exists here")
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    return calm | {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _user(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _reachable(binaries: Path, folder: Path, as_owner: dict) -> Path:
    """Copy the wheel next to the data when the owner of the data may not enter its folder."""
    try:
        subprocess.run([binaries / "postgres", "-V"], check=True, capture_output=True, **as_owner)
    except PermissionError as fault:
        if "user" not in as_owner or WHEEL not in binaries.parts:
            raise Unavailable(f"{binaries} may not be entered") from fault
        return _copied(binaries, folder / "programs", as_owner)
    except (OSError, subprocess.SubprocessError) as fault:
        raise Unavailable(f"PostgreSQL of {binaries} does not start: {fault}") from fault
    return binaries


def _copied(binaries: Path, target: Path, as_owner: dict) -> Path:
    """The programs look for the libraries of their wheel beside its package, so both move."""
    site = binaries.parents[2]
    for part in (site / WHEEL, *site.glob(f"{WHEEL}*.libs")):
        shutil.copytree(part, target / part.name, ignore=shutil.ignore_patterns("include"))
    for path in (target, *target.rglob("*")):
        os.chown(path, as_owner["user"], as_owner["group"])
    return target / binaries.relative_to(site)
