"""Units over the command line: listed, added, changed, moved, removed by their names."""

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.services.create_network import NewNetwork, create_network
from app.store.database import Database
from tests.cli.command import Munadi


@pytest.fixture
def munadi(tmp_path: Path, migrated_sqlite: Path) -> Munadi:
    """A data folder in which a network was made, without a process for that."""
    found = Munadi(tmp_path / "data")
    found.folder.mkdir()
    shutil.copyfile(migrated_sqlite, found.folder / "munadi.db")
    asyncio.run(make_network(found.folder))
    return found


async def make_network(folder: Path) -> None:
    async with Database(f"sqlite:///{folder / 'munadi.db'}") as database:
        new = NewNetwork("mirkhai", "LSON Mirkhai")
        await create_network(database, new, by="test", now=datetime.now(UTC))


def build(munadi: Munadi) -> None:
    munadi.ok("unit", "add", "LSO", "Roshni", "--place", "Shahi", "--members", "women")
    munadi.ok("unit", "add", "LSO", "Umeed")
    munadi.ok("unit", "add", "VO", "Dosti", "--under", "Roshni")
    munadi.ok("unit", "add", "VO", "Dosti", "--under", "LSO Umeed")


@pytest.mark.slow
def test_the_tree_is_built_and_moved_by_names(munadi: Munadi) -> None:
    with munadi.serving():
        build(munadi)
        lines = munadi.ok("unit", "list", "--under", "LSON Mirkhai", "--json").lines
        assert [(line["name"], line["units"]) for line in lines] == [
            ("Roshni", {"VO": 1}),
            ("Umeed", {"VO": 1}),
        ]
        assert (
            "LSO Roshni, Shahi: 1 VO; 0 people"
            in munadi.ok("unit", "list", "--under", "LSON Mirkhai").out
        )
        made = munadi.ok("unit", "add", "CO", "Gul", "--under", "Roshni/Dosti", "--json").value
        moved = munadi.ok("unit", "move", "Gul", "--under", "Umeed/Dosti", "--json").value
        assert moved["id"] == made["id"]
        said = munadi.ok("unit", "list", "--find", "gul").out
        assert "CO Gul under VO Dosti under LSO Umeed under LSON Mirkhai" in said
        changed = munadi.ok("unit", "change", "Gul", "--status", "lapsed", "--cut-from", "1 Dec",
                            "--cut-until", "31 Mar")  # fmt: skip
        assert "changed status, cut_from, cut_until" in changed.out
        assert "nothing is different" in munadi.ok("unit", "change", "Gul").out
        munadi.ok("unit", "remove", "Gul")
        assert "There is no unit called Gul" in munadi.run("unit", "remove", "Gul").err


@pytest.mark.slow
def test_a_name_that_two_units_bear_is_refused_with_both_ways(munadi: Munadi) -> None:
    with munadi.serving():
        build(munadi)
        done = munadi.run("unit", "remove", "VO Dosti")
        assert done.code == 1
        assert (
            "VO Dosti under LSO Roshni, VO Dosti under LSO Umeed: give --under or the id"
            in done.err
        )
        munadi.ok("unit", "remove", "VO Dosti", "--under", "Umeed")
        munadi.ok("unit", "remove", "VO Dosti")
        refused = munadi.run("unit", "add", "VO", "Naya")
        assert (refused.code, "Say under which unit" in refused.err) == (1, True)


@pytest.mark.slow
def test_without_a_server_a_unit_is_added_too(munadi: Munadi) -> None:
    assert munadi.ok("unit", "add", "LSO", "Roshni", "--json").value["id"] > 0
    assert [line["kind"] for line in munadi.ok("unit", "list", "--json").lines] == ["LSON"]
