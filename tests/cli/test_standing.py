"""Texts that go again, and texts for an hour to come, over the command line."""

from pathlib import Path

from tests.cli.here import Here


def test_a_text_that_goes_again_is_kept_listed_and_stopped(here: Here) -> None:
    told = ("standing", "add", "Fees", "--to", "all", "--rule", "every month on 5", "--at", "10:00")
    (made,) = here.lines(*told, "--text", "Fees ka din hai.")
    assert (made["state"], made["clock"], made["texts"]) == (
        "planned",
        "10:00",
        {"ur-Latn": "Fees ka din hai."},
    )
    one = str(made["id"])
    assert "A keeper may not do this" in here.refused(
        "standing", "approve", one, "--hash", made["hash"]
    )
    assert "Fees to all, " in here.ok("standing", "list")
    assert here.ok("standing", "stop", one) == "It is stopped.\n"
    assert here.lines("standing", "list")[0]["state"] == "stopped"
    assert "Write the words" in here.refused(*told)
    assert "no such standing text" in here.refused("standing", "stop", "99")


def test_items_are_brought_in_and_only_officers_review_them(here: Here) -> None:
    assert here.ok("awareness", "starters") == "10 items were brought in.\n"
    (first, *_) = here.lines("awareness", "list")
    assert "cnic: not reviewed" in here.ok("awareness", "list")
    review = ("awareness", "review", str(first["id"]), "--seen", first["seen"])
    assert "A keeper may not do this" in here.refused(*review)


def test_a_text_is_planned_for_an_hour_to_come(here: Here, tmp_path: Path) -> None:
    members = tmp_path / "members.csv"
    members.write_text("name,phone,basis\nGul,0390 1234567,paper form\n", encoding="utf-8")
    here.ok("import", str(members))
    plan = ("broadcast", "plan", "--to", "all", "--text", "Kal ijlas hai.")
    (made,) = here.lines(*plan, "--at", "18:30")
    (shown,) = here.lines("broadcast", "show", str(made["id"]))
    assert shown["send_at"].endswith("T13:30:00+00:00")
    assert "has passed" in here.refused(*plan, "--at", "1 Jan 2020, 10:00")
    assert "has no hour" in here.refused(*plan, "--at", "kal")
