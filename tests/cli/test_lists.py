"""Lists over the command line: brought in, what was held as a file, taken back, taken out."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import Munadi

LIST = "Name,Mobile,Unit\nGul,03641000001,\nNaz,03641000002,Nowhere\n"


@pytest.fixture
def munadi(tmp_path: Path) -> Munadi:
    """An office with one network."""
    found = Munadi(tmp_path / "data")
    found.ok("network", "create", "mirkhai", "--name", "LSON Mirkhai")
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A list with one good row and one that is held."""
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def test_a_list_comes_in_its_held_rows_go_out_and_it_is_taken_back(
    munadi: Munadi, file: Path, tmp_path: Path
) -> None:
    errors = tmp_path / "errors.csv"
    done = munadi.ok("import", str(file), "--errors", str(errors))
    assert "row 3: held. There is no unit 'Nowhere'." in done.out
    assert "Mobile = phone" in done.out
    assert "1 added, 1 held" in done.out
    assert "`import-undo 1`" in done.out
    assert errors.read_text(encoding="utf-8-sig").startswith("Name,Unit,Mobile,What is wrong")
    assert "Gul" in munadi.ok("contacts", "list").out
    assert "Taken back: 1 numbers, 1 people." in munadi.ok("import-undo", "1").out
    assert munadi.ok("contacts", "list").out == ""


@pytest.mark.slow
def test_a_list_of_which_nothing_comes_in_ends_with_one(munadi: Munadi, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("Name,Mobile\n,03641000001\n", encoding="utf-8")
    assert munadi.run("import", str(file)).code == 1
    wrong = munadi.run("import", str(file), "--dry-run", "--errors", str(tmp_path / "e.csv"))
    assert (wrong.code, "--dry-run" in wrong.err) == (1, True)


@pytest.mark.slow
def test_a_terminal_shows_how_far_it_is_and_a_pipe_does_not(munadi: Munadi, tmp_path: Path) -> None:
    file = tmp_path / "long.csv"
    rows = "".join(f"P{n},0364{n:07d}\n" for n in range(4_000))
    file.write_text(f"Name,Mobile\n{rows}", encoding="utf-8")
    assert munadi.ok("import", str(file), "--dry-run").err == ""
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "app.cli", "import", str(file)],
            env=munadi.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=theirs,
            check=True,
        )
        shown = os.read(ours, 1_000_000).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    assert "4000 added" in done.stdout.decode()
    assert "of 4000 rows" in shown


def test_people_are_written_into_a_file(munadi: Munadi, file: Path, tmp_path: Path) -> None:
    munadi.ok("import", str(file))
    out = tmp_path / "people.csv"
    munadi.ok("export", "people", str(out))
    content = out.read_text(encoding="utf-8-sig")
    assert "Gul" in content
    assert "1000001" not in content
