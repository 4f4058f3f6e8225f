"""The commands without a server: what they answer, how they end, and what they never print."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.cli.__main__ import main
from tests.cli.command import Munadi

LIST = """name,phone,language,body
Zarina Bibi,0364 1000001,ur-Latn,GB
Noor Jehan,0364-1000002,ur,GB
Nobody,not a number,ur,GB
,0364 1000003,ur,GB
Held One,0398 1,ur,GB
"""
STATES = {
    "held", "queued", "sending", "sent", "delivered",
    "undelivered", "rejected", "expired", "cancelled", "uncertain",
}  # fmt: skip


class Here:
    """Commands run inside this process, for they are many."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def run(self, *arguments: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        said = self._capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    def ok(self, *arguments: str) -> str:
        code, out, err = self.run(*arguments)
        assert code == 0, (arguments, out, err)
        return out

    def value(self, *arguments: str) -> dict:
        import json

        return json.loads(self.ok(*arguments))

    def refused(self, *arguments: str) -> str:
        """Run a command that must be refused in one plain line; gives the line."""
        code, _, err = self.run(*arguments)
        assert code == 1, (arguments, err)
        assert err.startswith("munadi: ")
        assert len(err.splitlines()) == 1, err
        assert "Traceback" not in err
        return err


@pytest.fixture
def here(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Here:
    """An office of its own without a server; the environment is the test's."""
    for name in [name for name in os.environ if name.startswith("MUNADI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MUNADI_DATA_DIR", str(tmp_path / "data"))
    return Here(capsys)


@pytest.fixture
def office(here: Here, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Here:
    """The same with a network, on both databases."""
    monkeypatch.setenv("MUNADI_DATABASE_URL", database_url)
    here.ok("network", "create", "mirkhai", "--name", "LSON Mirkhai")
    return here


def test_an_import_gives_every_row_its_verdict_and_then_the_totals(
    office: Here, tmp_path: Path
) -> None:
    import json

    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")

    def run(*more: str) -> tuple[list[dict], dict]:
        lines = [
            json.loads(x) for x in office.ok("import", str(file), "--json", *more).splitlines()
        ]
        return lines[:-1], lines[-1]

    rows, last = run("--dry-run", "--basis", "paper form")
    assert all(list(row) == ["row", "verdict", "reason", "cure"] for row in rows)
    assert [row["row"] for row in rows] == [2, 3, 4, 5, 6]
    assert [row["verdict"] for row in rows][:4] == ["added", "added", "held", "held"]
    assert all(row["reason"] and row["cure"] for row in rows if row["verdict"] == "held")
    assert last["id"] is None
    assert office.ok("contacts", "list", "--numbers") == ""

    rows, last = run("--basis", "paper form")
    assert last["totals"]["added"] == 2
    rows, last = run("--basis", "paper form")
    assert last["totals"]["same"] >= 2

    numbers = office.ok("contacts", "list", "--numbers").splitlines()
    assert {"+923641000001", "+923641000002"} <= set(numbers)
    people = office.ok("contacts", "list")
    assert "Zarina Bibi" in people
    assert "1000001" not in people


def test_a_list_of_numbers_is_written_into_the_journal(here: Here, tmp_path: Path) -> None:
    here.ok("network", "create", "mirkhai", "--name", "LSON Mirkhai")
    here.ok("contacts", "list", "--numbers")
    with closing(sqlite3.connect(tmp_path / "data" / "munadi.db")) as connection:
        found = connection.execute("SELECT actor FROM journal WHERE action = 'numbers listed'")
        assert found.fetchall() == [("keeper",)]


def test_a_broadcast_goes_from_plan_to_cancel_by_two_people(
    office: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    office.ok("import", str(file), "--basis", "paper form")
    token = office.value("user", "add", "Rehmat", "--post", "president", "--json")["token"]
    plan = office.value(
        "broadcast", "plan", "--to", "gb", "--text", "Paani band.", "--kind", "urgent", "--json"
    )
    assert list(plan) == [
        "id", "hash", "people", "addresses", "segments", "price_micro", "currency", "seconds",
        "held", "left_out",
    ]  # fmt: skip
    assert (plan["people"], plan["addresses"], plan["segments"]) == (2, 2, 2)
    number = str(plan["id"])
    assert "keeper" in office.refused("broadcast", "approve", number, "--hash", plan["hash"])
    monkeypatch.setenv("MUNADI_TOKEN", token)
    office.refused("broadcast", "approve", number, "--hash", "0" * 64)
    approved = office.value("broadcast", "approve", number, "--hash", plan["hash"], "--json")
    assert approved == {"id": plan["id"], "addresses": 2}
    counts = office.value("outbox", "--json")
    assert set(counts) == STATES
    assert counts["queued"] == 2
    assert office.run("outbox", "--wait", "--timeout", "0.3")[0] == 1
    shown = office.value("broadcast", "show", number, "--json")
    assert shown["hash"] == plan["hash"]
    assert set(shown["states"]) == STATES
    listed = office.ok("messages", "list", "--state", "queued", "--json").splitlines()
    assert len(listed) == 2
    assert '"direction": "out"' in listed[0]
    assert office.value("broadcast", "cancel", number, "--json")["cancelled"] == 2
    assert office.ok("messages", "list", "--state", "queued", "--json") == ""
    assert office.value("outbox", "--json", "--wait")["cancelled"] == 2


def test_a_text_said_by_hand_is_answered_without_a_server(office: Here) -> None:
    reply = office.ok("say", "--from", "0390 1234567", "MENU")
    assert reply.strip()
    (line,) = office.ok("messages", "list", "--in", "--json").splitlines()
    for key in ("id", "direction", "channel", "provider_id", "msisdn", "state", "at"):
        assert f'"{key}": ' in line
    assert office.ok("messages", "list", "--provider-id", "none", "--json") == ""
    office.ok("inbox", "list", "--json")
    assert "1234567" not in office.ok("messages", "list", "--in")


def test_a_missed_call_is_given_by_hand_and_answered(office: Here) -> None:
    assert office.ok("say", "--from", "0390 1234568", "--call").strip()
    assert office.ok("say", "--from", "0390 1234568", "--call").strip() == ""
    assert "--call" in office.refused("say", "--from", "03901234568")
    assert "--call" in office.refused("say", "--from", "03901234568", "MENU", "--call")


def test_what_cannot_be_done_is_said_in_one_plain_line(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "no data" in here.refused("outbox")
    assert "no data" in here.refused("broadcast", "show", "1")
    here.refused("import", str(tmp_path / "missing.csv"))
    assert "network" in here.refused("say", "--from", "03901234567", "KARWAI")
    here.ok("network", "create", "mirkhai", "--name", "LSON Mirkhai")
    assert "Mirkhai" not in here.refused("network", "create", "mirkhai", "--name", "Again")
    here.refused("network", "create", "other", "--name", "x", "--tz", "Mars/Olympus")
    here.refused("broadcast", "show", "7")
    here.refused("broadcast", "approve", "7", "--hash", "x")
    here.refused("broadcast", "cancel", "99999999999999999999")
    here.refused("broadcast", "plan", "--to", "gb", "--text", "x")
    here.refused("broadcast", "plan", "--to", "gb", "--text", f"@{tmp_path}/missing.txt")
    here.refused("broadcast", "plan", "--to", "gb", "--text", f"@{tmp_path}")
    here.refused("user", "add", "A", "--post", "king")
    assert "03641234" not in here.refused("say", "--from", "03641234", "KARWAI")
    here.refused("say", "--from", "03901234567", "\udcff")
    assert "PostgreSQL" in here.refused("worker")
    for token in ("wrong", "wr ong", "کلید", "a\nb", "x" * 5000):
        monkeypatch.setenv("MUNADI_TOKEN", token)
        assert token not in here.refused("network", "create", "third", "--name", "x")


@pytest.mark.parametrize(
    "channels",
    [
        "channel = 7",
        "[[channel]]\nname = ",
        '[[channel]]\nname = "a"\nkind = "pigeon"',
        '[[channel]]\nname = "simulator"\nkind = "twilio"',
        '[[channel]]\nname = "tw"\nkind = "twilio"\nauth_token = "geheim"\nfrom = "+1"',
        '[[channel]]\nkind = "simulator"',
        '[[channel]]\nname = "a"\nkind = "simulator"\nper_second = "fast"',
    ],
)
def test_a_broken_file_of_wires_is_named_and_never_repeated(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, channels: str
) -> None:
    file = tmp_path / "channels.toml"
    file.write_text(channels, encoding="utf-8")
    monkeypatch.setenv("MUNADI_CHANNELS", str(file))
    assert "geheim" not in here.refused("network", "create", "mirkhai", "--name", "x")
    assert "geheim" not in here.refused("serve", "--port", "0")
    code, out, err = here.run("doctor")
    assert code == 1
    assert "geheim" not in out + err


@pytest.mark.parametrize(
    "settings",
    [
        {"MUNADI_DATABASE_URL": "mysql://user:geheim@host/db"},
        {"MUNADI_DATABASE_URL": "postgresql://user:geheim@host:notaport/db"},
        {"MUNADI_DATABASE_URL": "postgresql://user:geheim@127.0.0.1:9/db"},
        {"MUNADI_DATABASE_URL": "sqlite:///"},
        {"MUNADI_DATABASE_URL_FILE": "/nowhere/at/all"},
        {"MUNADI_CHANNELS": "/nowhere/at/all"},
        {"MUNADI_DATA_DIR": "/dev/null/data"},
        {"MUNADI_PUBLIC_URL": "munadi.example.org"},
    ],
)
def test_a_broken_setting_is_refused_in_words_without_its_secrets(
    here: Here, monkeypatch: pytest.MonkeyPatch, settings: dict[str, str]
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert "geheim" not in here.refused("network", "create", "mirkhai", "--name", "x")
    assert "geheim" not in "".join(map(str, here.run("outbox")))


def test_a_database_that_is_none_is_refused_in_words(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "munadi.db"
    file.write_bytes(b"this is no database" * 100)
    monkeypatch.setenv("MUNADI_DATABASE_URL", f"sqlite:///{file}")
    here.refused("outbox")
    here.refused("network", "create", "mirkhai", "--name", "x")


COMMANDS = [
    (), ("demo",), ("serve",), ("worker",), ("import",), ("say",), ("outbox",), ("doctor",),
    ("backup",), ("restore",), ("release",), ("segments",), ("number",), ("parse",), ("network",),
    ("network", "create"), ("user", "add"), ("user", "reset"), ("user", "remove"),
    ("contacts", "list"), ("broadcast",), ("broadcast", "plan"), ("broadcast", "approve"),
    ("broadcast", "cancel"), ("broadcast", "show"), ("messages", "list"), ("inbox", "list"),
    ("tickets", "list"), ("tickets", "show"),
]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(here: Here, tmp_path: Path, words: tuple[str, ...]) -> None:
    told = here.ok(*words, "--help")
    assert told.startswith("Usage: munadi")
    assert "python" not in told.casefold()
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("fly",),
        ("say", "KARWAI"),
        ("broadcast", "show", "one"),
        ("serve", "--port", "many"),
        ("outbox", "--timeout", "soon"),
        ("messages", "list", "--state", "lost"),
        ("broadcast", "plan", "--to", "gb", "--text", "x", "--kind", "rumour"),
        ("broadcast", "approve", "1"),
    ],
    ids=" ".join,
)
def test_misuse_ends_with_2_and_changes_nothing(
    here: Here, tmp_path: Path, words: tuple[str, ...]
) -> None:
    code, _, err = here.run(*words)
    assert code == 2
    assert err.startswith("Usage:")
    assert not (tmp_path / "data").exists()


def test_the_commands_run_from_any_folder_in_a_process_of_their_own(tmp_path: Path) -> None:
    munadi = Munadi(tmp_path / "data")
    munadi.ok("network", "create", "mirkhai", "--name", "LSON Mirkhai")
    done = munadi.run("broadcast", "show", "1")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("munadi: ")
