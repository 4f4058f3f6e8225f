"""Keeping on the command line: doctor, backup, restore, release, with a server and without."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from app.cli.__main__ import main
from tests.cli.command import Done, Munadi
from tests.copies import content_of, mode_of, names_in, path_of, put

LIST = "name,phone,language,body\nZarina,0364 1000001,ur-Latn,GB\nNoor,0364 1000002,ur,GB\n"


class Office:
    """Commands run inside this process, for they are many; `env` is theirs."""

    def __init__(
        self, env: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path
    ) -> None:
        for name in [name for name in os.environ if name.startswith("MUNADI_")]:
            env.delenv(name)
        env.setenv("MUNADI_DATA_DIR", str(folder))
        self.env, self.folder, self._capsys = env, folder, capsys

    def run(self, *words: str) -> Done:
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(words)
        said = self._capsys.readouterr()
        assert "Traceback" not in said.err
        return Done(int(ended.value.code or 0), said.out, said.err)

    def ok(self, *words: str) -> Done:
        done = self.run(*words)
        assert done.code == 0, (words, done)
        return done

    def acts_for(self, token: str) -> None:
        self.env.setenv("MUNADI_TOKEN", token)


@pytest.fixture
def empty(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Office:
    return Office(monkeypatch, capsys, tmp_path / "data")


@pytest.fixture
def office(
    request: pytest.FixtureRequest, database_url: str, empty: Office, tmp_path: Path
) -> Office:
    """An office with two people and two queued texts, on both databases."""
    empty.env.setenv("MUNADI_DATABASE_URL", database_url)
    empty.env.setenv("PATH", path_of(request, database_url))
    empty.ok("network", "create", "mirkhai", "--name", "LSON Mirkhai")
    put(tmp_path / "list.csv", LIST.encode())
    empty.ok("import", str(tmp_path / "list.csv"), "--basis", "paper form")
    token = empty.ok("user", "add", "Rehmat", "--post", "president", "--json").value["token"]
    words = ("--to", "gb", "--text", "Paani band.", "--kind", "urgent", "--json")
    plan = empty.ok("broadcast", "plan", *words).value
    empty.acts_for(token)
    empty.ok("broadcast", "approve", str(plan["id"]), "--hash", plan["hash"])
    empty.acts_for("")
    return empty


def outbox(munadi: Office) -> dict[str, int]:
    return {state: n for state, n in munadi.ok("outbox", "--json").value.items() if n}


def test_from_backup_to_release(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "b"
    made = office.ok("backup", str(file), "--json").value
    assert (made["file"], made["bytes"]) == (str(file), len(content_of(file)))
    assert datetime.fromisoformat(made["at"]).tzinfo is not None
    noted = json.loads(content_of(office.folder / "backups.json"))
    assert noted == {"at": made["at"], "file": str(file)}
    office.ok("network", "create", "sarang", "--name", "LSON Sarang")

    done = office.ok("restore", str(file), "--json").value
    assert (done["held"], done["uncertain"]) == (2, 0)
    assert done["aside"]
    assert outbox(office) == {"held": 2}
    doctor = office.run("doctor")
    assert doctor.code == 1
    assert "WRONG: 2 (restored)" in doctor.out
    assert office.ok("release", "--json").value == {"queued": 2, "expired": 0, "cancelled": 0}
    assert outbox(office) == {"queued": 2}
    assert office.ok("release").out == "Nothing is held back by a restore.\n"

    assert "Restored from" in office.ok("restore", str(file)).out
    assert office.ok("release", "--drop").out == "2 texts: cancelled\n"
    assert outbox(office) == {"cancelled": 2}


@pytest.mark.slow
def test_a_backup_is_made_and_a_restore_refused_while_the_server_runs(tmp_path: Path) -> None:
    munadi = Munadi(tmp_path / "data")
    with munadi.serving():
        munadi.ok("backup", str(tmp_path / "b"))
        done = munadi.run("restore", str(tmp_path / "b"))
        assert (done.code, "stop the server first" in done.err) == (1, True)
        assert set(munadi.ok("release", "--json").value.values()) == {0}
        assert "server: runs\n" in munadi.ok("doctor").out
    assert mode_of(tmp_path / "b") == 0o600


@pytest.mark.slow
def test_a_worker_that_runs_is_in_the_way_of_a_restore(
    postgres_url: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    settings = {"MUNADI_DATABASE_URL": postgres_url, "PATH": path_of(request, postgres_url)}
    munadi = Munadi(tmp_path / "data", settings)
    munadi.ok("backup", str(tmp_path / "b"))
    with psycopg.connect(postgres_url):
        done = munadi.run("restore", str(tmp_path / "b"))
    assert (done.code, "stop the server and the workers first" in done.err) == (1, True)


def test_who_may_not_keep_the_office_lets_nothing_go(office: Office, tmp_path: Path) -> None:
    office.ok("backup", str(tmp_path / "b"))
    office.ok("restore", str(tmp_path / "b"))
    token = office.ok("user", "add", "Asif", "--post", "viewer", "--json").value["token"]
    office.acts_for(token)
    refused = office.run("release")
    assert (refused.code, "may not do this" in refused.err) == (1, True)
    assert outbox(office) == {"held": 2}


def test_what_cannot_be_kept_is_said_in_one_line(empty: Office, tmp_path: Path) -> None:
    munadi = empty
    put(tmp_path / "letter", b"Dear all")
    munadi.ok("network", "create", "mirkhai", "--name", "LSON Mirkhai")
    before = names_in(tmp_path)
    for words, said in (
        (("backup", str(tmp_path / "letter")), "is there already"),
        (("backup", "/nowhere/b"), "cannot be written"),
        (("restore", "/nowhere/b"), "cannot be read"),
        (("restore", str(tmp_path / "letter")), "is no backup of Munadi"),
    ):
        done = munadi.run(*words)
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith("munadi: ")
        assert said in done.err
        assert len(done.err.splitlines()) == 1
    assert names_in(tmp_path) == before
    assert content_of(tmp_path / "letter") == b"Dear all"


def test_a_backup_moves_the_office_to_another_computer(empty: Office, tmp_path: Path) -> None:
    empty.ok("network", "create", "mirkhai", "--name", "LSON Mirkhai")
    empty.ok("backup", str(tmp_path / "b"))
    empty.env.setenv("MUNADI_DATA_DIR", str(tmp_path / "there"))
    empty.ok("restore", str(tmp_path / "b"))
    assert "networks: 1" in empty.ok("doctor").out


def test_the_doctor_speaks_to_programs_too(empty: Office) -> None:
    nothing = empty.run("doctor", "--json")
    assert nothing.code == 1
    assert {"what", "how", "health", "cure"} == set(nothing.lines[0])
    assert not empty.folder.exists()
    empty.ok("network", "create", "mirkhai", "--name", "LSON Mirkhai")
    found = {one["what"]: one for one in empty.ok("doctor", "--json").lines}
    assert found["server"]["how"].startswith("does not run")
    assert found["last backup"]["health"] == "look"
    assert str(datetime.now(UTC).year) in found["clock"]["how"]


def test_the_doctor_tells_that_a_secret_is_there_and_never_which(empty: Office) -> None:
    example = Path(__file__).parents[2] / "deploy" / "channels.example.toml"
    empty.env.setenv("MUNADI_CHANNELS", str(example))
    empty.ok("network", "create", "mirkhai", "--name", "LSON Mirkhai")
    done = empty.ok("doctor")
    assert "twilio (twilio), account_sid is set, auth_token is set" in done.out
    assert "AC0000" not in done.out + done.err
    assert "from the console" not in done.out + done.err
    assert "from the home page" not in done.out + done.err
    assert "sim1: no text can arrive: there is no public address" in done.out
