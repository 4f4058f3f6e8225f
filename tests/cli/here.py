"""The command line inside this process: quicker than processes of their own."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from app.cli.__main__ import main


class Here:
    """Commands run inside this process on one data folder."""

    def __init__(self, capsys: pytest.CaptureFixture[str], people: Mapping[str, int]) -> None:
        self._capsys = capsys
        self.people = people

    def ok(self, *arguments: str) -> str:
        code, out, err = self.run(*arguments)
        assert code == 0, (arguments, out, err)
        return out

    def lines(self, *arguments: str) -> list[Any]:
        return [json.loads(line) for line in self.ok(*arguments, "--json").splitlines()]

    def refused(self, *arguments: str) -> str:
        code, _, err = self.run(*arguments)
        assert code == 1, (arguments, err)
        assert len(err.splitlines()) == 1
        return err

    def run(self, *arguments: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        said = self._capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err
