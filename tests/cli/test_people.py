"""Commands about people: found, shown, added, merged, welcomed; and a number forgotten."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from app.cli.__main__ import main

LIST = """name,sex,language,phone,basis
Gul Rukh,f,ur,0390 1111101,paper form
Bilal,m,ur-Latn,0390 1111102,paper form
Gul Naz,f,,0390 1111103,
"""


class Here:
    """Commands run inside this process, on a folder of their own."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def run(self, *arguments: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        code = 0
        try:
            main(list(arguments))
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def ok(self, *arguments: str) -> str:
        code, out, err = self.run(*arguments)
        assert code == 0, (arguments, err)
        return out

    def value(self, *arguments: str) -> Any:
        (line,) = self.ok(*arguments, "--json").splitlines()
        return json.loads(line)

    def id_of(self, words: str) -> str:
        return str(self.value("person", "find", words)["id"])


@pytest.fixture
def here(
    tmp_path: Path,
    migrated_sqlite: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Here:
    """A network with three people."""
    folder = tmp_path / "data"
    folder.mkdir()
    shutil.copyfile(migrated_sqlite, folder / "munadi.db")
    monkeypatch.setenv("MUNADI_DATA_DIR", str(folder))
    found = Here(capsys)
    found.ok("network", "create", "mirkhai", "--name", "LSON Mirkhai")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    found.ok("import", str(tmp_path / "list.csv"))
    return found


def test_people_are_found_and_shown_with_masked_numbers(here: Here) -> None:
    said = here.ok("person", "find", "gul")
    assert "Gul Rukh" in said
    assert "Gul Naz" in said
    assert "Bilal" not in said
    assert "039*****01" in said
    assert "Bilal" in here.ok("person", "find", "0390", "1111102")
    page = here.ok("person", "show", here.id_of("rukh"))
    assert "039*****01, own, private, active" in page
    assert "routine: yes (import paper form)" in page
    assert "1111101" not in said + page
    code, _, err = here.run("person", "show", "999")
    assert (code, "no such person" in err) == (1, True)


def test_a_person_is_added_with_phone_and_consent(here: Here) -> None:
    facts = ("Zar Bibi", "--sex", "f", "--phone", "0390 1111101", "--basis", "visit of 12 Oct")
    said = here.ok("person", "add", *facts)
    assert "Others have this number too" in said
    page = here.ok("person", "show", here.id_of("zar"))
    assert "039*****01, family, nothing private, active, shared with Gul Rukh" in page
    code, _, err = here.run("person", "add", "X", "--notes", "12345-1234567-1")
    assert (code, "never keeps one" in err) == (1, True)


def test_two_records_are_merged_after_a_dry_run(here: Here) -> None:
    keep, other = here.id_of("rukh"), here.id_of("naz")
    assert "would come over" in here.ok("person", "merge", keep, other, "--dry-run")
    assert here.id_of("naz") == other
    assert "1 phones, 0 seats, 0 groups came over." in here.ok("person", "merge", keep, other)
    assert "039*****03" in here.ok("person", "show", keep)


def test_those_who_agreed_are_welcomed_once(here: Here) -> None:
    assert "2 phones would be welcomed" in here.ok("person", "welcome", "--dry-run")
    assert "2 phones are welcomed." in here.ok("person", "welcome")
    assert "0 phones are welcomed." in here.ok("person", "welcome")


def test_a_number_is_forgotten_in_any_spelling_and_its_stop_is_not(here: Here) -> None:
    here.ok("say", "--from", "03901111102", "STOP")
    assert here.value("forget", "0390-1111101")["people"] == 1
    assert here.value("forget", "+92 390 1111101")["people"] == 0
    said = here.ok("forget", "03901111102")
    assert "Only that stays" in said
    assert "1111102" not in said
    assert json.loads(here.ok("person", "find", "gul", "--json"))["name"] == "Gul Naz"
    code, _, err = here.run("forget", "nobody")
    assert (code, "letters in the number" in err) == (1, True)
