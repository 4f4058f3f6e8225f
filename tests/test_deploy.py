"""The examples of deploy/: what they promise, and that they call only what there is."""

import configparser
import re
from pathlib import Path

import pytest

from app.cli.__main__ import commands

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
HARD = {
    "User": "munadi",
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "StateDirectory": "munadi",
    "CapabilityBoundingSet": "",
    "Restart": "always",
}


class Twice(dict):
    """systemd lets a key stand several times; the values are put together."""

    def __setitem__(self, key: str, value: object) -> None:
        if isinstance(value, list) and key in self:
            value = self[key] + value
        super().__setitem__(key, value)


def unit() -> configparser.ConfigParser:
    read = configparser.ConfigParser(
        strict=False, interpolation=None, delimiters=("=",), dict_type=Twice
    )
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(DEPLOY / "munadi.service", encoding="utf-8")
    return read


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def block(name: str) -> str:
    """One service of compose.yml: from its name to the next of the same depth."""
    found = re.search(rf"^  {name}:\n((?:    .*\n|\n)+)", text("compose.yml"), re.M)
    assert found, name
    return found[1]


def test_the_unit_runs_as_a_user_of_its_own_and_is_shut_in() -> None:
    service = unit()["Service"]
    assert {key: service.get(key) for key in HARD} == HARD
    assert re.fullmatch(r"\d+M", service["MemoryMax"])
    assert "MUNADI_DATA_DIR=/var/lib/munadi" in service["Environment"].splitlines()


def test_the_unit_starts_after_boot_and_does_not_wait_for_the_internet() -> None:
    read = unit()
    assert read["Install"]["WantedBy"] == "multi-user.target"
    assert read["Unit"]["After"] == "network.target"
    assert "network-online" not in text("munadi.service")
    assert read["Unit"]["StartLimitIntervalSec"] == "0"


def test_the_host_has_a_database_one_web_and_two_workers() -> None:
    assert "condition: service_healthy" in block("web")
    assert "/ready" in block("web")
    assert "replicas: 2" in block("worker")
    assert "pg_isready" in block("database")
    assert '"127.0.0.1:8000:8000"' in block("web")


def test_the_host_keeps_its_passwords_in_files() -> None:
    compose = text("compose.yml")
    assert "POSTGRES_PASSWORD_FILE: /run/secrets/database_password" in compose
    assert "MUNADI_DATABASE_URL_FILE: /run/secrets/database_url" in compose
    settings = [line for line in compose.splitlines() if not line.startswith("#")]
    assert not [line for line in settings if "postgresql://" in line or "PASSWORD:" in line]


def test_the_compose_file_is_indented_as_yaml_wants_it() -> None:
    for number, line in enumerate(text("compose.yml").splitlines(), 1):
        bare = line.split(" #")[0].rstrip()
        if not bare or bare.startswith("#"):
            continue
        depth = len(bare) - len(bare.lstrip())
        assert depth % 2 == 0, number
        assert "\t" not in bare, number
        assert re.match(r"\s*(- .+|<<: \*\w+|[\w.-]+:( .+)?)$", bare), number


def test_the_image_does_not_run_as_root() -> None:
    lines = text("Dockerfile").splitlines()
    user = lines.index("USER munadi")
    assert user < next(n for n, line in enumerate(lines) if line.startswith("ENTRYPOINT"))
    for folder in re.findall(r"^COPY (\w+) \1$", text("Dockerfile"), re.M):
        assert (DEPLOY.parent / folder).is_dir()


def test_caddy_lets_events_through_at_once_and_keeps_large_hooks_out() -> None:
    caddy = text("Caddyfile.example")
    assert "flush_interval -1" in caddy
    assert re.search(r"@hooks path /hooks/\*\s+request_body @hooks \{\s+max_size 64KB", caddy)
    assert caddy.count("{") == caddy.count("}")


def called() -> set[str]:
    """Every command of ours that these files call."""
    found = set()
    for path in (DEPLOY / "munadi.service", DEPLOY / "compose.yml", DEPLOY / "Dockerfile"):
        words = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"app\.cli ([a-z]+)", words))
        found |= set(re.findall(r"command: \[([a-z]+)", words))
        found |= set(re.findall(r'^CMD \["([a-z]+)"', words, re.M))
    return found


@pytest.mark.parametrize("name", sorted(called()))
def test_every_command_that_they_call_is_there(name: str) -> None:
    known = {one.name or one.callback.__name__ for one in commands([name]).registered_commands}
    assert name in known


def test_they_call_the_commands_that_we_think() -> None:
    assert called() == {"serve", "worker", "doctor", "backup"}
