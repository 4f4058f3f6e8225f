"""The launcher on computers of many kinds, each made of a few programs in a folder of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LAUNCHER = Path(__file__).resolve().parent.parent / "munadi"
TOOLS = ("sh", "dirname", "readlink", "rm", "mkdir", "cat", "chmod", "pwd")
GOOD_UV = 'case $1 in --version) echo "uv 0.13.9 (x86_64)" ;; *) echo "$PWD|$PYTHONPATH|$*" ;; esac'
OLD_UV = 'echo "uv 0.10.12 (x86_64)"'
BROKEN = 'echo "pyenv: $0: command not found" >&2; exit 127'
GOOD_PYTHON = f'exec "{sys.executable}" "$@"'
OLD_PYTHON = "exit 1"
PYTHON_WITHOUT_VENV = f'case $* in *ensurepip*) exit 1 ;; esac; exec "{sys.executable}" "$@"'
# Makes an environment in which nothing can be installed, as without the internet.
PYTHON_WITHOUT_INTERNET = f"""
case "$1 $2" in
    "-m venv") mkdir -p "$3/bin" && echo "exit 1" > "$3/bin/python" && chmod +x "$3/bin/python" ;;
    *) exec "{sys.executable}" "$@" ;;
esac
"""


class Computer:
    """A computer that has the tools every computer has, and the programs it is given."""

    def __init__(self, folder: Path, **programs: str) -> None:
        self.bin, self.home = folder / "bin", folder / "munadi home"
        self.bin.mkdir()
        self.home.mkdir()
        self.munadi = Path(shutil.copy(LAUNCHER, self.home))
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool) or f"/bin/{tool}")
        for name, script in programs.items():
            self.has(self.bin / name.replace("_", "."), script)

    def has(self, path: Path, script: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def run(
        self, *words: str, start: Path | None = None, at: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [start or self.munadi, *words],
            cwd=at or self.home,
            env={"PATH": str(self.bin), "HOME": str(self.home)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )


@pytest.mark.parametrize("shell", [*filter(shutil.which, ("sh", "dash", "busybox"))])
def test_the_launcher_is_plain_posix_shell(shell: str) -> None:
    words = [shell, "sh"] if shell == "busybox" else [shell]
    subprocess.run([*words, "-n", LAUNCHER], check=True)
    assert LAUNCHER.read_text().startswith("#!/bin/sh\n")
    assert os.access(LAUNCHER, os.X_OK)


def test_a_command_runs_in_the_folder_where_it_was_typed(tmp_path: Path) -> None:
    computer = Computer(tmp_path, uv=GOOD_UV, python3=GOOD_PYTHON)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = computer.run("say", "--from", "1", "two words", at=elsewhere)
    assert done.returncode == 0, done.stderr
    place, path, words = done.stdout.strip().split("|")
    assert (place, path) == (str(elsewhere), str(computer.home))
    assert words == (
        f"run --locked --project {computer.home} python -P -m app.cli say --from 1 two words"
    )
    assert done.stderr == ""


def test_test_brings_the_test_extras_and_leaves_the_slow_ones_out(tmp_path: Path) -> None:
    computer = Computer(tmp_path, uv=GOOD_UV, python3=GOOD_PYTHON)
    place, _, words = computer.run("test", "-x", at=tmp_path).stdout.strip().split("|")
    assert place == str(computer.home)
    assert words.endswith("--extra test python -m pytest -m not slow -n 2 -x")


def test_a_link_to_the_launcher_starts_the_same_munadi(tmp_path: Path) -> None:
    computer = Computer(tmp_path, uv=GOOD_UV, python3=GOOD_PYTHON)
    (tmp_path / "first").symlink_to(computer.munadi)
    (tmp_path / "second").symlink_to("first")
    done = computer.run("doctor", start=tmp_path / "second", at=tmp_path)
    assert f"--project {computer.home} " in done.stdout


def test_a_python_that_does_not_start_is_passed_over(tmp_path: Path) -> None:
    programs = {"python3_13": BROKEN, "python3_12": OLD_PYTHON, "python3": GOOD_PYTHON}
    done = Computer(tmp_path, uv=GOOD_UV, **programs).run("doctor")
    assert done.returncode == 0
    assert done.stdout.endswith("app.cli doctor\n")


@pytest.mark.parametrize("programs", [{}, {"python3": OLD_PYTHON}, {"python3_13": BROKEN}])
def test_without_a_python_the_line_to_type_is_shown(
    tmp_path: Path, programs: dict[str, str]
) -> None:
    done = Computer(tmp_path, uv=GOOD_UV, **programs).run("demo")
    assert (done.returncode, done.stdout) == (1, "")
    assert "needs Python 3.11 or newer" in done.stderr
    assert "apt install python3 python3-venv" in done.stderr


@pytest.mark.parametrize("uv", [{}, {"uv": OLD_UV}, {"uv": BROKEN}])
def test_without_venv_the_line_to_type_is_shown_and_nothing_is_left(
    tmp_path: Path, uv: dict[str, str]
) -> None:
    computer = Computer(tmp_path, python3=PYTHON_WITHOUT_VENV, **uv)
    done = computer.run("demo")
    assert (done.returncode, done.stdout) == (1, "")
    assert "    apt install python3-venv" in done.stderr
    assert not (computer.home / ".tools").exists()


def test_a_half_made_tool_folder_is_removed(tmp_path: Path) -> None:
    computer = Computer(tmp_path, python3=PYTHON_WITHOUT_INTERNET)
    done = computer.run("demo")
    assert (done.returncode, done.stdout) == (1, "")
    assert "needs the internet once" in done.stderr
    assert not (computer.home / ".tools").exists()


@pytest.mark.parametrize("uv", [{}, {"uv": OLD_UV}, {"uv": BROKEN}])
def test_a_uv_of_its_own_is_used_where_the_computer_has_no_good_one(
    tmp_path: Path, uv: dict[str, str]
) -> None:
    computer = Computer(tmp_path, python3=GOOD_PYTHON, **uv)
    computer.has(computer.home / ".tools" / "bin" / "uv", GOOD_UV)
    assert computer.run("doctor").stdout.endswith("app.cli doctor\n")
