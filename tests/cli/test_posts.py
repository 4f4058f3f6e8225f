"""Posts and bodies over the command line: named, renewed, handed over, left, listed."""

import asyncio
import json
import os
from datetime import UTC, datetime
from typing import Any

import pytest

from app.cli.__main__ import main
from app.store.database import Database
from tests.factories import Office
from tests.services.seated import Chamber


class Here:
    """Commands run inside this process on one data folder."""

    def __init__(self, capsys: pytest.CaptureFixture[str], people: dict[str, int]) -> None:
        self._capsys = capsys
        self.people = people

    def ok(self, *arguments: str) -> str:
        code, out, err = self._run(*arguments)
        assert code == 0, (arguments, out, err)
        return out

    def lines(self, *arguments: str) -> list[Any]:
        return [json.loads(line) for line in self.ok(*arguments, "--json").splitlines()]

    def refused(self, *arguments: str) -> str:
        code, _, err = self._run(*arguments)
        assert code == 1, (arguments, err)
        assert len(err.splitlines()) == 1
        return err

    def _run(self, *arguments: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        said = self._capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err


async def build(url: str) -> dict[str, int]:
    async with Database(url) as database:
        chamber = await Chamber.open(await Office.open(database, datetime.now(UTC)))
        names = ("Nusrat", "Amina", "Bilqis")
        return {name: await chamber.person(name, chamber.roshni) for name in names}


@pytest.fixture
def here(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Any,
    database_url: str,
) -> Here:
    """An office with an LSO and three people, on both databases."""
    for name in [name for name in os.environ if name.startswith("MUNADI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MUNADI_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("MUNADI_DATABASE_URL", database_url)
    return Here(capsys, asyncio.run(build(database_url)))


def test_a_post_goes_from_hand_to_hand(here: Here) -> None:
    nusrat, amina = (str(here.people[name]) for name in ("Nusrat", "Amina"))
    at_roshni = ("--unit", "LSO Roshni")
    days = ("--from", "2026-01-01", "--until", "2099-02-28")
    [made] = here.lines("post", "appoint", nusrat, "president", *at_roshni, *days)
    seat = str(made["id"])
    listed = here.ok("post", "list", *at_roshni)
    assert f"{seat:>6}  LSO President, LSO Roshni: Nusrat until 2099-02-28" in listed
    assert "LSO General Secretary, LSO Roshni: VACANT" in listed
    said = here.refused("post", "appoint", amina, "President", *at_roshni)
    assert "President of LSO Roshni is Nusrat until 2099-02-28" in said
    [handed] = here.lines("post", "hand-over", seat, amina)
    assert handed["phones"] == 0
    assert "no such seat" in here.refused("post", "end", seat)
    vacant = len(here.lines("post", "list", "--vacant"))
    assert "is ended" in here.ok("post", "end", str(handed["id"]))
    assert len(here.lines("post", "list", "--vacant")) == vacant + 1
    [again] = here.lines("post", "appoint", nusrat, "Member", *at_roshni, "--body", "GB", *days)
    [renewed] = here.lines("post", "renew", str(again["id"]), "--until", "2099-12-31")
    assert renewed["id"] != again["id"]


def test_bodies_are_kept_by_their_short_names(here: Here) -> None:
    here.ok("body", "add", "flood", "Flood committee", "--seats", "3", "--women-percent", "50")
    bilqis = str(here.people["Bilqis"])
    here.ok("post", "appoint", bilqis, "Member", "--unit", "Roshni", "--body", "FLOOD")
    [shown] = here.lines("body", "show", "flood")
    assert (shown["seats"], shown["filled"], shown["vacant"], shown["women_missing"]) == (
        3, 1, 2, 1,
    )  # fmt: skip
    listed = here.ok("body", "list")
    assert "FLOOD  Flood committee: 1 of 3 seats, 2 vacant; 1 women (100 %), 1 missing" in listed
    assert "Changed: women_percent." in here.ok("body", "change", "GB", "--women-percent", "33")
    assert "held now" in here.refused("body", "remove", "FLOOD")
    assert "is part of every network" in here.refused("body", "remove", "GB")
    assert "no body" in here.refused("body", "show", "../x")
