"""A wire, a keyword, a language: each is added by the files that the README promises."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.command import ROOT

WIRE = '''"""A wire to a drum: it beats every text for whoever stands near."""

from pydantic import BaseModel, ConfigDict

from app.channels._pacing import Pacing
from app.domain.messages import Mt, Sent
from app.domain.ports import Capability

PACING = Pacing(in_flight=1)


class Options(BaseModel):
    """How loud."""

    model_config = ConfigDict(extra="forbid")

    loudness: int = 1


def open(name: str, options: Options, *, public_url: str) -> "Drum":
    """A drum under this name; nobody calls it back."""
    del public_url
    return Drum(name, options)


class Drum:
    """Takes texts to demo and test numbers."""

    def __init__(self, name: str, options: Options) -> None:
        self.name = name
        self.capability = Capability(
            reaches=frozenset({"demo", "test"}), reports=False, looks_up=False
        )
        self._beats = options.loudness

    async def send(self, mt: Mt) -> Sent:
        """Beat it."""
        return Sent(f"drum-{mt.ref}-{self._beats}")

    async def close(self) -> None:
        """The drum falls silent by itself."""
'''
WIRE_TEST = '''"""The drum."""

from app.channels._open import open_channel
from app.domain.ports import Sends


def test_a_drum_sends() -> None:
    drum = open_channel({"name": "drum", "kind": "drum", "loudness": 3}, public_url="")
    assert isinstance(drum, Sends)
'''
KEYWORD = '''"""MAUSAM: the weather that the office knows of."""

from bots.ask import Ask, Keyword, Register, Reply, Speaker


def answer(ask: Ask, who: Speaker, register: Register) -> Reply:
    """What the office says, under its name."""
    return Reply(ask.intent, "weather", who.language, {"network": register.network_name("en")})


KEYWORD = Keyword(
    intent="weather",
    digit="",
    help_line="Weather",
    templates={"weather": "{network}: look at the sky."},
    answer=answer,
    words={"en": ("weather",), "ur-Latn": ("mausam",)},
)
'''
KEYWORD_TEST = '''"""A conversation about the weather."""

from tests.bots.script import member, play


def test_the_weather_is_told() -> None:
    play(
        """
        > MAUSAM
        < Mirkhai: look at the sky.
        """,
        member("en"),
    )
'''
pytestmark = pytest.mark.slow

LANGUAGE = {
    "language.toml": """name = "Burushaski"
direction = "ltr"
fallback = ["ur-Latn", "en"]
choice = "BURUSHASKI"

months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
weekdays = ["Tsandura", "Angaro", "Bodo", "Birespat", "Shukuro", "Shimsher", "Adit"]
parts = [[0, "thap"], [4, "tsordine"], [12, "duguy"], [16, "sham"], [20, "thap"]]
day_form = "{day} {month}"
moment_form = "{weekday} {date} {part} {clock}"
""",
    "keywords.toml": """names = ["burushaski", "brushaski"]

[words]
minutes = ["barenas", "hirimutmenas"]
stop = ["khatme eti"]
start = ["shuru eti"]
help = ["madat"]
""",
    "menu.sms.txt": "{network}: {menu}\n",
}


class Copy:
    """The tree as git would keep it, in a folder of its own, for throw-away additions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout.split("\0")  # fmt: skip
        for name in filter(None, listed):
            if (ROOT / name).is_file():
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, target)
        self._before = self._files()

    def _files(self) -> set[str]:
        return {
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts and ".pytest" not in str(path)
        }

    def write(self, name: str, content: str) -> None:
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")

    @property
    def added(self) -> set[str]:
        return self._files() - self._before

    def run(self, *arguments: str, given: str = "", **more: str) -> str:
        """Run a module of the copy; gives what it said."""
        kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
        done = subprocess.run(
            [sys.executable, "-P", "-m", *arguments],
            input=given,
            capture_output=True,
            text=True,
            cwd=self.folder,
            env={**kept, "PYTHONPATH": str(self.folder), "CI": "true", **more},
            timeout=170,
            check=False,
        )
        assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
        return done.stdout

    def passes(self, *tests: str) -> None:
        """Run tests of the copy, without those that need PostgreSQL or the tree's history."""
        self.run("pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *tests)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("needs the tree under git")
    return Copy(tmp_path / "copy")


SHAPE = (
    "tests/test_shape.py",
    "-k",
    "one_way or knows_no_other or need_nothing or has_its_test or module_says or readme"
    " or package or can_stop or example_of_wires or longer",
)


def test_a_wire_is_one_file_and_its_test(copy: Copy, tmp_path: Path) -> None:
    copy.write("app/channels/drum.py", WIRE)
    copy.write("tests/channels/test_drum.py", WIRE_TEST)
    assert copy.added == {"app/channels/drum.py", "tests/channels/test_drum.py"}
    copy.passes(*SHAPE)
    copy.passes("tests/channels/test_drum.py")
    channels = tmp_path / "channels.toml"
    channels.write_text('[[channel]]\nname = "drum"\nkind = "drum"\nloudness = 2\n')
    office = {"MUNADI_DATA_DIR": str(tmp_path / "data"), "MUNADI_CHANNELS": str(channels)}
    copy.run("app.cli", "network", "create", "mirkhai", "--name", "LSON Mirkhai", **office)
    contacts = tmp_path / "list.csv"
    contacts.write_text("name,phone,body\nZarina,0390 1234567,GB\n")
    copy.run("app.cli", "import", str(contacts), "--basis", "paper form", **office)
    words = ("--to", "gb", "--text", "Salam", "--kind", "urgent", "--json")
    plan = json.loads(copy.run("app.cli", "broadcast", "plan", *words, **office))
    assert plan["addresses"] == 1
    assert "drum" in copy.run("app.cli", "doctor", **office)


def test_a_keyword_is_one_file_and_its_test(copy: Copy) -> None:
    copy.write("bots/keywords/weather.py", KEYWORD)
    copy.write("tests/bots/test_weather.py", KEYWORD_TEST)
    assert copy.added == {"bots/keywords/weather.py", "tests/bots/test_weather.py"}
    copy.passes(*SHAPE)
    copy.passes("tests/bots/test_weather.py")
    parsed = json.loads(copy.run("app.cli", "parse", given='{"text": "MAUSAM"}\n'))
    assert (parsed["intent"], parsed["certainty"]) == ("weather", "exact")


def test_a_language_is_one_folder(copy: Copy, tmp_path: Path) -> None:
    for name, text in LANGUAGE.items():
        copy.write(f"message_templates/bsk/{name}", text)
    assert {Path(name).parts[:2] for name in copy.added} == {("message_templates", "bsk")}
    copy.passes(*SHAPE)
    copy.passes("tests/test_languages.py")
    parsed = json.loads(copy.run("app.cli", "parse", given='{"text": "hirimutmenas"}\n'))
    assert (parsed["intent"], parsed["language"]) == ("minutes", "bsk")
    office = {"MUNADI_DATA_DIR": str(tmp_path / "data")}
    copy.run("app.cli", "network", "create", "mirkhai", "--name", "LSON Mirkhai", **office)
    said = copy.run("app.cli", "say", "--from", "03901234567", "hirimutmenas", **office)
    assert said.strip()
