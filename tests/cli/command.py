"""The command line as people use it: processes of their own, from any folder."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
START_S = 30.0


@dataclass(frozen=True, slots=True)
class Done:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """Its lines of JSON; every one must be ASCII."""
        assert self.out.isascii()
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def value(self) -> Any:
        """Its one line of JSON."""
        (value,) = self.lines
        return value


@dataclass(frozen=True, slots=True)
class Munadi:
    """One data folder and the commands run on it."""

    folder: Path
    more: Mapping[str, str] = field(default_factory=dict)

    def environment(self, **more: str) -> dict[str, str]:
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        own = {"PYTHONPATH": str(ROOT), "MUNADI_DATA_DIR": str(self.folder)}
        return {**kept, **own, **self.more, **more}

    def run(self, *arguments: str, given: bytes = b"", **more: str) -> Done:
        """Run one command to its end, from a folder that is not ours."""
        done = subprocess.run(
            [sys.executable, "-P", "-m", "app.cli", *arguments],
            input=given,
            capture_output=True,
            cwd="/",
            env=self.environment(**more),
            timeout=120,
            check=False,
        )
        out, err = (text.decode("utf-8", "surrogateescape") for text in (done.stdout, done.stderr))
        assert "Traceback" not in err, err[-2000:]
        return Done(done.returncode, out, err)

    def ok(self, *arguments: str, **more: Any) -> Done:
        """Run one command that must succeed."""
        done = self.run(*arguments, **more)
        assert done.code == 0, (arguments, done)
        return done

    @contextmanager
    def serving(self, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
        """Run `serve` on a free port; gives the process and its address."""
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "app.cli", *(arguments or ("serve", "--port", "0"))],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
            env=self.environment(),
        )
        assert process.stdout is not None
        try:
            said = []
            for line in process.stdout:
                said.append(line)
                if line.startswith("Munadi is at "):
                    break
            else:
                raise AssertionError("".join(said)[-2000:])
            yield process, line.removeprefix("Munadi is at ").strip()
        finally:
            process.kill()
            process.communicate()

    @property
    def server_file(self) -> Path:
        return self.folder / "server.json"
