"""Settings from the environment: MUNADI_…, each also as …_FILE, and one TOML file of wires."""

import os
import secrets
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from app.domain.errors import Refusal

NAMES = ("DATA_DIR", "DATABASE_URL", "PUBLIC_URL", "SECRET_KEY", "CHANNELS")
SHORTEST_SECRET = 32
PROGRAM = Path(__file__).resolve().parents[1]
"""The folder of the program: its data lie there whatever folder a command is typed in."""
SIMULATOR: Mapping[str, object] = {"name": "simulator", "kind": "simulator"}


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a deployment decides.

    `channels` are the `[[channel]]` tables; a simulator is always among them. `public_url` is
    where providers reach us ("" when they cannot): signatures are checked against it.
    """

    data_dir: Path
    database_url: str
    public_url: str
    channels: tuple[Mapping[str, object], ...]
    secret_key: str = ""
    """What seals the addresses to unsubscribe; "" when it lies in the data folder."""

    @property
    def server_file(self) -> Path:
        """Where a running server writes its address and its one-boot token."""
        return self.data_dir / "server.json"

    @property
    def lock_file(self) -> Path:
        """What a running server or a writing command holds locked on SQLite."""
        return self.data_dir / "munadi.lock"


def read_settings(environ: Mapping[str, str], *, data_dir: Path | None = None) -> Settings:
    """Read the settings; raises Refusal that names the setting and what is wrong with it."""
    values = {name: _value(environ, name) for name in NAMES}
    folder = data_dir or Path(values["DATA_DIR"] or PROGRAM / "munadi-data")
    folder = folder.expanduser().resolve()
    url = values["DATABASE_URL"] or f"sqlite:///{folder / 'munadi.db'}"
    _check_address(url)
    return Settings(
        data_dir=folder,
        database_url=url,
        public_url=values["PUBLIC_URL"].rstrip("/"),
        channels=_channels(values["CHANNELS"]),
        secret_key=_secret_key(values["SECRET_KEY"]),
    )


def _secret_key(value: str) -> str:
    if 0 < len(value) < SHORTEST_SECRET:
        raise Refusal("secret_key", f"MUNADI_SECRET_KEY must have {SHORTEST_SECRET} signs or more.")
    return value


def secret_of(settings: Settings) -> str:
    """The secret key: as it was set, else the one in the data folder, made when it is missing.

    Raises Refusal when it can be neither read nor made.
    """
    if settings.secret_key:
        return settings.secret_key
    path = settings.data_dir / "secret.key"
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            _make_secret(path)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("secret_key", f"{path} cannot be read: {error}.") from None
    if len(key) < SHORTEST_SECRET:
        raise Refusal("secret_key", f"{path} holds no key. Delete it and start again.")
    return key


def _make_secret(path: Path) -> None:
    """Whole or not at all: of two processes that start together one makes it."""
    if path.exists():
        return
    half = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(32) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(half, path)
    finally:
        half.unlink()


def _check_address(url: str) -> None:
    """Raise a Refusal that does not repeat the address, for it may hold a password."""
    if not url.startswith(("sqlite:///", "postgresql://")):
        raise Refusal(
            "database_url",
            "MUNADI_DATABASE_URL must start with sqlite:/// or postgresql://.",
        )
    try:
        urlsplit(url).port  # noqa: B018 -- reading it is what checks it
    except ValueError:
        raise Refusal("database_url", "MUNADI_DATABASE_URL names no usable host.") from None


def _value(environ: Mapping[str, str], name: str) -> str:
    direct = environ.get(f"MUNADI_{name}", "")
    file = environ.get(f"MUNADI_{name}_FILE", "")
    if direct or not file:
        return direct
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Refusal("setting", f"MUNADI_{name}_FILE cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Refusal("setting", f"MUNADI_{name}_FILE is not text in UTF-8.") from None


def _channels(path: str) -> tuple[Mapping[str, object], ...]:
    if not path:
        return (SIMULATOR,)
    try:
        tables = tomllib.loads(Path(path).read_text(encoding="utf-8")).get("channel", [])
    except OSError as error:
        raise Refusal("channels", f"MUNADI_CHANNELS cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refusal("channels", f"MUNADI_CHANNELS is not TOML: {error}.") from None
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise Refusal("channels", "MUNADI_CHANNELS: write each wire as a [[channel]] table.")
    if all(table.get("kind") != "simulator" for table in tables):
        tables = [*tables, SIMULATOR]
    names = [table.get("name") for table in tables]
    twice = sorted({str(name) for name in names if names.count(name) > 1})
    if twice:
        raise Refusal("channels", f"MUNADI_CHANNELS: two wires are called {twice[0]!r}.")
    return tuple(tables)
