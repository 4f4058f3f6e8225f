"""Emergency cards and settings over the command line."""

from tests.cli.here import Here


def test_a_number_is_added_tried_listed_and_taken_off(here: Here) -> None:
    told = here.ok("emergency", "add", "hospital", "0944 411222", "--unit", "LSO Roshni")
    (one,) = [word.rstrip(".") for word in told.split() if word.rstrip(".").isdigit()][:1]
    assert told == f"It is number {one}. Call it, then: emergency check {one}\n"
    listed = here.ok("emergency", "list")
    assert "LSO Roshni" in listed
    assert "hospital: 0944 411222, NEVER TRIED" in listed
    assert "Numbers that have to be tried: 1." in listed
    here.ok("emergency", "check", one)
    assert "Numbers that have to be tried: 0." in here.ok("emergency", "list")
    (card,) = here.lines("emergency", "list")
    assert card["unit"] == "LSO Roshni"
    here.ok("emergency", "remove", one)
    assert here.ok("emergency", "list") == "Numbers that have to be tried: 0.\n"


def test_the_number_of_the_office_is_set(here: Here) -> None:
    assert here.ok("network", "set", "--office-phone", "0944 100100") == "The settings are kept.\n"
    assert "no number that can be dialled" in here.refused("network", "set", "--office-phone", "x")
    assert "Say what is to be set" in here.refused("network", "set")


def test_what_is_wrong_is_said_in_one_line(here: Here) -> None:
    assert "choose one of the list" in here.refused("emergency", "add", "fire", "16")
    assert "no such number" in here.refused("emergency", "check", "987654")
